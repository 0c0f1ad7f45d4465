import { DAY, HOUR, MINUTE } from '../instant.ts';
import { ok, type Refusal, type Result, refuse } from '../result.ts';
import { endsHere, fold, matchAt, skipSpaces } from './fold.ts';
import { quote } from './reading.ts';

const SECOND = 1000;

const UNITS: readonly (readonly [RegExp, number])[] = [
  [/s(?:ec(?:ond)?s?)?\b\.?/iy, SECOND],
  [/m(?:in(?:ute)?s?)?(?![a-z])\.?/iy, MINUTE],
  [/h(?:(?:ou)?rs?)?(?![a-z])\.?/iy, HOUR],
  [/d(?:ays?)?(?![a-z])/iy, DAY],
  [/w(?:(?:ee)?ks?)?(?![a-z])/iy, 7 * DAY],
];

const NUMBERS: Readonly<Record<string, number>> = {
  a: 1,
  an: 1,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  fifteen: 15,
  twenty: 20,
  thirty: 30,
  forty: 40,
  fifty: 50,
  sixty: 60,
  ninety: 90,
};

const HALF = /half (?:an? )?(hour|day|minute)\b/iy;
const QUARTER = /(?:a )?quarter (?:of )?(?:an )?hour\b/iy;
const AND_A_HALF = / and a half\b/iy;
const AMOUNT = /\d{1,5}(?:[.,]\d{1,3})?(?!\d)|(?:half )?[a-z]{1,7}(?= )/iy;
const JOIN = / ?(?:, ?)?(?:(?:and|&) )?/iy;

/** A length of time as found: `1h20m`, `an hour and a half`. */
export interface Length {
  readonly ms: number;
  readonly end: number;
  /** Whether only days and weeks were named, so that a calendar day is meant. */
  readonly days: boolean;
}

/** Reads a length of time that begins exactly here. */
export function scanLength(text: string, position: number): Length | null {
  let ms = 0;
  let end = -1;
  let days = true;
  let next = position;
  // A person names at most four units; a longer chain is not a time.
  for (let part = 0; part < 5; part++) {
    const piece = scanPart(text, next);
    if (piece === null) break;
    ms += piece.ms;
    days = days && piece.days;
    end = piece.end;
    next = end + (matchAt(JOIN, text, end)?.[0].length ?? 0);
  }
  return end < 0 ? null : { ms, end, days };
}

function scanPart(text: string, position: number): Length | null {
  const quarter = matchAt(QUARTER, text, position);
  if (quarter !== null) {
    return { ms: 15 * MINUTE, end: position + quarter[0].length, days: false };
  }
  const half = matchAt(HALF, text, position);
  if (half !== null) {
    const unit = { hour: HOUR, day: DAY, minute: MINUTE }[half[1]?.toLowerCase() ?? ''] ?? HOUR;
    return { ms: unit / 2, end: position + half[0].length, days: false };
  }
  const amount = matchAt(AMOUNT, text, position);
  if (amount === null) return null;
  const count = NUMBERS[amount[0].toLowerCase()] ?? Number(amount[0].replace(',', '.'));
  if (Number.isNaN(count)) return null;
  const unit = scanUnit(text, skipSpaces(text, position + amount[0].length));
  if (unit === null) return null;
  const extra = matchAt(AND_A_HALF, text, unit.end);
  const ms = Math.round((count + (extra === null ? 0 : 0.5)) * unit.ms);
  return { ms, end: unit.end + (extra?.[0].length ?? 0), days: unit.days };
}

function scanUnit(text: string, position: number): Length | null {
  for (const [pattern, ms] of UNITS) {
    const found = matchAt(pattern, text, position);
    if (found !== null) return { ms, end: position + found[0].length, days: ms >= DAY };
  }
  return null;
}

const CLOCKLIKE = /^(\d{1,3}):([0-5]\d)(?::([0-5]\d))?(?: ?(h|hrs?|hours?|m|min))?$/i;
const APPROXIMATELY = /^(?:~|about |around |approx(?:imately|\.)? |ca?\. |circa |roughly )\s*/i;

/** Reads a published length of time: `39 min`, `1h20m`, `3 h 15 min`, `1:30 h`, `90s`. */
export function readDuration(typed: string): Result<{ readonly ms: number }, Refusal> {
  const text = fold(typed).text.trim().replace(APPROXIMATELY, '');
  const clocklike = CLOCKLIKE.exec(text);
  if (clocklike !== null) return readClocklike(clocklike, typed);
  const length = scanLength(text, 0);
  if (length !== null && length.end === text.length) return ok({ ms: length.ms });
  if (/^\d{1,5}$/.test(text)) {
    return refuse(`${quote(typed)} has no unit: minutes or hours?`, `${text} min`);
  }
  return refuse(`I cannot read a length of time in ${quote(typed)}`, '1h20m');
}

function readClocklike(
  found: RegExpExecArray,
  typed: string,
): Result<{ readonly ms: number }, Refusal> {
  const [, first, second, third, unit] = found;
  const [a, b, c] = [Number(first), Number(second), Number(third ?? 0)];
  if (third === undefined && unit === undefined) {
    return refuse(`${quote(typed)} has no unit: hours and minutes?`, `${a}h${second}m`);
  }
  const inMinutes = unit?.toLowerCase().startsWith('m') === true && third === undefined;
  return ok({ ms: inMinutes ? a * MINUTE + b * SECOND : a * HOUR + b * MINUTE + c * SECOND });
}

/** A time counted from now, as written. */
export interface Offset {
  readonly ms: number;
  readonly direction: 'ago' | 'ahead';
  readonly days: boolean;
  readonly end: number;
}

const IN = /in /iy;
const AGO = / ?(ago|from now)/iy;

/** Reads `10m ago`, `an hour ago`, `in 10m`, `5 min from now` beginning exactly here. */
export function scanOffset(text: string, position: number): Offset | null {
  const ahead = matchAt(IN, text, position);
  const length = scanLength(text, position + (ahead?.[0].length ?? 0));
  if (length === null) return null;
  if (ahead !== null && endsHere(text, length.end)) return { ...length, direction: 'ahead' };
  const ago = matchAt(AGO, text, length.end);
  if (ahead !== null || ago === null) return null;
  const end = length.end + ago[0].length;
  if (!endsHere(text, end)) return null;
  const direction = ago[1]?.toLowerCase() === 'ago' ? 'ago' : 'ahead';
  return { ms: length.ms, days: length.days, direction, end };
}
