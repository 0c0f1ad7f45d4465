import { hash, randomBytes } from 'node:crypto';
import type { Seal } from '../../domain/archive.ts';
import type { Instant } from '../../domain/instant.ts';

// Two levels, so that what was written can one day be removed (a secret, a name) and the chain still
// holds: each piece of content has a salted digest, and the hashes that link the rows cover the
// digests. Without the salt nobody can guess from a digest what a removed text was.

/** What links a row of the audit to the one before it. */
export interface Link {
  readonly incidentId: string;
  readonly seq: number;
  readonly at: Instant;
  readonly actor: string | null;
  readonly source: string;
  readonly seals: readonly Seal[] | null;
}

/** Changes with the form of what is hashed, so that a later version can still check this one's rows. */
const FORM = 'muster audit 1';
const SALT_BYTES = 12;

/** Salts are drawn so many at a time: asking the system costs more than a digest. */
const DRAWN = SALT_BYTES * 256;

// In one call, which takes half of what an object that is fed and asked does.
const sha256 = (text: string): string => hash('sha256', text, 'base64url');

let drawn = Buffer.alloc(0);
let used = 0;

/** Twelve bytes that nobody can guess, and that were never used before. */
function salt(): string {
  if (used === drawn.length) {
    drawn = randomBytes(DRAWN);
    used = 0;
  }
  used += SALT_BYTES;
  return drawn.toString('base64url', used - SALT_BYTES, used);
}

/** JSON as of RFC 8785: members sorted, nothing between them. What is undefined is not there. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`);
    return `{${members.join(',')}}`;
  }
  return JSON.stringify(value) ?? 'null';
}

const digestOf = (of: string, salt: string, content: unknown): string =>
  sha256(`${of}\n${salt}\n${canonical(content)}`);

/** Seals a piece of content under its name. */
export function seal(of: string, content: unknown): Seal {
  const fresh = salt();
  return { of, salt: fresh, digest: digestOf(of, fresh, content) };
}

/** Whether this is the content that was sealed. */
export const holds = ({ of, salt, digest }: Seal, content: unknown): boolean =>
  digestOf(of, salt, content) === digest;

/** The hash of a row that follows one with the hash `previous`; empty for the first. */
export const linked = (
  previous: string,
  { incidentId, seq, at, actor, source, seals }: Link,
): string =>
  sha256(
    canonical([
      FORM,
      previous,
      incidentId,
      seq,
      at,
      actor,
      source,
      (seals ?? []).map(({ of, digest }) => [of, digest]),
    ]),
  );
