import { execFile } from 'node:child_process';
import { readFile, realpath, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';

/** Who PostgreSQL runs as when this process is root; null when it simply runs as ourselves. */
export type Account = { readonly uid: number; readonly gid: number } | null;

/** Accounts we borrow when started as root, in this order; none is ever created. */
const BORROWED = ['muster', 'postgres', 'nobody'];

/** Chooses the account for PostgreSQL, which refuses to run as root. */
export async function chooseAccount(): Promise<Account> {
  if (process.getuid?.() !== 0) return null;
  for (const name of BORROWED) {
    const found = (await listed(name)) ?? (await looked(name));
    if (found !== null) return found;
  }
  throw new Error(
    `PostgreSQL refuses to run as root and none of the accounts ${BORROWED.join(', ')} exists: start Muster as an ordinary user, or set DATABASE_URL.`,
  );
}

/** Whoever owns existing data keeps it: a later start as root runs PostgreSQL as that owner. */
export async function accountFor(data: string, chosen: Account): Promise<Account> {
  const found = await stat(data).catch(() => null);
  if (found === null) return chosen;
  if (chosen !== null) return found.uid === 0 ? chosen : { uid: found.uid, gid: found.gid };
  if (found.uid === process.getuid?.()) return null;
  throw new Error(
    `The data in ${data} belongs to another user (uid ${found.uid}): start Muster as that user, hand the directory over with chown -R, or choose another DATA_DIR.`,
  );
}

/** Whether the account may pass through this directory and all above it. */
export async function canReach(directory: string, account: Account): Promise<boolean> {
  if (account === null) return true;
  for (let at = await realpath(directory); ; at = dirname(at)) {
    const { uid, gid, mode } = await stat(at);
    const shift = uid === account.uid ? 6 : gid === account.gid ? 3 : 0;
    if (((mode >> shift) & 1) === 0) return false;
    if (at === dirname(at)) return true;
  }
}

/** The account as the system's own file has it; a directory service is only known to `id`. */
async function listed(name: string): Promise<Account> {
  const text = await readFile('/etc/passwd', 'utf8').catch(() => '');
  const line = text.split('\n').find((each) => each.startsWith(`${name}:`));
  const [, , uid, gid] = (line ?? '').split(':').map(Number);
  return uid && gid && uid > 0 && gid > 0 ? { uid, gid } : null;
}

async function looked(name: string): Promise<Account> {
  const [uid, gid] = await Promise.all([idOf('-u', name), idOf('-g', name)]);
  return uid > 0 && gid > 0 ? { uid, gid } : null;
}

async function idOf(flag: string, name: string): Promise<number> {
  const asked = await promisify(execFile)('id', [flag, name]).catch(() => null);
  return Number(asked?.stdout.trim() ?? 0);
}
