import { LogLevel, type Logger as SlackLogger } from '@slack/bolt';
import { WebClient, type WebClientOptions } from '@slack/web-api';
import type { Log } from './log.ts';

/** Where Slack is and what we show it. */
export interface SlackAddress {
  readonly token: string;
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
export function createClients(
  address: SlackAddress,
  log: Log,
): { readonly client: WebClient; readonly fast: WebClient; readonly curious: WebClient } {
  return {
    client: new WebClient(address.token, clientOptions(address, DELIVERY_TIMEOUT_MS, log)),
    fast: new WebClient(address.token, clientOptions(address, FORM_TIMEOUT_MS, log)),
    curious: new WebClient(address.token, clientOptions(address, DELIVERY_TIMEOUT_MS, log)),
  };
}
