import type { Term } from '../domain/search.ts';
import { readable } from './slack-tokens.ts';

/** A part of what was typed after `find`: a word, something in quotes, or a mention. */
export interface Part {
  readonly text: string;
  /** In quotes: never a filter. */
  readonly quoted: boolean;
  readonly not: boolean;
}

// Phones and word processors put curly quotes and dashes where straight ones were meant.
const PARTS = /([-–—]?)["“”„]([^"“”„]*)(?:["“”„]|$)|<[@!#][^<>]*>|\S+/g;
const NOT = /^[-–—](?=[^\s–—-])/;

/** Takes what was typed apart; an open quote goes to the end. */
export const partsOf = (text: string): readonly Part[] =>
  [...text.matchAll(PARTS)].map(([whole, dash, quoted]) =>
    quoted === undefined
      ? { text: whole.replace(NOT, ''), quoted: false, not: NOT.test(whole) }
      : { text: quoted.trim(), quoted: true, not: dash !== '' },
  );

/** What is left when the filters are taken out, as terms: `or` joins its neighbours. */
export function termsOf(parts: readonly Part[]): readonly Term[] {
  const terms: Term[] = [];
  let or = false;
  for (const { text, quoted, not } of parts) {
    if (!quoted && !not && /^or$/i.test(text) && terms.length > 0) {
      or = true;
    } else if (/[\p{L}\p{N}]/u.test(text)) {
      terms.push({ text: readable(text), exact: quoted, not, or });
      or = false;
    }
  }
  return terms;
}
