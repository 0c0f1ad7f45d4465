import { setTimeout as pause } from 'node:timers/promises';
import { orNull } from '../../deadline.ts';
import type { Installations } from '../../installation.ts';
import { NoToken } from '../clients.ts';
import type { Log } from '../log.ts';
import type { Known, Usable } from './known.ts';
import { createRenew, type RenewParts } from './renew.ts';

export interface TokensParts extends RenewParts {
  readonly installations: Installations;
  readonly log: Log;
}

/** Slack's tokens last for twelve hours; this much is left for trying again. */
const REFRESH_BEFORE_MS = 2 * 60 * 60_000;
/** Somebody who needs a token that has ended waits so long for the next one. */
const REFRESHED_WITHIN_MS = 2000;
const LOOK_AGAIN_MS = 200;

/** The tokens to show Slack, refreshed before they end. */
export function createTokens(parts: TokensParts, known: Known) {
  const { installations, log } = parts;
  const renew = createRenew(parts);

  /** Asks for the next token where this one ends soon; only one replica gets to ask Slack. */
  async function refresh(one: Usable): Promise<void> {
    const { id } = one;
    if (one.tokens.refresh === null || known.leftMs(one) > REFRESH_BEFORE_MS) return;
    const outcome = await installations.refresh(id, REFRESH_BEFORE_MS, (token) => renew(id, token));
    if (outcome.type === 'refused')
      log.error('token not refreshed', { installation: id, fault: outcome.fault });
    if (outcome.type !== 'elsewhere') await known.load();
  }

  /** The next token of one that has ended: ours, or the one that another replica is fetching. */
  async function refreshed(workspace: string): Promise<Usable | null> {
    const until = performance.now() + REFRESHED_WITHIN_MS;
    for (;;) {
      const one = known.find(workspace);
      if (one === null || known.leftMs(one) > 0) return one;
      await orNull(REFRESHED_WITHIN_MS, refresh(one));
      if (performance.now() > until) return null;
      await pause(LOOK_AGAIN_MS);
      await orNull(REFRESHED_WITHIN_MS, known.load());
    }
  }

  return {
    refresh,
    /** The workspace's token, good just now; throws `NoToken`. Asked for with every call of Slack's. */
    async of(workspace: string): Promise<string> {
      const one = known.find(workspace);
      const hasEnded = one !== null && known.leftMs(one) <= 0;
      const good = hasEnded ? await refreshed(workspace) : one;
      if (good === null || known.leftMs(good) <= 0)
        throw new NoToken('no token for this workspace');
      return good.tokens.bot;
    },
  };
}

export type TokensOf = ReturnType<typeof createTokens>;
