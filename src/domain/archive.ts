import type { Action } from './action.ts';
import type { Entry, Revision } from './entry.ts';
import type { Incident } from './incident.ts';
import type { Instant } from './instant.ts';
import type { IncidentRecord } from './record.ts';
import type { Timer } from './timers/timer.ts';
import type { Source } from './words.ts';

/**
 * All that is kept of one incident: its record, what its entries were before they were corrected,
 * and who decided what. Enough to make it again elsewhere.
 */
export interface Archive extends Omit<IncidentRecord, 'corrected'> {
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

/** The record as the draft reads it: the last correction of each entry is among all of them. */
export const recordOf = (archive: Archive): IncidentRecord => ({
  ...archive,
  corrected: Object.fromEntries(
    archive.revisions.map(({ entry, seq, by, at }) => [entry, { seq, by, at }]),
  ),
});

/** The digest of one piece of what a change wrote; `of` names it: `entry 5.0`, `milestone detected.0`. */
export interface Seal {
  readonly of: string;
  readonly salt: string;
  readonly digest: string;
}

/** What was asked for, or what Muster did by itself. */
export type Decided =
  | Action
  | { readonly type: 'fire'; readonly timers: readonly string[] }
  /** Who was pinged for a schedule, as it turned out when they were. */
  | { readonly type: 'on call'; readonly schedule: string; readonly user: string | null }
  /** Deliveries that `doctor` sent again, released or let go. */
  | {
      readonly type: 'repair';
      readonly what: 'deliveries';
      readonly check: string;
      readonly how: string;
      readonly count: number;
    }
  /** What a version without the chain had written was sealed as it stood. */
  | { readonly type: 'seal'; readonly changes: number; readonly pieces: number }
  /** What it said was taken out: the change `redacted` says by whom and why. */
  | { readonly type: string; readonly redacted: number };

/** One accepted change. */
export interface AuditLine {
  readonly seq: number;
  readonly at: Instant;
  /** Slack user id; null for Muster itself. */
  readonly actor: string | null;
  readonly source: Source;
  readonly action: Decided;
  /** What it wrote, sealed: `verify` recomputes it. Null with a version that had no chain. */
  readonly seals: readonly Seal[] | null;
  /** Covers the seals and the hash before it. */
  readonly hash: string | null;
}

/** The newest form of the exported document. One more with every change of its shape. */
export const DOCUMENT_VERSION = 3;

/** The exported JSON document. `docs/record.schema.json` is generated from this type. */
export interface RecordDocument {
  readonly schema: 'muster.record';
  /** One more with every change of this shape. */
  readonly version: typeof DOCUMENT_VERSION;
  readonly records: readonly KeptRecord[];
}

/** An archive as it is exported: the same as long as nothing changes, whoever exports it and when. */
export interface KeptRecord {
  readonly incident: Incident;
  /** All entries, struck ones too, by number. */
  readonly entries: readonly Entry[];
  /** Its clocks, by name. */
  readonly timers: readonly KeptTimer[];
  /** Names for Slack ids, where they are known. No part of the record: they may change. */
  readonly people: Readonly<Record<string, string>>;
  /** What entries were before each correction, by entry and revision. */
  readonly revisions: readonly ArchivedRevision[];
  /** Every accepted change, in the order in which it was decided. */
  readonly audit: readonly AuditLine[];
}

/**
 * A clock as it was when the incident was last changed. A row per name.
 *
 * `step` counts what has happened for this `basis`: for a ladder timer 0 is the warning, 1 the
 * breach; for the policy it is the place in the walk through levels and repeats.
 */
export interface KeptTimer extends Timer {
  /** `pending` was running. */
  readonly state: 'pending' | 'done' | 'cancelled';
}

const by =
  <Row>(...keys: readonly ((row: Row) => number | string)[]) =>
  (a: Row, b: Row): number => {
    const key = keys.find((of) => of(a) !== of(b));
    return key === undefined ? 0 : key(a) < key(b) ? -1 : 1;
  };

/**
 * A record with its lists in the order in which they are exported: what a database or somebody's
 * editor made of the order says nothing.
 */
export const inItsOrder = (record: KeptRecord): KeptRecord => ({
  ...record,
  incident: {
    ...record.incident,
    milestones: record.incident.milestones.toSorted(
      by(
        ({ round }) => round,
        ({ entry }) => entry,
        ({ name }) => name,
      ),
    ),
  },
  entries: record.entries.toSorted(by(({ no }) => no)),
  timers: record.timers.toSorted(by(({ name }) => name)),
  revisions: record.revisions.toSorted(
    by(
      ({ entry }) => entry,
      ({ revision }) => revision,
    ),
  ),
  audit: record.audit.toSorted(by(({ seq }) => seq)),
});

/** What is exported of an archive. A clock that rests since an import is one that ran. */
export const kept = ({ asOf: _, timers, ...record }: Archive): KeptRecord =>
  inItsOrder({
    ...record,
    timers: timers.map((timer): KeptTimer => {
      const { state } = timer;
      return { ...timer, state: state === 'resting' ? 'pending' : state };
    }),
  });
