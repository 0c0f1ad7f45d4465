import type { Denial } from './denial.ts';

/**
 * The answer to something a person asked: what they wanted, or why not.
 *
 * A refusal is a value, shown to the person as written; an exception is a fault.
 */
export type Result<T, R = Refusal> = { ok: true; value: T } | { ok: false; refusal: R };

/** Why something could not be done, in words for the person who asked. */
export interface Refusal {
  /** What was wrong, one sentence. */
  readonly reason: string;
  /** What would work, ready to type, without the leading `/incident`. */
  readonly example?: string;
  /** What may have been meant, each ready to press. */
  readonly choices?: readonly Choice[];
  /** Whom to ask, by their ids: those who may. */
  readonly ask?: readonly string[];
  /** Set where whoever asked may not: it is written down for the administrators. */
  readonly denied?: Denial;
}

/** One of several things that a line may have meant. */
export interface Choice {
  readonly label: string;
  /** Without the leading `/incident`. */
  readonly command: string;
}

export const ok = <T>(value: T): { ok: true; value: T } => ({ ok: true, value });

/** Refuses with a reason and, where there is one, a line that would work. */
export const refuse = (reason: string, example?: string): { ok: false; refusal: Refusal } => ({
  ok: false,
  refusal: example === undefined ? { reason } : { reason, example },
});
