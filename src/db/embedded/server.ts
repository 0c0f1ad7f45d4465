import { spawn } from 'node:child_process';
import { open, rename, stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Account } from './account.ts';
import type { Binaries } from './binaries.ts';
import type { Layout } from './layout.ts';
import { isGone, isPostmasterOf, readPostmaster, signal } from './postmaster.ts';
import { keepPrivate } from './secrets.ts';
import { settingFlags } from './settings.ts';
import { explain } from './trouble.ts';

/** One living PostgreSQL: started by us, or left behind by an owner that was killed. */
export interface Server {
  readonly pid: number;
  readonly port: number;
  /** Resolves when it is no more, with the reason in words. */
  readonly ended: Promise<string>;
}

/** How PostgreSQL is to be started. */
export interface Launch {
  readonly place: Layout;
  readonly binaries: Binaries;
  readonly account: Account;
  readonly settings: Record<string, string>;
}

/** The log of one run is kept beside the next one's when it has grown beyond this. */
const LOG_LIMIT = 1024 * 1024;

/** Replaying what a crash left may take this long; then something is wrong. */
const START_PATIENCE = 120_000;

/** Starts PostgreSQL in a session of its own and resolves when it takes connections. */
export async function launch(
  { place, binaries, account, settings }: Launch,
  port: number,
): Promise<Server> {
  const flags = settingFlags(port, settings);
  const log = await openLog(place.log);
  const { size: before } = await log.stat();
  try {
    const child = spawn(binaries.postgres, ['-D', place.data, ...flags], {
      ...account,
      cwd: place.data,
      env: { LC_ALL: 'C', TZ: 'UTC' },
      // Its own session: Ctrl-C in a terminal reaches the whole group, and we stop PostgreSQL last.
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
    });
    child.unref();
    const ended = new Promise<string>((resolve) => {
      child.once('error', (error) => resolve(error.message));
      child.once('exit', (code, killer) =>
        resolve(killer === null ? `it ended with code ${code}` : `it was killed by ${killer}`),
      );
    });
    const why = await ready(child.pid, place.data, ended);
    if (why === null && child.pid !== undefined) return { pid: child.pid, port, ended };
    throw explain('start', `${await readFrom(place.log, before)}\n${why}`, place.log);
  } finally {
    await log.close();
  }
}

/** Watches a PostgreSQL that is not our child, for which the system tells us nothing. */
export function watch(pid: number, port: number, data: string): Server {
  const ended = new Promise<string>((resolve) => {
    const timer = setInterval(() => {
      void isPostmasterOf(pid, data).then((alive) => {
        if (alive) return;
        clearInterval(timer);
        resolve('it is gone');
      });
    }, 250);
    timer.unref();
  });
  return { pid, port, ended };
}

/** Stops it: politely to clients, then at once, then by force. Always resolves. */
export async function halt(pid: number, data: string, patience = 5000): Promise<void> {
  for (const [name, wait] of [
    ['SIGINT', patience],
    ['SIGQUIT', 2000],
    ['SIGKILL', 1000],
  ] as const) {
    if (!(await isPostmasterOf(pid, data))) return;
    signal(pid, name);
    if (await isGone(pid, data, wait)) return;
  }
}

/** Null once it takes connections, else why it never will. */
async function ready(
  pid: number | undefined,
  data: string,
  ended: Promise<string>,
): Promise<string | null> {
  let over: string | null = null;
  void ended.then((why) => {
    over = why;
  });
  const deadline = performance.now() + START_PATIENCE;
  while (performance.now() < deadline) {
    const said = await readPostmaster(data).catch(() => null);
    if (over !== null) return over;
    if (said?.pid === pid && said?.status === 'ready') return null;
    await Promise.race([sleep(15), ended]);
  }
  if (pid !== undefined) await halt(pid, data);
  return `it was not ready after ${START_PATIENCE / 1000} seconds`;
}

async function openLog(path: string) {
  const old = await stat(path).catch(() => null);
  if (old !== null && old.size > LOG_LIMIT) await rename(path, `${path}.1`);
  const log = await open(path, 'a', 0o600);
  await keepPrivate(log, path);
  return log;
}

async function readFrom(path: string, position: number): Promise<string> {
  const log = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await log.read({ position, buffer: Buffer.alloc(16_384) });
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await log.close();
  }
}
