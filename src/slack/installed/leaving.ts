import { WebClient } from '@slack/web-api';
import { orNull } from '../../deadline.ts';
import type { Installations } from '../../installation.ts';
import { clientOptions, type OnCall } from '../clients.ts';
import type { Log } from '../log.ts';
import { slackCode } from '../outcome.ts';
import type { Known } from './known.ts';

export interface LeavingParts {
  readonly installations: Installations;
  readonly apiUrl?: string | null | undefined;
  readonly onCall?: OnCall | undefined;
  readonly log: Log;
}

const ANSWER_WITHIN_MS = 2500;

/** Slack's words for a token that was good and never will be again. */
const REVOKED = ['token_revoked', 'account_inactive', 'invalid_auth'];

const refusalOf = (error: unknown): 'revoked' | 'not known' =>
  REVOKED.includes(slackCode(error) ?? '') ? 'revoked' : 'not known';

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

  /** What Slack says of the token: a late event may be about one that has given way to this one. */
  async function tokenOf(id: string): Promise<'good' | 'revoked' | 'not known'> {
    const bot = known.byId(id)?.tokens?.bot;
    if (bot === undefined) return 'not known';
    const client = new WebClient(bot, clientOptions({ apiUrl, onCall }, ANSWER_WITHIN_MS, log));
    const said = client.auth.test().then(() => 'good' as const, refusalOf);
    return (await orNull(ANSWER_WITHIN_MS, said)) ?? 'not known';
  }

  /**
   * The installation that is meant: the workspace's own, else its organisation's. Slack's event need
   * not say that it was the organisation's, and names one of its workspaces then.
   */
  function meant(id: string): string {
    const org = known.organisationOf(id);
    return known.byId(id)?.tokens == null && org !== undefined ? org : id;
  }

  return {
    /** Notes that it was removed, so that its tokens are used no more; false where it was not. */
    async begin(said: string, event: string): Promise<boolean> {
      if (known.byId(said) === undefined) await orNull(ANSWER_WITHIN_MS, known.load());
      const id = meant(said);
      const token = await tokenOf(id);
      // Of what Slack did not name, it has to say so.
      if (token === 'good' || (id !== said && token !== 'revoked')) {
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
