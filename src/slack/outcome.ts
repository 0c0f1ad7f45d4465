import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from '@slack/web-api';
import type { Delivered } from '../ports.ts';

/** What an error of a Slack call means for the delivery that made it. */
export type Verdict =
  | Extract<Delivered, { type: 'wait' | 'unsure' | 'failed' }>
  /** The channel was archived under us: worth one unarchiving while the incident is open. */
  | { readonly type: 'archived'; readonly reason: string }
  /** It was so already, which is what we wanted. */
  | { readonly type: 'done' };

const GATE_MS = 60_000;
const UNREACHABLE_MS = 2_000;
const REFUSED_MS = 30_000;
const RETRY_SECONDS = { default: 5, least: 1, most: 300 };

const ALREADY = [
  'already_in_channel',
  'already_pinned',
  'already_reacted',
  'already_archived',
  'not_archived',
  'no_reaction',
];
const UNCERTAIN = ['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout'];
const LIMITED = ['ratelimited', 'rate_limited'];
const ARCHIVED = ['is_archived', 'is_inactive'];
const GATED = [
  'invalid_auth',
  'not_authed',
  'token_revoked',
  'token_expired',
  'account_inactive',
  'missing_scope',
  'user_removed_from_team',
  'team_disabled',
  'team_access_not_granted',
  'org_login_required',
];

/** There is no token: Muster was removed from the workspace, or the next token is on its way. */
export const NO_TOKEN = 'MUSTER_NO_TOKEN';
const NO_TOKEN_MS = 5000;

/** Failures that happen before a request is written: nothing can have reached Slack. */
const BEFORE_WRITING = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
];
const BEFORE_WRITING_PREFIXES = ['CERT_', 'ERR_TLS_'];

const wait = (ms: number, scope: 'workspace' | 'method' | 'channel', reason: string): Verdict => ({
  type: 'wait',
  ms,
  scope,
  reason,
});

/** Seconds as Slack gave them, or what is sensible where it gave none or nonsense. */
function limited(seconds: number | undefined, scope: 'method' | 'channel'): Verdict {
  const asked = seconds !== undefined && Number.isFinite(seconds) ? seconds : RETRY_SECONDS.default;
  const bounded = Math.min(RETRY_SECONDS.most, Math.max(RETRY_SECONDS.least, asked));
  return wait(bounded * 1000, scope, 'rate limited by Slack');
}

const platformRows: readonly (readonly [readonly string[], (code: string) => Verdict])[] = [
  [ALREADY, () => ({ type: 'done' })],
  [UNCERTAIN, (code) => ({ type: 'unsure', reason: code })],
  [ARCHIVED, (code) => ({ type: 'archived', reason: code })],
  [GATED, (code) => wait(GATE_MS, 'workspace', code)],
];

/** Slack's codes look like this; the SDK puts a body that is no JSON in their place. */
const CODE = /^[a-z][a-z0-9_.:-]*$/i;

/** Slack's own codes; one that is not listed cannot succeed by being repeated. */
function platform(code: string, scope: 'method' | 'channel'): Verdict {
  if (!CODE.test(code)) return { type: 'unsure', reason: 'an answer that is not Slack’s' };
  if (LIMITED.includes(code)) return limited(undefined, scope);
  const [, verdict] = platformRows.find(([codes]) => codes.includes(code)) ?? [];
  return verdict ? verdict(code) : { type: 'failed', reason: code };
}

function http(status: number): Verdict {
  const reason = `HTTP ${status}`;
  if (status >= 500 || status === 408 || status === 425) return { type: 'unsure', reason };
  if (status === 413 || status === 414) return { type: 'failed', reason };
  // Slack itself answers 200 or 429: another status comes from something between us and Slack.
  return wait(REFUSED_MS, 'method', reason);
}

/** The codes of an error and of everything that caused it; fetch buries them two levels deep. */
export function errorCodes(error: unknown, depth = 0): string[] {
  if (!(error instanceof Error) || depth > 5) return [];
  const own = 'code' in error && typeof error.code === 'string' ? [error.code] : [];
  const original = 'original' in error ? errorCodes(error.original, depth + 1) : [];
  const several = error instanceof AggregateError ? error.errors : [];
  return [
    ...own,
    ...original,
    ...errorCodes(error.cause, depth + 1),
    ...several.flatMap((one) => errorCodes(one, depth + 1)),
  ];
}

const neverLeft = (code: string): boolean =>
  BEFORE_WRITING.includes(code) ||
  BEFORE_WRITING_PREFIXES.some((prefix) => code.startsWith(prefix));

/**
 * Reads an error of a Slack call: whether the effect may have happened, and when to try again.
 *
 * `scope` is what a rate limit is counted by: posts by channel, everything else by method.
 */
export function classify(error: unknown, scope: 'method' | 'channel' = 'method'): Verdict {
  if (error instanceof WebAPIPlatformError) return platform(error.data.error, scope);
  if (error instanceof WebAPIRateLimitedError) return limited(error.retryAfter, scope);
  if (error instanceof WebAPIHTTPError) return http(error.statusCode);
  const reason = error instanceof Error ? error.message : String(error);
  // The SDK has no class for a 429 whose Retry-After it cannot read.
  if (reason.startsWith('Retry header did not contain')) return limited(undefined, scope);
  if (errorCodes(error).includes(NO_TOKEN))
    return wait(NO_TOKEN_MS, 'workspace', 'no token for this workspace');
  if (error instanceof WebAPIRequestError && errorCodes(error).some(neverLeft)) {
    return wait(UNREACHABLE_MS, 'workspace', reason);
  }
  return { type: 'unsure', reason };
}

/** Slack's code, where the error has one; a proxy's page that stands in its place is none. */
export const slackCode = (error: unknown): string | undefined =>
  error instanceof WebAPIPlatformError && CODE.test(error.data.error)
    ? error.data.error
    : undefined;

/** Whether the error comes from a Slack call rather than from ourselves. */
export const isSlackError = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('slack_webapi_');
