import type { Entry } from './entry.ts';
import type { Incident } from './incident.ts';
import type { Instant } from './instant.ts';
import type { Timer } from './timers/timer.ts';

/** Everything Muster knows of one incident: what the timeline, the brief, the checks and the draft read. */
export interface IncidentRecord {
  readonly incident: Incident;
  /** All entries, struck ones too, by number. */
  readonly entries: readonly Entry[];
  readonly timers: readonly Timer[];
  /** When this was read. */
  readonly asOf: Instant;
  /** Names for Slack ids, where they are known: for exports that cannot show a mention. */
  readonly people: Readonly<Record<string, string>>;
  /** The last correction of each entry that was corrected, by its number; none where nobody asked. */
  readonly corrected?: Readonly<Record<number, Correction>>;
}

/** Who changed an entry last, when, and by which change of the incident. */
export interface Correction {
  readonly seq: number;
  readonly by: string | null;
  readonly at: Instant;
  /**
   * Where the last correction is a redaction, which writes nothing: the last one before it that was none,
   * and null where there was none.
   */
  readonly wording?: { readonly by: string | null; readonly at: Instant } | null;
}

/**
 * What a postmortem is about: one incident, or several with shared findings and actions.
 * The first record is the one it was asked for.
 */
export interface Report {
  readonly records: readonly IncidentRecord[];
}
