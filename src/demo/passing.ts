import { setTimeout as pause } from 'node:timers/promises';
import postgres from 'postgres';
import type { Clock } from './clock.ts';

// What is under way at the instant that the clock shows: timers and drafts that are due, and
// messages that are to be delivered. A leased draft has its next attempt as `due_at`.
const BUSY = `select
  (select count(*) from timer where state = 'pending' and due_at <= now())::int as timers,
  (select count(*) from work where state = 'pending' and (due_at <= now() or lease_until > now()))::int as drafts,
  (select count(*) from outbox where state = 'sending' or (state = 'pending' and next_at <= now()))::int as messages`;
const NEXT = `select extract(epoch from least(
  (select min(due_at) from timer where state = 'pending'),
  (select min(due_at) from work where state = 'pending' and lease_until is null))) * 1000 as at`;
const NEXT_DRAFT = `select extract(epoch from min(due_at)) * 1000 as at from work
  where state = 'pending'`;

const POLL_MS = 4;
const PATIENCE_MS = 15_000;

/** Lets the time of one database pass, without leaving out anything that happens meanwhile. */
export interface Passing {
  /** Waits until nothing is under way. */
  settled(): Promise<void>;
  /** Turns the clock to an instant, stopping wherever a timer or a draft is due before. */
  to(instant: number): Promise<void>;
  /** Lets time pass until every draft that was asked for is written. */
  drafted(): Promise<void>;
  readonly sql: postgres.Sql;
}

/** Lets the time that a clock shows pass; `turned` is told every instant before it is shown. */
export function createPassing(clock: Clock, turned: (instant: number) => void): Passing {
  const sql = postgres(clock.url, { max: 1, onnotice: () => undefined });

  async function settled(): Promise<void> {
    const began = performance.now();
    for (;;) {
      const [busy] = await sql.unsafe<{ timers: number; drafts: number; messages: number }[]>(BUSY);
      if (!busy || busy.timers + busy.drafts + busy.messages === 0) return;
      if (performance.now() - began > PATIENCE_MS) {
        throw new Error(
          `Muster did not come to rest within ${PATIENCE_MS / 1000} s: ${JSON.stringify(busy)}`,
        );
      }
      await pause(POLL_MS);
    }
  }

  async function turn(instant: number): Promise<void> {
    turned(instant);
    await clock.set(instant);
    await settled();
  }

  async function next(query: string): Promise<number | null> {
    const [row] = await sql.unsafe<{ at: string | null }[]>(query);
    // Up to the millisecond after: a clock set a fraction too early would fire nothing.
    return row?.at == null ? null : Math.ceil(Number(row.at));
  }

  async function to(instant: number): Promise<void> {
    for (let due = await next(NEXT); due !== null && due <= instant; due = await next(NEXT)) {
      await turn(due);
    }
    await turn(instant);
  }

  async function drafted(): Promise<void> {
    for (let due = await next(NEXT_DRAFT); due !== null; due = await next(NEXT_DRAFT)) {
      await to(due);
    }
  }

  return { settled, to, drafted, sql };
}
