import { addressOf, COMMANDER, type Incident, incidentName, milestone } from '../incident.ts';
import type { Instant } from '../instant.ts';
import type { OnCallBy } from '../schedules/roster.ts';
import type { Target } from '../settings.ts';
import {
  type Block,
  type Button,
  dated,
  instant,
  type Line,
  note,
  type Span,
  user,
} from '../text.ts';
import type { TimerName } from '../timers/timer.ts';

const DUE: Readonly<Record<TimerName, string>> = {
  acknowledge: 'Acknowledge by',
  commander: 'Commander by',
  update: 'Next update due',
  mitigate: 'Mitigate by',
  resolve: 'Resolve by',
  policy: 'Next ping',
  presence: 'Sign of life by',
  postmortem: 'Postmortem due',
  actions: 'Action items due',
  archive: 'Channel archived',
};

/** How a running timer is labelled. */
export const dueLabel = (name: TimerName): string => DUE[name];

/** What stands before a time until which the quiet hours keep a clock still. */
export const HELD_UNTIL = 'held by quiet hours until ';

/** A due time with its distance, or since when it is overdue, or what holds it until then. */
export const dueAt = (at: Instant, now: Instant, held = false): Line => [
  ...(at <= now ? ['overdue since '] : held ? [HELD_UNTIL] : []),
  dated(at, now),
  ' (',
  instant(at, 'ago'),
  ')',
];

/** `INC-42 · Checkout fails`. */
export const titled = (incident: Pick<Incident, 'number' | 'drill' | 'title'>): string =>
  shortened(`${incidentName(incident)} · ${incident.title}`, 140);

/** What stands on everything that a drill shows. */
export const drillNote = (): Block =>
  note('A drill: it is practised, nothing is broken, and nobody outside its channel is pinged.');

/** A person, or that there is none. */
export const somebody = (id: string | null | undefined, none = 'nobody yet'): Span =>
  id === null || id === undefined ? none : user(id);

/** Who leads, or null. */
export const commanderOf = ({ roles }: Pick<Incident, 'roles'>): string | null =>
  roles[COMMANDER] ?? null;

/** The incident's channel as a link, or why there is none. */
export function channelOf({ channel }: Pick<Incident, 'channel'>): Span {
  if (channel.state === 'deleted') return `#${channel.name} (deleted)`;
  if (channel.id !== null) return { type: 'channel', id: channel.id };
  return channel.state === 'failed' ? 'could not be created' : `#${channel.name} (being created)`;
}

/** Since when it goes on: from when its impact began, where that is known, else from when it was opened. */
export const sinceOf = (incident: Pick<Incident, 'milestones' | 'openedAt'>): Instant =>
  milestone(incident, 'impact started')?.at ?? incident.openedAt;

/** Names for Slack ids, where they are known. */
export type Names = Readonly<Record<string, string>>;

/** A target as a mention, so that people see whom it means. */
function targetLine(
  target: Target,
  incident: Pick<Incident, 'channel' | 'declaredBy'>,
  onCall: OnCallBy,
): Line {
  if (target.type === 'user') return [user(target.id)];
  if (target.type === 'usergroup') return [{ type: 'group', id: target.id }];
  if (target.type === 'declarer') return [user(incident.declaredBy)];
  if (target.type === 'schedule') return [...onCallLine(target.name, onCall)];
  if (target.type !== 'channel') return [systemName(target)];
  return [target.id === null ? channelOf(incident) : { type: 'channel', id: target.id }];
}

/** Whoever is on call in a schedule, as a mention. */
export function onCallLine(schedule: string, onCall: OnCallBy): Line {
  const id = onCall[schedule];
  if (id === undefined) return [systemName({ type: 'schedule', name: schedule })];
  if (id === null) return [nobodyOn(schedule)];
  return typeof id === 'string'
    ? [user(id), ` (on call in ${schedule})`]
    : [user(id.next), steppingIn(schedule)];
}

