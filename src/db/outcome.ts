import type { Decision, OpenContext, Reply, Snapshot } from '../domain/decision.ts';
import type { Instant } from '../domain/instant.ts';
import type { Refusal, Result } from '../domain/result.ts';
import type { WakeHint } from '../ports.ts';

/** Thrown inside a transaction to roll it back: somebody answered this key before. */
export class Repeated extends Error {}

/** Nothing was committed that anybody would have to be woken for. */
export const NO_HINT: WakeHint = { timers: [], outbox: false, work: false };

/** Whom a committed decision wakes. */
export function hintOf({ timers, notices, work, also }: Decision, now: Instant): WakeHint {
  const other = also === undefined ? NO_HINT : hintOf(also.decision, now);
  const pending = timers.filter(({ state }) => state === 'pending');
  return {
    timers: [...pending.map(({ dueAt }) => Math.max(0, dueAt - now)), ...other.timers],
    outbox: notices.length > 0 || other.outbox,
    work: work.length > 0 || other.work,
  };
}

/** The rules, as the store is handed them. */
export type Decide = (subject: Snapshot | OpenContext, now: Instant) => Result<Decision>;

/** What the caller must be told when the rules refuse; the store keeps it beside the key. */
export type Refuse = (refusal: Refusal, typed: string) => Reply;
