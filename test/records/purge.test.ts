import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WITH } from '../../src/domain/report-members.ts';
import { importFile } from '../../src/records/import.ts';
import { purgeRecords } from '../../src/records/purge.ts';
import { verify } from '../../src/verify.ts';
import { createStoreBench, log, open, type StoreBench } from '../support/store-bench.ts';

const DAY = 86_400_000;
const RETENTION = 'retention: { incidents: 90 days, drills: 7 days }\n';

let bench: StoreBench;
let folder: string;

beforeEach(async () => {
  bench = await createStoreBench();
  folder = mkdtempSync(join(tmpdir(), 'muster-purge-'));
});

afterEach(async () => {
  await bench.stop();
  rmSync(folder, { recursive: true, force: true });
});

const ONE = { SLACK_BOT_TOKEN: `xoxb-${'1'.repeat(20)}` };
const SEVERAL = {
  ...{ SLACK_CLIENT_ID: '1.2', SLACK_CLIENT_SECRET: '0f1e2d3c4b5a69788796a5b4c3d2e1f0' },
  ...{ SLACK_STATE_SECRET: '0123456789'.repeat(4), PUBLIC_URL: 'https://muster.example.net' },
  ENCRYPTION_KEY: '00112233445566778899aabbccddeeff0123456789abcdeffedcba9876543210',
};

/** As `npm start -- purge` with these words, and this muster.yaml. */
async function typed(words: string, yaml: string | null = RETENTION, slack: object = ONE) {
  const lines: string[] = [];
  const env = {
    DATABASE_URL: bench.clock.url,
    ...slack,
    SLACK_APP_TOKEN: `xapp-${'1'.repeat(20)}`,
  };
  const print = (line: string) => void lines.push(line);
  const code = await purgeRecords(words.split(' '), env, () => yaml, print);
  return { code, said: lines.join('\n') };
}

/** An incident that is over, in which a word was said that is nowhere else. */
async function over(word: string, drill = false, workspace = 'T1'): Promise<string> {
  const asked = { ...open(`About ${word}`), ...(drill ? { drill } : {}) };
  const { incident } = await bench.ask(asked, { workspace });
  const id = incident?.id ?? '';
  await bench.ask(log(`the customer is ${word}`), { incident: id, workspace });
  await bench.ask(
    { type: 'resolve', when: null, text: `${word} again`, confirmed: true },
    { incident: id, workspace },
  );
  return id;
}

/** The tables in which a word stands anywhere. */
async function tablesWith(word: string): Promise<string[]> {
  const tables = await bench.sql<{ name: string }[]>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema')`;
  const found: string[] = [];
  for (const { name } of tables) {
    const query = `select count(*)::int as n from ${name} t where position($1 in t::text) > 0`;
    const [row] = await bench.sql.unsafe<{ n: number }[]>(query, [word]);
    if ((row?.n ?? 0) > 0) found.push(name);
  }
  return found;
}

describe('one incident', () => {
  test('goes with everything that was said in it, and a line says who did it and why', async () => {
    const id = await over('ACME');
    await over('OTHER');
    expect(await tablesWith('ACME')).toContain('public.entry');
    const told = await typed('INC-1 the contract ended');
    expect(told.code).toBe(0);
    expect(told.said).toContain('INC-1 of T1, last changed 0 days ago, would be purged.');
    expect(told.said).toContain('Nothing was removed.');
    expect(await tablesWith('ACME')).toContain('public.entry');

    const done = await typed('INC-1 the contract ended --no-export --yes');
    expect(done).toMatchObject({ code: 0 });
    expect(done.said).toContain('INC-1 of T1 is purged: the contract ended.');
    expect(await tablesWith('ACME')).toEqual([]);
    expect(await tablesWith(id)).toEqual([]);
    expect(await tablesWith('OTHER')).toContain('public.entry');
    const [row] = await bench.sql`select number, reason, chain from purged`;
    expect(row).toMatchObject({ number: 1, reason: 'the contract ended' });
    expect(row?.chain).toMatch(/^[\w-]{43}$/);

    const lines: string[] = [];
    const env = { DATABASE_URL: bench.clock.url };
    expect(await verify(['--all'], env, (line) => lines.push(line))).toBe(0);
    expect(lines.join('\n')).toContain('INC-1: purged');
  });

  test('is exported first, where nobody else reads it, and the file can be verified and not come back here', async () => {
    await over('ACME');
    const done = await typed(`INC-1 over --export ${folder}/kept --yes`);
    expect(done.code).toBe(0);
    const [name = ''] = readdirSync(join(folder, 'kept'));
    const path = join(folder, 'kept', name);
    expect(name).toBe('T1-INC-1.json');
    expect(statSync(path).mode & 0o077).toBe(0);
    expect(readFileSync(path, 'utf8')).toContain('the customer is ACME');
    expect(await verify([path], {}, () => undefined)).toBe(0);
    const lines: string[] = [];
    const env = { DATABASE_URL: bench.clock.url };
    expect(await importFile([path], env, (line) => lines.push(line))).toBe(1);
    expect(lines.join('\n')).toContain('was purged here');
  });

  test('stays where its file cannot be written', async () => {
    await over('ACME');
    await typed(`INC-1 over --export ${folder} --yes`);
    await over('BOLT');
    const taken = await typed(`INC-2 over --export ${folder}/T1-INC-1.json --yes`);
    expect(taken.code).toBe(2);
    expect(await tablesWith('BOLT')).toContain('public.entry');
  });

  test('leaves the drafts of reports that it was put into, and they are composed again', async () => {
    await over('ACME');
    const lead = await over('LEAD');
    await bench.sql`update incident set header = ${bench.sql.json({ [WITH]: '1' })} where id = ${lead}`;
    await bench.sql`insert into report_member (workspace, drill, number, lead_id)
      select workspace, drill, 1, id from incident where id = ${lead}`;
    await bench.sql`insert into draft (incident_id, version, markdown, message, at, based_on)
      values (${lead}, 1, 'LEAD, and ACME', '{"summary":["ACME"],"blocks":[]}', now(), 3)`;
    const done = await typed('INC-1 over --no-export --yes');
    expect(done).toMatchObject({ code: 0 });
    expect(await tablesWith('ACME')).toEqual([]);
    const [draft] = await bench.sql`select markdown from draft where incident_id = ${lead}`;
    expect(draft?.markdown).toContain('held an incident that was purged');
    const [work] = await bench.sql`select state from work where incident_id = ${lead}`;
    expect(work?.state).toBe('pending');
  });

  test('that is not over, or not there, is refused', async () => {
    await bench.opened();
    expect(await typed('INC-1 why --no-export --yes')).toEqual({
      code: 1,
      said: 'INC-1 is not over: resolve or cancel it first.',
    });
    expect((await typed('INC-9 why --no-export --yes')).said).toBe('There is no INC-9 here.');
  });
});

