import type { Instant } from '../instant.ts';
import type { PingingName } from '../ping.ts';

/** `archive` pings nobody. */
export type TimerName = PingingName | 'archive';

/**
 * One rule of the ladder, running for one incident. A row per incident and name.
 *
 * `step` counts what has happened for this `basis`: for a ladder timer 0 is the warning, 1 the
 * breach; for the policy it is the place in the walk through levels and repeats.
 */
export interface Timer {
  readonly id: string;
  readonly name: TimerName;
  readonly step: number;
  readonly dueAt: Instant;
  /** From when it counts; a new basis starts the timer anew. */
  readonly basis: Instant;
  /** Milliseconds the rule allows, as planned; another severity re-plans it. */
  readonly span: number;
  /** Milliseconds by which its steps are put off: snoozed, or paused while monitoring. */
  readonly delay: number;
  /** Bumped by every re-planning, so that an old wake-up finds nothing. */
  readonly gen: number;
  /** `resting`: of an incident that was imported; it runs again from the next change of the incident. */
  readonly state: 'pending' | 'done' | 'cancelled' | 'resting';
}
