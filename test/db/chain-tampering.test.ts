import { afterEach, beforeEach, expect, test } from 'vitest';
import { verifyWhole } from '../../src/db/chain/verify.ts';
import { eventful, findingsOf, tamper } from '../support/eventful.ts';
import { createStoreBench, type StoreBench } from '../support/store-bench.ts';

let bench: StoreBench;

beforeEach(async () => {
  bench = await createStoreBench();
});

afterEach(() => bench.stop());

const REMOVALS: readonly [what: string, statements: readonly string[], says: RegExp][] = [
  ['a change removed', ['delete from audit where seq = 5'], /Change 5 is missing/],
  ['the last changes removed', ['delete from audit where seq > 8'], /Changes 9 to \d+ are missing/],
  [
    'two changes that changed places',
    [
      'update audit set seq = 1000 where seq = 4',
      'update audit set seq = 4 where seq = 5',
      'update audit set seq = 5 where seq = 1000',
    ],
    /not in its place: change 4/,
  ],
  [
    'a change added at the end',
    [
      `insert into audit select incident_id, seq + 1, at, actor, source, action, seals, hash
         from audit order by seq desc limit 1`,
      'update incident set seq = seq + 1',
    ],
    /not in its place/,
  ],
  [
    'a change added without a hash',
    [
      `insert into audit (incident_id, seq, at, actor, source, action)
         select incident_id, seq + 1, at, actor, source, action from audit order by seq desc limit 1`,
      'update incident set seq = seq + 1',
    ],
    /is not sealed/,
  ],
  ['an entry removed', ['delete from entry where no = 3'], /Entry 3 .*is missing/],
  [
    'an entry added',
    [
      `insert into entry select incident_id, 900, at, time, question, after, kinds, text, detail,
         author, source, recorded_at, struck, 0 from entry where no = 2`,
    ],
    /Entry 900 .*is in no change/,
  ],
  [
    'a correction removed',
    ['delete from revision where entry = 2 and revision = 0'],
    /Correction 1 of entry 2 is missing/,
  ],
  [
    'a correction undone as if it had never been',
    [
      'delete from revision where entry = 3 and revision = 1',
      'update entry set revision = 1 where no = 3',
    ],
    /Entry 3 as corrected/,
  ],
  [
    'an original that says something else',
    [
      `update revision set before = before || '{"text":"did nothing"}' where entry = 2 and revision = 0`,
    ],
    /Correction 1 of entry 2 is not what was recorded/,
  ],
  [
    'a milestone removed',
    ["delete from milestone where name = 'acknowledged'"],
    /milestone acknowledged/,
  ],
  ['another severity', ["update incident set severity = 'sev4'"], /The incident itself/],
  ['another title', ["update incident set title = 'Nothing much'"], /The incident itself/],
  ['another newest hash', ["update incident set chain = 'x'"], /another|newest hash/],
];

test.each(REMOVALS)('%s is found', async (_, statements, says) => {
  const id = await eventful(bench);
  await tamper(bench, ...statements);
  expect((await findingsOf(bench, id)).join('\n')).toMatch(says);
});

test('an incident that is gone with everything of it is missed, unless it was purged', async () => {
  const [gone, old] = [await bench.opened('one'), await bench.opened('two')];
  await bench.opened('three');
  const of = (table: string) => `delete from ${table} where incident_id = '${gone}'`;
  await tamper(
    bench,
    ...['audit', 'revision', 'timer', 'milestone', 'work', 'entry'].map(of),
    `delete from incident where id = '${gone}'`,
  );
  await bench.ask({ type: 'cancel', reason: 'a test' }, { incident: old });
  await expect(
    bench.sql`select muster_purge('T1', 3, false, 'two years are over')`,
  ).rejects.toThrow('it is not over');
  await bench.sql`select muster_purge('T1', 2, false, 'two years are over')`;
  const { findings: found, purged } = await verifyWhole(bench.pool);
  expect(found).toEqual(['INC-1 of T1 was opened and is missing; nobody purged it.']);
  expect(purged).toMatchObject([{ number: 2, drill: false, reason: 'two years are over' }]);
  const [left] = await bench.sql`select count(*)::int as n from audit where incident_id = ${old}`;
  expect(left?.n).toBe(0);
});

const REFUSED: readonly [table: string, statement: string][] = [
  ['audit', 'update audit set actor = null'],
  ['audit', "update audit set hash = '@1'"],
  ['audit', 'delete from audit'],
  ['audit', 'truncate audit'],
  ['revision', "update revision set reason = 'because'"],
  ['revision', 'delete from revision'],
  ['revision', 'truncate revision'],
];

test('even the owner of the tables is refused', async () => {
  await eventful(bench);
  for (const [table, statement] of REFUSED)
    await expect(bench.sql.unsafe(statement), statement).rejects.toThrow(
      `rows of ${table} are only ever added`,
    );
});
