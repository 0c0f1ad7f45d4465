import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inOrder } from '../../src/domain/timeline-order.ts';

const MINUTE = 60_000;
const entry = (no: number, minute: number | null, after: number | null = null) => ({
  no,
  at: minute === null ? null : minute * MINUTE,
  after,
});
const told = (...entries: ReturnType<typeof entry>[]) => inOrder(entries).map(({ no }) => no);

test('late entries stand at their instant', () => {
  expect(told(entry(1, 10), entry(2, 30), entry(3, 20))).toEqual([1, 3, 2]);
});

test('entries of one minute keep the order in which they were entered', () => {
  expect(told(entry(2, 10.1), entry(1, 10.9), entry(3, 10))).toEqual([1, 2, 3]);
});

test('an entry without a time follows the one it was put after, wherever that goes', () => {
  expect(told(entry(1, 30), entry(2, null, 1), entry(3, 10))).toEqual([3, 1, 2]);
  expect(told(entry(1, 10), entry(2, 10), entry(3, null, 1), entry(4, null, 3))).toEqual([
    1, 3, 4, 2,
  ]);
  expect(told(entry(1, 10), entry(2, null, 1), entry(3, null, 1))).toEqual([1, 2, 3]);
});

test('an entry without a time or a place stands last', () => {
  expect(told(entry(1, null), entry(2, 30), entry(3, 10))).toEqual([3, 2, 1]);
});

test('a circle or a missing neighbour loses nothing', () => {
  expect(told(entry(1, null, 2), entry(2, null, 1), entry(3, 10))).toEqual([3, 1, 2]);
  expect(told(entry(1, 10), entry(2, null, 99))).toEqual([1, 2]);
});

test('every entry is told once, whatever the order it comes in', () => {
  const anything = fc.uniqueArray(
    fc.record({
      no: fc.integer({ min: 1, max: 40 }),
      at: fc.option(fc.integer({ min: 0, max: 20 * MINUTE })),
      after: fc.option(fc.integer({ min: 1, max: 45 })),
    }),
    { selector: ({ no }) => no, maxLength: 40 },
  );
  fc.assert(
    fc.property(anything, (entries) => {
      const order = inOrder(entries);
      expect([...order].sort((a, b) => a.no - b.no)).toEqual(
        [...entries].sort((a, b) => a.no - b.no),
      );
      expect(inOrder([...entries].reverse())).toEqual(order);
      const minutes = order.flatMap(({ at }) => (at === null ? [] : [Math.floor(at / MINUTE)]));
      expect(minutes).toEqual([...minutes].sort((a, b) => a - b));
    }),
  );
});
