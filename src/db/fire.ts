import type { Decision, Snapshot } from '../domain/decision.ts';
import type { Instant } from '../domain/instant.ts';
import { StoreUnavailable, type WakeHint } from '../ports.ts';
import { NOW } from './bulk.ts';
import { type Queryable, run, type Sql } from './connect.ts';
import { hintOf } from './outcome.ts';
import { whenBusy } from './retry.ts';
import type { IncidentRow } from './rows.ts';
import { INCIDENT_COLUMNS, withTimers } from './snapshot.ts';
import { understood } from './unavailable.ts';
import { writeDecisions } from './write.ts';

/** How many incidents one transaction fires: large enough for a storm, small enough to hold locks briefly. */
const BATCH = 100;
/**
 * An incident that could not be fired steps aside for at least so long, and until all others had their
 * turn, however many fail and however slowly; but not for ever, for others may be locked for hours.
 */
const ASIDE_MS = 2000;
const LONGEST_ASIDE_MS = 30_000;

// Predicates use `now()`: with `clock_timestamp()` PostgreSQL cannot use the index.
const NEXT_DUE = `select t.incident_id from timer t where t.state = 'pending' and t.due_at <= now()
    and t.incident_id <> all($2::text[]::uuid[])
    order by t.due_at, t.incident_id limit ${BATCH} offset $1`;
const LOCK_DUE = `select ${INCIDENT_COLUMNS}, ${NOW} as "now" from incident i where i.id in (
    ${NEXT_DUE}
  ) order by i.id for update of i skip locked`;
const WHO_IS_DUE = `select distinct incident_id as id from (
    ${NEXT_DUE}) as due`;
const LOCK_ONE = `select ${INCIDENT_COLUMNS}, ${NOW} as "now" from incident i where i.id = $1
  and exists (select 1 from timer t
    where t.incident_id = i.id and t.state = 'pending' and t.due_at <= now())
  for update of i skip locked`;
/** By chance: the one that is due for longest may be in somebody's psql for the whole night. */
const LOCK_ANY_WAITING = `select ${INCIDENT_COLUMNS}, ${NOW} as "now" from incident i where i.id = (
    select t.incident_id from timer t where t.state = 'pending' and t.due_at <= now()
    order by random() limit 1
  ) for update of i`;
/** Longer than a statement of people may take, and less than may pass idle in a transaction. */
const WAIT_LONGER = "set local lock_timeout = '2500ms'";
const WHAT_IS_LEFT = `select
  (select count(*)::int from timer where state = 'pending' and due_at <= now()
    and incident_id <> all($1::text[]::uuid[])) as due,
  (select extract(epoch from min(due_at) - now()) * 1000 from timer
    where state = 'pending' and due_at > now())::float8 as "nextMs"`;

export interface Fired {
  /** Timers that went off in this batch, with how late each was. */
  readonly late: readonly { name: string; ms: number }[];
  readonly hints: readonly WakeHint[];
  /** Timers still due: their incidents were locked by somebody else just now. */
  readonly left: number;
  /** Until the next timer is due; null when none waits. */
  readonly nextMs: number | null;
  /** Why incidents could not be fired that are still due; they do not count as left. */
  readonly faults: readonly unknown[];
}

/** What went off in one transaction. */
export type FiredTogether = Pick<Fired, 'late' | 'hints'>;

type Decide = (snapshot: Snapshot, now: Instant) => Decision;

async function fireBatch(
  tx: Queryable,
  decide: Decide,
  lock: string,
  ...which: (number | string | string[])[]
): Promise<FiredTogether> {
  const rows = await run<IncidentRow & { now: Instant }>(tx, lock, which);
  const [first] = rows;
  if (!first) return { late: [], hints: [] };
  const { now } = first;
  const whole = await withTimers(tx, rows);
  const due = whole.flatMap(({ timers }) =>
    timers.filter(({ state, dueAt }) => state === 'pending' && dueAt <= now),
  );
  const changed = whole
    .map((one) => ({ one, decision: decide({ ...one, entries: [], revisions: [] }, now) }))
    .filter(({ one, decision }) => decision.incident.seq !== one.incident.seq);
  await writeDecisions(
    tx,
    changed.map(({ decision }) => ({
      decision,
      actor: null,
      source: 'system' as const,
      action: { type: 'fire', timers: decision.timers.map(({ name }) => name) },
    })),
    now,
  );
  return {
    late: due.map(({ name, dueAt }) => ({ name, ms: now - dueAt })),
    hints: changed.map(({ decision }) => hintOf(decision, now)),
  };
}

