import { createHash } from 'node:crypto';
import type { EncryptionKey } from '../installation.ts';
import type { Problem } from './problem.ts';

const PATH = 'ENCRYPTION_KEY';
const MAKE = 'make one with: openssl rand -hex 32';
const LIST =
  'write id:key, and to replace it new:key,old:key until the next start has written all tokens anew';
const BYTES = 32;
/** Of 32 random bytes some 30 differ; a key that somebody made up repeats itself. */
const LEAST_DIFFERENT = 16;
const ID = /^[A-Za-z0-9_-]{1,24}$/;

const complain = (problems: Problem[], reason: string, fix: string): void =>
  void problems.push({ path: PATH, reason, fix });

/** 64 hexadecimal digits, or 32 bytes as Base64 of either alphabet; null for anything else. */
function bytesOf(written: string): Buffer | null {
  if (/^[0-9a-f]{64}$/i.test(written)) return Buffer.from(written, 'hex');
  if (!/^[\w+/-]{43}=?$/.test(written)) return null;
  const bytes = Buffer.from(written.replaceAll('-', '+').replaceAll('_', '/'), 'base64');
  return bytes.length === BYTES ? bytes : null;
}

/** A key without an id is named after its own digest: the same key always has the same name. */
const nameOf = (key: Buffer): string => createHash('sha256').update(key).digest('hex').slice(0, 8);

function readOne(written: string, problems: Problem[]): EncryptionKey | null {
  const parts = written.split(':');
  const [id = '', key = ''] = parts.length === 1 ? ['', written] : parts;
  if (parts.length > 2 || (parts.length === 2 && !ID.test(id))) {
    complain(problems, 'has a key whose id cannot be read', LIST);
    return null;
  }
  const bytes = bytesOf(key);
  if (bytes === null) {
    complain(problems, 'has a key that is not 32 bytes, as 64 hexadecimal digits or Base64', MAKE);
    return null;
  }
  if (new Set(bytes).size < LEAST_DIFFERENT) {
    complain(problems, 'has a key that is no random one', MAKE);
    return null;
  }
  return { id: id === '' ? nameOf(bytes) : id, key: bytes };
}

/**
 * The keys that tokens are encrypted with, the newest first: it encrypts, all of them decrypt.
 *
 * Written as `id:key,id:key` or without ids. What is wrong is added to `problems`, never with a key.
 */
export function readEncryptionKeys(written: string, problems: Problem[]): readonly EncryptionKey[] {
  const keys = written
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '')
    .flatMap((one) => readOne(one, problems) ?? []);
  const ids = keys.map(({ id }) => id);
  const twice = ids.find((id, at) => ids.indexOf(id) !== at);
  if (twice !== undefined) complain(problems, `has two keys called ${twice}`, LIST);
  return keys;
}
