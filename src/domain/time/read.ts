import { DAY, HOUR, type Instant, offsetIn } from '../instant.ts';
import { ok, type Result } from '../result.ts';
import { nearerAfternoon } from './afternoon.ts';
import { timeOfDay } from './clock.ts';
import { isoDay } from './dates.ts';
import { type Counted, checkWeekday, countBack } from './days.ts';
import { refuseForm, refuseUnread } from './diagnose.ts';
import { fold } from './fold.ts';
import {
  type Reading,
  refuseTime,
  type TimeContext,
  type TimeFlag,
  type TimeOffer,
  type TimeRefusal,
} from './reading.ts';
import { type Resolved, resolveBare, resolveInSpan, resolveOnDay, type Timed } from './resolve.ts';
import { compareRestated } from './restated.ts';
import { type Form, scanForm } from './scan.ts';
import { dayAt } from './wall.ts';
import { isZone, offsetFigures } from './zone-names.ts';
import { inForce, resolveZone, wrongSeason, type ZonePlan } from './zones.ts';

export type {
  Reading,
  Restated,
  TimeContext,
  TimeFlag,
  TimeOffer,
  TimeRefusal,
  TimeRefusalCode,
} from './reading.ts';

/** Longer texts are not times, whatever they begin with. */
const LONGEST = 300;
/** A bare time belongs to an incident that began within so long after it, or it is questioned. */
const BARE_LEAD = 12 * HOUR;
const LEADING = /^(?:(?:at|on|since|from|by) |@ ?){1,2}/i;

/** Reads the time that somebody typed, by the rules of `reference/time-input.md`. */
export function readTime(typed: string, given: TimeContext): Result<Reading, TimeRefusal> {
  const context = given.zone !== null && !isZone(given.zone) ? { ...given, zone: null } : given;
  const read = readOnce(typed, context);
  if (read.ok) return read;
  const offers = read.refusal.offers.flatMap((offer) => workable(offer, context));
  return { ok: false, refusal: { ...read.refusal, offers } };
}

// An offer that would be refused in its turn is worse than none.
function workable(offer: TimeOffer, context: TimeContext): readonly TimeOffer[] {
  const yesterday = { label: `${offer.label}, yesterday`, typed: `yesterday ${offer.typed}` };
  return [offer, yesterday].filter(({ typed }) => readOnce(typed, context).ok).slice(0, 1);
}

function readOnce(typed: string, context: TimeContext): Result<Reading, TimeRefusal> {
  const text = fold(typed).text.trim();
  const start = LEADING.exec(`${text} `)?.[0].length ?? 0;
  const form = text.length > LONGEST ? null : scanForm(text, Math.min(start, text.length), 'whole');
  if (form === null || !/^[ .,:;!-]*$/.test(text.slice(form.end))) {
    return refuseUnread(typed, text, form, context);
  }
  const refusal = refuseForm(form, typed, context);
  if (refusal !== null) return refusal;
  const reading = form.clock === null ? readNow(form, context) : readClock(form, context);
  if (!reading.ok) return reading;
  const flags = new Set<TimeFlag>(reading.value.flags);
  if (form.approximate) flags.add('approximate');
  if (isFarPast(reading.value, context)) flags.add('far-past');
  return ok({ ...reading.value, typed: typed.trim(), flags: [...flags] });
}

/** Whoever writes the day means it; a day that had to be assumed is doubted sooner. */
function isFarPast({ at, assumed = [] }: Reading, { firstEvent }: TimeContext): boolean {
  const lead = assumed.includes('day') ? BARE_LEAD : DAY;
  return firstEvent !== undefined && at < firstEvent - lead;
}

function readNow(form: Form, context: TimeContext): Result<Reading, TimeRefusal> {
  const { offset } = form;
  const zone = context.zone ?? 'UTC';
  if (offset === null) return ok({ at: context.now, zone, typed: '', flags: [] });
  const at = context.now - offset.ms;
  return ok({ at, zone, typed: '', flags: ['relative'] });
}

function readClock(form: Form, context: TimeContext): Result<Reading, TimeRefusal> {
  const { clock } = form;
  if (clock === null) throw new Error('readClock needs a clock');
  const time = timeOfDay(clock);
  if (!time.ok) return time;
  if (time.value.hour === 24 && form.date === null) {
    return refuseTime('24h', '24:00 needs a date; or write 00:00', [
      '00:00',
      `${isoDay(dayAt(context.now - DAY, context.zone ?? 'UTC'))} 24:00`,
    ]);
  }
  const plan = planZone(form, context);
  if (!plan.ok) return plan;
  const timed: Timed = {
    time: time.value,
    zone: plan.value.zone,
    clockText: clock.typed.trim(),
    zoneText: form.zone ?? '',
  };
  const resolved = resolve(form, timed, context);
  const season = checkSeason(form, plan.value, resolved, timed, context);
  if (!season.ok) return season;
  if (!resolved.ok) return withAfternoon(resolved.refusal, form, timed, context);
  const home = plan.value.season?.home;
  const restated = compareRestated(form.restated, timed, resolved.value.at, context);
  const afternoon =
    form.date === null ? nearerAfternoon(clock, timed, resolved.value.at, context) : null;
  return ok({
    at: resolved.value.at,
    zone: home ?? timed.zone,
    typed: '',
    flags: afternoon === null ? resolved.value.flags : [...resolved.value.flags, 'pm-nearer'],
    ...assumedIn(form),
    ...(afternoon === null ? {} : { alternative: afternoon }),
    ...(restated.length === 0 ? {} : { restated }),
  });
}

