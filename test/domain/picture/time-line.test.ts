import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../../src/domain/instant.ts';
import { type Piece, piecesOf } from '../../../src/domain/picture/time-line.ts';

const START = Date.parse('2026-03-10T12:00:00Z');
const breaks = (pieces: readonly Piece[]) =>
  pieces.filter(({ short }) => short).map(({ from, to }) => (to - from) / MINUTE);

test('three days with everything in one hour: the days are drawn short, and the hour is not', () => {
  const hour = Array.from({ length: 40 }, (_, n) => START + DAY + n * 1.5 * MINUTE);
  const pieces = piecesOf([START, ...hour, START + 3 * DAY]);
  expect(breaks(pieces)).toEqual([24 * 60, 2 * 24 * 60 - 58.5]);
  expect(pieces.filter(({ short }) => !short).every(({ from, to }) => to - from < 2 * HOUR)).toBe(
    true,
  );
});

test('entries far apart, and nothing but them, stay to scale', () => {
  const apart = [0, 0.25, 0.75, 2.5, 5, 7, 12, 18].map((hours) => START + hours * HOUR);
  expect(breaks(piecesOf(apart))).toEqual([]);
});

test('what is longer after the incident than the incident itself is drawn short', () => {
  const times = [0, 10, 20, 30, 75, 700].map((minutes) => START + minutes * MINUTE);
  const core = { from: START, to: START + 30 * MINUTE };
  expect(breaks(piecesOf(times, core))).toEqual([45, 625]);
});

test.each([[[]], [[START]], [[START, START]]])('%j has some time around it', (times) => {
  const pieces = piecesOf(times);
  expect(pieces.length).toBe(1);
  expect((pieces[0]?.to ?? 0) - (pieces[0]?.from ?? 0)).toBeGreaterThan(MINUTE);
});

test('pieces follow one another without a hole, hold every moment, and leave none out', () => {
  const instants = fc.array(fc.integer({ min: 0, max: 30 * DAY }), { minLength: 1, maxLength: 80 });
  const core = fc.record({
    from: fc.option(fc.integer({ min: 0, max: 30 * DAY })),
    to: fc.option(fc.integer({ min: 0, max: 30 * DAY })),
  });
  fc.assert(
    fc.property(instants, core, (times, proper) => {
      const pieces = piecesOf(times, proper);
      for (const [place, { from, to }] of pieces.entries()) {
        expect(to).toBeGreaterThan(from);
        if (place > 0) expect(from).toBe(pieces[place - 1]?.to);
      }
      expect(pieces[0]?.from).toBeLessThan(Math.min(...times));
      expect(pieces.at(-1)?.to).toBeGreaterThan(Math.max(...times));
      for (const { from, to, short } of pieces) {
        // Nothing was recorded within a time that is drawn short.
        if (short) expect(times.filter((at) => at > from && at < to)).toEqual([]);
      }
      expect(pieces.some(({ short }) => !short)).toBe(true);
    }),
  );
});
