import { expect, test } from 'vitest';
import { readSince } from '../../../src/domain/time/since.ts';

// A Wednesday, 00:30 on Thursday in Kolkata.
const now = Date.UTC(2026, 2, 11, 19, 0);

test.each([
  ['yesterday', 'UTC', '2026-03-10T00:00:00Z'],
  ['yesterday', 'Asia/Kolkata', '2026-03-10T18:30:00Z'],
  ['Monday', 'UTC', '2026-03-09T00:00:00Z'],
  ['March 1', 'America/New_York', '2026-03-01T05:00:00Z'],
  ['2025-12-24', null, '2025-12-24T00:00:00Z'],
  ['2025', 'UTC', '2025-01-01T00:00:00Z'],
  ['2026-02', 'UTC', '2026-02-01T00:00:00Z'],
  ['last week', 'UTC', '2026-03-02T00:00:00Z'],
  ['this month', 'Europe/Madrid', '2026-02-28T23:00:00Z'],
  ['3 days ago', 'UTC', '2026-03-08T19:00:00Z'],
  ['2 weeks', 'UTC', '2026-02-25T19:00:00Z'],
  ['2026-03-11 14:05', 'UTC', '2026-03-11T14:05:00Z'],
  ['14:05 CET', null, '2026-03-11T13:05:00Z'],
])('%s in %s', (typed, zone, expected) => {
  expect(readSince(typed, { now, zone })).toEqual({ ok: true, value: Date.parse(expected) });
});

test.each([
  ['tomorrow', 'future'],
  ['2031', 'future'],
  ['the deploy', 'unreadable'],
  ['03/04/2026', 'ambiguous-date'],
  ['February 30', 'no-such-date'],
])('%s is refused', (typed, code) => {
  expect(readSince(typed, { now, zone: 'UTC' })).toMatchObject({ ok: false, refusal: { code } });
});
