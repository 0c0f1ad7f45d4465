import { afterEach, beforeEach, expect, test } from 'vitest';
import { verifyOne } from '../../src/db/chain/verify.ts';
import { migrate } from '../../src/db/migrate.ts';
import { verify } from '../../src/verify.ts';
import { eventful, findingsOf, tamper } from '../support/eventful.ts';
import { createStoreBench, type StoreBench } from '../support/store-bench.ts';

const MIGRATIONS = new URL('../../drizzle', import.meta.url).pathname;
const PATIENCE = 120_000;

let bench: StoreBench;

beforeEach(async () => {
  bench = await createStoreBench();
});

afterEach(() => bench.stop());

/** As `npm start -- verify` with these words. */
async function typed(...words: string[]): Promise<{ code: number; said: string }> {
  const lines: string[] = [];
  const code = await verify(words, { DATABASE_URL: bench.clock.url }, (line) => lines.push(line));
  return { code, said: lines.join('\n') };
}

test(
  'everything verifies, and a hash that somebody noted is found again',
  async () => {
    const id = await eventful(bench);
    const head = (await verifyOne(bench.pool, id))?.head ?? '';
    await bench.ask({ type: 'strike', entry: 2, reason: 'wrong' }, { incident: id });

    const all = await typed();
    expect(all.code).toBe(0);
    expect(all.said).toMatch(/^Protection: .*\n1 incident, \d+ changes: everything is as it was/);
    expect((await typed('--all')).said).toMatch(/^INC-1: \d+ changes, as recorded\. Newest hash: /);
    const noted = await typed('INC-1', head);
    expect(noted.code).toBe(0);
    expect(noted.said).toContain(`${head} is the hash of change`);
    const other = await typed('1', 'A'.repeat(43));
    expect(other.code).toBe(1);
    expect(other.said).toContain('is the hash of none of its changes');
    expect((await typed('INC-7')).said).toContain('There is no INC-7 here.');
    expect((await typed('INC-7')).code).toBe(2);
    expect(await typed('everything')).toEqual({
      code: 2,
      said: expect.stringContaining('verify everything makes no sense to Muster. Type verify'),
    });

    await tamper(bench, "update entry set text = 'nothing happened' where no = 3");
    const broken = await typed();
    expect(broken.code).toBe(1);
    expect(broken.said).toMatch(
      /INC-1: \d+ changes, 1 finding\..*\n {2}Entry 3 .*is not what was recorded with change \d+ \(2026-03-08 /,
    );
  },
  PATIENCE,
);

test('a database that cannot be asked is no clean record', async () => {
  const lines: string[] = [];
  const env = { DATABASE_URL: 'postgres://nobody:x@127.0.0.1:1/none' };
  expect(await verify([], env, (line) => lines.push(line))).toBe(2);
  expect(lines.join()).toContain('Nothing was verified');
});

test(
  'what a version without the chain wrote is sealed as it stands, and guarded from then on',
  async () => {
    const id = await eventful(bench);
    const { changes = 0 } = (await verifyOne(bench.pool, id)) ?? {};
    // As the migration finds it, and so long that one row cannot hold the seals of all of it.
    await tamper(
      bench,
      'update audit set seals = null, hash = null',
      "update incident set chain = '', next_entry = 2000",
      `insert into entry select incident_id, 700 + n, at, time, question, after, kinds, text, detail,
         author, source, recorded_at, struck, 0 from entry, generate_series(1, 700) n where no = 3`,
    );
    expect((await findingsOf(bench, id)).join('\n')).toContain('is not sealed');
    await migrate(bench.clock.url, MIGRATIONS);
    const before = await verifyOne(bench.pool, id);
    expect(before).toMatchObject({ findings: [], late: changes });
    expect((await typed('INC-1')).said).toContain(
      `${changes} changes of a version without the chain`,
    );

    // Such a version goes on writing while replicas are replaced.
    await bench.sql`insert into audit (incident_id, seq, at, actor, source, action)
      select id, seq + 1, now(), 'U1', 'command', '{"type":"log"}' from incident`;
    await bench.sql`update incident set seq = seq + 1`;
    await bench.ask({ type: 'strike', entry: 900, reason: 'twice' }, { incident: id });
    expect(await findingsOf(bench, id)).toEqual([expect.stringContaining('is not sealed')]);
    await migrate(bench.clock.url, MIGRATIONS);
    await migrate(bench.clock.url, MIGRATIONS);
    expect(await verifyOne(bench.pool, id)).toMatchObject({ findings: [], late: changes + 1 });

    await tamper(
      bench,
      "update audit set actor = 'U0EVE' where seq = 4",
      "update entry set text = 'else' where no = 1300",
      "update revision set reason = 'else' where entry = 4",
    );
    expect((await findingsOf(bench, id)).map((line) => line.replace(/ with .*/, ''))).toEqual([
      'Change 4 is not what was recorded',
      'Correction 1 of entry 4 is not what was recorded',
      'Entry 1300 is not what was recorded',
    ]);
  },
  PATIENCE,
);
