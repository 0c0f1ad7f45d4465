import type { WebClient } from '@slack/web-api';
import type { MemberEvent } from '../../domain/channel-event.ts';
import { hasLeft } from '../../domain/incident.ts';
import { taken } from '../../handle/taking.ts';
import type { Ports } from '../../ports.ts';
import { walk } from '../calls.ts';
import { slackCode } from '../outcome.ts';

/** As many as Slack recommends. */
const PAGE = 200;
/** An incident's private channel has no more members than this. */
const PAGES = 25;

/** Codes that say that nobody is in it as far as Muster can see: then nobody can be shown to be. */
export const GONE: readonly string[] = ['channel_not_found', 'not_in_channel'];

/** Whether Slack counts somebody among the members of a channel. Fails with one of `GONE` where Muster cannot see it. */
export async function isMember(client: WebClient, channel: string, user: string): Promise<boolean> {
  let found = false;
  await walk(
    (cursor) =>
      client.conversations.members({ channel, limit: PAGE, ...(cursor ? { cursor } : {}) }),
    ({ members = [] }) => {
      found = members.includes(user);
      return found;
    },
    PAGES,
  );
  return found;
}

/**
 * What is true of somebody now, whatever order events arrive in; null where nobody can tell, because
 * Slack may count nobody in an archived channel. Where Muster cannot look, the event is believed.
 */
async function whereabouts(
  client: WebClient,
  channel: string,
  told: MemberEvent,
): Promise<MemberEvent | null> {
  try {
    const { channel: found } = await client.conversations.info({ channel });
    if (found?.is_archived === true) return null;
    const type = (await isMember(client, channel, told.user)) ? 'member back' : 'member left';
    return { type, user: told.user };
  } catch (error) {
    if (GONE.includes(slackCode(error) ?? '')) return told;
    throw error;
  }
}

/** Somebody left a channel, or is in it again. */
export interface Move extends MemberEvent {
  readonly workspace: string;
  readonly channel: string;
  /** Slack's id of the event. */
  readonly key: string;
}

interface Tracking {
  readonly client: WebClient;
  readonly ports: Ports;
}

/** Has a private incident know who left its channel; who is in that of a public one may see it anyway. */
export async function track(
  { workspace, channel, key, type, user }: Move,
  { client, ports }: Tracking,
): Promise<void> {
  const incident = await ports.store.inChannel(workspace, channel);
  if (incident === null || !incident.private) return;
  if (type === 'member back' && !hasLeft(incident, user)) return;
  let seen: MemberEvent['type'] | null = null;
  // Looked at once more after it is written: who came back meanwhile was not known to have left.
  for (const look of ['first', 'again']) {
    const event = await whereabouts(client, channel, { type: seen ?? type, user });
    if (event === null || event.type === seen) return;
    seen = event.type;
    const taking = { workspace, key: `${key}:${look}`, actor: user };
    await taken({ ...taking, action: { type: 'channel', event } }, incident, ports);
    if (seen === 'member back') return;
  }
}
