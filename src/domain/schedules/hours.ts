import { DAY, type Instant, MINUTE, type Zone } from '../instant.ts';
import { type Calendar, calendarOf, dayOf, momentOf, wallAt, weekdayOf } from './calendar.ts';
import type { Hours } from './schedule.ts';

/** A stretch of time: its beginning belongs to it, its end does not. */
export interface Span {
  readonly from: Instant;
  readonly until: Instant;
}

/** Hours repeat every week: what has not ended within two does not end. */
const FORTNIGHT = 14 * DAY;

/**
 * The stretches of time that the hours cover, in order, without overlap, whole where they touch the bounds.
 *
 * An hour begins and ends when the zone's clock first shows its time or, where that is skipped, a later one.
 */
export function spansOf(
  hours: readonly Hours[],
  calendar: Calendar,
  from: Instant,
  until: Instant,
): readonly Span[] {
  const spans: Span[] = [];
  const last = dayOf(wallAt(calendar, until)) + 1;
  // Hours that began the evening before may reach into the first day.
  for (let day = dayOf(wallAt(calendar, from)) - 1; day <= last; day++) {
    for (const each of hours.filter(({ days }) => days.includes(weekdayOf(day))))
      spans.push(spanOn(day, each, calendar));
  }
  const touching = spans.filter((span) => span.from < span.until && span.until > from);
  return joined(touching.filter((span) => span.from < until));
}

function spanOn(day: number, { from, to }: Hours, calendar: Calendar): Span {
  const end = to > from ? to : to + DAY / MINUTE;
  return {
    from: momentOf(calendar, day * DAY + from * MINUTE),
    until: momentOf(calendar, day * DAY + end * MINUTE),
  };
}

function joined(spans: readonly Span[]): readonly Span[] {
  const whole: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.from - b.from)) {
    const before = whole.at(-1);
    if (before === undefined || before.until < span.from) whole.push(span);
    else whole[whole.length - 1] = { ...before, until: Math.max(before.until, span.until) };
  }
  return whole;
}

/** Whether the instant lies in one of the hours, on that zone's clock. */
export const inHours = (hours: readonly Hours[], zone: Zone, at: Instant): boolean =>
  spansOf(hours, calendarOf(zone, at, at), at, at + 1).length > 0;

/**
 * When the hours around that instant end, however many of them follow on each other.
 *
 * The instant itself where it is in none of them; null where they never end.
 */
export function endOfHours(hours: readonly Hours[], zone: Zone, at: Instant): Instant | null {
  const until = at + FORTNIGHT;
  const around = spansOf(hours, calendarOf(zone, at, until), at, until).find(
    (span) => span.from <= at,
  );
  if (around === undefined) return at;
  return around.until < until ? around.until : null;
}
