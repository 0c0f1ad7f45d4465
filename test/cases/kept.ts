import type { PresetName } from '../../src/domain/words.ts';

/** Where the drafts are kept, for people to read. */
export const KEPT = new URL('../../docs/drafts/', import.meta.url);

/** Where one is kept. */
export const keptAt = (script: string, preset: PresetName): URL =>
  new URL(`${script}/${preset}.md`, KEPT);

/** What stands in kept drafts where a hash stood. */
export const NOT_KEPT = 'not-kept';

const HASH = /(?<=, hash `)[\w-]{43}(?=`)/g;

/** A draft as it is kept: the hash of the audit is salted, and so another one in every run. */
export const asKept = (draft: string): string => draft.replaceAll(HASH, NOT_KEPT);
