import { setTimeout as pause } from 'node:timers/promises';
import type postgres from 'postgres';
import { findBroken } from '../../support/broken.ts';
import type { Evidence } from './judge.ts';
import type { People } from './people.ts';
import type { Stretch } from './scene.ts';
import type { Stack } from './stack.ts';
import { readTrail } from './trail.ts';

// What a run does besides its fault: people who keep working, waiting until what was harmed has
// healed, ending everything in order, and looking at what is left.

const HEALS_WITHIN_MS = 60_000;
const RESTS_WITHIN_MS = 90_000;
const LOOK_EVERY_MS = 50;
/** A database that went away may still be answering nobody. */
const LOOK_WITHIN_MS = 1000;

const OPEN = `state in ('pending', 'sending') and dest not like 'eph:%'`;
/** What was due or to be said by the instant, and is not yet. */
const LEFT_OF = `select (select count(*) from timer where state = 'pending' and due_at <= to_timestamp($1::float8 / 1000))
  + (select count(*) from outbox where ${OPEN} and created_at <= to_timestamp($1::float8 / 1000)) as n`;
const LEFT = `select (select count(*) from timer where state = 'pending' and due_at <= now())
  + (select count(*) from work where state = 'pending' and due_at <= now())
  + (select count(*) from outbox where ${OPEN}) as n`;
const HEADS = `select jsonb_build_object('id', o.id, 'dest', o.dest, 'type', o.what->>'type',
    'state', o.state, 'attempts', o.attempts, 'error', o.last_error, 'owner', o.lease_owner,
    'lease', o.lease_until - now(), 'next', o.next_at - now(), 'channel', i.channel_id) as row
  from (select distinct on (dest) * from outbox where ${OPEN} order by dest, id) o
    left join incident i on i.id = o.incident_id limit 5`;
/** What was on its way to Slack, as PostgreSQL knows it. */
const UNDER_WAY = `select coalesce(array_agg(id::text), '{}') as ids from outbox where state = 'sending'`;
const STILL_OPEN = `select count(*) as n from outbox
  where id = any($1::text[]::bigint[]) and state in ('pending', 'sending')`;
const KEPT = `select text, count(*)::int as times from entry where text = any($1) group by text`;

type Given = (number | string[])[];

/** How many there are, or null when PostgreSQL does not say. */
async function countOf(sql: postgres.Sql, statement: string, given: Given) {
  const asked = sql.unsafe<{ n: string }[]>(statement, given).then(
    ([row]) => Number(row?.n ?? 0),
    () => null,
  );
  return Promise.race([asked, pause(LOOK_WITHIN_MS, null)]);
}

/** Milliseconds from the instant until nothing is left; null when it takes too long. */
async function until(sql: postgres.Sql, statement: string, given: Given, withinMs: number) {
  const began = Date.now();
  for (; Date.now() < began + withinMs; await pause(LOOK_EVERY_MS)) {
    if ((await countOf(sql, statement, given)) === 0) return Date.now();
  }
  return null;
}

/** Milliseconds from the harm until nothing that was due or to be said by then is left. */
export async function healed({ sql }: Stack, harmedAt: number): Promise<number | null> {
  const at = await until(sql, LEFT_OF, [harmedAt], HEALS_WITHIN_MS);
  return at === null ? null : at - harmedAt;
}

/**
 * Milliseconds until everything that was on its way to Slack in this moment has arrived, whoever
 * carried it: what waited behind it, or for Slack, is not counted.
 */
export async function delivered({ sql }: Stack): Promise<number | null> {
  const from = Date.now();
  const [row] = await sql.unsafe<{ ids: string[] }[]>(UNDER_WAY);
  const at = await until(sql, STILL_OPEN, [row?.ids ?? []], HEALS_WITHIN_MS);
  return at === null ? null : at - from;
}

/** People who do something every so often, until told to stop. */
export function busy(people: People, everyMs: number) {
  let stopped = false;
  let numbers: readonly number[] = [];
  const acting = new Set<Promise<void>>();
  const working = (async () => {
    for (; !stopped; await pause(everyMs)) {
      // Who is open is not known while PostgreSQL is away: then about those of before.
      numbers = await Promise.race([
        people.openNumbers().catch(() => numbers),
        pause(LOOK_WITHIN_MS, numbers),
      ]);
      const act = people.act(numbers).finally(() => acting.delete(act));
      acting.add(act);
    }
  })();
  return async (): Promise<void> => {
    stopped = true;
    await working;
    await Promise.all(acting);
  };
}

/** The first delivery in each line that does not move. */
async function held(sql: postgres.Sql): Promise<string[]> {
  const heads = await sql.unsafe<{ row: object }[]>(HEADS);
  return heads.map(({ row }) => `stands first in its line: ${JSON.stringify(row)}`);
}

/** Resolves everything that is open and waits until nothing is due and nothing is unsent. */
export async function endInOrder({ sql }: Stack, people: People): Promise<readonly string[]> {
  for (let tries = 0; tries < 5; tries += 1) {
    const open = await people.openNumbers();
    if (open.length === 0) break;
    for (let n = 0; n < open.length; n += 4) {
      await Promise.all(open.slice(n, n + 4).map((number) => people.resolve(number)));
    }
  }
  const open = await people.openNumbers();
  const rested = await until(sql, LEFT, [], RESTS_WITHIN_MS);
  return [
    ...(open.length > 0 ? [`could not be resolved: ${open.join(', ')}`] : []),
    ...(rested === null ? ['it did not come to rest', ...(await held(sql))] : []),
  ];
}

/** Looks at everything that a run left behind. */
export async function gather(
  stack: Stack,
  people: People,
  seen: {
    readonly away: readonly Stretch[];
    readonly healMs: number | null;
    readonly wrong: readonly string[];
    readonly tolerated?: readonly string[];
  },
): Promise<Evidence> {
  const { away, healMs, wrong, tolerated = [] } = seen;
  const { sql, workspace } = stack;
  const trail = await readTrail(sql);
  const found = await findBroken({ sql, workspace }, { tolerated });
  const told = people.told();
  const rows = await sql.unsafe<{ text: string; times: number }[]>(KEPT, [[...told.logged]]);
  const times = new Map(rows.map((row) => [row.text, row.times]));
  const kept = new Map(told.logged.map((line) => [line, times.get(line) ?? 0]));
  return {
    trail,
    broken: found.filter((each) => each.found.length > 0),
    told,
    kept,
    away,
    healMs,
    wrong,
  };
}
