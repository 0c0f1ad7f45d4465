import { pad } from '../time/clock.ts';
import type { Hours, Layer } from './schedule.ts';

const SHORT = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const WHOLE = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** Hours as they are written: `Mon-Fri 09:00-17:00`, `Sat-Sun 00:00-24:00`, `22:00-07:00` for every day. */
export function hoursText({ days, from, to }: Hours): string {
  const clock = `${clockText(from)}-${clockText(to)}`;
  return days.length === 7 ? clock : `${daysText(days)} ${clock}`;
}

/** When turns are handed over: `every week, Monday 09:00`, `every 12 hours, from 09:00`. */
export function turnText({ turn, handoff }: Layer): string {
  const { unit, count } = turn;
  const often = count === 1 ? `every ${unit}` : `every ${count} ${unit}s`;
  const clock = clockText(handoff.hour * 60 + handoff.minute);
  if (unit === 'week') return `${often}, ${WHOLE[handoff.weekday - 1]} ${clock}`;
  return `${often}, ${unit === 'hour' ? 'from ' : ''}${clock}`;
}

/** Days in a row as a span; `days` are in order. */
function daysText(days: readonly number[]): string {
  const runs: (readonly [number, number])[] = [];
  for (const day of days) {
    const last = runs.at(-1);
    if (last !== undefined && last[1] === day - 1) runs[runs.length - 1] = [last[0], day];
    else runs.push([day, day]);
  }
  return runs
    .map(([first, last]) => [...new Set([SHORT[first - 1], SHORT[last - 1]])].join('-'))
    .join(',');
}

const clockText = (minutes: number): string =>
  `${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
