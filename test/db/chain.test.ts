import { getTableColumns, type Table } from 'drizzle-orm';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { verifyOne, verifyWhole } from '../../src/db/chain/verify.ts';
import { audit, entries, milestones, revisions } from '../../src/db/schema/record.ts';
import type { Action } from '../../src/domain/action.ts';
import { eventful, findingsOf } from '../support/eventful.ts';
import { createStoreBench, log, START, type StoreBench } from '../support/store-bench.ts';

let bench: StoreBench;

beforeEach(async () => {
  bench = await createStoreBench();
});

afterEach(() => bench.stop());

test('what is recorded verifies, whatever it was', async () => {
  const id = await eventful(bench);
  await bench.clock.set(START + 3_600_000);
  while ((await bench.fireAll()).late.length > 0);
  expect(await findingsOf(bench, id)).toEqual([]);
  expect((await verifyOne(bench.pool, id))?.changes).toBeGreaterThan(12);
  expect((await verifyWhole(bench.pool)).findings).toEqual([]);
});

const OTHER: Readonly<Record<string, string>> = {
  'timestamp with time zone': "+ interval '1 second'",
  integer: '+ 1000',
  text: "|| '.'",
  'text[]': "|| '{note}'::text[]",
};

/** Changes a column of one row: by adding to it, or to something else where it is a document. */
const otherwise = (table: string, column: string, type: string): string => {
  const one = `(select ctid from ${table} where ${column} is not null
    ${table === 'audit' ? 'and seq > 3' : ''} order by ${table === 'audit' ? 'seq' : 'ctid'} limit 1)`;
  const value =
    column === 'incident_id'
      ? table === 'entry'
        ? null
        : 'gen_random_uuid()'
      : type === 'jsonb'
        ? column === 'seals'
          ? `jsonb_set(seals, '{0,digest}', '"AAAA"')`
          : `case jsonb_typeof(${column}) when 'object' then ${column} || '{"x":1}' else '1'::jsonb end`
        : `${column} ${OTHER[type]}`;
  return value === null ? '' : `update ${table} set ${column} = ${value} where ctid = ${one}`;
};

const TABLES: readonly [string, Table][] = [
  ['audit', audit],
  ['entry', entries],
  ['revision', revisions],
  ['milestone', milestones],
];

const COLUMNS = TABLES.flatMap(([table, columns]) =>
  Object.values(getTableColumns(columns)).map(
    (column) => [table, column.name, column.getSQLType()] as const,
  ),
).filter(([table, column]) => !(table === 'entry' && column === 'incident_id'));

test('a change of any column of audit, entry, revision or milestone is found', async () => {
  const id = await eventful(bench);
  const missed: string[] = [];
  for (const [table, column, type] of COLUMNS) {
    const changed = `"${table}"."${column}"`;
    const statement = otherwise(table, `"${column}"`.replaceAll('"', ''), type);
    const found = await bench.sql
      .begin(async (tx) => {
        await tx`alter table audit disable trigger user`;
        await tx`alter table revision disable trigger user`;
        const { count } = await tx.unsafe(statement);
        if (count !== 1) throw new Error(`${changed}: nothing to change`);
        throw { rollback: await within(tx, id) };
      })
      .catch((error: unknown) => (error as { rollback?: readonly string[] }).rollback ?? error);
    if (!Array.isArray(found) || found.length === 0) missed.push(`${changed}: ${String(found)}`);
  }
  expect(missed).toEqual([]);
  expect(await findingsOf(bench, id)).toEqual([]);
});

/** Verifies inside a transaction that is then rolled back. */
async function within(
  tx: { unsafe(text: string, parameters?: never[]): PromiseLike<unknown> },
  id: string,
): Promise<readonly string[]> {
  const query = async (text: string, parameters: readonly unknown[] = []) =>
    [...((await tx.unsafe(text, parameters as never[])) as object[])] as never[];
  const sql = { query, begin: (work: (tx: never) => unknown) => work({ query } as never) };
  return (await verifyOne(sql as never, id))?.findings ?? ['it is gone'];
}

const someEntry = fc.integer({ min: 1, max: 6 });
const ACTIONS = fc.oneof(
  fc
    .record({
      text: fc.string({ minLength: 1, unit: 'grapheme' }),
      when: fc.constantFrom(null, '13:40', '--:--', '9 minutes ago'),
    })
    .map(
      ({ text, when }): Action => ({ ...log(text.replaceAll('\0', '') || 'x'), when }) as Action,
    ),
  fc
    .record({
      entry: someEntry,
      text: fc.option(fc.string({ minLength: 1 })),
      when: fc.constantFrom(null, '13:10'),
    })
    .map(
      ({ entry, text, when }): Action => ({
        type: 'edit',
        entry,
        when,
        text: text?.replaceAll('\0', '') || null,
        kinds: text === null && when === null ? ['note'] : [],
      }),
    ),
  fc
    .record({ entry: someEntry, reason: fc.option(fc.constant('wrong')) })
    .map(({ entry, reason }): Action => ({ type: 'strike', entry, reason })),
  someEntry.map((entry): Action => ({ type: 'restore', entry })),
  fc.constant<Action>({ type: 'undo' }),
  fc.constantFrom<Action>(
    { type: 'milestone', milestone: 'detected', when: null, by: null, text: null },
    { type: 'milestone', milestone: 'mitigated', when: '13:50', by: null, text: null },
    { type: 'ack', when: null },
    { type: 'severity', to: 'sev2', reason: 'smaller' },
  ),
);

test('any sequence of lines, corrections and firings leaves a chain that verifies', async () => {
  let now = START;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(ACTIONS, fc.boolean()), { minLength: 1, maxLength: 12 }),
      async (acts) => {
        const id = await bench.opened(crypto.randomUUID());
        let last: Promise<unknown> = Promise.resolve();
        for (const [action, together] of acts) {
          const asked = bench.ask(action, { incident: id, by: together ? 'U0BO' : 'U0ANA' });
          // Some arrive in the same moment and share a transaction.
          if (!together) await asked;
          last = Promise.all([last, asked]);
        }
        await last;
        now += 600_000;
        await bench.clock.set(now);
        await bench.fireAll();
        expect(await findingsOf(bench, id)).toEqual([]);
      },
    ),
    { numRuns: process.env.LONG ? 200 : 25 },
  );
}, 120_000);
