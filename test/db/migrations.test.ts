import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { migrate } from '../../src/db/migrate.ts';
import { createDatabase, type TestDatabase } from '../support/postgres.ts';
import { createStory, eventually } from '../support/story.ts';

const MIGRATIONS = new URL('../../drizzle', import.meta.url).pathname;
const TAGS = readdirSync(MIGRATIONS)
  .filter((name) => name.endsWith('.sql'))
  .toSorted();

let database: TestDatabase;
let sql: postgres.Sql;
let folder: string;

/** A database as it is before anything of ours was ever there. */
async function empty(): Promise<void> {
  await sql.unsafe('drop schema if exists drizzle cascade; drop schema public cascade');
  await sql.unsafe('create schema public');
}

beforeEach(async () => {
  database = await createDatabase('migrations');
  sql = postgres(database.url, { max: 2, onnotice: () => undefined });
  folder = mkdtempSync(join(tmpdir(), 'muster-migrations-'));
  await empty();
});

afterEach(async () => {
  await sql.end({ timeout: 1 });
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

const applied = async (): Promise<number> => {
  const [row] = await sql`select count(*)::int as n from drizzle.__drizzle_migrations`;
  return Number(row?.n);
};

const columns = (table: string) =>
  sql`select column_name from information_schema.columns where table_name = ${table}`.then((rows) =>
    rows.map(({ column_name: name }) => String(name)),
  );

/** The first migrations alone, as a version before had them. */
function first(count: number): string {
  cpSync(MIGRATIONS, folder, { recursive: true });
  const journal = join(folder, 'meta', '_journal.json');
  const { entries, ...rest } = JSON.parse(readFileSync(journal, 'utf8'));
  writeFileSync(journal, JSON.stringify({ ...rest, entries: entries.slice(0, count) }));
  return folder;
}

test('11: migrations that are begun at the same time all succeed', async () => {
  const begun = Array.from({ length: 4 }, () => migrate(database.url, MIGRATIONS));
  await expect(Promise.all(begun)).resolves.toHaveLength(4);
  expect(await applied()).toBe(TAGS.length);
}, 30_000);

test('11: three replicas that boot together on an empty database all come to serve', async () => {
  const story = await createStory({ databaseUrl: database.url, replicas: 0 });
  try {
    const apps = await Promise.all([1, 2, 3].map(() => story.startReplica()));
    await eventually(async () => {
      const states = await Promise.all(
        apps.map(({ port }) => fetch(`http://127.0.0.1:${port}/readyz`)),
      );
      return states.every(({ status }) => status === 200);
    }, 'all three are ready');
    expect(await applied()).toBe(TAGS.length);
    const [last] = apps;
    if (last) story.through(last);
    expect(await story.opens('ana', 'sev1 Checkout is down')).toContain('INC-1 is open');
  } finally {
    await story.stop();
  }
}, 40_000);

/** What a process does when it boots, and nothing else. */
const MIGRATE = `import { migrate } from './src/db/migrate.ts';
await migrate(...process.argv.slice(1));`;

test('13: a migration that is killed half-way leaves nothing, and the next boot applies it', async () => {
  await migrate(database.url, first(1));
  const before = await columns('incident');
  // Somebody reads a table that is to be changed: the migration stands in the middle of its work.
  const reader = await sql.reserve();
  await reader`begin`;
  await reader`lock table incident in access share mode`;
  const migrating = spawn(process.execPath, [
    ...['--import', 'tsx', '--input-type=module', '--eval', MIGRATE],
    ...[database.url, MIGRATIONS],
  ]);
  const gone = new Promise((resolve) => migrating.once('exit', resolve));
  await eventually(
    async () =>
      (
        await sql`select 1 from pg_locks l join pg_stat_activity a using (pid)
        where a.datname = current_database() and l.locktype = 'relation' and not l.granted`
      ).length > 0,
    'it waits',
    20_000,
  );
  migrating.kill('SIGKILL');
  await gone;
  await reader`commit`;
  reader.release();
  await eventually(
    async () =>
      (
        await sql`select 1 from pg_locks where locktype = 'advisory'
        and database = (select oid from pg_database where datname = current_database())`
      ).length === 0,
    'its session is over',
  );
  expect(await columns('incident')).toEqual(before);
  expect(await applied()).toBe(1);

  await migrate(database.url, MIGRATIONS);
  expect(await applied()).toBe(TAGS.length);
  expect(await columns('incident')).toContain('drill');
}, 30_000);

const quoted = (names: readonly string[], but: Readonly<Record<string, string>> = {}): string =>
  names.map((name) => but[name] ?? `"${name}"`).join(', ');

test('12: what a replica of the first version writes is read, and fires', async () => {
  await migrate(database.url, first(1));
  const incident = await columns('incident');
  const timer = await columns('timer');
  const story = await createStory({ databaseUrl: database.url });
  try {
    await eventually(
      async () => (await fetch(`http://127.0.0.1:${story.apps[0]?.port}/readyz`)).ok,
      'the rest of the migrations',
      20_000,
    );
    await story.opens('ana', 'sev1 Checkout is down');
    const id = randomUUID();
    const mine = { id: `'${id}'`, number: '2', channel_id: 'null', channel_state: `'failed'` };
    await sql.unsafe(`insert into incident (${quoted(incident)})
      select ${quoted(incident, mine)} from incident`);
    await sql.unsafe(`insert into audit select '${id}', seq, at, actor, source, action from audit`);
    const running = { id: 'gen_random_uuid()', incident_id: `'${id}'` };
    await sql.unsafe(`insert into timer (${quoted(timer)})
      select ${quoted(timer, running)} from timer`);
    await story.fastForward(5);
    expect(await story.type('ana', '/incident 2', 'C0GENERAL')).toContain('INC-2');
    const pinged = story.heard('bo').filter((line) => line.includes('level 2'));
    expect(pinged.map((line) => line.match(/INC-\d/)?.[0]).toSorted()).toEqual(['INC-1', 'INC-2']);
  } finally {
    await story.stop();
  }
}, 40_000);

/** What a version that does not know of a change cannot live with. */
const BREAKING: readonly RegExp[] = [
  /\bdrop\s+(table|column|type)\b/i,
  /\brename\b/i,
  /\bset\s+not\s+null\b/i,
  /\bset\s+data\s+type\b|\balter\s+column\s+\S+\s+type\b/i,
  /\badd\s+column\b(?!.*\bdefault\b).*\bnot\s+null\b/i,
];

test.each(TAGS.slice(1))(
  '12: %s leaves what is there, for replicas of the version before',
  (name) => {
    const text = readFileSync(join(MIGRATIONS, name), 'utf8');
    for (const statement of text.split('--> statement-breakpoint')) {
      // A later version may change what it has itself brought in this very file.
      for (const breaking of BREAKING) expect(statement).not.toMatch(breaking);
    }
  },
);
