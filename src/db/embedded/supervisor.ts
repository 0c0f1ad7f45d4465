import { stat, truncate } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Layout, Log } from './layout.ts';
import { readPostmaster } from './postmaster.ts';
import { halt, type Server } from './server.ts';

/** Keeps one PostgreSQL running until told otherwise. */
export interface Supervisor {
  /** Stops it for good; always resolves, and may be called again. */
  stop(): Promise<void>;
  /** Calls back each time it ended by itself, before it is started again. */
  onExit(callback: (why: string) => void): void;
}

const FIRST_WAIT = 100;
const LONGEST_WAIT = 15_000;

/** A server that lasted this long has earned a quick restart. */
const STEADY = 60_000;

/** A restart that is replaying a crash is not waited for longer than this when we stop. */
const RESTART_PATIENCE = 3000;

const LOG_LIMIT = 10 * 1024 * 1024;

/** Restarts the server with back-off whenever it ends by itself, always on the same port. */
export function supervise(
  first: Server,
  { place, log, restart }: { place: Layout; log: Log; restart: () => Promise<Server> },
): Supervisor {
  const callbacks: ((why: string) => void)[] = [];
  const stopping = new AbortController();
  let current: Server | null = first;
  const trimming = setInterval(() => void trim(place.log), 10 * 60_000);
  trimming.unref();

  const again = async (wait: number): Promise<{ server: Server; wait: number } | null> => {
    for (let next = wait; !stopping.signal.aborted; next = Math.min(next * 2, LONGEST_WAIT)) {
      await sleep(next, undefined, { signal: stopping.signal, ref: false }).catch(() => {});
      if (stopping.signal.aborted) return null;
      try {
        return { server: await restart(), wait: next };
      } catch (error) {
        log(`PostgreSQL did not start again, next try in ${Math.min(next * 2, LONGEST_WAIT)} ms`, {
          error: String(error),
        });
      }
    }
    return null;
  };

  const keep = async () => {
    for (let wait = FIRST_WAIT; current !== null; ) {
      const since = performance.now();
      const why = await current.ended;
      current = null;
      if (stopping.signal.aborted) return;
      log('PostgreSQL ended by itself and will be started again', { why });
      for (const callback of callbacks) callback(why);
      if (performance.now() - since > STEADY) wait = FIRST_WAIT;
      const started = await again(wait);
      if (started === null) return;
      log('PostgreSQL runs again', { pid: started.server.pid });
      current = started.server;
      wait = Math.min(started.wait * 2, LONGEST_WAIT);
    }
  };
  const kept = keep();

  let stopped: Promise<void> | null = null;
  const stop = async () => {
    clearInterval(trimming);
    stopping.abort();
    // A restart that is under way finishes first, or it would outlive us.
    const deadline = performance.now() + RESTART_PATIENCE;
    while (current === null && performance.now() < deadline && !(await settled(kept)));
    const pid = current?.pid ?? (await readPostmaster(place.data).catch(() => null))?.pid;
    if (pid !== undefined) await halt(pid, place.data);
  };
  return {
    stop: () => {
      stopped ??= stop();
      return stopped;
    },
    onExit: (callback) => void callbacks.push(callback),
  };
}

const settled = (kept: Promise<void>) => Promise.race([kept.then(() => true), sleep(20, false)]);

/** The server appends to its log, so cutting it short under its feet is safe. */
async function trim(path: string): Promise<void> {
  const found = await stat(path).catch(() => null);
  if (found !== null && found.size > LOG_LIMIT) await truncate(path).catch(() => {});
}