/** Incidents that could not be fired just now. */
function createAside() {
  const since = new Map<string, number>();
  const leaveAfter = (ms: number): void => {
    const then = performance.now() - ms;
    for (const [id, at] of since) if (at <= then) since.delete(id);
  };
  return {
    add: (id: string): void => void since.set(id, performance.now()),
    ids(): string[] {
      leaveAfter(LONGEST_ASIDE_MS);
      return [...since.keys()];
    },
    /** All others had their turn. */
    tryAgain: (): void => leaveAfter(ASIDE_MS),
  };
}

type Aside = ReturnType<typeof createAside>;

interface FiredSome extends FiredTogether {
  readonly faults: readonly unknown[];
}

/** Everything in a batch by itself; one that cannot be fired leaves the others alone. */
async function fireSingly(
  sql: Sql,
  decide: Decide,
  offset: number,
  aside: Aside,
): Promise<FiredSome> {
  const faults: unknown[] = [];
  const fired: FiredTogether[] = [];
  for (const { id } of await run<{ id: string }>(sql, WHO_IS_DUE, [offset, aside.ids()])) {
    try {
      fired.push(await whenBusy(() => sql.begin((tx) => fireBatch(tx, decide, LOCK_ONE, id))));
    } catch (error) {
      if (understood(error) instanceof StoreUnavailable) throw error;
      faults.push(error);
      aside.add(id);
    }
  }
  const late = fired.flatMap((each) => each.late);
  return { late, hints: fired.flatMap((each) => each.hints), faults };
}

/** One transaction for all, or, where that fails and the database is well, one for each. */
async function fireTogether(
  sql: Sql,
  decide: Decide,
  offset: number,
  aside: Aside,
): Promise<FiredSome> {
  try {
    const batch = await whenBusy(() =>
      sql.begin((tx) => fireBatch(tx, decide, LOCK_DUE, offset, aside.ids())),
    );
    return { ...batch, faults: [] };
  } catch (error) {
    if (understood(error) instanceof StoreUnavailable) throw error;
    return fireSingly(sql, decide, offset, aside);
  }
}

/**
 * Fires whatever is due, one batch of incidents in one transaction.
 *
 * In a storm several lanes work side by side, each on what stands behind the one before it.
 * The winner of a race is whoever has the incident's lock; the others skip it. Decisions that
 * change nothing (the reason went away) still count as seen: the rules cancel such timers.
 * An incident that cannot be fired is reported, steps aside and is tried again after the others.
 */
export function createFire(sql: Sql) {
  const aside = createAside();
  return async (decide: Decide, lane = 0): Promise<Fired> => {
    const fired = await fireTogether(sql, decide, lane * BATCH, aside);
    const [left] = await run<{ due: number; nextMs: number | null }>(sql, WHAT_IS_LEFT, [
      aside.ids(),
    ]);
    const { due = 0, nextMs = null } = left ?? {};
    if (due === 0) aside.tryAgain();
    return { ...fired, left: due, nextMs };
  };
}

/**
 * Fires one of the incidents that are due, queueing for its lock like everybody else.
 *
 * Skipping what is locked keeps one incident from holding up the others. But of one that people
 * keep typing into, each hands the lock to the next: whoever only ever skips never gets it.
 * Nothing is fired where nobody lets go of it in time; it is tried again.
 */
export function createFireWaiting(sql: Sql) {
  return async (decide: Decide): Promise<FiredTogether> => {
    try {
      return await sql.begin(async (tx) => {
        const [, fired] = await Promise.all([
          run(tx, WAIT_LONGER),
          fireBatch(tx, decide, LOCK_ANY_WAITING),
        ]);
        return fired;
      });
    } catch (error) {
      const known = understood(error);
      if (known instanceof StoreUnavailable && known.why === 'busy') return { late: [], hints: [] };
      throw error;
    }
  };
}
