import type { Kind } from '../words.ts';

/** One line of what somebody pasted, without bullet and markup. Lines are counted as pasted, from 1. */
export interface PastedLine {
  readonly line: number;
  readonly text: string;
  /** By the tags at its end. */
  readonly kinds: readonly Kind[];
  /** Whether it is marked as a heading, a row of a list or table, several lines of code, or nothing. */
  readonly mark: 'heading' | 'item' | 'code' | null;
}

/** Pasted lines with what is needed to read them. */
export interface Pasted {
  /** `2026-05-07`: the day of the first line. */
  readonly date: string;
  /** As typed: an IANA name, an abbreviation or an offset. */
  readonly zone: string;
  readonly lines: readonly PastedLine[];
  /** What was answered about single lines, by their numbers; 0 is about all of them. */
  readonly answers: Readonly<Record<number, string>>;
  /** Whether the kinds that were proposed are to be taken. */
  readonly proposed: boolean;
}

/** Answers that are no time. */
export const UNTIMED = 'no time';
export const LEFT_OUT = 'left out';
export const KEEP = 'keep';
export const GOES_ON = 'goes on';
/** `zone +3 GMT`, `date 2026-05-07`: for the lines below. */
export const ZONE = 'zone ';
export const DATE = 'date ';

/** At most so many lines become entries at once. */
export const MOST_LINES = 500;

const HEADING = /^#{1,6}\s+|<h[1-6]\b[^>]*>/i;
const TAG =
  /<\/?(?:li|p|h[1-6]|ul|ol|tr|td|th|table|tbody|thead|div|span|br|b|strong|em|i|u|code|dl|dt|dd|section)(?:\s[^<>]*)?\/?>/gi;
const BULLET = /^(?:[-*+•·‣▪◦○●–—]|\d{1,2}[.)])\s+(?=\S)/u;
const ENTITIES: Readonly<Record<string, string>> = {
  '&nbsp;': ' ',
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&ndash;': '–',
  '&mdash;': '—',
};

/** A pasted line without what only says how it looked; its words stay as they are. */
export function withoutMarkup(pasted: string): Pick<PastedLine, 'text' | 'mark'> {
  const heading = HEADING.test(pasted.trimStart());
  const plain = untagged(pasted).trim();
  const isRow = plain.startsWith('|');
  const cells = isRow ? plain.replace(/^\|\s*|\s*\|$/g, '') : plain.replace(/^#{1,6}\s+/, '');
  const text = cells.replace(BULLET, '').trim();
  if (heading) return { text, mark: 'heading' };
  const item = isRow || text !== cells || /<(?:li|tr|p|dt)\b/i.test(pasted);
  return { text, mark: item ? 'item' : null };
}

function untagged(pasted: string): string {
  // Without a tag nothing is an entity either: `&lt;` may be what somebody wrote about.
  if (pasted.search(TAG) === -1) return pasted;
  return pasted
    .replace(/<\/t[dh]>/gi, ' ')
    .replace(TAG, '')
    .replace(/&(?:nbsp|amp|lt|gt|quot|#39|ndash|mdash);/g, (entity) => ENTITIES[entity] ?? entity);
}
