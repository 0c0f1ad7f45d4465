import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { writePrivately } from './secrets.ts';

/** The port of last time when it is free, else another free one, remembered in the file. */
export async function choosePort(file: string): Promise<number> {
  const remembered = Number(await readFile(file, 'utf8').catch(() => ''));
  for (const candidate of candidates(remembered)) {
    if (!(await isFree(candidate))) continue;
    if (candidate !== remembered) await rememberPort(file, candidate);
    return candidate;
  }
  throw new Error('No free port was found on 127.0.0.1 for PostgreSQL: set DATABASE_URL.');
}

/** Keeps the port for next time. */
export async function rememberPort(file: string, port: number): Promise<void> {
  await writePrivately(file, `${port}\n`);
}

/** Below the range from which the system picks ports for outgoing connections (32768 on Linux). */
function* candidates(remembered: number): Generator<number> {
  if (Number.isInteger(remembered) && remembered > 1023 && remembered < 65536) yield remembered;
  for (let tries = 0; tries < 50; tries += 1) yield 20_000 + Math.floor(Math.random() * 10_000);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ port, host: '127.0.0.1' }, () => probe.close(() => resolve(true)));
  });
}
