import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Installation as SlackInstallation } from '@slack/bolt';
import { type CodedError, InstallProvider } from '@slack/oauth';
import { WebClient } from '@slack/web-api';
import type { Granted, Installation, InstallStates } from '../../installation.ts';
import { clientOptions, type OnCall, slackLogger } from '../clients.ts';
import type { Log } from '../log.ts';
import { slackCode } from '../outcome.ts';
import type { Route } from '../receiver.ts';
import { BOT_SCOPES } from '../scopes.ts';
import { type Failure, failed, html, installed, show, welcome } from './pages.ts';
import { createStates, STATE_LASTS_MS } from './state.ts';

export const INSTALL_PATH = '/slack/install';
export const REDIRECT_PATH = '/slack/oauth_redirect';
const COOKIE = 'muster-install';
const TIMEOUT_MS = 10_000;

/** What Slack must know of us to let us ask for tokens. */
export interface Credentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

export interface InstallParts extends Credentials {
  readonly stateSecret: string;
  /** Where browsers reach Muster: the only place that Slack is asked to send them back to. */
  readonly publicUrl: string;
  /** Ends with a slash. */
  readonly apiUrl?: string | null | undefined;
  readonly states: InstallStates;
  readonly onCall?: OnCall | undefined;
  readonly log: Log;
  /** Keeps it. */
  readonly keep: (about: Omit<Installation, 'tokens'>, tokens: Granted) => Promise<void>;
}

/** Slack's answer does not belong together. */
class Unconfirmed extends Error {}

const SLACK = 'https://slack.com/api/';

const FAILURE_OF: Readonly<Record<string, Failure>> = {
  slack_oauth_invalid_state: 'state',
  slack_oauth_missing_state: 'state',
  slack_oauth_missing_code: 'state',
  slack_oauth_installer_authorization_error: 'cancelled',
};

function failureOf(error: Error & { readonly code?: string }): Failure {
  if (error instanceof Unconfirmed) return 'unconfirmed';
  // Slack knows the code no more: used before, or asked for by somebody else.
  if (slackCode(error) !== undefined) return 'unconfirmed';
  return FAILURE_OF[error.code ?? ''] ?? 'broken';
}

/** What the library has put together, as we keep it; a token of a person is not kept at all. */
function read({ team, enterprise, user, bot, appId, isEnterpriseInstall }: SlackInstallation) {
  const isOrg = isEnterpriseInstall === true;
  const whose: { readonly id?: string; readonly name?: string } | undefined = isOrg
    ? enterprise
    : team;
  if (bot === undefined || whose?.id === undefined) throw new Unconfirmed('no bot or no workspace');
  const { token, refreshToken, expiresAt, id: botId, userId: botUserId, scopes } = bot;
  const lasts = expiresAt === undefined ? null : expiresAt * 1000 - Date.now();
  const about: Omit<Installation, 'tokens'> = {
    ...{ id: whose.id, isOrg, enterprise: enterprise?.id ?? null, name: whose.name ?? whose.id },
    ...{ appId: appId ?? '', botId: botId ?? '', botUserId, scopes, installedBy: user.id },
  };
  const tokens: Granted = { bot: token, refresh: refreshToken ?? null, expiresInMs: lasts };
  return { about, tokens };
}

/** Asks Slack whose token it is; what comes with a token is not taken on trust. */
async function confirm(
  { id, isOrg, botUserId }: Omit<Installation, 'tokens'>,
  { bot }: Granted,
  { apiUrl, onCall, log }: InstallParts,
): Promise<void> {
  const client = new WebClient(bot, clientOptions({ apiUrl, onCall }, TIMEOUT_MS, log));
  const { team_id: team, enterprise_id: org, user_id: user } = await client.auth.test();
  if ((isOrg ? org : team) !== id || user !== botUserId)
    throw new Unconfirmed('the token is somebody else’s');
}

function createProvider(parts: InstallParts): InstallProvider {
  const { clientId, clientSecret, stateSecret, publicUrl, apiUrl, onCall, log, states } = parts;
  const redirectUri = `${publicUrl}${REDIRECT_PATH}`;
  const installUrlOptions = { scopes: [...BOT_SCOPES], redirectUri };
  return new InstallProvider({
    ...{ clientId, clientSecret, installUrlOptions },
    stateStore: createStates(stateSecret, installUrlOptions, states),
    stateCookieName: COOKIE,
    stateCookieExpirationSeconds: STATE_LASTS_MS / 1000,
    authorizationUrl: new URL('/oauth/v2/authorize', apiUrl ?? SLACK).href,
    clientOptions: clientOptions({ apiUrl, onCall }, TIMEOUT_MS, log),
    logger: slackLogger(log),
    renderHtmlForInstallPath: (url) => html(welcome(url)),
    installationStore: {
      async storeInstallation(installation) {
        const { about, tokens } = read(installation as SlackInstallation);
        await confirm(about, tokens, parts);
        await parts.keep(about, tokens);
      },
      // Requests are authorised by what we keep ourselves.
      fetchInstallation: async () => {
        throw new Error('not asked for');
      },
    },
  });
}

const openUrl = ({ team, enterpriseUrl }: SlackInstallation): string =>
  enterpriseUrl ?? `https://slack.com/app_redirect?team=${encodeURIComponent(team?.id ?? '')}`;

/** The two addresses that a browser visits to install Muster. */
export function installRoutes(parts: InstallParts): readonly Route[] {
  const provider = createProvider(parts);
  const again = `${parts.publicUrl}${INSTALL_PATH}`;
  const { log } = parts;
  const broken = (response: ServerResponse) => (error: unknown) => {
    log.error('installation failed', {}, error);
    if (!response.headersSent) failed(response, 'broken', again);
  };
  const begin = (request: IncomingMessage, response: ServerResponse): void => {
    provider.handleInstallPath(request, response).catch(broken(response));
  };
  const end = (request: IncomingMessage, response: ServerResponse): void => {
    provider
      .handleCallback(request, response, {
        success: (installation) => {
          const { team, enterprise } = installation as SlackInstallation;
          const name = team?.name ?? enterprise?.name ?? 'your workspace';
          show(response, 200, installed(name, openUrl(installation as SlackInstallation)));
        },
        failure: (error: CodedError) => {
          const failure = failureOf(error);
          log.warn('not installed', { why: failure }, error);
          failed(response, failure, again);
        },
      })
      .catch(broken(response));
  };
  return [
    { path: INSTALL_PATH, method: ['GET'], handler: begin },
    { path: REDIRECT_PATH, method: ['GET'], handler: end },
  ];
}
