import { readFileSync, rmSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import postgres from 'postgres';
import { accountFor, chooseAccount } from '../../src/db/embedded/account.ts';
import { findBinaries } from '../../src/db/embedded/binaries.ts';
import { startEmbeddedPostgres } from '../../src/db/embedded/index.ts';
import { layout } from '../../src/db/embedded/layout.ts';
import { findWorkers, isGone, signal } from '../../src/db/embedded/postmaster.ts';
import { halt, type Launch, launch, type Server } from '../../src/db/embedded/server.ts';

/** A PostgreSQL of our own, durable, that nobody starts again but us: and what can happen to one. */
export interface OwnPostgres {
  /** A database of its own, empty; the role that owns it may do nothing else. */
  database(name: string): Promise<string>;
  /** Ends it as it is; what was not committed is gone. It stays away until `start`. */
  stopAtOnce(): Promise<void>;
  start(): Promise<void>;
  /** Ends what is connected, and starts again. */
  restart(): Promise<void>;
  /** Stops every one of its processes without closing a connection. */
  freeze(): Promise<void>;
  thaw(): void;
  /** For good; its files are removed. */
  stop(): Promise<void>;
}

const quiet = (): void => undefined;
/** Workers of a server that was stopped at once may still be ending. */
const START_TRIES = 20;

async function startAgain(how: Launch, port: number, tries = START_TRIES): Promise<Server> {
  try {
    return await launch(how, port);
  } catch (error) {
    if (tries === 1) throw error;
    await pause(250);
    return startAgain(how, port, tries - 1);
  }
}

/** Makes a data directory as Muster does, and gives what it takes to start a server on it. */
async function prepare(dataDir: string, settings: Record<string, string>) {
  const made = await startEmbeddedPostgres({ dataDir, log: quiet, settings });
  await made.stop();
  const place = layout(join(dataDir, 'postgres'));
  const account = await accountFor(place.data, await chooseAccount());
  const binaries = await findBinaries(place.home, account, quiet);
  const port = Number(readFileSync(place.port, 'utf8'));
  const admin = new URL(made.url);
  admin.username = 'muster_admin';
  admin.password = (await readFile(place.adminPassword, 'utf8')).trim();
  admin.pathname = '/postgres';
  const how: Launch = { place, binaries, account, settings };
  return { how, port, url: made.url, admin: admin.href };
}

/** Starts a PostgreSQL; `settings` go on top of Muster's own for the embedded one. */
export async function startOwnPostgres(
  settings: Record<string, string> = {},
): Promise<OwnPostgres> {
  const dataDir = await mkdtemp(join(tmpdir(), 'muster-own-'));
  // As root PostgreSQL runs as another account, which must get through.
  if (process.getuid?.() === 0) await chmod(dataDir, 0o711);
  const { how, port, url, admin } = await prepare(dataDir, settings);
  const { data } = how.place;
  let server = await startAgain(how, port);
  const frozen: number[] = [];

  // A run that ends early must not leave it behind.
  const atExit = () => {
    thaw();
    signal(server.pid, 'SIGQUIT');
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
  };
  process.once('exit', atExit);

  function thaw(): void {
    for (const pid of frozen.splice(0)) signal(pid, 'SIGCONT');
  }

  async function end(name: NodeJS.Signals): Promise<void> {
    signal(server.pid, name);
    if (!(await isGone(server.pid, data, 15_000))) throw new Error(`PostgreSQL ignored ${name}`);
  }

  const start = async (): Promise<void> => {
    server = await startAgain(how, port);
  };

  return {
    async database(name) {
      const sql = postgres(admin, { max: 1, onnotice: quiet });
      try {
        await sql.unsafe(`create database "${name}" owner muster`);
      } finally {
        await sql.end({ timeout: 1 });
      }
      const made = new URL(url);
      made.pathname = `/${name}`;
      return made.href;
    },
    stopAtOnce: () => end('SIGQUIT'),
    start,
    async restart() {
      await end('SIGINT');
      await start();
    },
    async freeze() {
      // The one that makes new ones first.
      frozen.push(server.pid);
      signal(server.pid, 'SIGSTOP');
      for (const pid of await findWorkers(data)) {
        frozen.push(pid);
        signal(pid, 'SIGSTOP');
      }
    },
    thaw,
    async stop() {
      thaw();
      await halt(server.pid, data);
      process.removeListener('exit', atExit);
      await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
