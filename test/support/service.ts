import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Workspace } from '../../src/demo/workspace/index.ts';
import { LADDER, SECRET } from './town.ts';

/** Muster as a process of its own, to be killed. */
export interface Service {
  readonly port: number;
  readonly adminPort: number;
  readonly pid: number;
  /** `kill -9`, in this very moment. */
  kill(): void;
  /** Sends a signal and resolves with the exit code and how long it took. */
  signal(name: NodeJS.Signals): Promise<{ code: number | null; ms: number }>;
  /** Resolves when the process is gone. */
  readonly gone: Promise<number | null>;
}

export interface ServiceOptions {
  readonly workspace: Workspace;
  readonly databaseUrl: string;
  readonly redisUrl?: string;
  /** Another way to the Web API than the workspace's own. */
  readonly apiUrl?: string;
  /** Its `muster.yaml`; the one of the stories unless given. */
  readonly config?: string;
  /** The build in `dist` instead of the source, as in production: there within a second. */
  readonly built?: boolean;
  /** How far its own clock is ahead of everybody's, milliseconds. */
  readonly aheadMs?: number;
  /** JavaScript that runs in it before anything of ours: what goes wrong inside of it. */
  readonly preload?: string;
  /** Every line that it says. */
  readonly onLine?: (line: string) => void;
}

const READY = '"event":"ready"';
const READY_WITHIN_MS = 20_000;
const ROOT = new URL('../..', import.meta.url).pathname;

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}

/** A clock that is wrong by a constant, as one is where nobody sets it: only what JavaScript reads. */
const clockAhead = (ms: number): string =>
  `const now = Date.now; Date.now = () => now() + ${ms};
globalThis.Date = new Proxy(Date, { construct: (date, given, target) =>
  Reflect.construct(date, given.length > 0 ? given : [Date.now()], target) });`;

const first = (source: string): string[] => [
  '--import',
  `data:text/javascript,${encodeURIComponent(source)}`,
];

/** What Node is told to run. */
function program({ built = false, aheadMs = 0, preload }: ServiceOptions): string[] {
  const clock = aheadMs === 0 ? [] : first(clockAhead(aheadMs));
  const trouble = preload === undefined ? [] : first(preload);
  const main = built
    ? [
        '--max-semi-space-size=8',
        '--heap-growing-percent=40',
        '--enable-source-maps',
        'dist/main.js',
      ]
    : ['--import', 'tsx', 'src/main.ts'];
  return [...clock, ...trouble, ...main];
}

/** Resolves when the service says that it is ready; rejects with what it said when it ended before. */
function whenReady(child: ChildProcess, onLine: (line: string) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const said: string[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      if (!stream) continue;
      createInterface({ input: stream }).on('line', (line) => {
        if (said.length < 1000) said.push(line);
        onLine(line);
        if (process.env.STORY_LOG) process.stderr.write(`${line}\n`);
        if (line.includes(READY)) resolve();
      });
    }
    child.once('exit', (code) => reject(new Error(`ended with ${code}: ${said.join('\n')}`)));
    // Nobody else would end one that never comes up.
    setTimeout(() => {
      reject(new Error(`not ready: ${said.join('\n')}`));
      if (!said.some((line) => line.includes(READY))) child.kill('SIGKILL');
    }, READY_WITHIN_MS).unref();
  });
}

/** Starts `src/main.ts` as an operator would, and waits until it is ready. */
export async function startService(options: ServiceOptions): Promise<Service> {
  const { workspace, databaseUrl, redisUrl = '', config = LADDER } = options;
  const directory = mkdtempSync(join(tmpdir(), 'muster-service-'));
  // Tests type faster than people.
  const unlimited = 'limits: { person: 1000000, workspace: 1000000 }';
  writeFileSync(join(directory, 'muster.yaml'), `${config}\n${unlimited}\n`);
  const [port, adminPort] = await Promise.all([freePort(), freePort()]);
  const child = spawn(process.execPath, program(options), {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      SLACK_BOT_TOKEN: workspace.botToken,
      SLACK_SIGNING_SECRET: SECRET,
      SLACK_API_URL: options.apiUrl ?? workspace.apiUrl,
      DATABASE_URL: databaseUrl,
      REDIS_URL: redisUrl,
      PORT: String(port),
      HOST: '127.0.0.1',
      ADMIN_PORT: String(adminPort),
      CONFIG_FILE: join(directory, 'muster.yaml'),
      DATA_DIR: directory,
      LOG_LEVEL: 'info',
    },
  });
  const gone = new Promise<number | null>((resolve) => {
    child.once('exit', (code) => {
      process.removeListener('exit', atExit);
      rmSync(directory, { recursive: true, force: true });
      resolve(code);
    });
  });
  // A test run that ends early must not leave it behind.
  const atExit = () => child.kill('SIGKILL');
  process.once('exit', atExit);
  await whenReady(child, options.onLine ?? (() => undefined));
  workspace.connect(`http://127.0.0.1:${port}/slack/events`);
  return {
    port,
    adminPort,
    pid: child.pid ?? 0,
    gone,
    kill: () => void child.kill('SIGKILL'),
    async signal(name) {
      const began = performance.now();
      child.kill(name);
      const code = await gone;
      return { code, ms: performance.now() - began };
    },
  };
}
