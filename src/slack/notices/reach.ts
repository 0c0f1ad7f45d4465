import { responsible } from '../../domain/incident.ts';
import { channelReachedNot } from '../../domain/views/channel-shut.ts';
import type { Delivered } from '../../ports.ts';
import { classify, slackCode } from '../outcome.ts';
import { channelOf, type Errand, follow, followedBy, incidentOf } from './errand.ts';
import { record } from './found.ts';

/**
 * Opens the channel again: unarchives it, or comes back into it. Where Slack does not let Muster,
 * whoever is responsible is told how a person does it.
 */
export async function reachChannel(_: unknown, errand: Errand): Promise<Delivered> {
  const incident = await incidentOf(errand);
  const channel = channelOf(incident);
  const { state } = incident.channel;
  if (state !== 'archived' && state !== 'left') return { type: 'done', unwanted: true };
  try {
    if (state === 'archived') await errand.calls.unarchive(channel);
    else await errand.calls.join(channel);
  } catch (error) {
    const verdict = classify(error).type;
    const reason = slackCode(error);
    const final = verdict === 'failed' || reason === 'missing_scope' || verdict === 'archived';
    if (verdict !== 'done') {
      if (reason === undefined || !final) throw error;
      const message = channelReachedNot(incident, reason);
      const to = { type: 'user', id: responsible(incident) } as const;
      return followedBy({ type: 'failed', reason }, [follow(errand, 'by hand', to, message)]);
    }
  }
  await record(errand, incident, { type: state === 'archived' ? 'unarchived' : 'joined' });
  return { type: 'done' };
}
