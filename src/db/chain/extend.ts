import type { Decided } from '../../domain/archive.ts';
import type { Instant } from '../../domain/instant.ts';
import type { Source } from '../../domain/words.ts';
import { linked } from './digest.ts';
import { type Piece, sealed } from './pieces.ts';

/** A change, ready for the audit. */
export interface Recorded {
  readonly incidentId: string;
  readonly seq: number;
  readonly actor: string | null;
  readonly source: Source;
  readonly action: Decided;
  /** Everything that it wrote, and what it was asked to do. */
  readonly pieces: readonly Piece[];
}

/**
 * Makes the rows of the audit, each linked to the one before it, in the order given.
 *
 * `heads` holds the newest hash of every incident, as read under its lock, and is moved along.
 */
export const extend = (
  changes: readonly Recorded[],
  at: Instant,
  heads: Map<string, string>,
): object[] =>
  changes.map(({ pieces, action, ...who }) => {
    const row = { ...who, at, seals: sealed(pieces) };
    const hash = linked(heads.get(who.incidentId) ?? '', row);
    heads.set(who.incidentId, hash);
    return { ...row, action, hash };
  });
