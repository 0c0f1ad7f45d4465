import { HOUR, type Instant, type Zone } from '../instant.ts';
import { ok, type Result } from '../result.ts';
import type { TimeOfDay } from './clock.ts';
import { type Day, isoDay, plusDays } from './dates.ts';
import { hasCome, SKEW } from './days.ts';
import { clockIn, formatIn, writtenIn } from './format.ts';
import { refuseTime, type TimeContext, type TimeFlag, type TimeRefusal } from './reading.ts';
import { dayAt, showings } from './wall.ts';
import { zoneAbbreviation } from './zone-names.ts';

/** A clock time with its zone, and how both were typed: offers repeat the typed words. */
export interface Timed {
  readonly time: TimeOfDay;
  readonly zone: Zone;
  readonly clockText: string;
  readonly zoneText: string;
}

/** The instant that was meant, and what should be said about the choice. */
export interface Resolved {
  readonly at: Instant;
  readonly flags: readonly TimeFlag[];
}

/** The instant of a clock time on a known day. */
export function resolveOnDay(timed: Timed, day: Day, now: Instant): Result<Resolved, TimeRefusal> {
  const { at, around } = showings({ day, time: timed.time }, timed.zone);
  if (around !== null) return refuseGap(timed, day, around);
  const come = at.filter((each) => each <= now + SKEW);
  const [first] = come;
  if (first === undefined) return refuseFuture(timed, at[0] ?? now, now);
  return come.length > 1 ? refuseOverlap(timed, day, come) : ok({ at: first, flags: [] });
}

/** The last time clocks in the zone showed a bare time, at most 12 h back when that is yesterday. */
export function resolveBare(timed: Timed, now: Instant): Result<Resolved, TimeRefusal> {
  const today = dayAt(now, timed.zone);
  for (const days of [1, 0, -1]) {
    const day = plusDays(today, days);
    if (!hasCome(day, timed.time, timed.zone, now)) continue;
    const resolved = resolveOnDay(timed, day, now);
    if (days >= 0 || !resolved.ok) return resolved;
    if (resolved.value.at < now - 12 * HOUR) break;
    return ok({ at: resolved.value.at, flags: ['yesterday'] });
  }
  const ahead = showings({ day: today, time: timed.time }, timed.zone);
  return refuseFuture(timed, ahead.at[0] ?? now, now, true);
}

/** The one occurrence of a bare time within 12 h of an incident that is over. */
export function resolveInSpan(
  timed: Timed,
  span: NonNullable<TimeContext['span']>,
  now: Instant,
): Result<Resolved, TimeRefusal> {
  const [from, to] = [span.from - 12 * HOUR, span.to + 12 * HOUR];
  const last = isoDay(plusDays(dayAt(to, timed.zone), 1));
  const found: { readonly at: Instant; readonly day: Day }[] = [];
  // A span of months has more candidates than anybody would choose from.
  let day = plusDays(dayAt(from, timed.zone), -1);
  for (let count = 0; count < 40 && isoDay(day) <= last; count++) {
    const { at, around } = showings({ day, time: timed.time }, timed.zone);
    if (around !== null && around[0] >= from && around[0] <= to && around[0] <= now) {
      return refuseGap(timed, day, around);
    }
    for (const each of at) {
      if (each >= from && each <= to && each <= now + SKEW) found.push({ at: each, day });
    }
    day = plusDays(day, 1);
  }
  const [first, second] = found;
  if (first === undefined) return refuseOutside(timed, span);
  if (second === undefined) return ok({ at: first.at, flags: [] });
  const sameDay = found.every((each) => isoDay(each.day) === isoDay(first.day));
  if (sameDay) return refuseOverlap(timed, first.day, [first.at, second.at]);
  return refuseTime(
    'ambiguous-day',
    `${timed.clockText} could be more than one day of this incident: which day?`,
    found.slice(0, 5).map((each) => ({
      label: formatIn(each.at, timed.zone, { date: true, reference: now }),
      typed: `${isoDay(each.day)} ${written(timed)}`,
    })),
  );
}

function written(timed: Timed): string {
  return `${timed.clockText} ${timed.zoneText}`.trim();
}

function refuseOutside(
  timed: Timed,
  span: NonNullable<TimeContext['span']>,
): { ok: false; refusal: TimeRefusal } {
  const shown = (at: Instant): string =>
    formatIn(at, timed.zone, { date: true, reference: span.to });
  return refuseTime(
    'outside-incident',
    `${timed.clockText} is not within this incident (${shown(span.from)} to ${shown(span.to)}): add the date`,
    [`${isoDay(dayAt(span.from, timed.zone))} ${written(timed)}`],
  );
}

function refuseFuture(
  timed: Timed,
  at: Instant,
  now: Instant,
  bare = false,
): { ok: false; refusal: TimeRefusal } {
  const shown = formatIn(at, timed.zone, { date: 'auto', reference: now });
  const yesterday = `yesterday ${written(timed)}`;
  const next = bare ? `; did you mean ${yesterday}?` : '; an entry records what has happened';
  return refuseTime(
    'future',
    `that is in the future (${shown}, now ${formatIn(now, timed.zone, { date: 'auto', reference: now })})${next}`,
    bare ? [yesterday] : [],
  );
}

function refuseGap(
  timed: Timed,
  day: Day,
  around: readonly [Instant, Instant],
): { ok: false; refusal: TimeRefusal } {
  const offers = around.map((at) => `${isoDay(day)} ${writtenIn(at, timed.zone)}`);
  const clocks = around.map((at) => clockIn(at, timed.zone));
  return refuseTime(
    'dst-gap',
    `${timed.clockText} did not exist on ${isoDay(day)} in ${timed.zone}: the clocks went forward; write ${clocks.join(' or ')}`,
    offers,
  );
}

function refuseOverlap(
  timed: Timed,
  day: Day,
  at: readonly Instant[],
): { ok: false; refusal: TimeRefusal } {
  const names = at.map((each) => zoneAbbreviation(each, timed.zone));
  return refuseTime(
    'dst-overlap',
    `${timed.clockText} happened twice on ${isoDay(day)} in ${timed.zone}: add ${names.join(' or ')}`,
    at.map((each) => {
      const typed = `${isoDay(day)} ${writtenIn(each, timed.zone)}`;
      return { label: formatIn(each, timed.zone, { date: false, reference: each }), typed };
    }),
  );
}