/** `11:45` at half past midnight has not come today, and 11:45 PM was an hour ago. */
function withAfternoon(
  refusal: TimeRefusal,
  { clock, date }: Form,
  timed: Timed,
  context: TimeContext,
): { ok: false; refusal: TimeRefusal } {
  const bare = refusal.code === 'future' && clock !== null && date === null;
  const later = bare ? nearerAfternoon(clock, timed, Number.NEGATIVE_INFINITY, context) : null;
  if (later === null) return { ok: false, refusal };
  const { label, typed } = later;
  return { ok: false, refusal: { ...refusal, offers: [{ label, typed }, ...refusal.offers] } };
}

function assumedIn({ date, zone }: Form): Pick<Reading, 'assumed'> {
  const day = date === null ? (['day'] as const) : [];
  const assumed = zone === null ? [...day, 'zone' as const] : day;
  return assumed.length === 0 ? {} : { assumed };
}

function planZone(form: Form, context: TimeContext): Result<ZonePlan, TimeRefusal> {
  const parts = [form.date?.typed, form.clock?.typed.trim()].filter((part) => part !== undefined);
  const rest = parts.join(' ');
  if (form.zone !== null) {
    const plan = resolveZone(form.zone, context.zone);
    if (plan.ok) return plan;
    const { refusal } = plan;
    const offers =
      refusal.offers.length > 0
        ? refusal.offers.map(({ label, typed }) => ({ label, typed: `${rest} ${typed}` }))
        : [rest, `${rest} UTC`];
    return refuseTime(refusal.code, refusal.reason, offers);
  }
  if (context.zone !== null) return ok({ zone: context.zone, season: null });
  const reason = `your Slack profile has no time zone, so ${rest} needs one: add UTC, an offset such as +02:00 or a city zone such as Europe/Berlin`;
  return refuseTime('no-zone', reason, [`${rest} UTC`]);
}

function resolve(form: Form, timed: Timed, context: TimeContext): Result<Resolved, TimeRefusal> {
  const { date } = form;
  const { now, span } = context;
  if (date === null) {
    return span === undefined ? resolveBare(timed, now) : resolveInSpan(timed, span, now);
  }
  const rest = `${timed.clockText} ${timed.zoneText}`.trim();
  const counted = countBack(date, timed.time, timed.zone, now, rest);
  if (!counted.ok) return counted;
  const agreed = checkWeekday(form.weekday, counted.value.day);
  return agreed.ok ? onCounted(counted.value, form, timed, now) : agreed;
}

function onCounted(
  counted: Counted,
  form: Form,
  timed: Timed,
  now: Instant,
): Result<Resolved, TimeRefusal> {
  if (form.clock?.name === 'midnight' && timed.time.hour === 0) {
    const end = resolveOnDay({ ...timed, time: { ...timed.time, hour: 24 } }, counted.day, now);
    if (end.ok) return refuseMidnight(form, counted, timed);
  }
  const resolved = resolveOnDay(timed, counted.day, now);
  if (!resolved.ok) return resolved;
  return ok({ at: resolved.value.at, flags: [...resolved.value.flags, ...counted.flags] });
}

function refuseMidnight(
  form: Form,
  counted: Counted,
  timed: Timed,
): { ok: false; refusal: TimeRefusal } {
  const day = isoDay(counted.day);
  const zone = timed.zoneText === '' ? '' : ` ${timed.zoneText}`;
  return refuseTime(
    'ambiguous-midnight',
    `midnight at the start or at the end of ${form.date?.typed ?? day}? write 00:00 and the date`,
    [`${day} 00:00${zone}`, `${day} 24:00${zone}`],
  );
}

function checkSeason(
  form: Form,
  { season }: ZonePlan,
  resolved: Result<Resolved, TimeRefusal>,
  timed: Timed,
  context: TimeContext,
): Result<null, TimeRefusal> {
  if (season === null) return ok(null);
  const at = resolved.ok ? resolved.value.at : context.now;
  if (inForce(season, at) || !isAboutTime(resolved)) return ok(null);
  // A bare time is told by the day it was typed, a dated one by its own.
  const isBare = form.date === null && context.span === undefined;
  const told = isBare ? context.now : at;
  const on = isoDay(dayAt(told, season.home));
  const rest = [form.date?.typed, timed.clockText].filter((part) => part !== undefined).join(' ');
  return refuseTime('wrong-season', wrongSeason(season, on, at), seasonOffers(rest, season, at));
}

function isAboutTime(resolved: Result<Resolved, TimeRefusal>): boolean {
  return resolved.ok || resolved.refusal.code === 'future';
}

function seasonOffers(
  rest: string,
  season: NonNullable<ZonePlan['season']>,
  at: Instant,
): readonly string[] {
  const offsets = [offsetIn(at, season.home), season.offset];
  return offsets.map((offset) => `${rest} UTC${offsetFigures(offset)}`);
}
