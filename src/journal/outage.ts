import type { Instant } from '../domain/instant.ts';

/** An outage that is over. */
export interface Ended {
  readonly since: Instant;
  readonly ms: number;
}

/**
 * Since when this process has not reached the database, and what time it is there.
 *
 * Instants are the database's: this machine's clock and the difference that was measured last.
 */
export function createOutage(clock: () => number = Date.now) {
  let offset = 0;
  /** By this machine's clock, so that a difference measured later still applies. */
  let since: number | null = null;
  /** As it was understood then: should the database's clock have been turned, the earlier one counts. */
  let sinceThen: Instant = 0;
  let reachedAt: number | null = null;
  const toInstant = (ms: number): Instant => Math.round(ms + offset);
  return {
    now: (): Instant => toInstant(clock()),
    toInstant,
    /** The database said what time it is: halfway between asking and hearing. */
    measured(databaseNow: Instant, asked: number): void {
      offset = databaseNow - (asked + clock()) / 2;
    },
    since: (): Instant | null => (since === null ? null : toInstant(since)),
    isOn: (): boolean => since !== null,
    /** How long it has lasted; 0 when there is none. */
    ms: (): number => (since === null ? 0 : clock() - since),
    began(): void {
      if (since !== null) return;
      since = clock();
      sinceThen = toInstant(since);
    },
    /**
     * What there was of it, or null. It has lasted since the database was reached the last time:
     * others may have noticed it earlier than we.
     */
    ended(): Ended | null {
      const began = Math.min(since ?? clock(), reachedAt ?? Number.POSITIVE_INFINITY);
      const ended =
        since === null
          ? null
          : { since: Math.min(sinceThen, toInstant(since)), ms: clock() - began };
      since = null;
      reachedAt = clock();
      return ended;
    },
  };
}

export type Outage = ReturnType<typeof createOutage>;
