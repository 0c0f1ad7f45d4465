import type { Unavailable } from '../ports.ts';

/** Spares people the wait for a database that did not answer the ones before them. */
export interface Breaker {
  /** Whether it is worth asking. While open, one request at a time may try after the pause. */
  allows(): boolean;
  succeeded(): void;
  failed(why: Unavailable): void;
}

const FAILURES = 2;
const OPEN_MS = 3000;

/** What costs nobody any time needs no breaker: PostgreSQL refuses it within milliseconds. */
const SLOW: readonly Unavailable[] = ['away', 'late'];

/** Two slow failures in a row open it for three seconds; then one request tries for all. */
export function createBreaker(clock: () => number = () => performance.now()): Breaker {
  let failures = 0;
  let openUntil = 0;
  return {
    allows() {
      if (failures < FAILURES) return true;
      if (clock() < openUntil) return false;
      // Until it has failed or succeeded, the others do without.
      openUntil = clock() + OPEN_MS;
      return true;
    },
    succeeded() {
      failures = 0;
    },
    failed(why) {
      if (!SLOW.includes(why)) return;
      failures += 1;
      if (failures >= FAILURES) openUntil = clock() + OPEN_MS;
    },
  };
}
