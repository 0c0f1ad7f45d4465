import { spawn } from 'node:child_process';
import {
  chmod,
  chown,
  lstat,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import postgres from 'postgres';
import type { Account } from './account.ts';
import type { Binaries } from './binaries.ts';
import { ADMIN, type Layout, ROLE } from './layout.ts';
import { writePrivately } from './secrets.ts';
import { explain, whenCode } from './trouble.ts';

/** Who may connect: anyone who knows a password, from this machine. */
const DOORS = '# Written by Muster at every start.\nhost all all 127.0.0.1/32 scram-sha-256\n';

const UNFINISHED = 'unfinished-';

/** Everything needed to make a data directory. */
export interface Making {
  readonly place: Layout;
  readonly binaries: Binaries;
  readonly account: Account;
  readonly adminPassword: string;
  /** Whether a power cut while making it matters. */
  readonly sync: boolean;
}

/** Makes the data directory when there is none, and refuses one that these programs cannot read. */
export async function ensureData(making: Making): Promise<void> {
  const { place, binaries, account } = making;
  const version = await readFile(join(place.data, 'PG_VERSION'), 'utf8').catch(
    whenCode('ENOENT', ''),
  );
  if (version === '') await initialise(making);
  else if (version.trim() !== binaries.major) throw otherVersion(version.trim(), making);
  if (account !== null) await handOver(place.data, account);
  await chmod(place.data, 0o700);
  await writeFile(join(place.data, 'pg_hba.conf'), DOORS);
}

const otherVersion = (found: string, { place, binaries }: Making) =>
  new Error(
    `The data in ${place.data} was written by PostgreSQL ${found}, and this Muster brings ${binaries.major}: start the Muster that wrote it, save the data with pg_dump, move the directory away, start this one and load it; or set DATABASE_URL.`,
  );

/**
 * Works in a directory of another name, so that a crash half-way leaves nothing that looks finished; a new
 * name each time, because the initdb of a killed owner may still be writing in the old one.
 */
async function initialise({
  place,
  binaries,
  account,
  adminPassword,
  sync,
}: Making): Promise<void> {
  await removeUnfinished(place.home);
  const unfinished = await mkdtemp(join(place.home, UNFINISHED));
  const passwordFile = `${unfinished}.password`;
  await writePrivately(passwordFile, `${adminPassword}\n`);
  if (account !== null) {
    await chown(unfinished, account.uid, account.gid);
    await chown(passwordFile, account.uid, account.gid);
  }
  try {
    const { code, said } = await run(
      binaries.initdb,
      [
        `--pgdata=${unfinished}`,
        `--username=${ADMIN}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale=C',
        // Built into the server, so it exists and sorts the same on every system.
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--no-instructions',
        ...(sync ? [] : ['--no-sync']),
      ],
      account,
    );
    if (code !== 0) throw explain('make its data directory', said, place.home);
  } finally {
    await rm(passwordFile, { force: true });
  }
  await rename(unfinished, place.data);
}

/** What cannot be removed now will be next time; it is in nobody's way. */
async function removeUnfinished(home: string): Promise<void> {
  const names = (await readdir(home)).filter((name) => name.startsWith(UNFINISHED));
  for (const name of names) {
    await rm(join(home, name), { recursive: true, force: true, maxRetries: 3 }).catch(() => {});
  }
}

/** Data restored from a backup by root belongs to root, and PostgreSQL will not touch it. */
async function handOver(directory: string, account: { uid: number; gid: number }): Promise<void> {
  const { uid } = await lstat(directory);
  if (uid !== 0) return;
  const inside = await readdir(directory, { recursive: true });
  for (const name of inside) await chown(join(directory, name), account.uid, account.gid);
  await chown(directory, account.uid, account.gid);
}

/** Makes the application's role and database when missing; its password is set again every time. */
export async function ensureDatabase(adminUrl: string, password: string): Promise<void> {
  const admin = postgres(adminUrl, { max: 1, connect_timeout: 5, onnotice: () => {} });
  try {
    const [found] = await admin`select
      exists(select from pg_roles where rolname = ${ROLE}) as role,
      exists(select from pg_database where datname = ${ROLE}) as database`;
    if (!found?.role) await admin.unsafe(`create role ${ROLE}`);
    await admin.unsafe(`alter role ${ROLE} with login nosuperuser password '${password}'`);
    if (!found?.database) await admin.unsafe(`create database ${ROLE} owner ${ROLE}`);
  } finally {
    await admin.end({ timeout: 1 });
  }
}

/** Runs a program as the account and keeps what it says on either stream. */
function run(program: string, flags: string[], account: Account) {
  return new Promise<{ code: number | null; said: string }>((resolve) => {
    let said = '';
    const child = spawn(program, flags, {
      ...account,
      env: { LC_ALL: 'C', TZ: 'UTC' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8');
      stream.on('data', (chunk: string) => {
        said += chunk;
      });
    }
    child.once('error', (error) => resolve({ code: null, said: `error: ${error.message}` }));
    child.once('close', (code) => resolve({ code, said }));
  });
}
