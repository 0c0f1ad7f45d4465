import { describe, expect, test } from 'vitest';
import { endOfHours, inHours } from '../../../src/domain/schedules/hours.ts';
import type { Hours } from '../../../src/domain/schedules/schedule.ts';
import { hoursText, turnText } from '../../../src/domain/schedules/wording.ts';

const AMSTERDAM = 'Europe/Amsterdam';
const every = [1, 2, 3, 4, 5, 6, 7];
const nights: Hours = { days: [1, 2, 3, 4, 5], from: 22 * 60, to: 7 * 60 };
const weekend: Hours = { days: [6, 7], from: 0, to: 24 * 60 };
const small: Hours = { days: every, from: 2 * 60 + 15, to: 2 * 60 + 45 };

const utc = (written: string): number => Date.parse(`${written}:00Z`);
const end = (hours: readonly Hours[], at: string) => {
  const ends = endOfHours(hours, AMSTERDAM, utc(at));
  return ends === null ? null : new Date(ends).toISOString().slice(0, 16);
};

describe('hours of the week', () => {
  test.each([
    ['2026-01-05T20:59', false],
    ['2026-01-05T21:00', true],
    ['2026-01-06T05:59', true],
    ['2026-01-06T06:00', false],
    // Friday's night reaches into Saturday; Sunday has none that reaches into Monday.
    ['2026-01-10T05:59', true],
    ['2026-01-10T21:30', false],
    ['2026-01-12T05:00', false],
  ])('nights from Monday to Friday at %s: %s', (at, is) => {
    expect(inHours([nights], AMSTERDAM, utc(at))).toBe(is);
  });

  test.each([
    ['in none of them, at once', '2026-01-05T12:00', '2026-01-05T12:00'],
    ['at night, in the morning', '2026-01-05T23:00', '2026-01-06T06:00'],
    [
      'on Friday night, after the weekend that follows on it',
      '2026-01-09T22:00',
      '2026-01-11T23:00',
    ],
  ])('end: %s', (_name, at, expected) => {
    expect(end([weekend, nights], at)).toBe(expected);
  });

  test('that follow on each other all week never end', () => {
    const days: Hours = { days: every, from: 7 * 60, to: 22 * 60 };
    expect(end([{ ...nights, days: every }, days], '2026-03-20T12:00')).toBeNull();
    expect(end([{ days: every, from: 9 * 60, to: 9 * 60 }], '2026-03-20T12:00')).toBeNull();
  });

  test('that a day skips are not there; those that come twice are there from the first to the first', () => {
    expect(inHours([small], AMSTERDAM, utc('2026-03-29T01:00'))).toBe(false);
    expect(end([small], '2026-10-25T00:20')).toBe('2026-10-25T00:45');
    expect(inHours([small], AMSTERDAM, utc('2026-10-25T01:20'))).toBe(false);
  });

  test('cover an hour more or less in the night of a change', () => {
    expect(end([nights], '2026-03-27T22:00')).toBe('2026-03-28T06:00');
    expect(end([{ ...nights, days: every }], '2026-03-28T22:00')).toBe('2026-03-29T05:00');
  });

  test('of a zone that there is not are a fault', () => {
    expect(() => inHours([nights], 'Mars/Base', 0)).toThrow('no such zone: Mars/Base');
  });
});

describe('in words', () => {
  test.each([
    [{ days: [1, 2, 3, 4, 5], from: 540, to: 1020 }, 'Mon-Fri 09:00-17:00'],
    [{ days: [6, 7], from: 0, to: 1440 }, 'Sat-Sun 00:00-24:00'],
    [{ days: [1, 3, 4, 5, 7], from: 0, to: 90 }, 'Mon,Wed-Fri,Sun 00:00-01:30'],
    [{ days: every, from: 1320, to: 420 }, '22:00-07:00'],
  ])('%j is %s', (hours, text) => {
    expect(hoursText(hours)).toBe(text);
  });

  test.each([
    ['week', 1, 'every week, Tuesday 09:05'],
    ['week', 2, 'every 2 weeks, Tuesday 09:05'],
    ['day', 1, 'every day, 09:05'],
    ['hour', 12, 'every 12 hours, from 09:05'],
  ] as const)('a turn of %s × %i', (unit, count, text) => {
    const handoff = { weekday: 2, hour: 9, minute: 5 };
    const layer = { members: [], start: '', only: [], zone: 'UTC', turn: { unit, count }, handoff };
    expect(turnText(layer)).toBe(text);
  });
});
