import { type Clock, timeOfDay } from './clock.ts';
import type { Form } from './scan.ts';

/** Whether the form can be nothing but a time, so that no `at` is needed before it. */
export function isUnmistakable(form: Form): boolean {
  if (form.offset !== null) return form.offset.direction === 'ago';
  const { clock, range } = form;
  if (clock === null) return false;
  if (range !== null && /hrs?$/i.test(range.second)) return true;
  return isClear(clock) || hasClearZone(form, clock) || hasFullDate(form, clock);
}

function isClear(clock: Clock): boolean {
  if (clock.meridiem !== null) return true;
  switch (clock.style) {
    case 'colon':
    case 'h':
      return true;
    case 'unknown':
      // `x:1` is a ratio; `2X:XX` is a time that nobody remembers.
      return clock.typed.includes(':') && clock.typed.length >= 4;
    case 'digits':
      // `500 hrs of video` is text.
      return /^hrs?$/i.test(clock.hours) && (clock.hours.startsWith('H') || figures(clock) === 4);
    default:
      return false;
  }
}

function figures(clock: Clock): number {
  return /^\d+/.exec(clock.typed)?.[0].length ?? 0;
}

// `1449Z`, `0830 UTC`, `0830 +03:00`: four digits and a zone that is no word.
function hasClearZone({ zone }: Form, clock: Clock): boolean {
  if (zone === null || clock.style !== 'digits' || figures(clock) !== 4) return false;
  return timeOfDay(clock).ok && /^[([]?(?:Z|UTC|GMT|[+-]\d)/i.test(zone);
}

// `07.05.2026 14.49`: after a date with its year a figure is a clock time.
function hasFullDate({ date }: Form, clock: Clock): boolean {
  if (date?.kind !== 'day' && date?.kind !== 'ambiguous') return false;
  const written = clock.style === 'dot' || (clock.style === 'digits' && figures(clock) === 4);
  return written && timeOfDay(clock).ok;
}

/** Whether a person could well have meant a number: `at 500 errors per second`, `3h20 of downtime`. */
export function isLikelyText(form: Form): boolean {
  const { clock, zone } = form;
  if (clock === null || clock.meridiem !== null || /^hrs?$/i.test(clock.hours)) return false;
  if (clock.style === 'h') return /^\dh/i.test(clock.typed);
  return (clock.style === 'digits' || clock.style === 'dot') && zone === null;
}

/** Whether the time is set off from the text by more than a space. */
export function afterTime(text: string, end: number): boolean {
  return /^ ?(?:[,:;|–-]|$)/.test(text.slice(end, end + 2));
}

const CLOSING = /[\])*_`]{1,3}/y;

/** The position after what sets the time off from the text: `: `, ` - `, `, `. */
export function skipSeparators(text: string, position: number, wrapped: boolean): number {
  let next = position;
  if (wrapped) {
    CLOSING.lastIndex = next;
    next += CLOSING.exec(text)?.[0].length ?? 0;
  }
  for (let mark = 0; mark < 4; mark++) {
    while (text[next] === ' ') next++;
    if (!isSeparator(text, next)) break;
    next++;
  }
  while (text[next] === ' ') next++;
  return next;
}

function isSeparator(text: string, position: number): boolean {
  const [before, mark = '', after = ' '] = [text[position - 1], text[position], text[position + 1]];
  if (mark === '') return false;
  if (',;|'.includes(mark)) return true;
  if (mark === '–') return before !== ' ' || !/\d/.test(after);
  // `14:31 :fire: all down` begins with an emoji, `14:31 -5 nodes` with a number.
  if (mark === ':' || mark === '-') return after === ' ' || before !== ' ';
  return mark === '.' && after === ' ';
}
