import type { Json } from './limits/rules.ts';

/** Slack's way to say no: `ok: false` with a code. */
export class SlackError extends Error {
  readonly code: string;
  /** Why a rule was broken; absent when the workspace merely is not as the caller hoped (`name_taken`). */
  readonly breach: string | undefined;
  readonly extra: Json;

  constructor(code: string, breach?: string, extra: Json = {}) {
    super(breach ? `${code}: ${breach}` : code);
    this.code = code;
    this.breach = breach;
    this.extra = extra;
  }
}

/** An ordinary refusal, which a careful app handles: not a violation. */
export const refuse = (code: string, extra: Json = {}): SlackError =>
  new SlackError(code, undefined, extra);

/** A broken rule: recorded as a violation and answered with Slack's code. */
export const breach = (code: string, reason: string, extra: Json = {}): SlackError =>
  new SlackError(code, reason, extra);

/** Too many calls: answered with HTTP 429 and Retry-After. */
export class RateLimited extends SlackError {
  readonly retryAfter: number;

  constructor(retryAfter: number) {
    super('ratelimited');
    this.retryAfter = retryAfter;
  }
}
