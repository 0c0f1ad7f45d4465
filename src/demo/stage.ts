import { tmpdir } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { startApp } from '../app/index.ts';
import type { Settings } from '../domain/settings.ts';
import type { Log } from '../log.ts';
import { BOT_EVENTS, BOT_SCOPES } from '../slack/scopes.ts';
import { type Clock, installClock } from './clock.ts';
import { createPassing, type Passing } from './passing.ts';
import {
  startWorkspace,
  type UserGroupSeed,
  type UserSeed,
  type Workspace,
} from './workspace/index.ts';

/** What is to be put up: who works there, on which database, from when. */
export interface StageOptions {
  /** An empty or a migrated database. */
  readonly databaseUrl: string;
  readonly people: readonly UserSeed[];
  readonly userGroups?: readonly UserGroupSeed[];
  readonly settings: Settings;
  readonly log: Log;
  /** What the clock shows first. It stands still until it is turned; null lets it run with ours. */
  readonly startsAt: number | null;
}

/** The real app, a simulated workspace around it, and a clock that can be turned. */
export interface Stage {
  readonly workspace: Workspace;
  readonly clock: Clock;
  readonly passing: Passing;
  /** The instant that everybody sees, in milliseconds. */
  now(): number;
  close(): Promise<void>;
}

/** Where people are before there is an incident. */
export const GENERAL = 'general';

const SWEEP_MS = 20;

/** Starts the app against a simulated workspace. */
export async function openStage(options: StageOptions): Promise<Stage> {
  const { databaseUrl, people, userGroups = [], settings, log, startsAt } = options;
  let shown = startsAt;
  const now = () => shown ?? Date.now();
  const clock = await installClock(databaseUrl);
  await clock.set(now(), startsAt === null ? 1 : 0);
  const workspace = await startWorkspace({
    scopes: BOT_SCOPES,
    events: BOT_EVENTS,
    users: people,
    userGroups,
    channels: [
      { id: 'C0GENERAL', name: GENERAL },
      { id: 'C0INCIDENTS', name: 'incidents', bot: true },
    ],
    now,
  });
  const passing = createPassing(clock, (instant) => {
    shown = instant;
  });
  const app = await startApp({
    environment: {
      slack: {
        botToken: workspace.botToken,
        apiUrl: workspace.apiUrl,
        connection: { type: 'http', signingSecret: workspace.signingSecret },
      },
      databaseUrl: clock.url,
      databaseOwnerUrl: null,
      redisUrl: null,
      port: 0,
      adminPort: 0,
      host: '127.0.0.1',
      configFile: 'muster.yaml',
      configFileNamed: false,
      heartbeatUrl: null,
      dataDir: tmpdir(),
      logLevel: 'warn',
      escalateWithoutDatabase: false,
    },
    // A script types faster than people.
    settings: {
      ...settings,
      limits: { person: 1_000_000, workspace: 1_000_000 },
      // A script may go on months later with what an earlier one opened.
      archiveAfter: null,
    },
    log,
    sweepEveryMs: SWEEP_MS,
    partPauseMs: 0,
  });
  await ready(app.port);
  workspace.connect(`http://127.0.0.1:${app.port}/slack/events`);
  return {
    workspace,
    clock,
    passing,
    now,
    async close() {
      await app.stop();
      await workspace.close();
      await passing.sql.end({ timeout: 1 });
      await clock.close();
    },
  };
}

/** The app takes requests before its database is migrated; nothing is typed until it says it is ready. */
async function ready(port: number): Promise<void> {
  for (let tries = 0; tries < 1000; tries += 1) {
    const { ok } = await fetch(`http://127.0.0.1:${port}/readyz`);
    if (ok) return;
    await pause(15);
  }
  throw new Error('Muster did not become ready within 15 seconds.');
}
