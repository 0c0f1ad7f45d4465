import { setTimeout as pause } from 'node:timers/promises';
import type { WebClient } from '@slack/web-api';
import type { Log } from './log.ts';
import { hostOf, troubleOf, troubleText } from './trouble.ts';

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

/** What whoever reads the log does about it. */
export const NEXT = 'npm start -- doctor says what to mend';

/** Asks Slack who we are, again and again until it says so or `stopped`; null when stopped first. */
export async function identify(
  client: WebClient,
  log: Log,
  stopped: AbortSignal,
  onTrouble: (reason: string) => void = () => undefined,
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
      const trouble = troubleOf(error);
      const reason = troubleText(trouble, hostOf(client.slackApiUrl));
      const event =
        trouble.type === 'refused' ? 'slack refuses the bot token' : 'slack not reachable';
      log.error(event, { reason, retryMs: wait, next: NEXT });
      onTrouble(reason);
    }
    await pause(wait, undefined, { signal: stopped, ref: false }).catch(() => undefined);
  }
  return null;
}
