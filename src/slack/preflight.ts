import { WebClient } from '@slack/web-api';
import { clientOptions } from './clients.ts';
import { slackCode } from './outcome.ts';
import type { Connection } from './receiver.ts';
import { BOT_SCOPES, NEEDED_FOR_EVENTS, OPTIONAL_SCOPES } from './scopes.ts';

/** What is to be tried with Slack before Muster is started. */
export interface Preflight {
  /** Null where workspaces install Muster themselves: each has a token of its own. */
  readonly botToken: string | null;
  readonly connection: Connection;
  readonly apiUrl?: string | null;
}

const WITHIN_MS = 5000;
const SILENT = {
  ...{ trace: () => undefined, debug: () => undefined, info: () => undefined },
  ...{ warn: () => undefined, error: () => undefined },
};

/** The events that Slack does not tell of to a token without these scopes. */
export const unheardWithout = (missing: readonly string[]): readonly string[] =>
  missing.flatMap((scope) => NEEDED_FOR_EVENTS[scope] ?? []);

/** What the bot's token lacks, of what nothing can be done without. */
export const missingFrom = (granted: readonly string[]): readonly string[] =>
  BOT_SCOPES.filter((scope) => !granted.includes(scope) && !OPTIONAL_SCOPES.includes(scope));

interface Tried {
  readonly ok: boolean;
  readonly lines: readonly string[];
}

const good = (...lines: string[]): Tried => ({ ok: true, lines });
const bad = (...lines: string[]): Tried => ({ ok: false, lines });

/** Slack's word for why not, or that it did not answer. */
function because(error: unknown): string {
  const code = slackCode(error);
  return code === undefined ? 'Slack did not answer' : `Slack says ${code}`;
}

async function tryBotToken({ botToken, apiUrl }: Preflight): Promise<Tried> {
  if (botToken === null)
    return good('The tokens of workspaces that install Muster are tried by the Muster that runs.');
  const client = new WebClient(botToken, clientOptions({ apiUrl }, WITHIN_MS, SILENT));
  try {
    const { team, user, response_metadata: about } = await client.auth.test();
    const known = `Slack takes SLACK_BOT_TOKEN: ${user ?? 'the bot'} in ${team ?? 'its workspace'}.`;
    if (about?.scopes === undefined) return good(known, 'Slack did not say which scopes it has.');
    const missing = missingFrom(about.scopes);
    if (missing.length === 0) return good(known, 'It has every scope that Muster uses.');
    const unheard = unheardWithout(missing);
    return bad(
      known,
      `problem: it lacks ${missing.join(', ')}.`,
      ...(unheard.length === 0 ? [] : [`So Slack does not tell of ${unheard.join(', ')}.`]),
      'To mend it, paste what manifest writes under App Manifest (api.slack.com/apps), save, and reinstall the app.',
    );
  } catch (error) {
    return bad(
      `problem: SLACK_BOT_TOKEN was not accepted: ${because(error)}.`,
      'To mend it, copy the Bot User OAuth Token of OAuth & Permissions, and see that Slack can be reached.',
    );
  }
}

async function tryConnection({ connection, apiUrl }: Preflight): Promise<Tried> {
  if (connection.type === 'http')
    return good(
      'Over HTTP, Slack can verify the request URL only while Muster runs: start it, then Event Subscriptions, Retry.',
    );
  const client = new WebClient(connection.appToken, clientOptions({ apiUrl }, WITHIN_MS, SILENT));
  try {
    await client.apps.connections.open();
    return good('Slack takes SLACK_APP_TOKEN: Socket Mode works.');
  } catch (error) {
    return bad(
      `problem: SLACK_APP_TOKEN was not accepted: ${because(error)}.`,
      'To mend it, turn Socket Mode on for the app, and make an app-level token with connections:write.',
    );
  }
}

/** Tries the tokens with Slack, where no Muster runs yet: whether it would be heard, and told. */
export async function preflight(asked: Preflight): Promise<Tried> {
  const tried = await Promise.all([tryBotToken(asked), tryConnection(asked)]);
  return { ok: tried.every(({ ok }) => ok), lines: tried.flatMap(({ lines }) => lines) };
}
