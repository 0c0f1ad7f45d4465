import { DAY, type Instant, inZone, type Zone } from '../instant.ts';
import { ok, type Result } from '../result.ts';
import { countBack } from './days.ts';
import { scanLength } from './duration.ts';
import { fold } from './fold.ts';
import { readTime } from './read.ts';
import { quote, refuseTime, type TimeRefusal } from './reading.ts';
import { scanForm } from './scan.ts';
import { showings } from './wall.ts';
import { isZone } from './zone-names.ts';

/** What it is read against. */
export interface SinceContext {
  readonly now: Instant;
  readonly zone: Zone | null;
}

const MIDNIGHT = { hour: 0, minute: 0, second: 0, millisecond: 0 };
const PERIOD = /^(this|last) (week|month|year)$/i;
const YEAR = /^((?:19|20)\d{2})(?:-(0[1-9]|1[0-2]))?$/;
const EXAMPLES = ['yesterday', '3 days ago', '2026-03-01'];

/**
 * Reads from when on something is looked for: a day from its beginning, a week, a time, a while back.
 *
 * Somebody whose profile has no zone means UTC: nothing is recorded by it, and it is echoed.
 */
export function readSince(typed: string, given: SinceContext): Result<Instant, TimeRefusal> {
  const zone = given.zone !== null && isZone(given.zone) ? given.zone : 'UTC';
  const text = fold(typed).text.trim();
  const begun = text.length > 60 ? null : beginning(text, given.now, zone);
  if (begun !== null) return past(ok(begun), typed, given.now);
  const form = text.length > 60 ? null : scanForm(text, 0, 'whole');
  if (form === null || form.end !== text.length) return refuseUnread(typed);
  if (form.clock !== null || form.date === null) {
    const read = readTime(typed, { now: given.now, zone });
    return read.ok ? ok(read.value.at) : read;
  }
  const counted = countBack(form.date, MIDNIGHT, zone, given.now, '');
  if (!counted.ok) return counted;
  const { at, around } = showings({ day: counted.value.day, time: MIDNIGHT }, zone);
  return past(ok(at[0] ?? around?.[1] ?? given.now), typed, given.now);
}

/** The beginning of a week, a month or a year, or so long ago. */
function beginning(text: string, now: Instant, zone: Zone): Instant | null {
  const [, which, unit] = PERIOD.exec(text.toLowerCase()) ?? [];
  if (unit === 'week' || unit === 'month' || unit === 'year') {
    const start = inZone(now, zone).startOf(unit);
    return (which === 'last' ? start.minus({ [unit]: 1 }) : start).toMillis();
  }
  const [, year, month = '01'] = YEAR.exec(text) ?? [];
  if (year !== undefined) {
    return inZone(now, zone)
      .set({ year: Number(year), month: Number(month), day: 1 })
      .startOf('day')
      .toMillis();
  }
  const length = scanLength(text, 0);
  return length !== null && length.end === text.length ? now - length.ms : null;
}

function past(
  read: { readonly ok: true; readonly value: Instant },
  typed: string,
  now: Instant,
): Result<Instant, TimeRefusal> {
  if (read.value <= now) return read;
  return refuseTime('future', `${quote(typed)} is still to come`, EXAMPLES);
}

const refuseUnread = (typed: string): { ok: false; refusal: TimeRefusal } =>
  refuseTime('unreadable', `I cannot read since when in ${quote(typed)}`, EXAMPLES);

/** Whether a text says since when, whatever the moment: `since the deploy` does not. */
export function saysSince(text: string): boolean {
  const read = readSince(text, { now: 50 * 365 * DAY, zone: 'UTC' });
  return read.ok || !['unreadable', 'vague', 'incomplete'].includes(read.refusal.code);
}
