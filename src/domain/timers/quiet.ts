import { DAY, type Instant } from '../instant.ts';
import { calendarOf } from '../schedules/calendar.ts';
import { endOfHours, spansOf } from '../schedules/hours.ts';
import type { QuietHours } from '../settings.ts';

/** A stretch of quiet hours, and when whatever falls into it may happen. */
interface Quiet {
  readonly from: Instant;
  readonly until: Instant;
  readonly end: Instant;
}

/** Days that are kept for one configuration, and then reckoned anew. */
const KEPT = 400;

/** Every change plans every clock, so the hours of a day are reckoned once. */
const known = new WeakMap<QuietHours, Map<number, readonly Quiet[]>>();

function quietOn(day: number, quietHours: QuietHours): readonly Quiet[] {
  const days = known.get(quietHours) ?? new Map<number, readonly Quiet[]>();
  known.set(quietHours, days);
  const kept = days.get(day);
  if (kept !== undefined) return kept;
  const { hours, zone } = quietHours;
  const [from, until] = [day * DAY, (day + 1) * DAY];
  const quiet = spansOf(hours, calendarOf(zone, from, until), from, until).map((span) => ({
    ...span,
    // Hours that never end would keep it still for ever: then it is as if there were none.
    end: endOfHours(hours, zone, span.from) ?? span.from,
  }));
  if (days.size >= KEPT) days.clear();
  days.set(day, quiet);
  return quiet;
}

/** The instant, or the end of the quiet hours that it lies in. */
export function afterQuiet(at: Instant, quietHours: QuietHours): Instant {
  const inside = quietOn(Math.floor(at / DAY), quietHours).find(
    ({ from, until }) => from <= at && at < until,
  );
  return inside === undefined ? at : Math.max(at, inside.end);
}
