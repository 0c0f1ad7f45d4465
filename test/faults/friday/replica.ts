import { setTimeout as pause } from 'node:timers/promises';
import type { Workspace } from '../../../src/demo/workspace/index.ts';
import { type Service, startService } from '../../support/service.ts';

/** Before somebody who ended is started again, as a supervisor does. */
const AGAIN_AFTER_MS = 500;

/** What a replica is started with. */
export interface ReplicaOptions {
  readonly workspace: Workspace;
  readonly databaseUrl: string;
  readonly redisUrl: string;
  /** Where it finds Slack. */
  readonly apiUrl: string;
  readonly config: string;
  readonly aheadMs: number;
  /** Told of every line that it says. */
  readonly onLine: (line: string) => void;
}

/** The real service in a process of its own, started again whenever it ends. */
export interface Replica {
  readonly alive: boolean;
  readonly pid: number;
  /** How often it ended without having been told to. */
  readonly crashes: number;
  /** Where Slack's requests go. */
  readonly url: string;
  readonly adminPort: number;
  /** `kill -9`; resolves once its successor is ready. */
  kill(): Promise<void>;
  /** Stopped as by a rolling deployment; resolves with how it went once its successor is ready. */
  roll(): Promise<{ code: number | null; ms: number }>;
  /** Stops the process where it is. */
  freeze(): void;
  thaw(): void;
  /** For good. */
  stop(): Promise<void>;
}

/** Starts a replica and resolves when it is ready. */
export async function startReplica(options: ReplicaOptions): Promise<Replica> {
  let service: Service | null = null;
  let ready: Promise<void> = Promise.resolve();
  let stopped = false;
  let expected = false;
  let crashes = 0;
  const here = (): Service => {
    if (service === null) throw new Error('the replica is not there just now');
    return service;
  };

  async function begin(): Promise<void> {
    const started = await startService({ ...options, built: true });
    if (stopped) return started.kill();
    service = started;
    void started.gone.then(() => {
      service = null;
      if (!expected && !stopped) crashes += 1;
      expected = false;
      if (!stopped) ready = pause(AGAIN_AFTER_MS).then(again);
    });
  }

  /** A service that cannot start is tried again, as long as it takes. */
  async function again(): Promise<void> {
    while (!stopped && service === null) {
      await begin().catch(() => pause(AGAIN_AFTER_MS));
    }
  }

  async function succeeded(gone: Promise<unknown>): Promise<void> {
    await gone;
    // What follows its end is arranged in the same turn as the end itself.
    await pause(0);
    await ready;
  }

  await begin();
  return {
    get alive() {
      return service !== null;
    },
    get pid() {
      return here().pid;
    },
    get crashes() {
      return crashes;
    },
    get url() {
      return `http://127.0.0.1:${here().port}/slack/events`;
    },
    get adminPort() {
      return here().adminPort;
    },
    async kill() {
      const victim = here();
      expected = true;
      victim.kill();
      await succeeded(victim.gone);
    },
    async roll() {
      expected = true;
      const went = await here().signal('SIGTERM');
      await succeeded(Promise.resolve());
      return went;
    },
    freeze: () => void process.kill(here().pid, 'SIGSTOP'),
    thaw: () => void process.kill(here().pid, 'SIGCONT'),
    async stop() {
      stopped = true;
      await ready;
      const last = service;
      if (last === null) return;
      last.kill();
      await last.gone;
    },
  };
}
