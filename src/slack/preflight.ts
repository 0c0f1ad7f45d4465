import { WebClient } from '@slack/web-api';
import { clientOptions } from './clients.ts';
import type { Connection } from './receiver.ts';
import { BOT_SCOPES, NEEDED_FOR_EVENTS, OPTIONAL_SCOPES } from './scopes.ts';
import { hostOf, troubleOf, troubleText } from './trouble.ts';

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

/** What is said of a token that was not taken, or could not be tried. */
function failed(error: unknown, name: string, apiUrl: Preflight['apiUrl'], mend: string): Tried {
  const trouble = troubleOf(error);
  const host = hostOf(apiUrl);
  const reason = troubleText(trouble, host);
  if (trouble.type === 'refused')
    return bad(`problem: ${name} was not accepted: ${reason}.`, `To mend it, ${mend}.`);
  if (trouble.type === 'limited')
    return good(`${name} was not tried: ${reason}. Ask again in ${trouble.seconds} s.`);
  const where =
    trouble.type === 'stranger'
      ? 'see which proxy or login page answers between this machine and Slack'
      : 'check the DNS, the firewall and the proxy of this machine';
  return bad(`problem: ${reason}, so ${name} was not tried.`, `To mend it, ${where}.`);
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
    const mend = 'copy the Bot User OAuth Token of OAuth & Permissions';
    return failed(error, 'SLACK_BOT_TOKEN', apiUrl, mend);
  }
}

/**
 * Asks for an address to connect to, and does not connect: Slack would send to that connection, too,
 * what somebody types.
 */
export async function tryConnection({
  connection,
  apiUrl,
}: Omit<Preflight, 'botToken'>): Promise<Tried> {
  if (connection.type === 'http')
    return good(
      'Over HTTP, Slack can verify the request URL only while Muster runs: start it, then Event Subscriptions, Retry.',
    );
  const client = new WebClient(connection.appToken, clientOptions({ apiUrl }, WITHIN_MS, SILENT));
  try {
    await client.apps.connections.open();
    return good('Slack takes SLACK_APP_TOKEN: Socket Mode is on.');
  } catch (error) {
    const mend =
      'turn Socket Mode on for the app, and make an app-level token with connections:write';
    return failed(error, 'SLACK_APP_TOKEN', apiUrl, mend);
  }
}

/** Tries the tokens with Slack, where no Muster runs yet: whether it would be heard, and told. */
export async function preflight(asked: Preflight): Promise<Tried> {
  const tried = await Promise.all([tryBotToken(asked), tryConnection(asked)]);
  // What keeps both from being tried is to be mended once.
  const lines = tried.flatMap(({ lines }) => lines);
  return { ok: tried.every(({ ok }) => ok), lines: [...new Set(lines)] };
}
