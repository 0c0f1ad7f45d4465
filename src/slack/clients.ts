import { LogLevel, type Logger as SlackLogger } from '@slack/bolt';
import { WebClient, type WebClientOptions } from '@slack/web-api';
import type { Log } from './log.ts';
import { NO_TOKEN } from './outcome.ts';

/** Where Slack is and what we show it. */
export interface SlackAddress {
  /** A token, or how to get the one that is good just now: asked for with every call. */
  readonly token: string | (() => Promise<string>);
  /** Sent with every call: an organisation's token does not say which workspace is meant. */
  readonly teamId?: string | undefined;
  /** Told of every call: Slack's method, the HTTP status or `failed`, and how long it took. */
  readonly onCall?: OnCall | undefined;
  /** Slack's own unless given. */
  readonly apiUrl?: string | null | undefined;
}

/** `date` is Slack's clock, as its answer says it. */
export type OnCall = (
  method: string,
  outcome: string,
  seconds: number,
  date: string | null,
) => void;

/** Slack's methods have names such as `chat.postMessage`; an upload's address has none. */
const methodOf = (address: string): string =>
  /\/api\/(?<method>[a-z.]+)$/i.exec(address.split('?')[0] ?? '')?.groups?.method ?? 'upload';

/** Node's fetch, timed. */
const timed =
  (onCall: OnCall): typeof fetch =>
  async (input, init) => {
    const began = performance.now();
    const method = methodOf(input instanceof Request ? input.url : String(input));
    try {
      const answer = await fetch(input, init);
      const seconds = (performance.now() - began) / 1000;
      onCall(method, String(answer.status), seconds, answer.headers.get('date'));
      return answer;
    } catch (error) {
      onCall(method, 'failed', (performance.now() - began) / 1000, null);
      throw error;
    }
  };

/** No token to call Slack with. It is asked for before anything is written, so nothing has happened. */
export class NoToken extends Error {
  readonly code = NO_TOKEN;
}

type Fetch = NonNullable<WebClientOptions['fetch']>;

/** Shows Slack the token that is good just now, in place of one that was good when the client was made. */
const showing =
  (token: () => Promise<string>, next: Fetch): Fetch =>
  async (input, init) => {
    const headers = { ...init?.headers, Authorization: `Bearer ${await token()}` };
    return next(input, { ...init, headers });
  };

const DELIVERY_TIMEOUT_MS = 3000;
/** Less than a trigger id lives. */
const FORM_TIMEOUT_MS = 2500;

/**
 * Slack's libraries write whole requests and answers into their log, so only the fact that
 * something was said arrives in ours.
 */
export const slackLogger = (log: Log): SlackLogger => ({
  debug: () => undefined,
  info: () => undefined,
  warn: () => log.debug('slack library warned'),
  error: (...said) => log.warn('slack library failed', {}, said.find(isError)),
  setLevel: () => undefined,
  getLevel: () => LogLevel.WARN,
  setName: () => undefined,
});

const isError = (value: unknown): value is Error => value instanceof Error;

/**
 * Options for one client: a new object each time, because the libraries write into what they are
 * given. The outbox retries; the libraries' own retries would post twice.
 */
export const clientOptions = (
  { apiUrl, onCall }: Pick<SlackAddress, 'apiUrl' | 'onCall'>,
  timeout: number,
  log: Log,
): WebClientOptions => ({
  ...(apiUrl ? { slackApiUrl: apiUrl } : {}),
  ...(onCall ? { fetch: timed(onCall) } : {}),
  retryConfig: { retries: 0 },
  rejectRateLimitedCalls: true,
  timeout,
  logger: slackLogger(log),
});

/**
 * The client of deliveries, a second one for forms and a third one for looking around: a rate limit
 * freezes a client as a whole.
 */
export function createClients(address: SlackAddress, log: Log): Clients {
  return {
    client: clientOf(address, DELIVERY_TIMEOUT_MS, log),
    fast: clientOf(address, FORM_TIMEOUT_MS, log),
    curious: clientOf(address, DELIVERY_TIMEOUT_MS, log),
  };
}

export interface Clients {
  readonly client: WebClient;
  readonly fast: WebClient;
  readonly curious: WebClient;
}

function clientOf(address: SlackAddress, timeout: number, log: Log): WebClient {
  const { token, teamId } = address;
  const options = { ...clientOptions(address, timeout, log), ...(teamId ? { teamId } : {}) };
  if (typeof token === 'string') return new WebClient(token, options);
  return new WebClient(undefined, { ...options, fetch: showing(token, options.fetch ?? fetch) });
}
