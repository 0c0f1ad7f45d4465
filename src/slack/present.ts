import type { WebClient } from '@slack/web-api';
import { orNull } from '../deadline.ts';
import type { Ports } from '../ports.ts';
import { walk } from './calls.ts';
import type { Log } from './log.ts';

/** Of the three seconds that a form has to be answered in. */
const WITHIN_MS = 900;
const PAGE = 1000;
/** An incident's private channel has no more members than this. */
const PAGES = 5;

interface Members {
  readonly members?: readonly string[];
  readonly response_metadata?: { readonly next_cursor?: string };
}

interface Looking {
  readonly client: WebClient;
  readonly ports: Pick<Ports, 'store'>;
  readonly log: Log;
}

/** Whether Slack says in time that somebody is in a channel. */
async function isMember({ client, log }: Looking, channel: string, user: string): Promise<boolean> {
  let found = false;
  const looking = walk<Members>(
    (cursor) =>
      client.conversations.members({
        ...{ channel, limit: PAGE },
        ...(cursor ? { cursor } : {}),
      }) as Promise<Members>,
    ({ members = [] }) => {
      found = members.includes(user);
      return found;
    },
    PAGES,
  ).then(() => true);
  if ((await orNull(WITHIN_MS, looking)) === null) log.info('members not looked up', { channel });
  return found;
}

/** Whether an incident's channel shows who may see it; where the database cannot say, it may. */
const decides = ({ ports }: Looking, workspace: string, channel: string): Promise<boolean> =>
  ports.store.inChannel(workspace, channel).then(
    (incident) => incident?.private === true,
    () => true,
  );

/**
 * Whether whoever sends a form is still where they opened it. Slack is only asked where that
 * decides what they may see; what it does not say in time they are not.
 */
export async function isStillThere(
  looking: Looking,
  { workspace, channel, user }: { workspace: string; channel: string; user: string },
): Promise<boolean> {
  if (channel === '' || !(await decides(looking, workspace, channel))) return true;
  return isMember(looking, channel, user);
}
