import { rm } from 'node:fs/promises';
import postgres from 'postgres';
import type { Log } from './layout.ts';
import {
  findWorkers,
  isGone,
  isPostmasterOf,
  type Postmaster,
  pidFile,
  readPostmaster,
  signal,
} from './postmaster.ts';
import { halt, type Server, watch } from './server.ts';

/** What an orphan must show before we trust it with the data. */
export interface Claim {
  readonly data: string;
  /** `18.4`: an orphan from before an upgrade is stopped, not adopted. */
  readonly version: string;
  /** The superuser's URL on a given port. */
  readonly adminUrl: (port: number) => string;
  readonly log: Log;
}

/** An orphan that is stopping or replaying gets this long to make up its mind. */
const PATIENCE = 4000;

/**
 * Looks for a PostgreSQL that outlived its owner (`kill -9`) and takes it over, or stops it when it
 * does not answer. Null means that nothing runs on the data any more and one may be started.
 */
export async function adoptOrphan({ data, version, adminUrl, log }: Claim): Promise<Server | null> {
  const found = await readPostmaster(data);
  if (found === null) return null;
  if (!(await isPostmasterOf(found.pid, data))) return forget(data);
  const settled = await settle(found, data);
  if (settled === null) return null;
  const trouble = await inspect(adminUrl(settled.port), data, version);
  if (trouble === null) {
    log('Took over the PostgreSQL that was still running', { pid: settled.pid });
    return watch(settled.pid, settled.port, data);
  }
  log(`Stopping the PostgreSQL that was still running: ${trouble}`, { pid: settled.pid });
  await halt(settled.pid, data);
  return forget(data);
}

/**
 * PostgreSQL would refuse to start while the number it left belongs to any process of its user, or to a
 * dead one that nobody collected; and while workers of the old server are busy, which do not notice its end.
 */
async function forget(data: string): Promise<null> {
  for (const pid of await findWorkers(data)) signal(pid, 'SIGKILL');
  await rm(pidFile(data), { force: true });
  return null;
}

/** Waits while it starts or stops; null when it stopped. */
async function settle(found: Postmaster, data: string): Promise<Postmaster | null> {
  const deadline = performance.now() + PATIENCE;
  let now = found;
  while (now.status !== 'ready' && performance.now() < deadline) {
    if (await isGone(now.pid, data, 50)) return null;
    now = (await readPostmaster(data)) ?? now;
  }
  return now;
}

/** Null when it answers, knows our password, and serves this data with these programs. */
async function inspect(url: string, data: string, version: string): Promise<string | null> {
  const sql = postgres(url, { max: 1, connect_timeout: 3, onnotice: () => {} });
  try {
    const [said] = await Promise.race([
      sql`select current_setting('data_directory') as data, current_setting('server_version') as version`,
      expired(),
    ]);
    if (said?.data !== data) return `it serves ${said?.data}`;
    return said?.version === version ? null : `it is version ${said?.version}, not ${version}`;
  } catch (error) {
    return error instanceof Error ? error.message : 'it does not answer';
  } finally {
    await sql.end({ timeout: 0 });
  }
}

function expired(): Promise<never> {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new Error('it does not answer')), PATIENCE).unref();
  });
}
