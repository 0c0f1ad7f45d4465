import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import postgres from 'postgres';
import { startEmbeddedPostgres } from '../db/embedded/index.ts';

/** An embedded PostgreSQL that gives a fresh database to whoever asks. */
export interface Databases {
  fresh(name: string): Promise<string>;
  /** Stops the server; its files stay until their directory is removed. */
  stop(): Promise<void>;
}

/** What is lost in a power cut need not be written to the disk at once. */
const CARELESS = { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' };

/** Starts a PostgreSQL of its own in a directory. */
export async function openDatabases(dataDir: string): Promise<Databases> {
  const server = await startEmbeddedPostgres({ dataDir, log: () => undefined, settings: CARELESS });
  const admin = new URL(server.url);
  admin.username = 'muster_admin';
  admin.password = (await readFile(join(dataDir, 'postgres', 'admin-password'), 'utf8')).trim();
  const sql = postgres(admin.href, { max: 1, onnotice: () => undefined });
  return {
    async fresh(name) {
      const database = `muster_${name.replaceAll(/[^a-z0-9]/g, '_')}`;
      await sql.unsafe(`create database "${database}" owner muster`);
      const url = new URL(server.url);
      url.pathname = `/${database}`;
      return url.href;
    },
    async stop() {
      await sql.end({ timeout: 1 });
      await server.stop();
    },
  };
}
