import type { Destination, NoticeBody } from '../../domain/decision.ts';
import { type Incident, isOver } from '../../domain/incident.ts';
import type { Ping } from '../../domain/ping.ts';
import { whyNobody } from '../../domain/schedules/roster.ts';
import { pingElsewhere, pingMessage } from '../../domain/views/ping.ts';
import type { Delivered } from '../../ports.ts';
import { isAboutPerson } from '../members.ts';
import { type Errand, followedBy, incidentOf } from './errand.ts';
import { unreachable } from './off-call.ts';
import { pingFacts } from './on-call.ts';
import { donePosted, post, postedBefore } from './posting.ts';
import { pingName } from './settle-pings.ts';

/** Who is pinged directly, or null. */
const personOf = ({ delivery: { to } }: Errand): string | null =>
  to.type === 'user' ? to.id : null;

/** Why the person is known to read nothing any more; Slack takes messages to some who have left. */
async function knownTrouble({ store, delivery }: Errand, id: string): Promise<string | null> {
  const person = await store.person(delivery.workspace, id);
  return person?.deleted === true ? whyNobody(person) : null;
}

/** Whether others read it there than those who may know of the incident. */
const isElsewhere = (incident: Incident, to: Destination): boolean =>
  incident.private && to.type === 'channel' && to.id !== incident.channel.id;

/** The clocks that an acknowledgement stops. */
const STOPPED = ['policy', 'acknowledge'];

/**
 * Somebody has acknowledged while it was in doubt whether it is posted. What nobody has begun to
 * send is withdrawn with the acknowledgement itself.
 */
const isTooLate = ({ delivery }: Errand, { timer }: Ping, incident: Incident): boolean =>
  delivery.unsureSince !== null &&
  STOPPED.includes(timer) &&
  (isOver(incident) || incident.acknowledgedBy !== null);

/** Posts a ping as it is read on a lock screen; that a person is not there to read it is reported. */
export async function deliverPing(
  { ping }: Extract<NoticeBody, { type: 'ping' }>,
  errand: Errand,
): Promise<Delivered> {
  const incident = await incidentOf(errand);
  const id = personOf(errand);
  try {
    if (isTooLate(errand, ping, incident)) {
      const before = await postedBefore(errand);
      return before === null
        ? { type: 'done', unwanted: true }
        : donePosted(pingName(ping, errand.delivery), before);
    }
    const message = isElsewhere(incident, errand.delivery.to)
      ? pingElsewhere(incident)
      : pingMessage(ping, incident, await pingFacts(errand, ping, incident));
    const posted = await post(errand, message);
    const done = donePosted(pingName(ping, errand.delivery), posted);
    const why = id === null ? null : await knownTrouble(errand, id);
    if (id === null || why === null || done.type !== 'done') return done;
    return followedBy(done, unreachable(errand, incident, id, why));
  } catch (error) {
    if (id === null || !isAboutPerson(error)) throw error;
    const why = (await errand.members.trouble(id)) ?? 'cannot be written to';
    return followedBy({ type: 'failed', reason: why }, unreachable(errand, incident, id, why));
  }
}
