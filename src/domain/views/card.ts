import { COMMANDER, type Incident, isOver, milestone } from '../incident.ts';
import type { Instant } from '../instant.ts';
import { linkWords } from '../link.ts';
import type { Settings } from '../settings.ts';
import {
  type Block,
  type Button,
  heading,
  instant,
  type Line,
  type Message,
  note,
  user,
} from '../text.ts';
import { running } from '../timers/index.ts';
import type { Timer } from '../timers/timer.ts';
import {
  button,
  channelOf,
  commanderOf,
  drillNote,
  dueAt,
  dueLabel,
  somebody,
  titled,
} from './phrases.ts';
import { type Known, NOBODY_KNOWN, rosterFacts } from './roster-facts.ts';

interface Fact {
  readonly label: string;
  readonly value: Line;
}

/** What a card needs: the incident and its timers as of one moment. */
export interface CardFacts {
  readonly incident: Incident;
  readonly timers: readonly Timer[];
  readonly asOf: Instant;
}

/** The card: where an incident stands, and what can be pressed. */
export function card(
  { incident, timers, asOf }: CardFacts,
  settings: Settings,
  known = NOBODY_KNOWN,
): Message {
  const { severity, status } = incident;
  const blocks: Block[] = [
    heading(titled(incident)),
    ...(incident.drill ? [drillNote()] : []),
    { type: 'facts', rows: factsOf({ incident, timers, asOf }, settings, known) },
    note('Opened by ', user(incident.declaredBy), ' ', instant(incident.openedAt, 'full')),
    isOver(incident)
      ? { type: 'buttons', buttons: buttonsAfter(incident), more: moreAfter(incident) }
      : { type: 'buttons', buttons: buttonsDuring(incident), more: moreDuring(incident) },
  ];
  return { summary: [`${titled(incident)}: ${severity}, ${status}`], blocks };
}

function factsOf(
  { incident, timers, asOf }: CardFacts,
  settings: Settings,
  known: Known,
): readonly Fact[] {
  const { acknowledgedBy, recorded, roles } = incident;
  const clocks = running(incident, timers, settings).slice(0, 5);
  const others = Object.entries(roles)
    .filter(([role]) => role !== COMMANDER)
    .slice(0, 6);
  return [
    { label: 'Severity', value: [incident.severity] },
    { label: 'Status', value: [incident.status] },
    ...(recorded ? [] : responders(commanderOf(incident), acknowledgedBy)),
    ...others.map(([role, id]) => ({ label: role, value: [user(id)] })),
    ...impactFacts(incident),
    ...rosterFacts({ incident, timers, asOf }, settings, known),
    ...clocks.map(({ name, at, held }) => ({
      label: dueLabel(name),
      value: dueAt(at, asOf, held),
    })),
    ...linkFact(incident),
    { label: 'Channel', value: [channelOf(incident)] },
    ...(incident.private ? [{ label: 'Visibility', value: ['private'] }] : []),
  ];
}

/** The newest few: a card is no list. */
const LINKS_SHOWN = 4;

function linkFact({ links }: Incident): readonly Fact[] {
  if (links.length === 0) return [];
  const shown = links.slice(-LINKS_SHOWN).map((link) => `${linkWords(link)} (#${link.entry})`);
  const more = links.length - shown.length;
  const rest = more === 0 ? '' : ` and ${more} more`;
  return [{ label: 'Related incidents', value: [`${shown.join(', ')}${rest}`] }];
}

const responders = (commander: string | null, acknowledgedBy: string | null): readonly Fact[] => [
  { label: 'Commander', value: [somebody(commander)] },
  { label: 'Acknowledged by', value: [somebody(acknowledgedBy)] },
];

function impactFacts(incident: Incident): readonly Fact[] {
  const at = (name: 'impact started' | 'impact ended' | 'resolved', round = 0) =>
    milestone(incident, name, round)?.at ?? null;
  const since = at('impact started');
  const until = at('impact ended', incident.round);
  const resolved = incident.status === 'resolved' ? at('resolved', incident.round) : null;
  return [
    ...(since === null ? [] : [{ label: 'Impact since', value: [instant(since, 'full')] }]),
    ...(until === null ? [] : [{ label: 'Impact ended', value: [instant(until, 'full')] }]),
    ...(resolved === null ? [] : [{ label: 'Resolved', value: [instant(resolved, 'full')] }]),
  ];
}

function buttonsDuring(incident: Incident): readonly Button[] {
  const acknowledge = button(incident, 'Acknowledge', 'ack', { style: 'primary' });
  return [
    ...(incident.acknowledgedBy === null ? [acknowledge] : []),
    button(incident, 'Update', 'update'),
    button(incident, 'Change severity', 'sev'),
    button(incident, 'Take command', 'lead me'),
    button(incident, 'Escalate', 'page'),
    button(incident, 'Add entry', 'log'),
    button(incident, 'Timeline', 'timeline'),
    button(incident, 'Resolve', 'form resolve', { style: 'danger' }),
  ];
}

/** What people do less often: Slack takes five. */
const moreDuring = (incident: Incident): readonly Button[] => [
  button(incident, 'Change status', 'status'),
  button(incident, 'Give a role', 'role'),
  button(incident, 'Action item', 'action'),
  button(incident, 'Snooze a timer', 'snooze'),
  button(incident, 'Brief me', 'brief'),
];

const moreAfter = (incident: Incident): readonly Button[] => [
  button(incident, 'Action item', 'action'),
  button(incident, 'Give a role', 'role'),
  button(incident, 'Brief me', 'brief'),
];

const buttonsAfter = (incident: Incident): readonly Button[] => [
  button(incident, 'Reopen', 'reopen'),
  button(incident, 'Add entry', 'log'),
  button(incident, 'Timeline', 'timeline'),
  ...(incident.status === 'resolved'
    ? [
        button(incident, 'Draft', 'postmortem show'),
        button(incident, 'Edit the draft', 'postmortem section'),
      ]
    : []),
];
