import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { onCall, shifts } from '../../../src/domain/schedules/on-call.ts';
import type { Override } from '../../../src/domain/schedules/schedule.ts';
import { weekly } from '../../support/rota.ts';
import { business, of, told, utc } from './rotations.ts';

const override = (of: Partial<Override>): Override => ({
  id: 'o1',
  schedule: 'platform',
  user: 'U9',
  from: utc('2026-01-06T12:00'),
  until: utc('2026-01-06T18:00'),
  by: 'U1',
  at: utc('2026-01-06T11:00'),
  ...of,
});

/** Found by looking at each in turn. */
function lastMade(overrides: readonly Override[], at: number): Override | undefined {
  let last: Override | undefined;
  for (const each of overrides) {
    if (each.from > at || each.until <= at) continue;
    if (last === undefined || each.at > last.at) last = each;
  }
  return last;
}

describe('an override', () => {
  test('wins for its time, whatever the rotation says', () => {
    expect(told(of(weekly), '2026-01-06T11:00', 3, [override({})])).toEqual([
      'U1 2026-01-05T08:00 2026-01-06T12:00',
      'U9 2026-01-06T12:00 2026-01-06T18:00',
      'U1 2026-01-06T18:00 2026-01-12T08:00',
    ]);
  });

  test('is told with the answer', () => {
    const made = override({});
    expect(onCall(of(weekly), [made], utc('2026-01-06T13:00'))).toEqual({
      user: 'U9',
      from: utc('2026-01-06T12:00'),
      until: utc('2026-01-06T18:00'),
      override: made,
    });
  });

  test('fills a gap', () => {
    const schedule = of({ ...weekly, only: [business] });
    const saturday = override({ from: utc('2026-01-10T10:00'), until: utc('2026-01-10T12:00') });
    expect(onCall(schedule, [saturday], utc('2026-01-10T11:00')).user).toBe('U9');
  });

  test('of another schedule, or of no time at all, does not count', () => {
    const others = [
      override({ schedule: 'database' }),
      override({ until: utc('2026-01-06T12:00') }),
      override({ until: utc('2026-01-06T11:00') }),
    ];
    expect(told(of(weekly), '2026-01-06T12:00', 1, others)).toEqual([
      'U1 2026-01-05T08:00 2026-01-12T08:00',
    ]);
  });

  test('for the one who is on call anyway makes one shift of it, and says so', () => {
    const own = override({ user: 'U1', until: utc('2026-01-13T12:00') });
    const [first] = shifts(of(weekly), [own], utc('2026-01-05T12:00'), 1);
    expect(first).toEqual({
      user: 'U1',
      from: utc('2026-01-05T08:00'),
      until: utc('2026-01-13T12:00'),
      standsIn: true,
    });
  });

  test('made last wins, minute by minute, in any order in which they are read', () => {
    const HOUR = 3_600_000;
    const [begin, end] = [utc('2026-01-06T00:00'), utc('2026-01-07T00:00')];
    const any = fc.record({
      user: fc.constantFrom('U1', 'U7', 'U8', 'U9'),
      from: fc.integer({ min: -6, max: 24 }).map((hour) => begin + hour * HOUR),
      hours: fc.integer({ min: 0, max: 12 }),
      at: fc.integer({ min: 0, max: 1_000_000 }),
    });
    fc.assert(
      fc.property(fc.uniqueArray(any, { selector: ({ at }) => at, maxLength: 6 }), (made) => {
        const overrides = made.map(({ hours, ...rest }, index) =>
          override({ ...rest, until: rest.from + hours * HOUR, id: `o${index}` }),
        );
        for (let at = begin; at < end; at += HOUR / 2) {
          const last = lastMade(overrides, at);
          const answer = onCall(of(weekly), overrides, at);
          expect(answer.user).toBe(last?.user ?? 'U1');
          expect(answer.override).toBe(last ?? null);
        }
      }),
      { numRuns: 60 },
    );
  });
});
