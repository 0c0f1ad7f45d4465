import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { codeOf } from './trouble.ts';

/**
 * Makes this process the only owner of `home`, or says who is.
 *
 * The lock is a listening unix socket: the kernel answers for the owner even while it is frozen and stops
 * answering the moment it dies, in every container that shares the directory. A pid file can do neither.
 *
 * Everyone listens under a name of their own, never used again, so removing a dead one cannot hit a living one.
 * Who looked around after publishing their name and saw nobody is the owner: of two that publish at the same
 * time at least one sees the other. Of two that see each other the greater name steps back and tries again.
 */
export async function takeOwnership(home: string): Promise<() => Promise<void>> {
  const directory = await lockDirectory(home);
  const deadline = performance.now() + 5000;
  while (performance.now() < deadline) {
    const claim = await publish(directory);
    const release = await compete(directory, claim, home, deadline).catch(async (error) => {
      await claim.withdraw();
      throw error;
    });
    if (release !== null) return release;
    await claim.withdraw();
    await sleep(50 + Math.random() * 150);
  }
  throw inUse(home, '');
}

interface Claim {
  readonly name: string;
  /** From now on says that it owns, not that it would like to. */
  own(): void;
  withdraw(): Promise<void>;
}

/** Resolves with the way to release, or with null when somebody else should try first. */
async function compete(directory: string, claim: Claim, home: string, deadline: number) {
  while (performance.now() < deadline) {
    const others = await findOthers(directory, claim.name);
    const owner = others.find(({ candidate }) => !candidate);
    if (owner !== undefined) throw inUse(home, owner.words);
    if (others.length === 0) {
      claim.own();
      return claim.withdraw;
    }
    if (others.some(({ name }) => name < claim.name)) return null;
    await sleep(10);
  }
  return null;
}

/** Listens first and takes the public name after, so that nobody finds the name without a listener. */
async function publish(directory: string): Promise<Claim> {
  const id = randomBytes(6).toString('hex');
  const name = `owner-${id}`;
  let words = 'candidate';
  const server = await listen(join(directory, `new-${id}`), () => words);
  await rename(join(directory, `new-${id}`), join(directory, name));
  return {
    name,
    own: () => {
      words = `pid ${process.pid} on ${hostname()}, since ${new Date().toISOString()}`;
    },
    withdraw: async () => {
      await rm(join(directory, name), { force: true });
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** Everyone else who is alive; the names of the dead are removed. */
async function findOthers(directory: string, ours: string) {
  const found: { name: string; candidate: boolean; words: string }[] = [];
  for (const name of await readdir(directory)) {
    if (!name.startsWith('owner-') || name === ours) continue;
    const words = await ask(join(directory, name));
    if (words === null) await rm(join(directory, name), { force: true });
    else found.push({ name, words, candidate: words === 'candidate' });
  }
  return found;
}

/** Unix socket paths end at about 104 bytes; a longer one moves to the temporary directory. */
async function lockDirectory(home: string): Promise<string> {
  const hash = createHash('sha256').update(home).digest('hex').slice(0, 16);
  const near = join(home, 'lock');
  const directory = Buffer.byteLength(near) <= 80 ? near : join(tmpdir(), `muster-lock-${hash}`);
  await mkdir(directory, { recursive: true, mode: 0o700 });
  return directory;
}

const inUse = (home: string, owner: string) =>
  new Error(
    `Another Muster${owner && ` (${owner})`} is using the data in ${home}: stop it first, give this one its own DATA_DIR, or set DATABASE_URL to share one PostgreSQL between several.`,
  );

function listen(path: string, words: () => string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => {
      socket.on('error', () => socket.destroy());
      socket.end(words());
    });
    server.unref();
    server.once('error', (error) => {
      reject(
        new Error(
          `The lock ${path} cannot be made (${codeOf(error)}): DATA_DIR must be on a local disk that Muster may write.`,
          { cause: error },
        ),
      );
    });
    // The directory keeps strangers out; root and the data's owner must be able to ask each other.
    server.listen({ path, readableAll: true, writableAll: true }, () => resolve(server));
  });
}

/** What the listener says; an empty string when it is frozen and says nothing, null when it is dead. */
function ask(path: string): Promise<string | null> {
  return new Promise((resolve, reject) => {
    let words = '';
    const socket = connect(path);
    const busy = setTimeout(() => socket.destroy(), 1000);
    socket.setEncoding('utf8');
    socket.on('data', (chunk) => {
      words += chunk;
    });
    socket.once('error', (error) => {
      clearTimeout(busy);
      if (['ECONNREFUSED', 'ENOENT', 'ECONNRESET'].includes(codeOf(error))) resolve(null);
      else reject(notAllowed(path, error));
    });
    socket.once('close', () => {
      clearTimeout(busy);
      resolve(words);
    });
  });
}

const notAllowed = (path: string, error: Error) =>
  new Error(
    `${path} cannot be asked who owns the data (${codeOf(error)}): start Muster as the user who started it first, or remove that file when no Muster runs.`,
    { cause: error },
  );
