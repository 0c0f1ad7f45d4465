import { execFile } from 'node:child_process';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { whenCode } from './trouble.ts';

/** What PostgreSQL wrote about itself in its data directory. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  /** `ready` once it takes connections. */
  readonly status: string;
}

/** Reads `postmaster.pid`; null when there is none (or it is still being written). */
export async function readPostmaster(data: string): Promise<Postmaster | null> {
  const text = await readFile(pidFile(data), 'utf8').catch(whenCode('ENOENT', ''));
  const lines = text.split('\n');
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 1) return null;
  return { pid, port: Number(lines[3]), status: lines[7]?.trim() ?? '' };
}

/** Where PostgreSQL keeps its own lock. */
export const pidFile = (data: string) => join(data, 'postmaster.pid');

/** Whether that process is the PostgreSQL of this very data directory, and no reused number. */
export async function isPostmasterOf(pid: number, data: string): Promise<boolean> {
  const [program = '', ...words] = await commandLine(pid);
  return /(^|\/)postgres$/.test(program) && words.join(' ').startsWith(`-D ${data} `);
}

/** The workers of a server on this data; outside Linux we cannot tell and they end by themselves. */
export async function findWorkers(data: string): Promise<number[]> {
  const found: number[] = [];
  for (const name of await readdir('/proc').catch(() => [])) {
    const pid = Number(name);
    if (!Number.isInteger(pid)) continue;
    const works = await readlink(`/proc/${pid}/cwd`).catch(() => '');
    if (works !== data) continue;
    if ((await commandLine(pid)).join(' ').startsWith('postgres: ')) found.push(pid);
  }
  return found;
}

/** Resolves when the process is gone, or `false` when it still is there after `patience` ms. */
export async function isGone(pid: number, data: string, patience: number): Promise<boolean> {
  const deadline = performance.now() + patience;
  while (await isPostmasterOf(pid, data)) {
    if (performance.now() > deadline) return false;
    await sleep(20);
  }
  return true;
}

/** Sends a signal; false when there is no such process any more. */
export function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}

/** A dead process that nobody collected has an empty command line, so it counts as gone. */
async function commandLine(pid: number): Promise<string[]> {
  if (process.platform === 'linux') {
    const text = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    return text.split('\0');
  }
  const asked = await promisify(execFile)('ps', ['-ww', '-o', 'command=', '-p', String(pid)]).catch(
    () => null,
  );
  return splitCommand(asked?.stdout.trim() ?? '');
}

/** `ps` joins words by spaces; ours always continues with `-D`, so the program ends before that. */
function splitCommand(line: string): string[] {
  const at = line.indexOf(' -D ');
  return at < 0 ? [line] : [line.slice(0, at), ...line.slice(at + 1).split(' ')];
}
