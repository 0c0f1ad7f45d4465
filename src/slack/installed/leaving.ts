import { WebClient } from '@slack/web-api';
import { orNull } from '../../deadline.ts';
import type { Installations } from '../../installation.ts';
import { clientOptions, type OnCall } from '../clients.ts';
import type { Log } from '../log.ts';
import type { Known } from './known.ts';

export interface LeavingParts {
  readonly installations: Installations;
  readonly apiUrl?: string | null | undefined;
  readonly onCall?: OnCall | undefined;
  readonly log: Log;
}

const ANSWER_WITHIN_MS = 2500;

/** What becomes of installations that Slack says are removed. */
export function createLeaving({ installations, apiUrl, onCall, log }: LeavingParts, known: Known) {
  /** Not yet written down: the database was away. With Slack's event. */
  const leaving = new Map<string, string>();

  async function wipe(id: string, event: string): Promise<void> {
    if (await installations.remove(id, event)) log.error('installation wiped', { id, event });
    leaving.delete(id);
    await known.load();
    known.gone.delete(id);
  }

  /** A late event, about tokens that have given way to others since, is no reason to wipe these. */
  async function isStillGood(id: string): Promise<boolean> {
    const bot = known.byId(id)?.tokens?.bot;
    if (bot === undefined) return false;
    const client = new WebClient(bot, clientOptions({ apiUrl, onCall }, ANSWER_WITHIN_MS, log));
    return (await orNull(ANSWER_WITHIN_MS, client.auth.test()))?.ok === true;
  }

  return {
    /** Notes that it was removed, so that its tokens are used no more; false where it was not. */
    async begin(id: string, event: string): Promise<boolean> {
      if (known.byId(id) === undefined) await orNull(ANSWER_WITHIN_MS, known.load());
      if (await isStillGood(id)) {
        log.info('app still installed', { id, event });
        return false;
      }
      log.error('app removed from workspace', { event, workspace: id });
      known.gone.add(id);
      leaving.set(id, event);
      return true;
    },
    /** Wipes the tokens of all that have left; fails while the database is away. */
    async wipe(): Promise<void> {
      for (const [id, event] of [...leaving]) await wipe(id, event);
    },
    /** It is installed again. */
    returned(id: string): void {
      leaving.delete(id);
      known.gone.delete(id);
    },
  };
}
