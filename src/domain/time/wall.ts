import { DateTime } from 'luxon';
import { DAY, type Instant, inZone, MINUTE, offsetIn, type Zone } from '../instant.ts';
import type { TimeOfDay } from './clock.ts';
import { type Day, plusDays } from './dates.ts';

/** What a wall clock showed: a day and a time of day. 24:00 is 00:00 of the next day. */
export interface Wall {
  readonly day: Day;
  readonly time: TimeOfDay;
}

/** When a wall clock in a zone showed this: never in a gap, once, or twice in an overlap. */
export interface Showings {
  readonly at: readonly Instant[];
  /** In a gap: the same figures read with the offset after it and before it. */
  readonly around: readonly [Instant, Instant] | null;
}

/** Finds the instants at which clocks in the zone showed this. */
export function showings({ day, time }: Wall, zone: Zone): Showings {
  const date = time.hour === 24 ? plusDays(day, 1) : day;
  const guess = DateTime.utc(
    date.year,
    date.month,
    date.day,
    time.hour % 24,
    time.minute,
    time.second,
    time.millisecond,
  ).toMillis();
  const before = offsetIn(guess - DAY, zone);
  const after = offsetIn(guess + DAY, zone);
  const candidates = [...new Set([before, after])].map((offset) => guess - offset * MINUTE);
  const at = candidates.filter((each) => each + offsetIn(each, zone) * MINUTE === guess);
  if (at.length > 0) return { at: at.toSorted((a, b) => a - b), around: null };
  return { at, around: [guess - after * MINUTE, guess - before * MINUTE] };
}

/** The calendar day in the zone at that instant. */
export function dayAt(instant: Instant, zone: Zone): Day {
  const { year, month, day } = inZone(instant, zone);
  return { year, month, day };
}
