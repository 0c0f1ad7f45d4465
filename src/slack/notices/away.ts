import { hasLeft, type Incident } from '../../domain/incident.ts';
import type { Ping } from '../../domain/ping.ts';
import { code, say, user } from '../../domain/text.ts';
import { pingElsewhere } from '../../domain/views/ping.ts';
import type { Delivered } from '../../ports.ts';
import { type Errand, follow, followedBy } from './errand.ts';
import { donePosted, post } from './posting.ts';
import { pingName } from './settle-pings.ts';

/** Pings that remind somebody of what they see nothing of any more; all others call for help. */
const REMINDING: readonly Ping['timer'][] = ['presence', 'postmortem', 'actions'];

/** Whom a delivery is for alone. */
function readerOf({ to }: Errand['delivery']): string | null {
  if (to.type === 'user') return to.id;
  return to.type === 'ephemeral' ? to.user : null;
}

/**
 * What becomes of what was to be told to somebody who left the private incident's channel; null where
 * it may be told. A policy that calls them says that somebody is needed, as it does in a channel of
 * others, and the incident's own channel hears of it; all the rest is let go.
 */
export async function keptFrom(errand: Errand): Promise<Delivered | null> {
  const { delivery, store } = errand;
  const reader = readerOf(delivery);
  if (reader === null || delivery.incident === null) return null;
  const glance = await store.glance(delivery.incident);
  if (glance === null || !hasLeft(glance.incident, reader)) return null;
  const { what } = delivery;
  if (what.type !== 'ping' || REMINDING.includes(what.ping.timer))
    return { type: 'done', unwanted: true };
  return callBlindly(errand, glance.incident, reader, pingName(what.ping, delivery));
}

async function callBlindly(
  errand: Errand,
  incident: Incident,
  reader: string,
  name: string,
): Promise<Delivered> {
  const done = donePosted(name, await post(errand, pingElsewhere(incident)));
  const said = say(
    user(reader),
    ' was pinged but left this channel, so they read only that a private incident needs somebody. To call them back in: ',
    code('/incident page @somebody'),
  );
  if (done.type !== 'done') return done;
  return followedBy(done, [follow(errand, 'left', { type: 'incident' }, said)]);
}
