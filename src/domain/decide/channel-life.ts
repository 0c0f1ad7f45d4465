import type { ChannelEvent } from '../channel-event.ts';
import type { Reply } from '../decision.ts';
import { addressOf, type Incident, isOver, responsible } from '../incident.ts';
import { ok, type Result } from '../result.ts';
import type { Settings } from '../settings.ts';
import { ownerOf, taskState } from '../task.ts';
import { code, type Line, user } from '../text.ts';
import type { Firing } from '../timers/index.ts';
import { titled } from '../views/phrases.ts';
import { type Change, notify, patch, write } from './change.ts';
import { moved } from './departing.ts';
import type { ActionOf, Context, Rules } from './rule.ts';
import { button, message, nameOf, reply } from './wording.ts';

type Of<T extends ChannelEvent['type']> = Extract<ChannelEvent, { type: T }>;

/** What one thing that can become of a channel means. A row of the table below. */
interface Meaning<T extends ChannelEvent['type']> {
  /** What the channel is from now on; null where that is so already. */
  readonly becomes: (channel: Incident['channel'], event: Of<T>) => Incident['channel'] | null;
  /** What the timeline says. */
  readonly entry: (channel: Incident['channel'], event: Of<T>) => string;
  /** What whoever is responsible is told in private, after `@cy archived the channel of INC-42`. */
  readonly told: ((incident: Incident) => Told) | null;
}

interface Told {
  readonly did: string;
  readonly lines: readonly Line[];
  /** Whether somebody has to open the channel again by hand or by pressing a button. */
  readonly repairs?: true;
}

const turned =
  (state: Incident['channel']['state'], ...from: Incident['channel']['state'][]) =>
  (channel: Incident['channel']): Incident['channel'] | null =>
    from.includes(channel.state) ? { ...channel, state } : null;

const DIRECTLY: Line = [
  'The record goes on: commands work by the incident’s number, and what would be said in the channel comes to you directly.',
];

const MEANINGS: { readonly [T in ChannelEvent['type']]: Meaning<T> } = {
  archived: {
    becomes: turned('archived', 'ready', 'left'),
    entry: () => 'The channel was archived.',
    told: (incident) => ({
      did: 'archived',
      lines: [
        [
          'It is still open, and its timers run. Muster opens the channel again for the next ping or message.',
        ],
        ['If it is over, type ', code(`/incident ${addressOf(incident)} resolve`), '.'],
      ],
      repairs: true,
    }),
  },
  unarchived: {
    becomes: turned('ready', 'archived'),
    entry: () => 'The channel is open again.',
    told: null,
  },
  renamed: {
    becomes: (channel, { name }) => (name === channel.name ? null : { ...channel, name }),
    entry: ({ name: before }, { name }) => `The channel was renamed from #${before} to #${name}.`,
    told: null,
  },
  deleted: {
    becomes: turned('deleted', 'ready', 'archived', 'left'),
    entry: () => 'The channel was deleted.',
    told: () => ({ did: 'deleted', lines: [DIRECTLY], repairs: true }),
  },
  left: {
    becomes: turned('left', 'ready', 'archived'),
    entry: () => 'Muster was removed from the channel.',
    told: () => ({
      did: 'removed Muster from',
      lines: [DIRECTLY, ['To have it back, type ', code('/invite @muster'), ' there.']],
      repairs: true,
    }),
  },
  joined: {
    becomes: turned('ready', 'left'),
    entry: () => 'Muster is in the channel again.',
    told: null,
  },
  'made private': {
    becomes: (channel) => channel,
    entry: () => 'The channel was made private.',
    told: ({ private: hidden }) => ({
      did: 'made private',
      lines: hidden
        ? [['The incident is private too: both agree.']]
        : [
            [
              'The incident itself is not private: it stays announced, and everybody finds it with /incident list and find. If it must be kept from others, open a private one and tell an administrator.',
            ],
          ],
    }),
  },
  'made public': {
    becomes: (channel) => channel,
    entry: () => 'The channel was made public.',
    told: ({ private: hidden }) => ({
      did: 'made public',
      lines: hidden
        ? [
            [
              'The incident itself stays private, but everybody in the workspace can read its channel now, with all that was written there. Make the channel private again if that was a mistake.',
            ],
          ]
        : [['The incident is public too: both agree.']],
    }),
  },
};

