import { IANAZone } from 'luxon';
import { describe, expect, test, vi } from 'vitest';
import { onCall, peopleOf, shifts } from '../../../src/domain/schedules/on-call.ts';
import type { Layer } from '../../../src/domain/schedules/schedule.ts';
import { AMSTERDAM, weekly } from '../../support/rota.ts';
import { business, daily, of, told, utc } from './rotations.ts';

describe('turns', () => {
  test('go through the members from the start, at the hand-off', () => {
    expect(told(of(weekly), '2026-01-05T08:00', 4)).toEqual([
      'U1 2026-01-05T08:00 2026-01-12T08:00',
      'U2 2026-01-12T08:00 2026-01-19T08:00',
      'U3 2026-01-19T08:00 2026-01-26T08:00',
      'U1 2026-01-26T08:00 2026-02-02T08:00',
    ]);
  });

  test('go on in the same order before the start', () => {
    expect(onCall(of(weekly), [], utc('2026-01-05T07:59')).user).toBe('U3');
    expect(onCall(of(weekly), [], utc('2025-12-23T12:00')).user).toBe('U2');
  });

  test.each(['2026-01-05', '2026-01-08', '2026-01-11'])(
    'of weeks begin in the week of the start, whatever day it is: %s',
    (start) => {
      expect(told(of({ ...weekly, start }), '2026-01-07T12:00', 1)).toEqual([
        'U1 2026-01-05T08:00 2026-01-12T08:00',
      ]);
    },
  );

  test('a start before the weekday of the hand-off lies in the turn that began the week before', () => {
    const schedule = of({ ...weekly, handoff: { weekday: 3, hour: 9, minute: 0 } });
    expect(told(schedule, '2026-01-05T12:00', 1)).toEqual(['U1 2025-12-31T08:00 2026-01-07T08:00']);
  });

  test('the same time on the wall in summer and in winter, so one week has 167 hours', () => {
    expect(told(of(weekly), '2026-03-24T12:00', 2)).toEqual([
      'U3 2026-03-23T08:00 2026-03-30T07:00',
      'U1 2026-03-30T07:00 2026-04-06T07:00',
    ]);
  });

  test('a hand-off at a time that the day does not have is at the change of the clocks', () => {
    expect(told(of(daily(2, 30)), '2026-03-28T12:00', 2)).toEqual([
      'U2 2026-03-28T01:30 2026-03-29T01:00',
      'U3 2026-03-29T01:00 2026-03-30T00:30',
    ]);
  });

  test('a hand-off at a time that comes twice is at the first, and stays', () => {
    const schedule = of(daily(2, 30));
    expect(told(schedule, '2026-10-24T12:00', 2)).toEqual([
      'U2 2026-10-24T00:30 2026-10-25T00:30',
      'U3 2026-10-25T00:30 2026-10-26T01:30',
    ]);
    // 02:15 for the second time: the hand-off has been.
    expect(onCall(schedule, [], utc('2026-10-25T01:15')).user).toBe('U3');
  });

  test('a turn of an hour that is skipped does not take place; one that comes twice has two hours', () => {
    const hourly = of({
      ...daily(0, 0),
      turn: { unit: 'hour', count: 1 },
      members: ['U1', 'U2', 'U3', 'U4', 'U5'],
    });
    const users = (from: string) => shifts(hourly, [], utc(from), 3).map(({ user }) => user);
    expect(users('2026-03-29T00:00')).toEqual(['U4', 'U1', 'U2']);
    expect(told(hourly, '2026-10-25T00:30', 1)[0]).toMatch(/2026-10-25T00:00 2026-10-25T02:00$/);
  });

  test('Lord Howe moves by half an hour', () => {
    const howe = of({ ...daily(2, 15), zone: 'Australia/Lord_Howe' });
    expect(told(howe, '2026-10-03T12:00', 1)).toEqual(['U2 2026-10-02T15:45 2026-10-03T15:30']);
  });
});

describe('layers', () => {
  const day = { ...weekly, members: ['U4'], only: [business] };

  test('the first that has somebody decides', () => {
    expect(told(of(day, weekly), '2026-01-05T08:00', 3)).toEqual([
      'U4 2026-01-05T08:00 2026-01-05T16:00',
      'U1 2026-01-05T16:00 2026-01-06T08:00',
      'U4 2026-01-06T08:00 2026-01-06T16:00',
    ]);
  });

  test('where none has anybody there is a gap, which is told', () => {
    expect(told(of(day), '2026-01-09T10:00', 3)).toEqual([
      'U4 2026-01-09T08:00 2026-01-09T16:00',
      'nobody 2026-01-09T16:00 2026-01-12T08:00',
      'U4 2026-01-12T08:00 2026-01-12T16:00',
    ]);
    expect(onCall(of(day), [], utc('2026-01-10T12:00'))).toMatchObject({
      user: null,
      override: null,
    });
  });

  test('follow the sun, each on its own clock', () => {
    const team = (user: string, zone: string, from: number, to: number): Layer => ({
      ...daily(0, 0),
      members: [user],
      zone,
      only: [{ days: [1, 2, 3, 4, 5], from: from * 60, to: to * 60 }],
    });
    const sun = of(
      team('U1', 'Asia/Tokyo', 9, 17),
      team('U2', AMSTERDAM, 9, 17),
      team('U3', 'America/New_York', 9, 17),
    );
    // New York has changed its clocks, Amsterdam has not.
    expect(told(sun, '2026-03-10T01:00', 4)).toEqual([
      'U1 2026-03-10T00:00 2026-03-10T08:00',
      'U2 2026-03-10T08:00 2026-03-10T16:00',
      'U3 2026-03-10T16:00 2026-03-10T21:00',
      'nobody 2026-03-10T21:00 2026-03-11T00:00',
    ]);
  });

  test('name their people once, in their order', () => {
    expect(peopleOf(of({ ...day, members: ['U4', 'U2', 'U4'] }, weekly))).toEqual([
      'U4',
      'U2',
      'U1',
      'U3',
    ]);
  });
});

describe('what has no end', () => {
  test('one person is on call without an end in sight', () => {
    const alone = of({ ...weekly, members: ['U1'] });
    expect(onCall(alone, [], utc('2026-01-06T12:00'))).toEqual({
      user: 'U1',
      from: null,
      until: null,
      override: null,
    });
    expect(told(alone, '2026-01-06T12:00', 5)).toEqual(['U1 null null']);
  });

  test('the same person twice in a row is one shift', () => {
    const twice = of({ ...weekly, members: ['U1', 'U1', 'U2'] });
    expect(told(twice, '2026-01-14T12:00', 2)).toEqual([
      'U1 2026-01-05T08:00 2026-01-19T08:00',
      'U2 2026-01-19T08:00 2026-01-26T08:00',
    ]);
  });

  test('a turn of half a year is seen to its end', () => {
    const long = of({ ...weekly, turn: { unit: 'week', count: 26 } });
    expect(told(long, '2026-01-06T12:00', 2)).toEqual([
      'U1 2026-01-05T08:00 2026-07-06T07:00',
      'U2 2026-07-06T07:00 2027-01-04T08:00',
    ]);
  });
});

test('a year ahead costs a few hundred questions about the zone, not one for every day or minute', () => {
  const asked = vi.spyOn(IANAZone.prototype, 'offset');
  expect(
    shifts(of({ ...daily(9, 0), only: [business] }, weekly), [], utc('2026-01-06T12:00'), 9000)
      .length,
  ).toBeGreaterThan(300);
  expect(asked.mock.calls.length).toBeLessThan(700);
  asked.mockRestore();
});
