import { expect, test } from 'vitest';
import { readDeadline } from '../../../src/domain/time/deadline.ts';
import { readDuration } from '../../../src/domain/time/duration.ts';
import { at, utc } from './at.ts';

// A Thursday, 14:50 in Amsterdam.
const context = { zone: 'Europe/Amsterdam', now: at('2026-05-07T12:50Z') };

test.each([
  ['due Friday', '2026-05-08T21:59Z', true],
  ['Thursday', '2026-05-07T21:59Z', true],
  ['next Thursday', '2026-05-14T21:59Z', true],
  ['Thursday 09:00', '2026-05-14T07:00Z', false],
  ['Friday 17:00', '2026-05-08T15:00Z', false],
  ['due 2026-12-01', '2026-12-01T22:59Z', true],
  ['1 Dec', '2026-12-01T22:59Z', true],
  ['May 6', '2027-05-06T21:59Z', true],
  ['29 Feb', '2028-02-29T22:59Z', true],
  ['until 18:00', '2026-05-07T16:00Z', false],
  ['until 09:00', '2026-05-08T07:00Z', false],
  ['by 5pm', '2026-05-07T15:00Z', false],
  ['18:00 UTC', '2026-05-07T18:00Z', false],
  ['24:00', '2026-05-07T22:00Z', false],
  ['in 3 days', '2026-05-10T21:59Z', true],
  ['in 2 weeks', '2026-05-21T21:59Z', true],
  ['in 90m', '2026-05-07T14:20Z', false],
  ['2h', '2026-05-07T14:50Z', false],
  ['today', '2026-05-07T21:59Z', true],
  ['tomorrow', '2026-05-08T21:59Z', true],
  ['tomorrow 09:00', '2026-05-08T07:00Z', false],
  ['next week', '2026-05-15T21:59Z', true],
  ['EOD', '2026-05-07T21:59Z', true],
  ['end of week', '2026-05-08T21:59Z', true],
])('%s is due %s', (typed, expected, dateOnly) => {
  const read = readDeadline(typed, context);
  expect(read.ok ? [utc(read.value.at), read.value.dateOnly] : read.refusal).toEqual([
    expected,
    dateOnly,
  ]);
});

test.each([
  ['yesterday', 'past'],
  ['last Friday', 'past'],
  ['due last friday', 'past'],
  ['the last Thursday 17:00', 'past'],
  ['2026-05-06', 'past'],
  ['2 days ago', 'past'],
  ['today 09:00', 'past'],
  ['05/06/2026', 'ambiguous-date'],
  ['2026-02-30', 'no-such-date'],
  ['25:00', 'no-such-time'],
  ['Friday midnight', 'ambiguous-midnight'],
  ['18:00 EST', 'wrong-season'],
  ['18:00 CST', 'ambiguous-zone'],
  ['10:00-11:00', 'range'],
  ['soon', 'vague'],
  ['asap', 'vague'],
  ['now', 'vague'],
  ['', 'vague'],
])('%s is refused: %s', (typed, code) => {
  const read = readDeadline(typed, context);
  expect(read.ok ? utc(read.value.at) : read.refusal.code).toBe(code);
});

test('last Friday is not next Friday: the coming one is offered instead', () => {
  expect(readDeadline('last friday', context)).toMatchObject({
    refusal: {
      reason: 'last friday is in the past: a deadline is still to come',
      offers: [{ typed: 'friday' }, { typed: 'tomorrow' }],
    },
  });
});

test('a deadline needs a zone unless it is counted in hours', () => {
  const codes = ['Friday', '18:00', 'in 3 days', 'EOD'].map((typed) => {
    const read = readDeadline(typed, { ...context, zone: null });
    return read.ok ? 'ok' : read.refusal.code;
  });
  expect(codes).toEqual(['no-zone', 'no-zone', 'no-zone', 'no-zone']);
  expect(readDeadline('in 2h', { ...context, zone: null }).ok).toBe(true);
});

test.each([
  ['39 min', 39],
  ['39m', 39],
  ['1h20m', 80],
  ['1 h 20 min', 80],
  ['3 h 15 min', 195],
  ['18 hours', 1080],
  ['90s', 1.5],
  ['1:30 h', 90],
  ['1:30:00', 90],
  ['1:30 min', 1.5],
  ['1.5 h', 90],
  ['0 min', 0],
  ['an hour and a half', 90],
  ['half an hour', 30],
  ['2 days', 2880],
  ['1 hour and 5 minutes', 65],
  ['approximately 39 minutes', 39],
  ['~39 min', 39],
  ['１５ min', 15],
])('%s lasts %d min', (typed, minutes) => {
  expect(readDuration(typed)).toEqual({ ok: true, value: { ms: minutes * 60_000 } });
});

test.each(['', 'N/A', '39', '1:30', 'a while', '39 parsecs', '-5 min', '14:15–14:45'])(
  '%s is no length of time',
  (typed) => expect(readDuration(typed).ok).toBe(false),
);
