import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { verifyOne, verifyWhole } from '../../src/db/chain/verify.ts';
import type { Archive } from '../../src/domain/archive.ts';
import type { IncidentRecord } from '../../src/domain/record.ts';
import { recordJson } from '../../src/exports/json.ts';
import { importFile } from '../../src/records/import.ts';
import { anyRecord } from '../domain/postmortem/any-record.ts';
import { CASES, caseReport } from '../support/case-record.ts';
import { eventful, tamper } from '../support/eventful.ts';
import { sealed } from '../support/sealed.ts';
import { createStoreBench, log, START, type StoreBench } from '../support/store-bench.ts';

const folder = mkdtempSync(join(tmpdir(), 'muster-round-trip-'));
let bench: StoreBench;
/** Where it came from, and where nothing was before. */
let other: StoreBench;

beforeEach(async () => {
  [bench, other] = await Promise.all([createStoreBench(), createStoreBench()]);
});

afterEach(async () => {
  await Promise.all([bench.stop(), other.stop()]);
  rmSync(folder, { recursive: true, force: true });
});

/** As `npm start -- import` with this text in a file. */
async function imports(into: StoreBench, text: string): Promise<{ code: number; said: string }> {
  const path = `${mkdtempSync(folder)}.json`;
  writeFileSync(path, text);
  const lines: string[] = [];
  const env = { DATABASE_URL: into.clock.url };
  const code = await importFile([path], env, (line) => lines.push(line.replace(path, 'file.json')));
  rmSync(path);
  return { code, said: lines.join('\n') };
}

async function exported(from: StoreBench, ...ids: readonly string[]): Promise<string> {
  const archives = await Promise.all(ids.map((id) => from.store.archive(id)));
  return recordJson(archives.filter((one): one is Archive => one !== null));
}

const tables = [
  'incident',
  'entry',
  'revision',
  'milestone',
  'timer',
  'audit',
  'imported',
] as const;
const rows = async ({ sql }: StoreBench): Promise<Record<string, number>> =>
  Object.fromEntries(
    await Promise.all(
      tables.map(async (table) => [
        table,
        Number((await sql`select count(*) as n from ${sql(table)}`)[0]?.n),
      ]),
    ),
  );

test('an incident with everything in it comes back bit for bit, its chain whole, and is not exported otherwise by another Muster', async () => {
  const id = await eventful(bench);
  await bench.clock.set(START + 3_600_000);
  while ((await bench.fireAll()).late.length > 0);
  await bench.sql`insert into person (workspace, id, kind, name, admin, guest, bot, deleted, fetched_at)
    values ('T1', 'U0ANA', 'person', 'Ana Lima', false, false, false, false, now())`;
  // An import must not let those in again who left.
  await bench.sql`update incident set departed = '{"U0BO": 1772985600000}' where id = ${id}`;
  const text = await exported(bench, id);
  expect(text).toContain('"U0ANA": "Ana Lima"');
  expect(await exported(bench, id)).toBe(text);

  const { code, said } = await imports(other, text);
  expect(said).toMatch(
    /^INC-1 of T1: \d+ changes, every hash holds\. It is investigating; its clocks stand still until somebody changes it\.\n1 incident imported\. Nothing was posted\.$/,
  );
  expect(code).toBe(0);
  expect(await exported(other, id)).toBe(text);
  expect(text).toContain('"departed"');
  // Only her name came along: her zone is still to be asked of Slack, and then she is known by it.
  expect(await other.store.person('T1', 'U0ANA')).toBeNull();
  const ana = { id: 'U0ANA', name: 'Ana L.', zone: 'Europe/Madrid', admin: true };
  await other.store.savePerson('T1', { ...ana, guest: false, bot: false, deleted: false });
  expect(await other.store.person('T1', 'U0ANA')).toMatchObject(ana);
  expect(await exported(other, id)).toBe(text.replace('Ana Lima', 'Ana L.'));
  expect(await verifyOne(other.pool, id)).toMatchObject({ findings: [] });
  expect(await verifyWhole(other.pool)).toMatchObject({
    findings: [],
    imported: [{ number: 1, drill: false }],
  });
});

test('an open one rests: no clock fires and nothing is to be said, until somebody changes it', async () => {
  const id = await eventful(bench);
  expect((await imports(other, await exported(bench, id))).code).toBe(0);
  await other.clock.set(START + 30 * 86_400_000);
  expect(await other.fireAll()).toMatchObject({ late: [], nextMs: null });
  const [said] = await other.sql`select (select count(*) from outbox)::int as outbox,
    (select count(*) from work)::int as work`;
  expect(said).toEqual({ outbox: 0, work: 0 });
  const states = () =>
    other.sql`select distinct state from timer order by state`.then((all) =>
      all.map(({ state }) => state),
    );
  expect(await states()).toContain('resting');
  expect(await states()).not.toContain('pending');

  const outcome = await other.ask(log('it is going on'), { incident: id });
  expect(outcome.reply.outcome).toBe('done');
  expect(await states()).not.toContain('resting');
  expect((await other.fireAll()).late.length).toBeGreaterThan(0);
  expect(await verifyOne(other.pool, id)).toMatchObject({ findings: [] });
});

