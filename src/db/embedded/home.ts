import { createHash } from 'node:crypto';
import { access, chmod, constants, mkdir, readFile, realpath, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Account, accountFor, canReach } from './account.ts';
import type { Log } from './layout.ts';
import { codeOf, whenCode } from './trouble.ts';

/** Where data goes when root's DATA_DIR cannot be reached by the account PostgreSQL runs as. */
const ELSEWHERE = '/var/lib/muster';

/** Named in DATA_DIR when the data lies elsewhere, so that it stays there between starts. */
const POINTER = 'postgres-location';

/**
 * Finds the directory for PostgreSQL's files and makes it: `DATA_DIR/postgres`, or below
 * `/var/lib/muster` when we are root and an unprivileged account cannot get into DATA_DIR.
 */
export async function findHome(dataDir: string, account: Account, log: Log): Promise<string> {
  const root = await makeDataDir(dataDir, account);
  const pointer = join(root, POINTER);
  const pointed = (await readFile(pointer, 'utf8').catch(whenCode('ENOENT', ''))).trim();
  const near = join(root, 'postgres');

  const owner = await accountFor(join(near, 'data'), account);
  if (pointed === '' && (await canReach(root, owner))) return makeHome(near, account);
  if (pointed === '') await refuseToLeaveBehind(near);

  const home = pointed || join(ELSEWHERE, hash(root));
  await makeHome(ELSEWHERE, account, 0o755);
  await makeHome(home, account);
  if (!(await canReach(home, account))) throw cannotReach(root);
  await writeFile(pointer, `${home}\n`);
  log(`PostgreSQL cannot reach ${root} when Muster runs as root: its data is in ${home}`, { home });
  return home;
}

async function makeDataDir(dataDir: string, account: Account): Promise<string> {
  try {
    const made = await mkdir(dataDir, { recursive: true });
    if (made !== undefined) await chmod(dataDir, account === null ? 0o700 : 0o711);
    return await realpath(dataDir);
  } catch (error) {
    const why = codeOf(error);
    throw new Error(
      `DATA_DIR ${dataDir} cannot be made (${why}): point it at a directory Muster may write.`,
      {
        cause: error,
      },
    );
  }
}

/** As root the account must pass through to its data, but see nothing else. */
async function makeHome(home: string, account: Account, mode = 0o711): Promise<string> {
  try {
    const made = await mkdir(home, { recursive: true });
    if (made !== undefined) await chmod(home, account === null ? 0o700 : mode);
    await access(home, constants.W_OK | constants.X_OK);
    return home;
  } catch (error) {
    throw new Error(
      `${home} cannot be written (${codeOf(error)}): start Muster as the user who owns it, point DATA_DIR somewhere else, or set DATABASE_URL.`,
      { cause: error },
    );
  }
}

/** Permissions tightened after the first start must not make the data look lost. */
async function refuseToLeaveBehind(near: string): Promise<void> {
  const there = await access(join(near, 'data')).then(
    () => true,
    () => false,
  );
  if (there) throw cannotReach(near);
}

const cannotReach = (path: string) =>
  new Error(
    `The account PostgreSQL runs as cannot get into ${path}: allow passing through (chmod o+x on it and the directories above), start Muster as an ordinary user, or set DATABASE_URL.`,
  );

const hash = (path: string) => createHash('sha256').update(path).digest('hex').slice(0, 12);
