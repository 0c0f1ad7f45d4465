import { DAY, type Instant, inZone, type Zone } from '../instant.ts';
import { ok, type Result } from '../result.ts';
import { type TimeOfDay, timeOfDay } from './clock.ts';
import { comingDay, refusePast } from './coming.ts';
import { type DateText, type Day, isoDay, plusDays } from './dates.ts';
import { scanLength } from './duration.ts';
import { fold } from './fold.ts';
import { quote, refuseTime, type TimeRefusal } from './reading.ts';
import { type Form, scanForm } from './scan.ts';
import { dayAt, showings } from './wall.ts';
import { isZone } from './zone-names.ts';
import { inForce, resolveZone, wrongSeason, type ZonePlan } from './zones.ts';

/** What a deadline is read against. */
export interface DeadlineContext {
  readonly now: Instant;
  readonly zone: Zone | null;
}

/** A moment still to come; `dateOnly` when only a day was named, which ends at 23:59. */
export interface Deadline {
  readonly at: Instant;
  readonly dateOnly: boolean;
}

const LEADING = /^(?:(?:due|by|until|till|til|before|on|at) ){1,3}/i;
const END: TimeOfDay = { hour: 23, minute: 59, second: 0, millisecond: 0 };
const FRIDAY = 5;

/** Reads when something is due: the next such moment, never the past. */
export function readDeadline(typed: string, given: DeadlineContext): Result<Deadline, TimeRefusal> {
  const text = fold(typed).text.trim().replace(LEADING, '').replace(/[.!]$/, '');
  const zone = given.zone !== null && isZone(given.zone) ? given.zone : null;
  const context = { now: given.now, zone };
  const word = wordDay(text.toLowerCase(), dayAt(given.now, zone ?? 'UTC'));
  if (word !== null) return zone === null ? refuseNoZone('a day') : atEnd(word, zone, context);
  const form = text.length > 120 ? null : scanForm(text, 0, 'whole');
  const length = scanLength(text, 0);
  if (form?.offset != null && form.end === text.length) return readAhead(form.offset, context);
  if (length !== null && length.end === text.length) {
    return readAhead({ ...length, direction: 'ahead' }, context);
  }
  if (form === null || form.end !== text.length || form.now) return refuseUnread(typed);
  if (form.range !== null) return refuseTime('range', 'give one moment: when is it due?');
  const plan = planZone(form, context);
  return plan.ok ? readForm(form, plan.value, context) : plan;
}

function refuseUnread(typed: string): { ok: false; refusal: TimeRefusal } {
  const examples = ['Friday', '18:00', 'in 3 days'];
  const code = /\d/.test(typed) ? 'unreadable' : 'vague';
  const reason = `I cannot read a deadline in ${quote(typed)}; try ${examples.join(', ')} or a date as YYYY-MM-DD`;
  return refuseTime(code, reason, examples);
}

function wordDay(text: string, today: Day): Day | null {
  if (/^(?:eod|cob|tonight|(?:the )?end of (?:the )?day)$/.test(text)) return today;
  const friday = comingWeekday(today, FRIDAY);
  if (/^(?:eow|this week|(?:the )?end of (?:the |this )?week)$/.test(text)) return friday;
  // Done by the end of next working week is what the words promise at most.
  if (text !== 'next week') return null;
  const monday = comingWeekday(plusDays(today, 1), 1);
  return plusDays(monday, FRIDAY - 1);
}

function comingWeekday(today: Day, weekday: number): Day {
  const day = comingDay({ kind: 'weekday', typed: '', weekday, which: null }, today, () => false);
  return day.ok ? day.value : today;
}

function readAhead(
  offset: { readonly ms: number; readonly direction: string; readonly days: boolean },
  { now, zone }: DeadlineContext,
): Result<Deadline, TimeRefusal> {
  if (offset.direction === 'ago') return refusePast('that');
  if (!offset.days) return ok({ at: now + offset.ms, dateOnly: false });
  if (zone === null) return refuseNoZone('a day');
  return atEnd(plusDays(dayAt(now, zone), Math.ceil(offset.ms / DAY)), zone, { now, zone });
}

function planZone(form: Form, { zone }: DeadlineContext): Result<ZonePlan, TimeRefusal> {
  if (form.zone !== null) return resolveZone(form.zone, zone);
  return zone === null ? refuseNoZone('this') : ok({ zone, season: null });
}

function readForm(
  form: Form,
  plan: ZonePlan,
  context: DeadlineContext,
): Result<Deadline, TimeRefusal> {
  const { zone, season } = plan;
  const time = form.clock === null ? ok(END) : timeOfDay(form.clock);
  if (!time.ok) return time;
  const today = dayAt(context.now, zone);
  const hasPassed = (day: Day): boolean => moment(day, time.value, zone) <= context.now;
  const date: DateText = form.date ?? { kind: 'counted', typed: '', days: 0 };
  if (form.clock?.name === 'midnight' && form.date !== null) return refuseMidnight(form.date.typed);
  const counted = comingDay(date, today, hasPassed);
  if (!counted.ok) return counted;
  const rolls = form.date === null && hasPassed(counted.value);
  const day = rolls ? plusDays(counted.value, 1) : counted.value;
  if (form.clock === null) return atEnd(day, zone, context);
  const at = moment(day, time.value, zone);
  if (at <= context.now) return refusePast(form.date?.typed ?? form.clock.typed);
  if (season !== null && !inForce(season, at)) {
    return refuseTime('wrong-season', wrongSeason(season, isoDay(day), at));
  }
  return ok({ at, dateOnly: false });
}

// A deadline need not be exact: in a gap the later reading, in an overlap the first.
function moment(day: Day, time: TimeOfDay, zone: Zone): Instant {
  const { at, around } = showings({ day, time }, zone);
  return at[0] ?? around?.[1] ?? inZone(0, zone).toMillis();
}

function atEnd(day: Day, zone: Zone, { now }: DeadlineContext): Result<Deadline, TimeRefusal> {
  const at = moment(day, END, zone);
  // In the last minute of a day its end is what was meant, and is now.
  return at + 60_000 <= now
    ? refusePast(isoDay(day))
    : ok({ at: Math.max(at, now), dateOnly: true });
}

function refuseMidnight(typed: string): { ok: false; refusal: TimeRefusal } {
  const reason = `midnight at the start or at the end of ${typed}? write 00:00 or 24:00`;
  return refuseTime('ambiguous-midnight', reason, [`${typed} 00:00`, `${typed} 24:00`]);
}

function refuseNoZone(what: string): { ok: false; refusal: TimeRefusal } {
  const reason = `your Slack profile has no time zone, so ${what} needs one: add UTC, an offset such as +02:00 or a city zone such as Europe/Berlin`;
  return refuseTime('no-zone', reason);
}
