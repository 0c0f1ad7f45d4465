import type { Instant } from './instant.ts';

/** Heavy work, done after the commit by a worker: a row with a lease, swept like a timer. */
export interface Work {
  readonly kind: 'draft';
  /** Later requests before this instant collapse into one. */
  readonly notBefore: Instant;
  readonly reason: 'resolved' | 'corrected' | 'asked';
}
