import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { startEmbeddedPostgres } from '../../src/db/embedded/index.ts';
import { migrate } from '../../src/db/migrate.ts';
import { redisBinary, startRedis } from '../support/redis.ts';
import { type Child, startChild } from './child.ts';
import type { Office } from './office.ts';

const MIGRATIONS = new URL('../../drizzle', import.meta.url).pathname;

/** What is run on: services of our own, gone afterwards. */
export interface Ground {
  readonly office: Office;
  /** Null where there is no redis-server on PATH. */
  readonly redisUrl: string | null;
  /** A migrated database of its own, for one scenario. */
  database(name: string): Promise<string>;
  /** `more`: what Node is told besides. */
  child(name: string, more?: readonly string[]): Promise<Child>;
  /** The settings that decide what a commit means. */
  settings(): Promise<string>;
  stop(): Promise<void>;
}

const SHOWN = ['server_version', 'fsync', 'synchronous_commit', 'full_page_writes'];

async function ask(url: string, statement: string): Promise<readonly postgres.Row[]> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    return await sql.unsafe(statement);
  } finally {
    await sql.end({ timeout: 1 });
  }
}

const named = (url: string, database: string): string => {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.href;
};

/** PostgreSQL with durable settings; a commit's time is kept, so that nobody has to poll for it. */
async function startPostgres() {
  const dataDir = await mkdtemp(join(tmpdir(), 'muster-bench-'));
  // As root PostgreSQL runs as another account, which must get through.
  if (process.getuid?.() === 0) await chmod(dataDir, 0o711);
  const remove = () => rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
  try {
    const settings = { max_connections: '150', track_commit_timestamp: 'on' };
    const server = await startEmbeddedPostgres({ dataDir, log: () => undefined, settings });
    const admin = new URL(server.url);
    admin.username = 'muster_admin';
    const file = join(dataDir, 'postgres', 'admin-password');
    admin.password = (await readFile(file, 'utf8')).trim();
    await ask(admin.href, 'alter role muster createdb');
    return { url: server.url, stop: () => server.stop().then(remove) };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** Starts everything, or leaves nothing behind. */
export async function prepareGround(): Promise<Ground> {
  const ends: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const end of ends.reverse())
      await end().catch((error: unknown) => process.stderr.write(`${error}\n`));
    ends.length = 0;
  };
  const child = async (name: string, more: readonly string[] = []): Promise<Child> => {
    const started = await startChild(name, more);
    ends.push(started.stop);
    return started;
  };
  try {
    const server = await startPostgres();
    ends.push(server.stop);
    const redis = redisBinary()
      ? await startRedis(['--appendonly', 'yes', '--appendfsync', 'everysec'])
      : null;
    if (redis) ends.push(redis.stop);
    const slack = await child('slack-child');
    const office = await slack.ask<Office>('start');
    return {
      office,
      redisUrl: redis?.url ?? null,
      child,
      stop,
      async database(name) {
        await ask(server.url, `create database "${name}"`);
        const url = named(server.url, name);
        await migrate(url, MIGRATIONS);
        return url;
      },
      settings: async () => {
        const rows = await Promise.all(SHOWN.map((name) => ask(server.url, `show ${name}`)));
        return rows.map(([row], n) => `${SHOWN[n]} ${Object.values(row ?? {})[0]}`).join(', ');
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
