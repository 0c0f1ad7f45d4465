import { randomBytes } from 'node:crypto';
import { chmod, type FileHandle, open, readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { codeOf, whenCode } from './trouble.ts';

/** Reads the password in this file, or makes one up and keeps it there, readable by us alone (0600). */
export async function secretIn(file: string): Promise<string> {
  const found = (
    await readFile(file, 'utf8').catch(whenCode('ENOENT', '')).catch(unreadable(file))
  ).trim();
  if (found !== '') {
    await chmod(file, 0o600);
    return found;
  }
  const secret = randomBytes(24).toString('base64url');
  await writePrivately(file, `${secret}\n`);
  return secret;
}

/** Writes a 0600 file whatever the umask says, and has it on the disk before returning. */
export async function writePrivately(file: string, text: string): Promise<void> {
  const handle = await open(file, 'w', 0o600);
  try {
    await keepPrivate(handle, file);
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Closes the file to others; what root makes belongs to whoever the directory belongs to, who may be next to start. */
export async function keepPrivate(handle: FileHandle, file: string): Promise<void> {
  await handle.chmod(0o600);
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = await stat(dirname(file));
  await handle.chown(uid, gid);
}

const unreadable = (file: string) => (error: unknown) => {
  throw new Error(
    `${file} cannot be read (${codeOf(error)}): start Muster as the user who started it first, or hand the directory over with chown -R.`,
    { cause: error },
  );
};