describe('what is due', () => {
  test('is what was last changed before the retention, drills sooner', async () => {
    await over('ACME');
    await over('PRACTICE', true);
    await bench.clock.forward(8 * DAY);
    await over('YOUNG');
    const first = await typed('--due --no-export --yes');
    expect(first.said).toContain('DRILL-1 of T1 is purged: its retention is over.');
    expect(await tablesWith('PRACTICE')).toEqual([]);
    expect(await tablesWith('ACME')).toContain('public.entry');
    await bench.clock.forward(83 * DAY);
    const later = await typed('--due --no-export --yes');
    expect(later.said).toContain('INC-1 of T1 is purged');
    expect(later.said).toContain('1 incident purged.');
    expect(await tablesWith('ACME')).toEqual([]);
    expect(await tablesWith('YOUNG')).toContain('public.entry');
  });

  test('is judged by what its own workspace says, where the file has a section for it', async () => {
    await over('ACME', false, 'T0LONGER');
    await over('OTHER');
    await bench.clock.forward(100 * DAY);
    const own = (days: number) =>
      `workspaces:\n  T0LONGER: { retention: { incidents: ${days} days } }\n`;
    const first = await typed('--due --no-export --yes', `${RETENTION}${own(300)}`, SEVERAL);
    expect(first.said).toContain('INC-1 of T1 is purged: its retention is over.');
    expect(first.said).not.toContain('T0LONGER');
    expect(await tablesWith('ACME')).toContain('public.entry');
    // The file need not say anything for the others.
    const later = await typed('--due --no-export --yes', own(90), SEVERAL);
    expect(later.said).toContain('INC-1 of T0LONGER is purged: its retention is over.');
  });

  test('is nothing without a retention, and nothing that is open or has something to be done', async () => {
    const id = await over('ACME');
    await bench.ask(
      {
        type: 'action item',
        text: 'rotate the key',
        item: { owner: null, refs: [], addresses: null, sort: null, done: false },
        due: null,
      },
      { incident: id },
    );
    await bench.opened('Still open');
    await bench.clock.forward(200 * DAY);
    expect(await typed('--due --no-export --yes', null)).toEqual({
      code: 1,
      said: 'The configuration has no retention: incidents are kept for ever.',
    });
    const { code, said } = await typed('--due --no-export --yes');
    expect(code).toBe(0);
    expect(said).toBe('INC-1 stays: 1 action item still to be done.\nNothing is to be purged.');
  });
});

test('a workspace goes whole: what is open, its people, what was still to be said', async () => {
  await over('ACME');
  await bench.opened('ACME is still down');
  await bench.sql`insert into person (workspace, id, name, zone, admin, guest, bot, deleted, kind, fetched_at)
    values ('T1', 'UACME', 'ACME person', 'UTC', false, false, false, false, 'person', now()),
      ('T2', 'UOTHER', 'somebody else', 'UTC', false, false, false, false, 'person', now())`;
  const done = await typed(`--workspace T1 they left --export ${folder} --yes`);
  expect(done).toMatchObject({ code: 0 });
  expect(await tablesWith('ACME')).toEqual([]);
  expect(readdirSync(folder).toSorted()).toEqual(['T1-INC-1.json', 'T1-INC-2.json']);
  expect(await bench.sql`select id from person`).toEqual([{ id: 'UOTHER' }]);
  expect(
    (await bench.sql`select number, reason from purged order by number`).map((one) => ({ ...one })),
  ).toEqual([
    { number: 1, reason: 'they left' },
    { number: 2, reason: 'they left' },
  ]);
  // Numbers are never given twice, whatever became of what had them.
  const [counter] = await bench.sql`select next from counter where workspace = 'T1'`;
  expect(counter?.next).toBe(3);
});
