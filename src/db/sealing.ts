import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { EncryptionKey } from '../installation.ts';

const CIPHER = 'aes-256-gcm';
/** 96 bits, as GCM wants them; drawn anew each time. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** What was sealed cannot be opened: no such key, another place, or it was changed. */
export class CannotOpen extends Error {}

/** Seals texts so that only a holder of a key reads them, and only in the place they were sealed for. */
export interface Sealer {
  /** `place` is bound into it: the same text, moved to another row or column, does not open. */
  seal(text: string, place: string): string;
  /** Throws `CannotOpen`. */
  open(sealed: string, place: string): string;
  /** Whether it was sealed with the newest key. */
  isNewest(sealed: string): boolean;
}

/** AES-256-GCM: `id.nonce-text-tag`, the latter in Base64. The first key seals, all of them open. */
export function createSealer(keys: readonly EncryptionKey[]): Sealer {
  const [newest] = keys;
  if (newest === undefined) throw new Error('there is no key to encrypt with');
  return {
    seal(text, place) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(CIPHER, newest.key, nonce).setAAD(Buffer.from(place));
      const sealed = [nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()];
      return `${newest.id}.${Buffer.concat(sealed).toString('base64url')}`;
    },
    open(sealed, place) {
      const [id, body = ''] = sealed.split('.');
      const key = keys.find((one) => one.id === id)?.key;
      if (key === undefined)
        throw new CannotOpen('the key that it was encrypted with is not there');
      const bytes = Buffer.from(body, 'base64url');
      if (bytes.length < NONCE_BYTES + TAG_BYTES) throw new CannotOpen('it is cut off');
      const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE_BYTES), {
        authTagLength: TAG_BYTES,
      });
      decipher.setAAD(Buffer.from(place)).setAuthTag(bytes.subarray(-TAG_BYTES));
      try {
        const text = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES));
        return Buffer.concat([text, decipher.final()]).toString('utf8');
      } catch {
        throw new CannotOpen('it was changed, or belongs somewhere else');
      }
    },
    isNewest: (sealed) => sealed.startsWith(`${newest.id}.`),
  };
}
