import { DAY, HOUR, type Instant, inZone, MINUTE } from '../instant.ts';
import { calendarOf, dayOf, momentOf, type WallTime, wallAt, weekdayOf } from './calendar.ts';
import { type Span, spansOf } from './hours.ts';
import type { Layer } from './schedule.ts';

/** Somebody's stretch of time in a layer. */
export interface Turn extends Span {
  readonly user: string;
}

const LENGTHS = { hour: HOUR, day: DAY, week: 7 * DAY } as const;

/**
 * Who of the layer is on between two instants, in order, cut to them; its hours leave gaps.
 *
 * Turns are reckoned on the wall clock: a day is a day also when it has 23 hours, and a turn whose
 * time is skipped altogether does not take place. Before `start` they go on in the same order.
 */
export function turnsOf(layer: Layer, from: Instant, until: Instant): readonly Turn[] {
  const calendar = calendarOf(layer.zone, from, until);
  const length = LENGTHS[layer.turn.unit] * layer.turn.count;
  const first = firstHandoff(layer);
  const turns: Turn[] = [];
  // While an hour comes for the second time the clock is behind a hand-off that has been: what begins
  // with the turn before leaves it empty.
  for (let n = Math.floor((wallAt(calendar, from) - first) / length); ; n++) {
    const begins = momentOf(calendar, first + n * length);
    if (begins >= until) break;
    const ends = momentOf(calendar, first + (n + 1) * length);
    const turn = {
      user: memberOf(layer, n),
      from: Math.max(begins, from),
      until: Math.min(ends, until),
    };
    if (turn.from < turn.until) turns.push(turn);
  }
  return layer.only.length === 0
    ? turns
    : within(turns, spansOf(layer.only, calendar, from, until));
}

/** When the first member's first turn begins, on the layer's wall clock. */
function firstHandoff({ start, turn, handoff }: Layer): WallTime {
  const day = dayOf(inZone(0, 'UTC').set(dateOf(start)).toMillis());
  const since = turn.unit === 'week' ? (weekdayOf(day) - handoff.weekday + 7) % 7 : 0;
  return (day - since) * DAY + handoff.hour * HOUR + handoff.minute * MINUTE;
}

function dateOf(written: string): { year: number; month: number; day: number } {
  const [year = 1970, month = 1, day = 1] = written.split('-').map(Number);
  return { year, month, day };
}

function memberOf({ members }: Layer, n: number): string {
  const member = members[((n % members.length) + members.length) % members.length];
  if (member === undefined) throw new Error('a layer without members');
  return member;
}

/** The turns as far as they lie in the spans; both are in order. */
function within(turns: readonly Turn[], spans: readonly Span[]): readonly Turn[] {
  const inside: Turn[] = [];
  let next = 0;
  for (const turn of turns) {
    while ((spans[next]?.until ?? Number.POSITIVE_INFINITY) <= turn.from) next += 1;
    for (let index = next; (spans[index]?.from ?? turn.until) < turn.until; index++) {
      const span = spans[index];
      if (span === undefined) break;
      inside.push({
        user: turn.user,
        from: Math.max(turn.from, span.from),
        until: Math.min(turn.until, span.until),
      });
    }
  }
  return inside;
}
