import { DAY, type Instant, type Zone } from '../instant.ts';
import type { TimeOfDay } from './clock.ts';
import { timeOfDay } from './clock.ts';
import { isoDay } from './dates.ts';
import { formatIn, formatLength } from './format.ts';
import type { Restated, TimeContext } from './reading.ts';
import type { Timed } from './resolve.ts';
import { scanForm } from './scan.ts';
import { dayAt, showings } from './wall.ts';
import { inForce, resolveZone, wrongSeason } from './zones.ts';

/** Holds each bracketed figure against the time before the bracket; they must be one instant. */
export function compareRestated(
  pieces: readonly string[],
  main: Timed,
  at: Instant,
  context: TimeContext,
): readonly Restated[] {
  return pieces.map((piece) => compare(piece, main, at, context));
}

function compare(piece: string, main: Timed, at: Instant, { zone }: TimeContext): Restated {
  const form = scanForm(piece, 0, 'whole');
  const clock = form?.clock ?? null;
  // `14:49 CEST (UTC+2)`: a zone alone restates the zone.
  const zoneText = clock === null ? piece : (form?.zone ?? null);
  const plan = zoneText === null ? null : resolveZone(zoneText, zone);
  if (plan !== null && !plan.ok) return { typed: piece, at: null, problem: plan.refusal.reason };
  const season = plan?.value.season ?? null;
  if (season !== null && !inForce(season, at)) {
    const problem = wrongSeason(season, isoDay(dayAt(at, season.home)), at);
    return { typed: piece, at: null, problem };
  }
  const time = clock === null ? { ok: true as const, value: main.time } : timeOfDay(clock);
  if (!time.ok) return { typed: piece, at: null, problem: time.refusal.reason };
  const there = nearest(time.value, plan?.value.zone ?? zone ?? main.zone, at);
  if (there === null || there === at) return { typed: piece, at: there, problem: null };
  const [own, other] = [there, at].map((each) =>
    formatIn(each, 'UTC', { date: 'auto', reference: at }),
  );
  const order = there < at ? 'before' : 'after';
  const problem = `${piece} is ${own}, ${formatLength(there - at)} ${order} ${other}`;
  return { typed: piece, at: there, problem };
}

function nearest(time: TimeOfDay, zone: Zone, at: Instant): Instant | null {
  const candidates = [-DAY, 0, DAY].flatMap((shift) => {
    const { at: shown, around } = showings({ day: dayAt(at + shift, zone), time }, zone);
    return around === null ? shown : [around[0]];
  });
  const [first = null, ...rest] = candidates;
  if (first === null) return null;
  return rest.reduce(
    (best, each) => (Math.abs(each - at) < Math.abs(best - at) ? each : best),
    first,
  );
}
