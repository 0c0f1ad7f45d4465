import { ok, type Result } from '../result.ts';
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
import { refuseTime, type TimeRefusal } from './reading.ts';

/** Counts a written date forwards from today: the next such day that has not passed. */
export function comingDay(
  date: DateText,
  today: Day,
  hasPassed: (day: Day) => boolean,
): Result<Day, TimeRefusal> {
  switch (date.kind) {
    case 'day':
      return exists(date.date) ? ok(date.date) : refuseNoSuchDate(date.typed);
    case 'ambiguous':
      return refuseAmbiguousDate(date, '');
    case 'counted':
      return ok(plusDays(today, date.days));
    case 'weekday': {
      // The Friday that has been is never the one to come: whoever typed it says which they mean.
      if (date.which === 'last') return refusePast(date.typed, [bareWeekday(date), 'tomorrow']);
      const ahead = (date.weekday - weekdayOf(today) + 7) % 7;
      const day = plusDays(today, ahead);
      const isOver = ahead === 0 && (date.which === 'next' || hasPassed(day));
      return ok(isOver ? plusDays(day, 7) : day);
    }
    case 'yearless':
      return comingYear(date, today, hasPassed);
  }
}

const bareWeekday = ({ typed }: DateText): string => typed.replace(/^(?:the )?last /i, '');

/** Refuses what has been; `instead` are deadlines that may have been meant. */
export function refusePast(
  typed: string,
  instead: readonly string[] = ['tomorrow', 'in 3 days'],
): { ok: false; refusal: TimeRefusal } {
  return refuseTime('past', `${typed} is in the past: a deadline is still to come`, instead);
}

function comingYear(
  { typed, month, day }: DateText & { kind: 'yearless' },
  today: Day,
  hasPassed: (day: Day) => boolean,
): Result<Day, TimeRefusal> {
  // Eight years reach the next 29 February, across 2100 too.
  for (let year = today.year; year <= today.year + 8; year++) {
    const candidate = { year, month, day };
    const reached = exists(candidate) && isoDay(candidate) >= isoDay(today);
    if (reached && !hasPassed(candidate)) return ok(candidate);
  }
  return refuseNoSuchDate(typed);
}
