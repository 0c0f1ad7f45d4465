import type { Delivered } from '../ports.ts';
import { type Answer, Forbidden, NoAnswer } from './send.ts';

/** What a call came to, and in `reason` how it is told to people: `it answered 403`. */
export type Verdict = Pick<Extract<Delivered, { type: 'done' }>, 'type'> | Failure;

export type Failure =
  /** Nothing has arrived, or it asks us to come back later. */
  | { readonly type: 'wait'; readonly ms: number; readonly reason: string }
  /** It may have arrived: it is sent again, and the alert's id makes that harmless. */
  | { readonly type: 'unsure'; readonly reason: string }
  /** It cannot succeed as things are configured. */
  | { readonly type: 'failed'; readonly reason: string; readonly fault: Fault };

/** Where to look for what is wrong. */
export type Fault = 'key' | 'url' | 'content' | 'address' | 'missing' | 'silence' | 'own';

const RETRY_SECONDS = { default: 5, least: 1, most: 300 };
const LONGEST_WAIT_MS = 30_000;
const LATER = [408, 425];
const BUSY = [429, 503];
const FAULTS: Readonly<Record<number, Fault>> = {
  401: 'key',
  403: 'key',
  404: 'url',
  405: 'url',
  410: 'url',
};

/** 1 s, 2 s, 4 s … 30 s. */
const backOff = (attempts: number): number =>
  Math.min(LONGEST_WAIT_MS, 500 * 2 ** Math.min(attempts, 10));

/** Reads what came back, or what was thrown instead. `now` is for a Retry-After that names a time. */
export function verdictOf(came: Answer | unknown, attempts: number, now: number): Verdict {
  if (came instanceof Forbidden) {
    return { type: 'failed', reason: came.message, fault: 'address' };
  }
  if (came instanceof NoAnswer) return unanswered(came, attempts);
  if (isAnswer(came)) return answered(came, now);
  throw came;
}

const isAnswer = (came: unknown): came is Answer =>
  typeof came === 'object' && came !== null && 'status' in came && 'retryAfter' in came;

function answered({ status, retryAfter }: Answer, now: number): Verdict {
  const reason = `it answered ${status}`;
  if (status >= 200 && status < 300) return { type: 'done' };
  if (status === 429 || (BUSY.includes(status) && retryAfter !== null)) {
    return { type: 'wait', ms: asked(retryAfter, now), reason };
  }
  if (status >= 500 || LATER.includes(status)) return { type: 'unsure', reason };
  if (status >= 300 && status < 400) {
    return { type: 'failed', reason: `${reason}, and redirects are not followed`, fault: 'url' };
  }
  return { type: 'failed', reason, fault: FAULTS[status] ?? 'content' };
}

/** Retry-After in seconds or as a date, within reason. */
function asked(retryAfter: string | null, now: number): number {
  const written = retryAfter?.trim() ?? '';
  const seconds = /^\d+$/.test(written) ? Number(written) : (Date.parse(written) - now) / 1000;
  const wanted = Number.isFinite(seconds) ? seconds : RETRY_SECONDS.default;
  return Math.min(RETRY_SECONDS.most, Math.max(RETRY_SECONDS.least, wanted)) * 1000;
}

const NOT_REACHED: readonly (readonly [RegExp, string])[] = [
  [/^(ENOTFOUND|EAI_)/, 'its name cannot be resolved'],
  [/^ECONNREFUSED$/, 'it refuses connections'],
  [/CERT|SIGNATURE|^ERR_TLS_/, 'its certificate is not valid'],
  [/^(EPROTO|ERR_SSL_)/, 'it does not speak https'],
  [/^ETIMEDOUT$/, 'no connection came about within 5 s'],
];

function unanswered({ code, written }: NoAnswer, attempts: number): Verdict {
  if (written) {
    const slow = code === 'ETIMEDOUT';
    return {
      type: 'unsure',
      reason: slow ? 'it did not answer within 5 s' : 'it broke the connection off',
    };
  }
  const [, reason = 'no connection came about'] =
    NOT_REACHED.find(([codes]) => codes.test(code)) ?? [];
  return { type: 'wait', ms: backOff(attempts), reason };
}
