import { describe, expect, test } from 'vitest';
import { onCall, shifts } from '../../../src/domain/schedules/on-call.ts';
import type { Hours, Layer, Schedule } from '../../../src/domain/schedules/schedule.ts';
import { type Walk, walk } from './wall-walk.ts';

/**
 * In either tier every minute is compared with the walk, as shifts: of eighteen months, with `LONG=1`
 * of five years. That also asks `onCall` itself for every hour, and for every minute of the days around a change of the clocks.
 */
const LONG = process.env.LONG === '1';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const FROM = Date.UTC(2026, 0, 12);
const UNTIL = LONG ? Date.UTC(2031, 0, 12) : Date.UTC(2027, 6, 12);

const ZONES = [
  'Europe/Amsterdam',
  'America/New_York',
  // Half an hour forward and back.
  'Australia/Lord_Howe',
  // At midnight: on one day of the year there is no 00:00.
  'America/Santiago',
  // Back for Ramadan, and forward again.
  'Africa/Casablanca',
];

const NIGHTS: Hours = { days: [1, 2, 3, 4, 5, 6, 7], from: 22 * 60, to: 2 * 60 + 30 };
const BUSINESS: Hours = { days: [1, 2, 3, 4, 5], from: 9 * 60, to: 17 * 60 };
const WEEKEND: Hours = { days: [6, 7], from: 0, to: 24 * 60 };
const SMALL: Hours = { days: [7], from: 2 * 60, to: 2 * 60 + 45 };

const layer = (zone: string, of: Partial<Layer>): Layer => ({
  members: ['U1', 'U2', 'U3'],
  turn: { unit: 'week', count: 1 },
  handoff: { weekday: 1, hour: 9, minute: 0 },
  start: '2026-01-05',
  only: [],
  zone,
  ...of,
});

const at = (hour: number, minute: number, weekday = 1) => ({ weekday, hour, minute });

const SCHEDULES: Record<string, (zone: string) => readonly Layer[]> = {
  'weeks from Monday 09:00': (zone) => [layer(zone, {})],
  'fortnights from Sunday 02:15, when clocks change': (zone) => [
    layer(zone, {
      turn: { unit: 'week', count: 2 },
      handoff: at(2, 15, 7),
      start: '2026-01-04',
    }),
  ],
  'days from 02:30, which some days skip and some have twice': (zone) => [
    layer(zone, { turn: { unit: 'day', count: 1 }, handoff: at(2, 30) }),
  ],
  'three days from midnight': (zone) => [
    layer(zone, { turn: { unit: 'day', count: 3 }, handoff: at(0, 0) }),
  ],
  'five hours from 00:20': (zone) => [
    layer(zone, { turn: { unit: 'hour', count: 5 }, handoff: at(0, 20) }),
  ],
  'after the sun, at night, and at weekends': (zone) => [
    layer(zone, { only: [BUSINESS] }),
    layer('Asia/Tokyo', { only: [BUSINESS], members: ['U4', 'U1'] }),
    layer(zone, {
      only: [NIGHTS, SMALL],
      members: ['U5', 'U6'],
      turn: { unit: 'day', count: 1 },
      handoff: at(23, 59),
    }),
    layer('America/Los_Angeles', { only: [WEEKEND], members: ['U7', 'U8', 'U1'] }),
  ],
};

const told = (instant: number, zone: string): string =>
  `${new Date(instant).toISOString()} ${zone}`;

describe.each(ZONES)('for years in %s', (zone) => {
  test.each(Object.entries(SCHEDULES))(
    '%s, as the clock on the wall has it',
    (name, layers) => {
      const schedule: Schedule = { name, zone, layers: layers(zone) };
      const walked = walk(schedule, FROM, UNTIL);
      expect(walked.changes.length).toBeGreaterThanOrEqual(LONG ? 9 : 3);
      everyMinute(schedule, walked);
      for (const instant of asked(walked)) directly(schedule, walked, instant);
    },
    LONG ? 30 * MINUTE : MINUTE,
  );
});

/** Every minute lies in one shift, of whoever the walk found, and no shift could be longer. */
function everyMinute(schedule: Schedule, walked: Walk): void {
  let next = FROM;
  for (const { user, from, until } of allShifts(schedule)) {
    const begins = Math.max(from ?? FROM, FROM);
    const ends = Math.min(until, UNTIL);
    if (begins !== next) expect(told(begins, schedule.zone)).toBe(told(next, schedule.zone));
    for (let minute = begins; minute < ends; minute += MINUTE) {
      if (walked.at(minute) === user) continue;
      expect(walked.at(minute), told(minute, schedule.zone)).toBe(user);
    }
    if (ends < UNTIL && walked.at(ends) === user)
      expect(told(ends, schedule.zone)).toBe('the end of a shift');
    next = ends;
  }
  expect(next).toBe(UNTIL);
}

/** All shifts; what is seen of them ends after a year, and is asked for again from there. */
function* allShifts(schedule: Schedule) {
  for (let next = FROM; next < UNTIL; ) {
    const asked = next;
    for (const shift of shifts(schedule, [], asked, 9000)) {
      if (shift.until === null || next >= UNTIL) break;
      yield { ...shift, until: shift.until };
      next = shift.until;
    }
    if (next === asked) throw new Error(`no shift ends after ${told(asked, schedule.zone)}`);
  }
}

/** What is asked of `onCall` itself: the sides of every change of the clocks, and moments in between. */
function asked({ changes }: Walk): readonly number[] {
  const [step, around] = LONG ? [MINUTE, 12 * HOUR] : [31 * MINUTE, 2 * HOUR];
  const close = changes.flatMap((change) => {
    const from = change * MINUTE - around;
    return Array.from({ length: Math.floor((2 * around) / step) }, (_, n) => from + n * step);
  });
  const stride = LONG ? HOUR : 401 * HOUR;
  const far = Array.from(
    { length: Math.floor((UNTIL - FROM) / stride) },
    (_, n) => FROM + n * stride + 17 * MINUTE,
  );
  return [...close, ...far].filter((instant) => instant >= FROM && instant < UNTIL);
}

function directly(schedule: Schedule, walked: Walk, instant: number): void {
  const { user, from, until } = onCall(schedule, [], instant);
  const place = told(instant, schedule.zone);
  if (user !== walked.at(instant)) expect(user, place).toBe(walked.at(instant));
  const begins = from === null || from <= FROM || walked.at(from - MINUTE) !== user;
  const ends = until === null || until >= UNTIL || walked.at(until) !== user;
  const around = (from ?? instant) <= instant && (until ?? UNTIL) > instant;
  if (!(begins && ends && around)) expect({ place, begins, ends, around }).toBe('whole');
}
