import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { InstallURLOptions, StateStore } from '@slack/bolt';
import type { InstallStates } from '../../installation.ts';

/** From the page with the button until Slack sends the browser back. */
export const STATE_LASTS_MS = 10 * 60_000;
const RANDOM_BYTES = 24;

const digestOf = (state: string): string => createHash('sha256').update(state).digest('hex');

function isSame(a: string, b: string): boolean {
  const [one, other] = [Buffer.from(a), Buffer.from(b)];
  return one.length === other.length && timingSafeEqual(one, other);
}

/** What is wrong with what came back, in words for the log; never what it was. */
class BadState extends Error {
  readonly code = 'slack_oauth_invalid_state';
}

/**
 * The word that a browser carries through an installation: signed, so that showing the page costs
 * the database nothing; good for ten minutes, and once. The library holds it against the cookie.
 */
export function createStates(
  secret: string,
  options: InstallURLOptions,
  spent: InstallStates,
): StateStore {
  const sign = (what: string): string =>
    createHmac('sha256', secret).update(`install:${what}`).digest('base64url');
  return {
    async generateStateParam(_, now) {
      const what = `${now.getTime().toString(36)}.${randomBytes(RANDOM_BYTES).toString('base64url')}`;
      return `${what}.${sign(what)}`;
    },
    async verifyStateParam(now, state) {
      const [at = '', random = ''] = state.split('.');
      const what = `${at}.${random}`;
      // The whole of it: with something added it would be another one, and could be spent again.
      if (!isSame(state, `${what}.${sign(what)}`)) throw new BadState('not signed by us');
      const age = now.getTime() - Number.parseInt(at, 36);
      if (!(Math.abs(age) <= STATE_LASTS_MS)) throw new BadState('too old');
      if (!(await spent.spend(digestOf(state), 2 * STATE_LASTS_MS)))
        throw new BadState('used before');
      return options;
    },
  };
}
