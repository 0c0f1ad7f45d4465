import { readFile, stat } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { layout, ROLE } from './layout.ts';

const textOf = async (path: string): Promise<string> =>
  (await readFile(path, 'utf8').catch(() => '')).trim();

const listens = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = createConnection({ port, host: '127.0.0.1' });
    const end = (there: boolean): void => {
      socket.destroy();
      resolve(there);
    };
    socket.once('connect', () => end(true)).once('error', () => end(false));
  });

const placeIn = async (dataDir: string) =>
  layout((await textOf(join(dataDir, 'postgres-location'))) || join(dataDir, 'postgres'));

/** Whether an embedded PostgreSQL was ever made for this DATA_DIR. */
export async function isEmbeddedThere(dataDir: string): Promise<boolean> {
  const { data } = await placeIn(dataDir);
  return stat(join(data, 'PG_VERSION')).then(
    () => true,
    // One that belongs to another account is there.
    (error: NodeJS.ErrnoException) => error.code !== 'ENOENT' && error.code !== 'ENOTDIR',
  );
}

/** Where the embedded PostgreSQL of this DATA_DIR is, while a Muster runs it; null when none does. */
export async function runningEmbedded(dataDir: string): Promise<string | null> {
  const place = await placeIn(dataDir);
  const [port, password] = await Promise.all([textOf(place.port), textOf(place.password)]);
  if (port === '' || password === '' || !(await listens(Number(port)))) return null;
  return `postgres://${ROLE}:${password}@127.0.0.1:${port}/${ROLE}`;
}