test('the next incident gets the next number, and the numbers before it are not missed', async () => {
  await bench.opened('One');
  await bench.opened('Two');
  const third = await bench.opened('Three');
  expect((await imports(other, await exported(bench, third))).code).toBe(0);
  expect((await verifyWhole(other.pool)).findings).toEqual([]);
  const fourth = await other.store.archive(await other.opened('Four'));
  expect(fourth?.incident.number).toBe(4);
  // One of those that were skipped may come later; one that was opened here and is gone is missed.
  await tamper(
    other,
    'delete from timer',
    'delete from entry',
    'delete from milestone',
    'delete from incident where number = 4',
  );
  expect((await verifyWhole(other.pool)).findings).toContain(
    'INC-4 of T1 was opened and is missing; nobody purged it.',
  );
});

describe('nothing is imported', () => {
  /** Refused, and the database as it was. */
  async function refuses(text: string, says: string): Promise<void> {
    const before = await rows(other);
    const { code, said } = await imports(other, text);
    expect(said).toContain(says);
    expect(said).toMatch(/\nNothing of file\.json was imported\.$/);
    expect(code).toBe(1);
    expect(await rows(other)).toEqual(before);
  }

  test('when it is here already, as it was or changed since', async () => {
    const id = await eventful(bench);
    const text = await exported(bench, id);
    await imports(other, text);
    await refuses(text, 'INC-1 is here already, as it is in the file: there is nothing to import.');
    await other.ask(log('more'), { incident: id });
    await refuses(text, 'INC-1 is here already as INC-1, and its newest hash is another one');
  });

  test('when its number, its channel or a purged number is taken', async () => {
    const text = await exported(bench, await bench.opened());
    await other.opened('Something else');
    await refuses(text, 'The number INC-1 is taken by another incident here.');
    const second = await bench.opened('Two');
    await bench.sql`update incident set channel_id = 'C7' where number = 2`;
    await other.sql`update incident set channel_id = 'C7' where number = 1`;
    await refuses(await exported(bench, second), 'The channel of INC-2 is that of INC-1 here.');
    await other.sql`insert into purged (workspace, drill, number, at, by, reason, chain)
      values ('T1', false, 3, '2026-01-02', 'ops', 'two years are over', '')`;
    await refuses(
      await exported(bench, await bench.opened('Three')),
      'INC-3 was purged here on 2026-01-02 by ops: two years are over. What was removed on purpose',
    );
  });

  test('of a file in which one of several incidents is in the way', async () => {
    const first = await bench.opened('One');
    const second = await bench.opened('Two');
    await other.opened('In the way');
    await refuses(await exported(bench, second, first), 'The number INC-1 is taken');
  });

  test('when the file was tampered with, and every row is named', async () => {
    const text = await exported(bench, await eventful(bench));
    await refuses(
      text.replaceAll('"text": "looks better"', '"text": "looks worse"'),
      'INC-1 is not as it was recorded:\n  What was done is not what was recorded with change 3 (2026-03-08 14:02:00 UTC, U0ANA).\n  Correction 1 of entry 3 is not what was recorded with change 9 (',
    );
  });

  test('of what PostgreSQL would keep otherwise than it is in the file', async () => {
    const [archive] = caseReport('seed-0').records.map((record) => sealed(record));
    const text = recordJson([archive as Archive]);
    // Sealed or not, a fraction of a millisecond is not kept.
    const id = /"armedAt": (\d+)/.exec(text)?.[1] ?? '';
    await refuses(
      text.replace(`"armedAt": ${id}`, `"armedAt": ${id}.5`),
      'INC-42 would not come back from the database as it is in the file: /incident/armedAt.',
    );
  });

  test('without a file, or a database that can be asked', async () => {
    const lines: string[] = [];
    const print = (line: string) => lines.push(line);
    expect(await importFile([], {}, print)).toBe(2);
    expect(lines.join()).toContain('Type import and the path of one file');
    expect(await importFile(['/nowhere.json'], {}, print)).toBe(1);
    expect(lines.join()).toContain('There is no file /nowhere.json.');
    const path = `${mkdtempSync(folder)}.json`;
    writeFileSync(path, await exported(bench, await bench.opened()));
    const env = { DATABASE_URL: 'postgres://nobody:x@127.0.0.1:1/none' };
    expect(await importFile([path], env, print)).toBe(2);
    expect(lines.at(-1)).toContain('was imported: ');
  });
});

/** Into an empty place, all of one file, and out again; each in a workspace and a channel of its own. */
async function roundTrip(records: readonly IncidentRecord[]): Promise<void> {
  const archives = records.map((record) => {
    const { incident } = record;
    const id = crypto.randomUUID();
    const channel = { ...incident.channel, id: `C${id}` };
    return sealed({ ...record, incident: { ...incident, workspace: `T${id}`, channel } }, id);
  });
  const ids = archives.map(({ incident: { id } }) => id);
  const text = recordJson(archives);
  expect(await imports(other, text)).toMatchObject({ code: 0 });
  expect(await exported(other, ...ids)).toBe(text);
  for (const id of ids) expect(await verifyOne(other.pool, id)).toMatchObject({ findings: [] });
}

test('the eight cases come back bit for bit', async () => {
  await roundTrip(CASES.flatMap((name) => caseReport(name).records));
  expect((await verifyWhole(other.pool)).findings).toEqual([]);
}, 60_000);

test('whatever is recorded comes back bit for bit', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyRecord, { minLength: 1, maxLength: 12 }), roundTrip),
    { numRuns: process.env.LONG ? 50 : 6 },
  );
}, 120_000);
