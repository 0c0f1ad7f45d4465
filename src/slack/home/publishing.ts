import { createHash } from 'node:crypto';
import type { types } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { home, homeAway } from '../../domain/views/home.ts';
import { homeParts } from '../../handle/home.ts';
import { type Ports, StoreUnavailable } from '../../ports.ts';
import type { Log } from '../log.ts';
import { slackCode } from '../outcome.ts';
import type { Looker } from './lookers.ts';
import { homeView } from './view.ts';

export interface PublishingParts {
  readonly client: Pick<WebClient, 'views'>;
  readonly ports: Pick<Ports, 'store' | 'settings' | 'doctor'>;
  readonly log: Log;
}

/** A Home as it is to be shown. */
interface Composed {
  readonly view: types.HomeView;
  /** Names what it shows, apart from the time at which it was read. */
  readonly seal: string;
  /** Whether the record could not be read: it is looked at again soon. */
  readonly stale: boolean;
}

/** Slack shows them no Home: publishing it again is of no use. */
const HOPELESS = ['not_enabled', 'user_not_found', 'account_inactive', 'not_allowed_token_type'];

const sealOf = (shown: unknown): string =>
  createHash('sha256').update(JSON.stringify(shown)).digest('hex');

/** Publishes the Home of one person at a time in the order in which it was read. */
export function createPublishing({ client, ports, log }: PublishingParts) {
  async function compose(looker: Looker): Promise<Composed> {
    const { said } = looker;
    try {
      const parts = await homeParts(looker, ports);
      const view = homeView(home({ ...parts, said }, ports.settings));
      return { view, seal: sealOf({ ...parts, said, asOf: 0 }), stale: false };
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      return { view: homeView(homeAway(said)), seal: sealOf({ away: said }), stale: true };
    }
  }

  async function send(looker: Looker, composed: Composed, hash: string | null): Promise<void> {
    const { view, seal, stale } = composed;
    const seen = hash === null ? {} : { hash };
    const answer = await client.views.publish({ user_id: looker.user, view, ...seen });
    Object.assign(looker, { hash: answer.view?.hash ?? null, seal, stale });
  }

  async function publish(looker: Looker, asked: boolean): Promise<void> {
    const composed = await compose(looker);
    if (!asked && composed.seal === looker.seal) return;
    try {
      await send(looker, composed, looker.hash);
    } catch (error) {
      if (slackCode(error) !== 'hash_conflict') throw error;
      // Another process was faster, and what it read may be older or newer: read once more.
      await send(looker, await compose(looker), null);
    }
  }

  async function tried(looker: Looker, asked: boolean): Promise<'done' | 'failed' | 'hopeless'> {
    try {
      await publish(looker, asked);
      return 'done';
    } catch (error) {
      log.warn('home not published', { user: looker.user }, error);
      // Whatever Slack shows by now, it need not be what was shown before.
      looker.seal = null;
      looker.stale = true;
      return HOPELESS.includes(slackCode(error) ?? '') ? 'hopeless' : 'failed';
    }
  }

  /**
   * Publishes somebody's Home; where nobody asked for it, only if it has changed. Never fails:
   * `hopeless` where Slack shows them none.
   */
  return (looker: Looker, asked: boolean): Promise<'done' | 'failed' | 'hopeless'> => {
    const turn = looker.turn.then(() => tried(looker, asked));
    looker.turn = turn.then(() => undefined);
    return turn;
  };
}
