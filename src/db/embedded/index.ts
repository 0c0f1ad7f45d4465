import { setTimeout as sleep } from 'node:timers/promises';
import { accountFor, canReach, chooseAccount } from './account.ts';
import { findBinaries } from './binaries.ts';
import { ensureData, ensureDatabase } from './cluster.ts';
import { findHome } from './home.ts';
import { ADMIN, type Layout, type Log, layout, ROLE } from './layout.ts';
import { takeOwnership } from './lock.ts';
import { adoptOrphan } from './orphan.ts';
import { choosePort, rememberPort } from './port.ts';
import { secretIn } from './secrets.ts';
import { halt, type Launch, launch, type Server } from './server.ts';
import { settingFlags } from './settings.ts';
import { supervise } from './supervisor.ts';
import { codeOf, explain } from './trouble.ts';

/** A PostgreSQL of our own, running until `stop`. */
export interface EmbeddedPostgres {
  /** `postgres://muster:<password>@127.0.0.1:<port>/muster`, the same across restarts by the supervisor. */
  readonly url: string;
  /** Stops the server and gives up the data directory; always resolves. Call it last. */
  stop(): Promise<void>;
  /** Tells when the server ended by itself; it is then started again, on the same URL. */
  onExit(callback: (why: string) => void): void;
}

/** What to start, and where. */
export interface EmbeddedOptions {
  readonly dataDir: string;
  readonly log: Log;
  /** PostgreSQL settings on top of ours, such as `{ fsync: 'off' }` in tests. */
  readonly settings?: Record<string, string>;
}

/**
 * Starts PostgreSQL on the data in `dataDir`, or takes over the one a killed owner left running.
 *
 * Rejects with a sentence that says what to do. It works as root too, where PostgreSQL itself runs as an
 * unprivileged account, and never listens beyond 127.0.0.1.
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const { dataDir, log, settings = {} } = options;
  settingFlags(0, settings);
  const chosen = await chooseAccount();
  const place = layout(await findHome(dataDir, chosen, log));
  const release = await takeOwnership(place.home);
  try {
    const account = await accountFor(place.data, chosen);
    if (!(await canReach(place.home, account))) throw outOfReach(place.home);
    const binaries = await findBinaries(place.home, account, log);
    return await run({ place, binaries, account, settings }, log, release);
  } catch (error) {
    await release();
    if (codeOf(error) === '') throw error;
    throw explain('start', `error: ${error instanceof Error ? error.message : error}`, place.home);
  }
}

const outOfReach = (home: string) =>
  new Error(
    `The user who owns the data in ${home} cannot get into that directory: start Muster as that user, or allow passing through (chmod o+x on it and the directories above).`,
  );

async function run(how: Launch, log: Log, release: () => Promise<void>): Promise<EmbeddedPostgres> {
  const { place, binaries, account, settings } = how;
  const password = await secretIn(place.password);
  const adminPassword = await secretIn(place.adminPassword);
  const adminUrl = (port: number) =>
    `postgres://${ADMIN}:${adminPassword}@127.0.0.1:${port}/postgres`;

  await ensureData({ place, binaries, account, adminPassword, sync: settings.fsync !== 'off' });
  const adoption = { data: place.data, version: binaries.version, adminUrl, log };
  const server = (await adoptOrphan(adoption)) ?? (await launchSomewhere(how));
  try {
    await rememberPort(place.port, server.port);
    await ensureDatabase(adminUrl(server.port), password);
  } catch (error) {
    await halt(server.pid, place.data);
    throw notOurs(place, error);
  }

  const restart = async () => (await adoptOrphan(adoption)) ?? (await launch(how, server.port));
  const supervisor = supervise(server, { place, log, restart });
  log('The embedded PostgreSQL is running', {
    port: server.port,
    pid: server.pid,
    data: place.data,
  });
  return {
    url: `postgres://${ROLE}:${password}@127.0.0.1:${server.port}/${ROLE}`,
    stop: () => supervisor.stop().then(release),
    onExit: supervisor.onExit,
  };
}

/** What passes by itself: a port taken in the very moment, workers of a killed server still ending. */
const PASSING = /port on 127\.0\.0\.1 was taken|still finishing/;

async function launchSomewhere(how: Launch, tries = 10): Promise<Server> {
  try {
    return await launch(how, await choosePort(how.place.port));
  } catch (error) {
    if (tries === 1 || !PASSING.test(String(error))) throw error;
    await sleep(500);
    return launchSomewhere(how, tries - 1);
  }
}

function notOurs({ adminPassword, data }: Layout, error: unknown): Error {
  const why = error instanceof Error ? error.message : String(error);
  return new Error(
    `The embedded PostgreSQL runs, but its administrator could not set up the database (${why}): if ${adminPassword} was lost or replaced, restore it, or move ${data} away to start empty.`,
    { cause: error },
  );
}
