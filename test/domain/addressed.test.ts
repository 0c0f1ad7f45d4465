import { expect, test } from 'vitest';
import { addressed } from '../../src/domain/addressed.ts';
import { addressOf, incidentName } from '../../src/domain/incident.ts';

test.each([
  ['42 ack', '42', 'ack'],
  ['#42 ack', '42', 'ack'],
  ['INC-42: ack', '42', 'ack'],
  ['DRILL-3 ack', 'DRILL-3', 'ack'],
  ['drill-3', 'DRILL-3', ''],
  ['Drill–3: ack', 'DRILL-3', 'ack'],
  ['drill3 ack', 'DRILL-3', 'ack'],
  ['drill #3 ack', 'DRILL-3', 'ack'],
])('“%s” names %s', (line, name, rest) => {
  const read = addressed(line);
  expect(read.address && addressOf(read.address)).toBe(name);
  expect(read.rest).toBe(rest);
});

test.each(['drill sev1 Checkout', 'drills', 'drill', '3rd floor', 'ack 42', '500ms'])(
  '“%s” names none and stays as it is',
  (line) => {
    expect(addressed(line)).toEqual({ address: null, typed: '', rest: line, loose: false });
  },
);

test('only the form with a space may be the verb instead', () => {
  expect(addressed('drill 3 ack').loose).toBe(true);
  expect(addressed('DRILL-3 ack').loose).toBe(false);
});

test('what a button types is read as the incident it stands on', () => {
  for (const incident of [
    { number: 3, drill: true },
    { number: 3, drill: false },
  ])
    expect(addressed(`${addressOf(incident)} ack`).address).toEqual(incident);
  expect(incidentName({ number: 3, drill: true })).toBe('DRILL-3');
});
