import type { Action } from './action.ts';
import type { Revision, Source } from './entry.ts';
import type { Instant } from './instant.ts';
import type { IncidentRecord } from './record.ts';

/**
 * All that is kept of one incident: its record, what its entries were before they were corrected,
 * and who decided what. Enough to make it again elsewhere.
 */
export interface Archive extends IncidentRecord {
  /** What entries were before each correction, by entry and revision. */
  readonly revisions: readonly ArchivedRevision[];
  /** Every accepted change, in the order in which it was decided. */
  readonly audit: readonly AuditLine[];
}

/** A correction, with the change that made it. */
export interface ArchivedRevision extends Revision {
  /** The `seq` of the change in the audit. */
  readonly seq: number;
}

/** The digest of one piece of what a change wrote; `of` names it: `entry 5.0`, `milestone detected.0`. */
export interface Seal {
  readonly of: string;
  readonly salt: string;
  readonly digest: string;
}

/** One accepted change. */
export interface AuditLine {
  readonly seq: number;
  readonly at: Instant;
  /** Slack user id; null for Muster itself. */
  readonly actor: string | null;
  readonly source: Source;
  /** What was asked for, or the timers that fired. */
  readonly action: Action | { readonly type: 'fire'; readonly timers: readonly string[] };
  /** What it wrote, sealed: `verify` recomputes it. Null with a version that had no chain. */
  readonly seals: readonly Seal[] | null;
  /** Covers the seals and the hash before it. */
  readonly hash: string | null;
}

/** The exported JSON document. `docs/record.schema.json` is generated from this type. */
export interface RecordDocument {
  readonly schema: 'muster.record';
  /** One more with every change of this shape. */
  readonly version: 2;
  readonly records: readonly Archive[];
}
