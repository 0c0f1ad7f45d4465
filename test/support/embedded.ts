import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, chownSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import postgres from 'postgres';
import { readPostmaster } from '../../src/db/embedded/postmaster.ts';
import { halt } from '../../src/db/embedded/server.ts';

/** Who a test starts the service as; null means whoever runs the tests. */
export type Person = { readonly uid: number; readonly gid: number } | null;

/** What the service said. */
export interface Said {
  readonly event: 'running' | 'refused' | 'ended' | 'again';
  readonly url: string;
  readonly took: number;
  readonly messages: readonly string[];
  readonly why: string;
}

/** A service in its own process that owns an embedded PostgreSQL. */
export interface Owner {
  readonly pid: number;
  /** The next thing it says. */
  hears(): Promise<Said>;
  /** SIGTERM, and resolves with its exit code. */
  stop(): Promise<number | null>;
  /** `kill -9`. */
  kill(): Promise<void>;
  signal(name: NodeJS.Signals): void;
}

/** A place for one test's data, with everything that runs on it. */
export interface Ground {
  readonly dataDir: string;
  readonly home: string;
  readonly data: string;
  owner(settings?: Record<string, string>): Owner;
  /** Starts a service and expects it to run. */
  running(settings?: Record<string, string>): Promise<Owner & Said>;
}

const ROOT = new URL('../..', import.meta.url).pathname;
const QUICK = { fsync: 'off', full_page_writes: 'off' };

/** Makes a data directory that belongs to the person, cleared when the test is over; `root` is the repository. */
export function createGround(
  person: Person,
  whenOver: (clear: () => Promise<void>) => void,
  root = ROOT,
): Ground {
  const dataDir = mkdtempSync(join(tmpdir(), 'muster-embedded-'));
  if (person !== null) chownSync(dataDir, person.uid, person.gid);
  // mkdtemp lets nobody else in, not even the account that PostgreSQL runs as when we are root.
  else if (process.getuid?.() === 0) chmodSync(dataDir, 0o711);
  const home = join(dataDir, 'postgres');
  const data = join(home, 'data');
  const owners: Owner[] = [];
  const owner = (settings: Record<string, string> = QUICK) => {
    const started = startOwner(root, dataDir, settings, person);
    owners.push(started);
    return started;
  };
  whenOver(async () => {
    for (const each of owners) await each.kill();
    const found = await readPostmaster(data).catch(() => null);
    if (found !== null) await halt(found.pid, data, 1000);
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
  });
  return {
    dataDir,
    home,
    data,
    owner,
    running: async (settings) => {
      const started = owner(settings);
      const said = await started.hears();
      if (said.event !== 'running') throw new Error(`It was to run, but: ${said.why}`);
      return { ...started, ...said };
    },
  };
}

/** Asks one question over a connection of its own. */
export async function ask(url: string, query: string): Promise<readonly postgres.Row[]> {
  const sql = postgres(url, { max: 1, connect_timeout: 3, onnotice: () => {} });
  try {
    return await sql.unsafe(query);
  } finally {
    await sql.end({ timeout: 1 });
  }
}

/** Asks until it is answered, for a server that is coming back. */
export async function askPatiently(url: string, query: string): Promise<readonly postgres.Row[]> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await ask(url, query);
    } catch (error) {
      if (tries === 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

/** Whether no such process runs any more; one that nobody collected counts as gone. */
export function isGone(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8') === '';
  } catch {
    return true;
  }
}

/** Waits for something to become true. */
export async function until(claim: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 500; tries += 1) {
    if (await claim()) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`never came true: ${claim}`);
}

const isRoot = process.getuid?.() === 0;

/** Everyone whom these tests can be: root may also become somebody else. */
export const PEOPLE: readonly (readonly [name: string, person: Person])[] = isRoot
  ? [
      ['as root', null],
      ['as an ordinary user', { uid: 65_534, gid: 65_534 }],
    ]
  : [['as an ordinary user', null]];

/** Who these tests are for what takes its time, where it is the same for everyone; all with `LONG=1`. */
export const SOMEBODY = process.env.LONG === '1' ? PEOPLE : PEOPLE.slice(0, 1);

/** The number of the process PostgreSQL says it is. */
export const postmasterPid = (data: string) =>
  Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0]);

function startOwner(root: string, dataDir: string, settings: object, person: Person): Owner {
  const flags = ['--import', 'tsx', 'test/support/embedded-owner.ts', dataDir];
  const child = spawn(process.execPath, [...flags, JSON.stringify(settings)], {
    ...person,
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    pid: child.pid ?? 0,
    hears: async () => {
      const line = await lines.next();
      if (line.done) throw new Error('the service ended without a word');
      return JSON.parse(line.value);
    },
    stop: () => end(child, 'SIGTERM'),
    kill: async () => void (await end(child, 'SIGKILL')),
    signal: (name) => void child.kill(name),
  };
}

function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((resolve) => {
    child.once('exit', resolve);
    child.kill(signal);
  });
}
