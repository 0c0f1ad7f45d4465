import { expect, test } from 'vitest';
import { echoTime, formatIn } from '../../../src/domain/time/echo.ts';
import { at, reading } from './at.ts';

const kolkata = { zone: 'Asia/Kolkata', now: at('2026-05-07T15:05Z') };

test.each([
  [
    '2:49 PM UTC',
    kolkata,
    { utc: '14:49 UTC', local: '20:19 IST', written: null, ago: '16 min ago' },
  ],
  [
    'yesterday 22:10',
    kolkata,
    { utc: '6 May 16:40 UTC', local: '6 May 22:10 IST', written: null, ago: '22 h 25 min ago' },
  ],
  [
    '2024-12-31 23:50',
    kolkata,
    {
      utc: '31 Dec 2024 18:20 UTC',
      local: '31 Dec 2024 23:50 IST',
      written: null,
      ago: '491 days ago',
    },
  ],
  ['now', kolkata, { utc: '15:05 UTC', local: '20:35 IST', written: null, ago: 'just now' }],
  ['20:37', kolkata, { utc: '15:07 UTC', local: '20:37 IST', written: null, ago: 'in 2 min' }],
  [
    '08:30 Etc/GMT+3',
    kolkata,
    { utc: '11:30 UTC', local: '17:00 IST', written: '08:30 UTC-03:00', ago: '3 h 35 min ago' },
  ],
  [
    '14:49 GMT',
    { ...kolkata, zone: 'Europe/London' },
    { utc: '14:49 UTC', local: '15:49 BST', written: null, ago: '16 min ago' },
  ],
  [
    '14:49',
    { ...kolkata, zone: 'Etc/UTC' },
    { utc: '14:49 UTC', local: null, written: null, ago: '16 min ago' },
  ],
  [
    '14:49 UTC',
    { ...kolkata, zone: null },
    { utc: '14:49 UTC', local: null, written: null, ago: '16 min ago' },
  ],
  // 00:30 on 8 May in Sydney, still 7 May in UTC
  [
    '23:50',
    { zone: 'Australia/Sydney', now: at('2026-05-07T14:30Z') },
    { utc: '13:50 UTC', local: '7 May 23:50 AEST', written: null, ago: '40 min ago' },
  ],
])('echoes %s', (typed, context, expected) => {
  expect(echoTime(reading(typed, context), context)).toEqual(expected);
});

test('the date is printed when asked for, or when it is not the reference’s', () => {
  const instant = at('2026-05-07T14:49Z');
  const show = (zone: string, date: boolean | 'auto') =>
    formatIn(instant, zone, { date, reference: instant });
  expect(show('UTC', false)).toBe('14:49 UTC');
  expect(show('UTC', true)).toBe('7 May 14:49 UTC');
  expect(show('America/New_York', 'auto')).toBe('10:49 EDT');
  expect(formatIn(instant, 'UTC', { date: 'auto', reference: at('2026-05-08T00:00Z') })).toBe(
    '7 May 14:49 UTC',
  );
  expect(formatIn(instant, 'UTC', { date: true, reference: at('2027-05-08T00:00Z') })).toBe(
    '7 May 2026 14:49 UTC',
  );
});
