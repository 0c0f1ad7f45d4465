import type { Facts, RepairName } from './domain/doctor/index.ts';

/** Looks at Muster itself, and mends what can be mended by rows. */
export interface Doctor {
  /**
   * Asks the database, the queue and Slack, for somebody of this workspace: what belongs to another
   * one is not told. What does not answer in time is missing. Never fails.
   */
  look(workspace: string): Promise<Facts>;
  /** What was found within the last minute, else a look: for what is shown again and again. Never fails. */
  glance(workspace: string): Promise<Facts>;
  /** Mends, and answers of how many. Whoever asked must be allowed to. */
  mend(mending: Mending): Promise<number>;
}

/** A repair that no rule of an incident has to decide. */
export interface Mending {
  readonly workspace: string;
  readonly check: string;
  readonly how: RepairName;
  /** An incident's, those of no incident, or all. */
  readonly whose: { readonly incident: string } | 'others' | 'all';
  /** Who asked for it. */
  readonly by: string;
}
