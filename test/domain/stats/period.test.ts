import { expect, test } from 'vitest';
import { readPeriod } from '../../../src/domain/stats/period.ts';

const NOW = Date.parse('2026-05-14T10:30:00Z');
const at = { now: NOW, zone: 'Europe/Amsterdam' };

test.each([
  ['', '2026-02-13T10:30:00Z', '2026-05-14T10:30:00Z'],
  ['30 days', '2026-04-14T10:30:00Z', '2026-05-14T10:30:00Z'],
  ['last 2 weeks', '2026-04-30T10:30:00Z', '2026-05-14T10:30:00Z'],
  ['the last 6h', '2026-05-14T04:30:00Z', '2026-05-14T10:30:00Z'],
  ['last month', '2026-03-31T22:00:00Z', '2026-04-30T22:00:00Z'],
  ['This Month', '2026-04-30T22:00:00Z', '2026-05-14T10:30:00Z'],
  ['this week', '2026-05-10T22:00:00Z', '2026-05-14T10:30:00Z'],
  ['last quarter', '2025-12-31T23:00:00Z', '2026-03-31T22:00:00Z'],
  ['last year', '2024-12-31T23:00:00Z', '2025-12-31T23:00:00Z'],
  ['2026-03', '2026-02-28T23:00:00Z', '2026-03-31T22:00:00Z'],
  ['2026-Q1', '2025-12-31T23:00:00Z', '2026-03-31T22:00:00Z'],
  ['2026-q2', '2026-03-31T22:00:00Z', '2026-05-14T10:30:00Z'],
  ['2025', '2024-12-31T23:00:00Z', '2025-12-31T23:00:00Z'],
  ['since 2026-05-01', '2026-04-30T22:00:00Z', '2026-05-14T10:30:00Z'],
  ['since yesterday', '2026-05-12T22:00:00Z', '2026-05-14T10:30:00Z'],
  ['all', '1970-01-01T00:00:00Z', '2026-05-14T10:30:00Z'],
])('“%s” is from %s to %s', (typed, from, to) => {
  expect(readPeriod(typed, at)).toEqual({
    ok: true,
    value: { from: Date.parse(from), to: Date.parse(to) },
  });
});

test.each([
  ['2027', '“2027” is still to come'],
  ['2026-06', '“2026-06” is still to come'],
  ['since tomorrow', 'still to come'],
  ['sev1', 'I cannot read which time “sev1” is'],
  ['2026-13', 'I cannot read'],
  ['0 days', 'I cannot read'],
  ['30 days of rain', 'I cannot read'],
  ['x'.repeat(500), 'I cannot read'],
])('“%s” is refused: %s', (typed, reason) => {
  const read = readPeriod(typed, at);
  expect(read).toMatchObject({ ok: false });
  expect(read.ok ? '' : read.refusal.reason).toContain(reason);
});

test('somebody whose profile has no zone means UTC', () => {
  expect(readPeriod('2026-03', { now: NOW, zone: null })).toEqual({
    ok: true,
    value: { from: Date.parse('2026-03-01T00:00:00Z'), to: Date.parse('2026-04-01T00:00:00Z') },
  });
});
