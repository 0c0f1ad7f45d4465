import { WebClient } from '@slack/web-api';
import type { Granted } from '../../installation.ts';
import { clientOptions, type OnCall } from '../clients.ts';
import type { Log } from '../log.ts';
import { slackCode } from '../outcome.ts';
import type { Credentials } from './install.ts';

const TIMEOUT_MS = 10_000;

export interface RenewParts extends Credentials {
  readonly apiUrl?: string | null | undefined;
  readonly onCall?: OnCall | undefined;
  readonly log: Log;
}

/** Asks Slack for the next token of an installation; Slack's word for why not, where it gives none. */
export function createRenew({ clientId, clientSecret, apiUrl, onCall, log }: RenewParts) {
  const client = new WebClient(undefined, clientOptions({ apiUrl, onCall }, TIMEOUT_MS, log));
  return async (id: string, refresh: string): Promise<Granted | { readonly fault: string }> => {
    try {
      const answer = await client.oauth.v2.access({
        ...{ client_id: clientId, client_secret: clientSecret },
        ...{ grant_type: 'refresh_token', refresh_token: refresh },
      });
      const { access_token: bot, refresh_token: next, expires_in: seconds } = answer;
      const { team, enterprise, is_enterprise_install: isOrg } = answer;
      if ((isOrg ? enterprise?.id : team?.id) !== id) return { fault: 'another_workspace' };
      if (!bot || !next || !seconds) return { fault: 'no_token' };
      return { bot, refresh: next, expiresInMs: seconds * 1000 };
    } catch (error) {
      return { fault: slackCode(error) ?? 'slack_not_reachable' };
    }
  };
}
