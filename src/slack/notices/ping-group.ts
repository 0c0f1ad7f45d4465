import type { Notice, NoticeBody } from '../../domain/decision.ts';
import { say } from '../../domain/text.ts';
import type { Delivered } from '../../ports.ts';
import { slackCode } from '../outcome.ts';
import { type Errand, follow, followedBy } from './errand.ts';
import { isAboutGroup } from './invite.ts';

type PingGroup = Extract<NoticeBody, { type: 'ping group' }>;

const nobody = (errand: Errand, group: string, why: string): Notice =>
  follow(
    errand,
    'nobody',
    { type: 'incident' },
    say('Nobody in ', { type: 'group', id: group }, ` could be pinged: ${why}.`),
  );

/** Who is in the group now, or null when Slack does not know it. */
async function membersOf({ calls }: Errand, group: string): Promise<string[] | null> {
  try {
    return await calls.groupMembers(group);
  } catch (error) {
    if (isAboutGroup(slackCode(error))) return null;
    throw error;
  }
}

/** Finds out who is in the group when it fires, and pings each of them by a delivery of their own. */
export async function pingGroup({ group, ping }: PingGroup, errand: Errand): Promise<Delivered> {
  const members = await membersOf(errand, group);
  if (members === null) {
    const reason = 'Slack does not know this group';
    return followedBy({ type: 'failed', reason }, [nobody(errand, group, reason)]);
  }
  const people = [...new Set(members)].filter((id) => id !== errand.botUserId);
  if (people.length === 0) {
    return followedBy({ type: 'done' }, [nobody(errand, group, 'it has no members')]);
  }
  const pings = people.map(
    (id): Notice => ({
      key: `${errand.delivery.key}:${id}`,
      to: { type: 'user', id },
      what: { type: 'ping', ping },
    }),
  );
  return followedBy({ type: 'done' }, pings);
}
