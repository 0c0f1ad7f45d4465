import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Parameter, Queryable, Sql } from '../../src/db/connect.ts';
import { createFire } from '../../src/db/fire.ts';
import { createOutbox } from '../../src/db/outbox.ts';
import { createReads } from '../../src/db/reads.ts';
import { refreshReports } from '../../src/db/reports.ts';
import { createSearch } from '../../src/db/search.ts';
import { createStats } from '../../src/db/stats.ts';
import { pageOf } from '../../src/domain/timeline-pages.ts';
import { copyEntries, copyIncidents, copyMessages } from '../faults/scale/fill.ts';
import { linesOf } from '../support/lines.ts';
import { UNFILTERED } from '../support/search.ts';
import { createStoreBench, log, type StoreBench } from '../support/store-bench.ts';

// What takes a moment with ten rows must not take a minute with a hundred thousand. Times would
// depend on the machine: what PostgreSQL reads to answer does not.

const DAY_MS = 24 * 60 * 60_000;
const TIMERS = 12_000;
const BACKLOG = 2000;
const CHANNELS = 60;
const SENT = 20_000;
const ENTRIES = 5000;

interface Plan {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Actual Rows'?: number;
  readonly 'Actual Loops'?: number;
  readonly 'Rows Removed by Filter'?: number;
  readonly Plans?: readonly Plan[];
}

let bench: StoreBench;
let incident: string;

beforeAll(async () => {
  bench = await createStoreBench();
  incident = await bench.opened();
  await bench.ask(log('the first line.'), { incident });
  await copyIncidents(bench.sql, {
    of: incident,
    from: 0,
    count: TIMERS / 6,
    movedMs: DAY_MS,
    spreadMs: DAY_MS,
    channels: 0,
  });
  await bench.sql`update timer set state = 'cancelled' where due_at < now() + interval '1 hour'`;
  await bench.sql`update outbox set state = 'sent', sent_at = now()`;
  // What was sent long ago is most of the table.
  await copyMessages(bench.sql, SENT, CHANNELS);
  await bench.sql`update outbox set state = 'sent', key = 'sent ' || key where state = 'pending'`;
  await copyMessages(bench.sql, BACKLOG, CHANNELS);
  await copyEntries(bench.sql, incident, ENTRIES);
  await bench.sql.unsafe('vacuum analyze outbox');
}, 60_000);

afterAll(() => bench.stop());

/** The pool, with everything that is asked of it written down. */
function listening(pool: Sql): { pool: Sql; asked: [string, readonly Parameter[]][] } {
  const asked: [string, readonly Parameter[]][] = [];
  const heard = (queryable: Queryable): Queryable => ({
    query: (text, parameters = []) => {
      asked.push([text, parameters]);
      return queryable.query(text, parameters);
    },
  });
  return {
    asked,
    pool: {
      ...pool,
      ...heard(pool),
      begin: (work, mode) => pool.begin((tx) => work(heard(tx)), mode),
    },
  };
}

const nodesOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];

/** How many rows of a table PostgreSQL looks at to answer everything that an act asks. */
async function rowsRead(act: (pool: Sql) => Promise<unknown>, table: string): Promise<number> {
  const { pool, asked } = listening(bench.pool);
  await act(pool);
  let read = 0;
  for (const [text, parameters] of asked) {
    await bench.sql
      .begin(async (tx) => {
        const [row] = await tx.unsafe(`explain (analyze, format json) ${text}`, [
          ...parameters,
        ] as never[]);
        const [explained] = (row?.['QUERY PLAN'] ?? []) as { Plan: Plan }[];
        if (!explained) throw new Error(`no plan for ${text}`);
        for (const node of nodesOf(explained.Plan)) {
          if (node['Relation Name'] !== table) continue;
          const each = (node['Actual Rows'] ?? 0) + (node['Rows Removed by Filter'] ?? 0);
          read += each * (node['Actual Loops'] ?? 1);
        }
        throw new Error('rolled back');
      })
      .catch((error: Error) => {
        if (error.message !== 'rolled back') throw error;
      });
  }
  return read;
}

test('a sweep that finds nothing due does not look at those that wait', async () => {
  const [pending] = await bench.sql<
    { n: number }[]
  >`select count(*)::int as n from timer where state = 'pending'`;
  expect(pending?.n).toBeGreaterThan(TIMERS / 2);
  const sweep = (pool: Sql) =>
    createFire(pool)(() => {
      throw new Error('nothing was to be due');
    });
  expect(await rowsRead(sweep, 'timer')).toBeLessThan(10);
});

test('taking deliveries looks at the first of each line, not at what waits behind it or was sent', async () => {
  const claim = (pool: Sql) => createOutbox(pool, 'plans').claim();
  expect(await rowsRead(claim, 'outbox')).toBeLessThan(CHANNELS * 10);
});

test('the card of a long incident is not read from its entries', async () => {
  const read = (pool: Sql) => createReads(pool).glance(incident);
  expect(await rowsRead(read, 'entry')).toBeLessThan(10);
});

test('counting incidents looks at each entry a few times, not at all of them for each', async () => {
  const all = { workspace: 'T1', viewer: 'U0ANA', from: 0, to: Date.now() + 1e12 };
  const count = (pool: Sql) => createStats(pool).stats(all);
  expect((await count(bench.pool)).incidents.length).toBeGreaterThan(TIMERS / 6);
  expect(await rowsRead(count, 'entry')).toBeLessThan(4 * (await bench.count('entry')));
});

/** What everybody may see, by one word. */
const find = (text: string) => (pool: Sql) =>
  createSearch(pool).find({
    workspace: 'T1',
    viewer: 'U0ANA',
    here: null,
    terms: [{ text, exact: false, not: false, or: false }],
    ...UNFILTERED,
  });

test('finding a word looks at the entries that have it, not at those that do not', async () => {
  expect((await find('4321')(bench.pool)).hits).toHaveLength(1);
  expect(await rowsRead(find('4321'), 'entry')).toBeLessThan(20);
});

test('finding what every entry says reads each once, and ranks only the newest', async () => {
  const { hits, count } = await find('line')(bench.pool);
  expect(hits).toHaveLength(10);
  expect(count).toBeGreaterThan(ENTRIES);
  expect(await rowsRead(find('line'), 'entry')).toBeLessThan(count + 1500);
});

test('what is found nowhere is compared with the words of some entries, not of all', async () => {
  expect((await find('lime')(bench.pool)).vocabulary).toContain('line');
  expect(await rowsRead(find('lime'), 'entry')).toBeLessThan(1000);
});

test('a page of a long timeline reads the lines of that page whole, and of the others where they stand', async () => {
  const newest = { all: false, page: 1 };
  const [page, record] = await Promise.all([
    createReads(bench.pool).timeline(incident, (places) => pageOf(places, newest)),
    createReads(bench.pool).record(incident),
  ]);
  if (page === null || record === null) throw new Error('it is gone');
  expect(page.count).toBeGreaterThan(ENTRIES);
  expect(page.lines).toHaveLength(15);
  expect(page).toEqual(linesOf(record, (places) => pageOf(places, newest)));
});

test('a change of an incident that is in no report looks at no other incident', async () => {
  const refresh = (pool: Sql) => pool.begin((tx) => refreshReports(tx, [incident], { inMs: 1000 }));
  expect(await rowsRead(refresh, 'incident')).toBeLessThan(5);
});