/** Why somebody is pinged who is not on call. */
const steppingIn = (schedule: string): string => ` (next in ${schedule}, where nobody is on call)`;

/** That nobody is pinged for a schedule. */
export const nobodyOn = (schedule: string): string => `${schedule} (nobody is on call)`;

/** A target that is nobody's id: what it is called in the configuration. */
export function systemName({ type, name }: Extract<Target, { readonly name: string }>): string {
  if (type === 'schedule') return `whoever is on call in ${name}`;
  return type === 'policy' ? `the policy ${name}` : `the webhook ${name}`;
}

/** A group whose name Slack does not tell. */
export const UNKNOWN_GROUP = 'a group';

/** A name as people write it, and as text in a message mentions nobody. */
export const atName = (name: string): string => `@${name}`;

const named = (name: string | undefined, otherwise: string): string =>
  name === undefined ? otherwise : atName(name);

/** A target by name, which pings nobody as a mention would; in general words where no name is known. */
export function quietName(target: Target, names: Names, onCall: OnCallBy): string {
  switch (target.type) {
    case 'declarer':
      return 'whoever declared it';
    case 'user':
      return named(names[target.id], 'one more person');
    case 'usergroup':
      return named(names[target.id], UNKNOWN_GROUP);
    case 'channel':
      return target.id === null ? 'the incident’s channel' : 'a channel';
    case 'schedule':
      return whoeverIsOn(target.name, names, onCall);
    default:
      return systemName(target);
  }
}

function whoeverIsOn(schedule: string, names: Names, onCall: OnCallBy): string {
  const id = onCall[schedule];
  if (id === null) return nobodyOn(schedule);
  if (typeof id === 'object') {
    return `${named(names[id.next], 'whoever is next')}${steppingIn(schedule)}`;
  }
  const name = id === undefined ? undefined : names[id];
  return name === undefined
    ? systemName({ type: 'schedule', name: schedule })
    : `${atName(name)} (on call in ${schedule})`;
}

/** Where nobody is pinged next: only the incident's channel is told. */
export const NOBODY_NEXT = 'nobody but its channel';

/** Why nobody is, where it is the administrators' turn: level 0. */
export const whyNobody = (who: readonly Target[], level: number | undefined): string =>
  who.length === 0 && level === 0 ? ': no administrators are configured' : '';

/** Several targets in one line. */
export function targetsLine(
  targets: readonly Target[],
  incident: Pick<Incident, 'channel' | 'declaredBy'>,
  onCall: OnCallBy = {},
): Line {
  if (targets.length === 0) return ['nobody'];
  const shown = targets.slice(0, 20);
  const spans = shown.flatMap((target, place) => [
    ...(place === 0 ? [] : [', ']),
    ...targetLine(target, incident, onCall),
  ]);
  const more = targets.length - shown.length;
  return more === 0 ? spans : [...spans, ` and ${more} more`];
}

const GRAPHEMES = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** At most so many characters as people count them, with an ellipsis where something is missing. */
export function shortened(text: string, limit: number): string {
  if (text.length <= limit) return text;
  // A grapheme may be long, a text hostile: nothing beyond a generous window is looked at.
  const window = text.slice(0, limit * 16);
  const kept: string[] = [];
  for (const { segment } of GRAPHEMES.segment(window)) {
    if (kept.length === limit) return `${kept.slice(0, limit - 1).join('')}…`;
    kept.push(segment);
  }
  return window.length === text.length ? text : `${kept.slice(0, limit - 1).join('')}…`;
}

/** One line of a text that may have several. */
export const oneLine = (text: string, limit: number): string =>
  shortened(
    text
      .slice(0, limit * 16)
      .replace(/\s+/g, ' ')
      .trim(),
    limit,
  );

/** A button of one incident: its number goes before the command. */
export const button = (
  incident: Pick<Incident, 'number' | 'drill'>,
  label: string,
  command: string,
  more: Omit<Button, 'label' | 'command'> = {},
): Button => ({ label, command: `${addressOf(incident)} ${command}`, ...more });
