import { type Clock, scanClock } from './clock.ts';
import { scanDate } from './dates.ts';
import { matchAt, skipSpaces } from './fold.ts';

const JOIN = / ?(?:[-–]|\b(?:to|and|til|till|until|through)\b) ?/iy;
const ZONE = / [A-Z]{2,4}(?![\p{L}\d])/uy;

interface Ranged {
  clock: Clock | null;
  range: { readonly first: string; readonly second: string } | null;
  end: number;
}

/** Notes in the draft that a second time follows the first: `13:30-13:45`, `13:30 to 13:45`. */
export function scanRange(draft: Ranged, text: string): boolean {
  const { clock, end } = draft;
  if (clock === null) return false;
  const join = matchAt(JOIN, text, end);
  if (join === null) return false;
  const date = scanDate(text, end + join[0].length);
  const from = date === null ? end + join[0].length : skipSpaces(text, date.end);
  const second = scanClock(text, from, clock.style === 'colon' ? 'strict' : 'full');
  if (second === null || !alike(clock, second.clock)) return false;
  if (isOffset(join[0], clock, second.clock)) return false;
  draft.range = { first: clock.typed, second: second.clock.typed };
  draft.end = second.end + (matchAt(ZONE, text, second.end)?.[0].length ?? 0);
  return true;
}

// `14:31 - 500 errors` is no range: a bare number must be written like the first time.
function alike(first: Clock, second: Clock): boolean {
  if (second.style === 'digits' && second.hours === '' && second.meridiem === null) {
    return first.style === 'digits' && second.typed.length === first.typed.length;
  }
  return second.style !== 'dot' || first.style === 'dot';
}

// `04:31 -05:00` is an offset, and so is `14:31-05:00`: as a range it would run backwards.
function isOffset(join: string, first: Clock, second: Clock): boolean {
  const possible = second.hour <= 12 && second.minute % 15 === 0 && second.meridiem === null;
  const later = second.hour * 60 + second.minute > first.hour * 60 + first.minute;
  return possible && (join === ' -' || (join === '-' && !later));
}
