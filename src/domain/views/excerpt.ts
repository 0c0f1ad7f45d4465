import type { Term } from '../search.ts';
import { bold, type Line, type Span } from '../text.ts';
import { shortened } from './phrases.ts';

/** How much of the text stands before the first word that was looked for. */
const BEFORE = 60;
const WORD = /[\p{L}\p{M}\p{N}_]+/gu;

/** What PostgreSQL found, as a pattern: its words in a row, whatever stands between them. */
function patternOf(terms: readonly Term[]): RegExp | null {
  const each = terms.flatMap(({ text, exact, not }) => {
    const words = not ? [] : [...text.matchAll(WORD)].map(([word]) => word);
    const end = exact ? '(?![\\p{L}\\p{N}])' : '[\\p{L}\\p{M}\\p{N}]*';
    return words.length === 0 ? [] : [`${words.join('[^\\p{L}\\p{N}]+')}${end}`];
  });
  return each.length === 0 ? null : new RegExp(`(?<![\\p{L}\\p{N}])(?:${each.join('|')})`, 'giu');
}

/** The part of a text around what was looked for, in one line, with the words set off. */
export function excerpt(text: string, terms: readonly Term[], limit: number): Line {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  const pattern = patternOf(terms);
  const first = pattern === null ? -1 : line.search(pattern);
  const from = line.length <= limit || first <= BEFORE ? 0 : wordBefore(line, first - BEFORE);
  const part = `${from > 0 ? '…' : ''}${shortened(line.slice(from), limit)}`;
  return pattern === null ? [part] : setOff(part, pattern);
}

/** Where a word begins, at or somewhat after a place: never within a character. */
function wordBefore(line: string, place: number): number {
  const blank = line.indexOf(' ', place);
  if (blank >= 0 && blank < place + BEFORE) return blank + 1;
  const isInside = /[\uDC00-\uDFFF]/.test(line.charAt(place));
  return isInside ? place + 1 : place;
}

function setOff(part: string, pattern: RegExp): Line {
  const spans: Span[] = [];
  let end = 0;
  for (const { index, 0: word } of part.matchAll(pattern)) {
    if (index > end) spans.push(part.slice(end, index));
    spans.push(bold(word));
    end = index + word.length;
  }
  return end < part.length ? [...spans, part.slice(end)] : spans;
}
