import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { access, chmod, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { runMigrations } from 'bullmq';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import pg from 'pg';
import postgres from 'postgres';
import { inject } from 'vitest';
import { startEmbeddedPostgres } from '../../src/db/embedded/index.ts';
import { readPostmaster } from '../../src/db/embedded/postmaster.ts';
import { halt } from '../../src/db/embedded/server.ts';

/** What every test file is told about the one PostgreSQL of this run. */
export interface TestPostgres {
  /** A URL whose role may create databases and roles. */
  readonly url: string;
  /** The migrated database that each test's database is copied from. */
  readonly template: string;
}

declare module 'vitest' {
  export interface ProvidedContext {
    postgres: TestPostgres;
  }
}

/** A database of one test. */
export interface TestDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

const MIGRATIONS = new URL('../../drizzle', import.meta.url).pathname;

/** The name tells a later run whose leftovers these are. */
const DIRECTORY = 'muster-test-';

/** A fresh database, migrated, on the PostgreSQL of this run; `name` only helps when reading logs. */
export async function createDatabase(name = 'test'): Promise<TestDatabase> {
  const { url, template } = inject('postgres');
  const database = uniqueName(name);
  await onServer(url, (sql) =>
    sql.unsafe(`create database "${database}" template "${template}" strategy file_copy`),
  );
  return {
    url: withDatabase(url, database),
    drop: () => onServer(url, (sql) => dropDatabase(sql, database)),
  };
}

/** Starts the PostgreSQL of a run, or takes the one `TEST_DATABASE_URL` names, and makes the template. */
export async function startTestPostgres(): Promise<TestPostgres & { stop(): Promise<void> }> {
  await removeLeftovers();
  const { url, stop } = await findServer(process.env.TEST_DATABASE_URL);
  const template = uniqueName('template');
  await onServer(url, (sql) => sql.unsafe(`create database "${template}"`));
  await migrateTemplate(withDatabase(url, template));
  return {
    url,
    template,
    stop: async () => {
      await onServer(url, (sql) => dropDatabase(sql, template));
      await stop();
    },
  };
}

const MAY_NOT_END_IT = '42501';

/** PostgreSQL's own vacuuming may be in it just then, which only a superuser may end: it soon ends by itself. */
async function dropDatabase(sql: postgres.Sql, name: string): Promise<void> {
  for (let tried = 1; ; tried += 1) {
    try {
      await sql.unsafe(`drop database if exists "${name}" with (force)`);
      return;
    } catch (error) {
      const passing = error instanceof postgres.PostgresError && error.code === MAY_NOT_END_IT;
      if (!passing || tried === 40) throw error;
      await pause(250);
    }
  }
}

/** Applies our migrations to the template; nothing happens while there are none. */
export async function migrateTemplate(url: string): Promise<void> {
  const journal = await access(join(MIGRATIONS, 'meta', '_journal.json')).then(
    () => true,
    () => false,
  );
  if (!journal) return;
  await onServer(url, (sql) => migrate(drizzle(sql), { migrationsFolder: MIGRATIONS }));
  // BullMQ's own tables too: made anew for every database, they took as long as a short story.
  const client = new pg.Client(url);
  await client.connect();
  try {
    await runMigrations(client);
  } finally {
    await client.end();
  }
}

async function findServer(given: string | undefined) {
  if (given) return { url: given, stop: async () => {} };
  const dataDir = await mkdtemp(join(tmpdir(), `${DIRECTORY}${process.pid}-`));
  // As root PostgreSQL runs as another account, which must get through.
  if (process.getuid?.() === 0) await chmod(dataDir, 0o711);
  const server = await startEmbeddedPostgres({
    dataDir,
    log: () => {},
    settings: {
      fsync: 'off',
      full_page_writes: 'off',
      synchronous_commit: 'off',
      max_connections: '300',
      // Every connection pays for its password, on both sides.
      scram_iterations: '1',
    },
  });
  const password = readFileSync(join(dataDir, 'postgres', 'admin-password'), 'utf8').trim();
  const admin = new URL(server.url);
  admin.username = 'muster_admin';
  admin.password = password;
  await onServer(admin.href, (sql) => sql`alter role muster createdb createrole`);
  return {
    url: server.url,
    stop: async () => {
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Stops and removes what runs that were killed left behind. */
async function removeLeftovers(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = Number(new RegExp(`^${DIRECTORY}(\\d+)-`).exec(name)?.[1] ?? 0);
    if (pid === 0 || (await isAlive(pid))) continue;
    const data = join(tmpdir(), name, 'postgres', 'data');
    const found = await readPostmaster(data).catch(() => null);
    if (found !== null) await halt(found.pid, data, 1000);
    await rm(join(tmpdir(), name), { recursive: true, force: true }).catch(() => {});
  }
}

async function isAlive(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
    return !/^State:\s+Z/m.test(await readFile(`/proc/${pid}/status`, 'utf8').catch(() => ''));
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}

async function onServer<T>(
  url: string,
  work: (sql: postgres.Sql) => PromiseLike<T>,
): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    await work(sql);
  } finally {
    await sql.end({ timeout: 1 });
  }
}

function withDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.href;
}

function uniqueName(name: string): string {
  const plain = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .slice(0, 40);
  return `muster_${plain}_${randomBytes(5).toString('hex')}`;
}
