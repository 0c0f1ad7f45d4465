import type { Instant } from '../instant.ts';
import type { Clock } from './clock.ts';
import { pad } from './clock.ts';
import type { Reading, TimeContext } from './reading.ts';
import { resolveBare, type Timed } from './resolve.ts';

/** The PM reading of a bare time without am or pm, when it is nearer to now; offered, not taken. */
export function nearerAfternoon(
  clock: Clock,
  timed: Timed,
  at: Instant,
  { now, span }: TimeContext,
): NonNullable<Reading['alternative']> | null {
  const { hour, minute } = timed.time;
  const said = clock.meridiem !== null || clock.hours !== '' || clock.name !== null;
  // Whoever writes HRS counts to 24; within a finished incident the nearest hour means nothing.
  if (said || hour < 1 || hour > 11 || span !== undefined) return null;
  const later = resolveBare({ ...timed, time: { ...timed.time, hour: hour + 12 } }, now);
  if (!later.ok || Math.abs(now - later.value.at) >= Math.abs(now - at)) return null;
  const label = `${hour}:${pad(minute)} PM`;
  return { at: later.value.at, label, typed: `${label} ${timed.zoneText}`.trim() };
}
