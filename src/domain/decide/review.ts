import { type Instant, inZone } from '../instant.ts';
import { ok, type Result, refuse } from '../result.ts';
import { instant, type Line } from '../text.ts';
import { readDeadline } from '../time/deadline.ts';
import type { Context } from './rule.ts';
import { typedAt, unmistakable } from './times.ts';
import { sentence } from './wording.ts';

/** When the review is: kept as a moment, so that a calendar can be told, and echoed as it was read. */
export function readReview(
  typed: string,
  context: Context,
): Result<{ readonly value: string; readonly notes: readonly Line[] }> {
  const read = readDeadline(typed, { now: typedAt(context), zone: context.actor.zone });
  if (!read.ok) {
    const { reason, offers } = read.refusal;
    const offered = offers.find((offer) => /\d:\d\d/.test(offer.typed))?.typed;
    return refuse(sentence(reason), `set review ${offered ?? 'Friday 14:00'}`);
  }
  const { at, dateOnly } = read.value;
  if (dateOnly) {
    const reason = 'A review is a meeting: say at what time, too.';
    return refuse(reason, `set review ${afternoonOf(at, context)}`);
  }
  const notes: Line[] = [
    ['The review is ', instant(at, 'full'), '.'],
    ['It comes along with the action items when the dates are exported for a calendar.'],
  ];
  return ok({ value: unmistakable(at), notes });
}

/** Two o'clock on the day that was named, or on the next one where that is past: ready to type. */
function afternoonOf(end: Instant, context: Context): string {
  const { zone } = context.actor;
  const that = inZone(end, zone ?? 'UTC').set({ hour: 14, minute: 0, second: 0, millisecond: 0 });
  const next = that.toMillis() > typedAt(context) ? that : that.plus({ days: 1 });
  return next.toFormat(zone === null ? "yyyy-MM-dd HH:mm 'UTC'" : 'yyyy-MM-dd HH:mm');
}
