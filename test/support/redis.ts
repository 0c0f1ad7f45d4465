import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';

/** A Redis of our own, and everything that can happen to one. */
export interface TestRedis {
  readonly url: string;
  readonly port: number;
  /** Shuts it down and removes its files. */
  stop(): Promise<void>;
  /** `kill -9`; what was not saved is lost. */
  kill(): Promise<void>;
  /** Stops the process without closing a connection, as an overloaded machine would. */
  freeze(): void;
  thaw(): void;
  /** Forgets every key. */
  flush(): Promise<void>;
  /** Any command, and what Redis answers, as it stands on the wire. */
  ask(command: string): Promise<string>;
  /** Ends it if it runs, and starts it on the same port with the same files. */
  restart(): Promise<void>;
}

/** The redis-server on PATH, or null when there is none. */
export function redisBinary(): string | null {
  for (const directory of (process.env.PATH ?? '').split(delimiter)) {
    const file = join(directory, 'redis-server');
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {}
  }
  return null;
}

/** A suite that needs Redis: named as not run where there is none, and failing where that is forbidden. */
export function describeWithRedis(name: string, suite: () => void): void {
  if (redisBinary() !== null) {
    describe(name, suite);
  } else if (process.env.MUSTER_REQUIRE_SERVICES === '1') {
    describe(name, () => {
      test('has a redis-server on PATH', () => {
        expect.fail('MUSTER_REQUIRE_SERVICES=1 and there is no redis-server on PATH: install it.');
      });
    });
  } else {
    describe.skip(`${name} (not run: there is no redis-server on PATH)`, suite);
  }
}

/** Starts a private Redis on a free port; `args` are redis-server's own, and win over ours. */
export async function startRedis(args: readonly string[] = []): Promise<TestRedis> {
  const binary = redisBinary();
  if (binary === null) throw new Error('There is no redis-server on PATH.');
  const directory = mkdtempSync(join(tmpdir(), 'muster-redis-'));
  const port = await freePort();
  const ours = ['--port', String(port), '--bind', '127.0.0.1', '--dir', directory];
  const quiet = [
    '--save',
    '',
    '--appendonly',
    'no',
    '--hz',
    '100',
    '--maxmemory-policy',
    'noeviction',
  ];
  const start = () => launch(binary, [...ours, ...quiet, ...args], port);
  let child = await start();

  // A test run that ends early must not leave it behind.
  const atExit = () => child.kill('SIGKILL');
  process.once('exit', atExit);

  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    // A frozen process acts on nothing but SIGKILL until it thaws.
    child.kill('SIGCONT');
    await ended;
  };
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    kill: () => end('SIGKILL'),
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
    flush: async () => {
      const answer = await ask(port, 'FLUSHALL');
      if (!answer.startsWith('+OK')) throw new Error(`FLUSHALL: ${answer}`);
    },
    ask: (command) => ask(port, command),
    restart: async () => {
      await end('SIGTERM');
      child = await start();
    },
    stop: async () => {
      await end('SIGTERM');
      process.removeListener('exit', atExit);
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

async function launch(binary: string, args: string[], port: number): Promise<ChildProcess> {
  let said = '';
  const child = spawn(binary, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.on('data', (chunk) => {
    said = `${said}${chunk}`.slice(-4000);
  });
  child.stderr.on('data', (chunk) => {
    said = `${said}${chunk}`.slice(-4000);
  });
  for (let tries = 0; tries < 500; tries += 1) {
    if (child.exitCode !== null) break;
    // Loading a dump answers -LOADING, so only a PONG will do.
    if ((await ask(port, 'PING').catch(() => '')).startsWith('+PONG')) return child;
    await sleep(20);
  }
  child.kill('SIGKILL');
  throw new Error(`redis-server did not start: ${said}`);
}

/** One command without a client library, whose reconnecting would hide what we look at. */
function ask(port: number, command: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1' }, () => socket.write(`${command}\r\n`));
    socket.setTimeout(10_000, () => socket.destroy(new Error('redis-server does not answer')));
    socket.setEncoding('utf8');
    socket.once('data', (chunk) => {
      socket.destroy();
      resolve(String(chunk));
    });
    socket.once('error', reject);
  });
}

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
