import type { ChannelEvent } from '../../domain/channel-event.ts';
import type { NoticeBody } from '../../domain/decision.ts';
import { type Incident, isOver, responsible } from '../../domain/incident.ts';
import { type Delivered, StoreUnavailable } from '../../ports.ts';
import { CannotDeliver, type Errand, followedBy, incidentOf } from './errand.ts';
import { record } from './found.ts';

/** What is part of the channel and means nothing anywhere else. */
const OF_CHANNEL: readonly NoticeBody['type'][] = [
  'card',
  'topic',
  'bookmark',
  'invite',
  'canvas',
  'picture',
  'mark',
  'settle pings',
  'archive',
  'welcome',
];

const ARCHIVED = ['is_archived', 'is_inactive'];
const UNWANTED = { type: 'done', unwanted: true } as const satisfies Delivered;

/** What an error of Slack's says of the channel; null where it says nothing. */
function eventOf(code: string, { channel, private: hidden }: Incident): ChannelEvent | null {
  if (ARCHIVED.includes(code)) return { type: 'archived' };
  if (code === 'not_in_channel') return { type: 'left' };
  if (code !== 'channel_not_found') return null;
  // A private channel that Muster is not in does not exist for it.
  return { type: hidden || channel.state === 'left' ? 'left' : 'deleted' };
}

const STATES: { readonly [T in ChannelEvent['type']]?: Incident['channel']['state'] } = {
  archived: 'archived',
  deleted: 'deleted',
  left: 'left',
};

async function note(errand: Errand, incident: Incident, event: ChannelEvent): Promise<void> {
  if (incident.channel.state === STATES[event.type]) return;
  try {
    await record(errand, incident, event);
  } catch (error) {
    // The next delivery finds it out again.
    errand.log.warn('channel not recorded', { row: errand.delivery.id }, error);
  }
}

/** Whether it goes to somebody directly anyway. */
const hasOwn = (what: NoticeBody, user: string): boolean =>
  what.type === 'ping' &&
  what.ping.who.some((target) => target.type === 'user' && target.id === user);

/**
 * Another way for what cannot be said in the incident's channel, because it is deleted, archived or
 * closed to Muster: what is part of the channel is let go, the rest goes to whoever asked for it or is responsible. Null
 * where the error is about something else, or nobody need hear of it once the incident is over.
 */
export async function shutOut(errand: Errand, code: string): Promise<Errand | Delivered | null> {
  const { delivery } = errand;
  const { to, what } = delivery;
  if (to.type !== 'incident' && to.type !== 'chores') return null;
  const incident = await known(errand);
  const event = incident === null ? null : eventOf(code, incident);
  if (incident === null || event === null || incident.channel.id === null) return null;
  await note(errand, incident, event);
  if (OF_CHANNEL.includes(what.type)) return UNWANTED;
  const asker = what.type === 'file' ? what.asker : undefined;
  if (asker === undefined && isOver(incident) && event.type === 'archived')
    return what.type === 'draft' ? UNWANTED : null;
  if (to.type === 'chores') return null;
  const id = asker ?? responsible(incident);
  if (hasOwn(what, id)) return UNWANTED;
  // Of a drill nothing that follows may leave the channel: there it is only its way that changes.
  if (incident.drill) return { ...errand, delivery: { ...delivery, to: { type: 'user', id } } };
  return followedBy(UNWANTED, [
    { key: `${delivery.key}:directly`, to: { type: 'user', id }, what },
  ]);
}

async function known(errand: Errand): Promise<Incident | null> {
  try {
    return await incidentOf(errand);
  } catch (error) {
    if (error instanceof CannotDeliver || error instanceof StoreUnavailable) return null;
    throw error;
  }
}