/** Writes down what became of the channel, and tells whoever must know. Nothing where it is known already. */
export function happened(
  change: Change,
  event: ChannelEvent,
  by: string | null,
  settings: Settings,
): Line | null {
  const { channel } = change.incident;
  // The row belongs to the event's own type; the compiler cannot follow that.
  const meaning = MEANINGS[event.type] as Meaning<ChannelEvent['type']>;
  const becomes = channel.id === null ? null : meaning.becomes(channel, event);
  if (becomes === null) return null;
  patch(change, { channel: becomes });
  write(change, {
    at: change.now,
    text: meaning.entry(channel, event),
    detail: { type: 'channel', event },
    author: by,
    source: 'system',
  });
  if (becomes.state === 'ready' && channel.state !== 'ready') showAgain(change);
  const told = meaning.told?.(change.incident);
  if (told !== undefined) tell(change, event, by, told, settings);
  return [meaning.entry(channel, event)];
}

/** What it shows may be older than the incident: nothing could be changed there meanwhile. */
export function showAgain(change: Change): void {
  notify(change, 'card', { to: { type: 'incident' }, collapse: 'card', what: { type: 'card' } });
  notify(change, 'topic', { to: { type: 'chores' }, collapse: 'topic', what: { type: 'topic' } });
}

function tell(
  change: Change,
  event: ChannelEvent,
  by: string | null,
  { did, lines, repairs }: Told,
  settings: Settings,
): void {
  const { incident } = change;
  const who: Line = by === null ? ['Somebody'] : [user(by)];
  const said: Line = did.startsWith('made')
    ? [...who, ` made the channel of ${titled(incident)} ${did.slice(5)}.`]
    : [...who, ` ${did} the channel of ${titled(incident)}.`];
  const buttons =
    repairs === true ? [button(incident, repairLabel(event), 'doctor repair channel-shut')] : [];
  const told = message(said, { lines, buttons });
  for (const id of hearers(incident, event, settings)) {
    notify(change, `channel:${id}`, {
      to: { type: 'user', id },
      what: { type: 'message', message: told },
    });
  }
}

const repairLabel = ({ type }: ChannelEvent): string =>
  type === 'deleted' ? 'Make a new channel' : 'Open it again';

/** Who must know: whoever leads; who can see it is also the administrators' business. */
function hearers(
  incident: Incident,
  { type }: ChannelEvent,
  { administrators }: Settings,
): readonly string[] {
  if (type === 'made private' || type === 'made public') {
    // Of a private incident nobody hears who does not know of it, and who can read it is the news.
    const others = incident.private || incident.drill ? [] : administrators;
    return [...new Set([responsible(incident), ...others])];
  }
  if (!isOver(incident)) return [responsible(incident)];
  const isOwed = incident.status === 'resolved' && taskState(incident) !== 'published';
  return type !== 'archived' && isOwed ? [ownerOf(incident)] : [];
}

/** Has the channel opened again where it is archived, or Muster is not in it; whether there was anything to do. */
export function openAgain(change: Change): boolean {
  const { state } = change.incident.channel;
  if (state !== 'archived' && state !== 'left') return false;
  notify(change, 'reach', { to: { type: 'chores' }, what: { type: 'reach' } });
  return true;
}

/** From now on it is looked whether people still write in the channel, until it can be put away. */
export function archiveSoon(change: Change, { timer }: Firing, key: string): void {
  change.notices.push({
    key: `archive:${key}`,
    to: { type: 'chores' },
    what: { type: 'archive', basis: timer.basis, noticed: false },
  });
}

function channel(change: Change, { event }: ActionOf<'channel'>, context: Context): Result<Reply> {
  const { actor, world } = context;
  const said =
    'user' in event
      ? moved(change, event)
      : happened(change, event, actor.id === '' ? null : actor.id, world.settings);
  return ok(reply(said ?? ['That is known of ', nameOf(change.incident), ' already.']));
}

/** What becomes of the channel outside of Muster's commands. */
export const channelLife: Rules<'channel'> = { channel: { noSign: true, handle: channel } };
