import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError } from '@slack/web-api';
import { errorCodes, slackCode } from './outcome.ts';

/** Why a call of Slack came to nothing, as far as whoever runs Muster can do something about it. */
export type Trouble =
  /** Slack itself says no. */
  | { readonly type: 'refused'; readonly code: string }
  /** Slack was asked too often. */
  | { readonly type: 'limited'; readonly seconds: number }
  /** Something that is not Slack answered: a proxy, a login page. */
  | { readonly type: 'stranger'; readonly what: string }
  /** Nothing answered. */
  | { readonly type: 'unreachable'; readonly code: string };

/** The libraries' names for their own errors say nothing about why. */
const OF_LIBRARIES = /^(?:slack_|UND_ERR_SOCKET$)/;
const TIMEOUTS = ['TimeoutError', 'AbortError'];

/** The system's word for it, `ENOTFOUND`; fetch and the libraries bury it under their own. */
function systemCode(error: unknown): string {
  const codes = errorCodes(error).filter((code) => !OF_LIBRARIES.test(code));
  const named = codes.findLast((code) => /^[A-Z][A-Z0-9_]+$/.test(code));
  return named ?? (isTimeout(error) ? 'ETIMEDOUT' : 'no answer');
}

function isTimeout(error: unknown, depth = 0): boolean {
  if (!(error instanceof Error) || depth > 5) return false;
  return TIMEOUTS.includes(error.name) || isTimeout(error.cause, depth + 1);
}

/** Reads an error of a Slack call for whoever has to mend it. */
export function troubleOf(error: unknown): Trouble {
  const code = slackCode(error);
  if (code !== undefined) return { type: 'refused', code };
  if (error instanceof WebAPIRateLimitedError)
    return { type: 'limited', seconds: Number(error.retryAfter) || 60 };
  // Slack answers 200 or 429, and JSON: anything else comes from something in between.
  if (error instanceof WebAPIHTTPError)
    return { type: 'stranger', what: `HTTP ${error.statusCode}` };
  if (error instanceof WebAPIPlatformError) return { type: 'stranger', what: 'a page, no JSON' };
  return { type: 'unreachable', code: systemCode(error) };
}

/** The host that is called: Slack's own, or the one of SLACK_API_URL. */
export const hostOf = (apiUrl: string | null | undefined): string =>
  URL.canParse(apiUrl ?? '') ? new URL(apiUrl ?? '').host : 'slack.com';

/** In a few words, for the log and for details. */
export function troubleText(trouble: Trouble, host: string): string {
  if (trouble.type === 'refused') return `Slack says ${trouble.code}`;
  if (trouble.type === 'limited') return 'Slack was asked too often';
  if (trouble.type === 'stranger')
    return `something other than Slack answered for ${host} (${trouble.what})`;
  return `${host} cannot be reached (${trouble.code})`;
}
