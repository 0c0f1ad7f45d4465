import { timeOfDay } from './clock.ts';
import { fold, matchAt, originOf } from './fold.ts';
import { type Form, scanForm } from './scan.ts';

/** A figure that may be a clock, with what stands directly before it. */
const CANDIDATE = /(?:^|[\s(,])(?=~?\d{1,2}(?::\d{2}(?!\d)| ?[ap]\.?m\b))/giu;
const AFTER_AT = /(?:^|[\s(,])at $/i;
/** Before the last word of a line: what makes a figure a length, a ratio or a score. */
const MEASURED =
  /\b(?:ratio|odds|scale|score|took|takes|taking|for|lasted|lasting|within|in|after|every|than|of|to|is|was|version|chapter|verse|port|aspect|by|and|from|until|till|before|another|over|under|only|just|about) $/i;
const END = /[.!]?\s*$/y;
/** Nobody chooses from more. */
const MOST = 2;

/**
 * The unmistakable clock times inside a text or at its end, as typed: after `at`, in brackets, or as
 * its last word (`rolled back at 14:20`, `restarted pool (14:31 UTC)`). They are not used: whoever
 * typed them is asked.
 */
export function timesWithin(text: string): readonly string[] {
  const folded = fold(text);
  const found = new Set<string>();
  let end = 0;
  for (const { index, 0: before } of folded.text.matchAll(CANDIDATE)) {
    const start = index + before.length;
    const form = start === 0 || start < end ? null : scanForm(folded.text, start, 'bare');
    if (form === null || !isClock(form) || !isSetOff(folded.text, start, form)) continue;
    end = form.end;
    found.add(text.slice(originOf(folded, start), originOf(folded, end)).trim());
  }
  return [...found].slice(0, MOST);
}

function isClock({ clock, date, range }: Form): boolean {
  if (clock === null || date !== null || range !== null || !timeOfDay(clock).ok) return false;
  return clock.style === 'colon' || clock.meridiem !== null;
}

function isSetOff(text: string, start: number, { clock, end }: Form): boolean {
  const before = text.slice(Math.max(0, start - 20), start);
  if (AFTER_AT.test(before)) return true;
  if (before.endsWith('(') && text[end] === ')') return true;
  // `3:10` at the end may be a score; `03:10` and `14:10` are clocks.
  const sure = clock?.meridiem != null || /^\d\d/.test(clock?.typed ?? '');
  return sure && matchAt(END, text, end) !== null && !MEASURED.test(before);
}
