import { IANAZone } from 'luxon';
import { DAY, type Instant, MINUTE, type Zone } from '../instant.ts';

/**
 * What a wall clock and its calendar show, counted as milliseconds since 1970-01-01 00:00 on that clock.
 *
 * Every day of it has 24 hours, which is why turns and hours are reckoned on it.
 */
export type WallTime = number;

/** A zone's clocks over a stretch of time: from when they are how far ahead of UTC. */
export interface Calendar {
  /** In order; the first holds from the beginning, each until the next one. */
  readonly offsets: readonly { readonly from: Instant; readonly ahead: number }[];
}

/** No zone changes its clocks twice within this. */
const STEP = 6 * DAY;
/** What a wall clock can be ahead of or behind UTC, and a day of room. */
const ROOM = 2 * DAY;

/**
 * The zone's clocks from one instant to another and two days around them.
 *
 * Asks for the zone's rules once a week of the stretch, so that all that follows is arithmetic.
 * Throws when the zone is unknown, which is a fault.
 */
export function calendarOf(zone: Zone, from: Instant, until: Instant): Calendar {
  const rules = IANAZone.create(zone);
  const aheadAt = (at: Instant): number => rules.offset(at) * MINUTE;
  const first = Math.floor((from - ROOM) / STEP) * STEP;
  const offsets = [{ from: first, ahead: aheadAt(first) }];
  if (Number.isNaN(offsets[0]?.ahead)) throw new Error(`no such zone: ${zone}`);
  for (let at = first, ahead = aheadAt(first); at < until + ROOM; at += STEP) {
    const next = aheadAt(at + STEP);
    if (next === ahead) continue;
    offsets.push({ from: changeBetween(at, at + STEP, aheadAt), ahead: next });
    ahead = next;
  }
  return { offsets };
}

/** The first instant with the later offset: clocks change at full minutes. */
function changeBetween(before: Instant, after: Instant, aheadAt: (at: Instant) => number): Instant {
  const old = aheadAt(before);
  let [low, high] = [before, after];
  while (high - low > MINUTE) {
    const middle = Math.floor((low + high) / 2 / MINUTE) * MINUTE;
    if (aheadAt(middle) === old) low = middle;
    else high = middle;
  }
  return high;
}

/** What the clocks show at that instant. */
export function wallAt({ offsets }: Calendar, at: Instant): WallTime {
  const current = offsets.findLast(({ from }) => from <= at) ?? offsets[0];
  return at + (current?.ahead ?? 0);
}

/**
 * The first instant at which the clocks show this or more.
 *
 * So a time that is skipped is the moment of the change, and of a time that comes twice it is the first.
 */
export function momentOf({ offsets }: Calendar, wall: WallTime): Instant {
  for (const [index, { from, ahead }] of offsets.entries()) {
    const at = index === 0 ? wall - ahead : Math.max(from, wall - ahead);
    const next = offsets[index + 1];
    if (next === undefined || at < next.from) return at;
  }
  return wall;
}

/** The day, counted since 1970-01-01. */
export const dayOf = (wall: WallTime): number => Math.floor(wall / DAY);

/** 1 for Monday to 7 for Sunday. */
export const weekdayOf = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1;
