import { DateTime } from 'luxon';
import { matchAt } from './fold.ts';
import { refuseTime, type TimeRefusal } from './reading.ts';

/** A calendar day, no zone. */
export interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** A day as written, not yet checked or counted. */
export type DateText =
  | { readonly kind: 'day'; readonly typed: string; readonly date: Day }
  | {
      readonly kind: 'yearless';
      readonly typed: string;
      readonly month: number;
      readonly day: number;
    }
  | { readonly kind: 'ambiguous'; readonly typed: string; readonly either: readonly Day[] }
  | { readonly kind: 'counted'; readonly typed: string; readonly days: number }
  | {
      readonly kind: 'weekday';
      readonly typed: string;
      readonly weekday: number;
      readonly which: 'last' | 'next' | null;
    };

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

const MONTH =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\b\\.?';
const YEAR = '((?:19|20)\\d{2})(?![\\d:.h]|-\\d)(?! ?(?:hrs|am|pm)\\b)';
// The look-ahead keeps `May 22:10` and `May 5.30pm` from giving up their clock as a day.
const DAY_OF_MONTH = '(\\d{1,2})(?:st|nd|rd|th)?(?![\\d:.]\\d|[\\p{L}\\d])';

const ISO = /(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)/y;
const COMPACT = /((?:19|20)\d{2})(\d{2})(\d{2})(?=T\d| \d|$)/y;
const NUMERIC = /(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?![\d:])/y;
const SHORT_NUMERIC = /(\d{1,2})\/(\d{1,2})(?=$|[ ,])/y;
const MONTH_FIRST = new RegExp(
  `${MONTH}(?: {1,2}|-)?${DAY_OF_MONTH}(?:(?:, ?| |-)${YEAR})?`,
  'iuy',
);
const DAY_FIRST = new RegExp(`${DAY_OF_MONTH}[ -]?(?:of )?${MONTH}(?:(?:, ?| |-)${YEAR})?`, 'iuy');
const TWO_DIGIT_YEAR = /,? '?(\d{2})(?=,? (?:at )?\d{1,2}[:.h]\d{2})/y;
const COUNTED = /(today|yesterday|tomorrow|(?:the )?day before yesterday)(?![\p{L}\d'])/iuy;
const WEEKDAY =
  /(?:(?:the )?(last|next|this) )?(mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)(?![\p{L}\d'])\.?/iuy;

/** Reads a date that begins exactly here. */
export function scanDate(text: string, position: number): { date: DateText; end: number } | null {
  const date =
    scanFigures(text, position) ?? scanMonth(text, position) ?? scanWords(text, position);
  return date === null ? null : { date, end: position + date.typed.length };
}

function scanFigures(text: string, position: number): DateText | null {
  const iso = matchAt(ISO, text, position) ?? matchAt(COMPACT, text, position);
  if (iso !== null) {
    const [typed, year, , month, day] =
      iso.length === 5 ? iso : [iso[0], iso[1], '', iso[2], iso[3]];
    const date = { year: Number(year), month: Number(month), day: Number(day) };
    return { kind: 'day', typed, date };
  }
  const numeric = matchAt(NUMERIC, text, position);
  if (numeric !== null) return fromNumeric(numeric);
  const short = matchAt(SHORT_NUMERIC, text, position);
  return short === null ? null : { kind: 'ambiguous', typed: short[0], either: [] };
}

function fromNumeric(found: RegExpExecArray): DateText {
  const [typed, first, separator, second, year] = found;
  const [a, b, y] = [Number(first), Number(second), Number(year)];
  const dayFirst: Day = { year: y, month: b, day: a };
  const monthFirst: Day = { year: y, month: a, day: b };
  if (year?.length !== 4) return { kind: 'ambiguous', typed, either: [] };
  // Dotted dates are day.month.year everywhere they are used.
  if (separator === '.' || a > 12) return { kind: 'day', typed, date: dayFirst };
  if (b > 12) return { kind: 'day', typed, date: monthFirst };
  return { kind: 'ambiguous', typed, either: a === b ? [dayFirst] : [dayFirst, monthFirst] };
}

function scanMonth(text: string, position: number): DateText | null {
  const monthFirst = matchAt(MONTH_FIRST, text, position);
  const found = monthFirst ?? matchAt(DAY_FIRST, text, position);
  if (found === null) return null;
  const [typed, first = '', second = '', year] = found;
  const [name, figure] = monthFirst === null ? [second, first] : [first, second];
  const month = MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1;
  const day = Number(figure);
  if (year !== undefined) return { kind: 'day', typed, date: { year: Number(year), month, day } };
  const short = matchAt(TWO_DIGIT_YEAR, text, position + typed.length);
  if (short !== null) return { kind: 'ambiguous', typed: typed + short[0], either: [] };
  return { kind: 'yearless', typed, month, day };
}

function scanWords(text: string, position: number): DateText | null {
  const counted = matchAt(COUNTED, text, position);
  if (counted !== null) {
    const word = counted[0].toLowerCase();
    const days = word.includes('before')
      ? -2
      : ({ today: 0, yesterday: -1, tomorrow: 1 }[word] ?? 0);
    return { kind: 'counted', typed: counted[0], days };
  }
  const weekday = matchAt(WEEKDAY, text, position);
  if (weekday === null) return null;
  const which = weekday[1]?.toLowerCase();
  return {
    kind: 'weekday',
    typed: weekday[0],
    weekday: WEEKDAYS.indexOf(weekday[2]?.slice(0, 3).toLowerCase() ?? '') + 1,
    which: which === 'last' || which === 'next' ? which : null,
  };
}

/** Whether the calendar has this day. */
export function exists(day: Day): boolean {
  return DateTime.utc(day.year, day.month, day.day).isValid;
}

/** The day so many days later, or earlier. */
export function plusDays(day: Day, days: number): Day {
  const { year, month, day: date } = DateTime.utc(day.year, day.month, day.day).plus({ days });
  return { year, month, day: date };
}

/** 1 for Monday to 7 for Sunday. */
export function weekdayOf(day: Day): number {
  return DateTime.utc(day.year, day.month, day.day).weekday;
}

/** `2026-05-07`. */
export function isoDay(day: Day): string {
  const two = (figure: number): string => String(figure).padStart(2, '0');
  return `${String(day.year).padStart(4, '0')}-${two(day.month)}-${two(day.day)}`;
}

/** Refuses a date that can be read two ways; `rest` is the clock and zone, to be repeated. */
export function refuseAmbiguousDate(
  date: DateText & { kind: 'ambiguous' },
  rest: string,
): { ok: false; refusal: TimeRefusal } {
  const offers = date.either.filter(exists).map((day) => `${isoDay(day)} ${rest}`.trim());
  const sameBothWays = date.either.length === 1;
  const reason = sameBothWays
    ? `${date.typed} could be month first or day first: write the date as YYYY-MM-DD`
    : `${date.typed} can be read two ways: write the date as YYYY-MM-DD`;
  return refuseTime('ambiguous-date', reason, offers);
}

/** Refuses a date that no calendar has. */
export function refuseNoSuchDate(typed: string): { ok: false; refusal: TimeRefusal } {
  return refuseTime('no-such-date', `${typed} is not a real date`);
}
