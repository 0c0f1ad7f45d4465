import type { Destination, Notice } from '../../domain/decision.ts';
import type { Incident } from '../../domain/incident.ts';
import type { Settings } from '../../domain/settings.ts';
import type { Message } from '../../domain/text.ts';
import type { Delivered, Delivery, Glance, Posts, Store } from '../../ports.ts';
import type { Calls } from '../calls.ts';
import type { Log } from '../log.ts';
import type { Members } from '../members.ts';

/** One delivery under way: what is to be done, and with what. */
export interface Errand {
  readonly delivery: Delivery;
  readonly calls: Calls;
  readonly members: Members;
  readonly store: Store & Posts;
  readonly settings: Settings;
  readonly botUserId: string;
  readonly log: Log;
  readonly pauseMs: number;
  readonly progress: Progress;
}

/** How far an attempt came, for reading the error that ended it. */
export interface Progress {
  /** A part of it is in Slack already. */
  posted: boolean;
  /** A post is being made, which Slack limits by channel. */
  posting: boolean;
}

/** A delivery that cannot succeed, with the reason in Slack's word or ours. */
export class CannotDeliver extends Error {}

/** A delivery that somebody else may be making by now. */
export class LeaseLost extends Error {}

/** The incident that a delivery is about, with its timers. */
export async function glanceOf({ delivery, store }: Errand): Promise<Glance> {
  const glance = delivery.incident === null ? null : await store.glance(delivery.incident);
  if (!glance) throw new CannotDeliver('its incident is not known');
  return glance;
}

/** The incident that a delivery is about. */
export const incidentOf = async (errand: Errand): Promise<Incident> =>
  (await glanceOf(errand)).incident;

/** The incident's channel, which the outbox waits for. */
export function channelOf({ channel }: Incident): string {
  if (channel.id === null) throw new CannotDeliver('the incident has no channel');
  return channel.id;
}

/** What `chat.postMessage` takes as `channel` for a destination; a user's id opens the conversation. */
export async function addressOf(errand: Errand): Promise<string> {
  const { to } = errand.delivery;
  if (to.type === 'channel' || to.type === 'user') return to.id;
  if (to.type === 'ephemeral') return to.channel;
  if (to.type === 'webhook' || to.type === 'lookup') {
    throw new CannotDeliver(`${to.name} is no conversation`);
  }
  return channelOf(await incidentOf(errand));
}

/** A notice that follows from a delivery; `name` keeps its key apart from the delivery's own. */
export const follow = (
  { delivery }: Errand,
  name: string,
  to: Destination,
  message: Message,
): Notice => ({ key: `${delivery.key}:${name}`, to, what: { type: 'message', message } });

/** An outcome with what follows from it. */
export const followedBy = (
  delivered: Extract<Delivered, { type: 'done' | 'failed' }>,
  notices: readonly Notice[],
): Delivered => ({ ...delivered, next: notices });
