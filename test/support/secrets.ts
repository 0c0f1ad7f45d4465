import { readFileSync } from 'node:fs';

/** A secret that somebody pasted; made up, and in pieces, so that nobody's scanner takes it for a leak. */
export interface Pasted {
  readonly what: string;
  readonly before: string;
  readonly secret: string;
  readonly after: string;
}

const FILE = new URL('../fixtures/secrets/secrets.json', import.meta.url);

type Stored = Omit<Pasted, 'secret'> & { readonly secret: readonly string[] };

export const SECRETS: readonly Pasted[] = (JSON.parse(readFileSync(FILE, 'utf8')) as Stored[]).map(
  (one) => ({ ...one, secret: one.secret.join('') }),
);

/** One of them, by what it is. */
export function secretCalled(what: string): Pasted {
  const found = SECRETS.find((one) => one.what === what);
  if (found === undefined) throw new Error(`there is no ${what} in the corpus`);
  return found;
}
