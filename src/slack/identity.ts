import { setTimeout as pause } from 'node:timers/promises';
import type { WebClient } from '@slack/web-api';
import type { Log } from './log.ts';
import { slackCode } from './outcome.ts';

/** Who we are in the workspace. */
export interface Identity {
  readonly workspace: string;
  readonly botUserId: string;
  readonly botId: string;
  /** Set where the token is good for all workspaces of an organisation. */
  readonly isOrg?: true;
}

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;

/** Asks Slack who we are, again and again until it says so or `stopped`; null when stopped first. */
export async function identify(
  client: WebClient,
  log: Log,
  stopped: AbortSignal,
): Promise<Identity | null> {
  for (let wait = FIRST_PAUSE_MS; !stopped.aborted; wait = Math.min(LONGEST_PAUSE_MS, wait * 2)) {
    try {
      const own = await client.auth.test();
      const { team_id: workspace, user_id: botUserId, bot_id: botId } = own;
      if (workspace && botUserId && botId)
        return {
          ...{ workspace, botUserId, botId },
          ...(own.is_enterprise_install === true && { isOrg: true }),
        };
      log.error('token is no bot token');
    } catch (error) {
      const code = slackCode(error);
      // A wrong token is nobody's network: it has to be named, in one line.
      if (code === undefined) log.error('slack not reachable', { retryMs: wait }, error);
      else log.error('slack refuses the bot token', { code, retryMs: wait });
    }
    await pause(wait, undefined, { signal: stopped, ref: false }).catch(() => undefined);
  }
  return null;
}
