import type { Instant, Zone } from '../instant.ts';
import { ok, type Result } from '../result.ts';
import type { TimeOfDay } from './clock.ts';
import {
  type DateText,
  type Day,
  exists,
  isoDay,
  plusDays,
  refuseAmbiguousDate,
  refuseNoSuchDate,
  weekdayOf,
} from './dates.ts';
import { refuseTime, type TimeFlag, type TimeRefusal } from './reading.ts';
import { dayAt, showings } from './wall.ts';

/** How far ahead of now a time may be: clocks differ. */
export const SKEW = 2 * 60_000;

/** The day that a written date means, and what should be said about the choice. */
export interface Counted {
  readonly day: Day;
  readonly flags: readonly TimeFlag[];
}

const WEEKDAY_NAMES = [
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
  'Sunday',
];

/** Counts a written date on the calendar of the zone, backwards from now. */
export function countBack(
  date: DateText,
  time: TimeOfDay,
  zone: Zone,
  now: Instant,
  rest: string,
): Result<Counted, TimeRefusal> {
  const today = dayAt(now, zone);
  switch (date.kind) {
    case 'day':
      if (!exists(date.date) || date.date.year < 1970) return refuseNoSuchDate(date.typed);
      return ok({ day: date.date, flags: [] });
    case 'ambiguous':
      return refuseAmbiguousDate(date, rest);
    case 'counted':
      return ok({ day: plusDays(today, date.days), flags: [] });
    case 'weekday':
      return ok({ day: lastWeekday(date, today, time, zone, now), flags: [] });
    case 'yearless':
      return latestWithinYear(date, today, time, zone, now);
  }
}

function lastWeekday(
  date: DateText & { kind: 'weekday' },
  today: Day,
  time: TimeOfDay,
  zone: Zone,
  now: Instant,
): Day {
  const back = (weekdayOf(today) - date.weekday + 7) % 7;
  const day = plusDays(today, -back);
  if (date.which === 'next') return plusDays(day, 7);
  const isToday = back === 0;
  const toCome = isToday && !hasCome(day, time, zone, now);
  return toCome || (isToday && date.which === 'last') ? plusDays(day, -7) : day;
}

function latestWithinYear(
  date: DateText & { kind: 'yearless' },
  today: Day,
  time: TimeOfDay,
  zone: Zone,
  now: Instant,
): Result<Counted, TimeRefusal> {
  const { month, day } = date;
  const earliest = isoDay(plusDays(today, -366));
  // Next year too: at 23:59 on 31 December, `Jan 1 00:00` is within the allowance.
  for (const year of [today.year + 1, today.year, today.year - 1]) {
    const candidate = { year, month, day };
    if (!exists(candidate) || isoDay(candidate) < earliest) continue;
    if (!hasCome(candidate, time, zone, now)) continue;
    return ok({ day: candidate, flags: year < today.year ? ['previous-year'] : [] });
  }
  const { refusal } = refuseNoSuchDate(date.typed);
  if (!exists({ year: 2024, month, day })) return { ok: false, refusal };
  const reason = `${refusal.reason} within the last year: write the date as YYYY-MM-DD`;
  return refuseTime('no-such-date', reason);
}

/** Whether clocks in the zone have already shown this, give or take the allowance. */
export function hasCome(day: Day, time: TimeOfDay, zone: Zone, now: Instant): boolean {
  const { at, around } = showings({ day, time }, zone);
  const first = at[0] ?? around?.[0] ?? Number.POSITIVE_INFINITY;
  return first <= now + SKEW;
}

/** Refuses a weekday that its date is not: one of the two is a slip. */
export function checkWeekday(
  weekday: (DateText & { kind: 'weekday' }) | null,
  day: Day,
): Result<Day, TimeRefusal> {
  const actual = weekdayOf(day);
  if (weekday === null || weekday.weekday === actual) return ok(day);
  const name = WEEKDAY_NAMES[actual - 1];
  return refuseTime(
    'contradiction',
    `${isoDay(day)} is a ${name}, not a ${WEEKDAY_NAMES[weekday.weekday - 1]}: leave one of them out`,
  );
}
