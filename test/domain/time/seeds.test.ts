import { expect, test } from 'vitest';
import { splitLeadingTime } from '../../../src/domain/time/prefix.ts';
import { at, reading, utc } from './at.ts';

/** Every timeline line of the five seed reports, as it stands there. */
const ist = { zone: 'Asia/Kolkata', now: at('2026-05-07T16:05Z') };
const aest = { zone: 'Australia/Sydney', now: at('2026-05-12T13:00Z') };
const april10 = { zone: 'Europe/Amsterdam', now: at('2024-04-10T12:50Z') };
const april24 = { zone: 'Europe/Amsterdam', now: at('2024-04-24T09:20Z') };
const nairobi = { zone: 'Africa/Nairobi', now: at('2023-06-05T09:05Z') };
const january = { zone: 'Etc/UTC', now: at('2024-01-15T12:00Z') };
const may = { zone: 'America/New_York', now: at('2024-05-06T12:00Z') };

test.each([
  [
    'On May 7 at 2:49 PM UTC (7:19 PM IST, 10:49 AM US EST), a production deployment was started',
    ist,
    '2026-05-07T14:49Z',
    'a production deployment was started',
  ],
  [
    'At 3:16 PM UTC (7:46 PM IST, 11:16 AM US EST), the deployment was completed successfully.',
    ist,
    '2026-05-07T15:16Z',
    'the deployment was completed successfully.',
  ],
  [
    'At 3:55 PM UTC (8:25 PM IST, 11:55 AM US EST), the issue was resolved',
    ist,
    '2026-05-07T15:55Z',
    'the issue was resolved',
  ],
  ['May 12, 2026 - 22:04 AEST Posted', aest, '2026-05-12T12:04Z', 'Posted'],
  ['May 07, 2026 - 23:30 AEST Posted', aest, '2026-05-07T13:30Z', 'Posted'],

  [
    '13:57 April 10 2024 Release of the application code with the problematic migration script',
    april10,
    '2024-04-10T11:57Z',
    'Release of the application code with the problematic migration script',
  ],
  [
    '14:15 First reports of people not being able to login',
    april10,
    '2024-04-10T12:15Z',
    'First reports of people not being able to login',
  ],
  [
    '14:18 First line escalated to 3rd line / PIC',
    april10,
    '2024-04-10T12:18Z',
    'First line escalated to 3rd line / PIC',
  ],
  ['14:22 PIC nudges 3rd line', april10, '2024-04-10T12:22Z', 'PIC nudges 3rd line'],
  [
    '14:23 3rd line confirms that he problem has been seen and start investigation.',
    april10,
    '2024-04-10T12:23Z',
    '3rd line confirms that he problem has been seen and start investigation.',
  ],
  [
    '14:31 Roleback to previous stable version started',
    april10,
    '2024-04-10T12:31Z',
    'Roleback to previous stable version started',
  ],
  [
    '14:38 Roleback completed, waiting containers to start',
    april10,
    '2024-04-10T12:38Z',
    'Roleback completed, waiting containers to start',
  ],
  ['14:45 Vitals API back online', april10, '2024-04-10T12:45Z', 'Vitals API back online'],
  [
    '10:51, April 24, 2024 Ran problematic SQL query',
    april24,
    '2024-04-24T08:51Z',
    'Ran problematic SQL query',
  ],
  [
    '10:53 Support including third line is informed about the issue',
    april24,
    '2024-04-24T08:53Z',
    'Support including third line is informed about the issue',
  ],
  ['11:05 Instatus update posted', april24, '2024-04-24T09:05Z', 'Instatus update posted'],
  ['11:09 Servers seem stable again', april24, '2024-04-24T09:09Z', 'Servers seem stable again'],
  [
    '11:13 Cause found to be a query run by one of the developers',
    april24,
    '2024-04-24T09:13Z',
    'Cause found to be a query run by one of the developers',
  ],

  ['0800 HRS: database update begins', nairobi, '2023-06-05T05:00Z', 'database update begins'],
  ['0830 HRS: Outage begins', nairobi, '2023-06-05T05:30Z', 'Outage begins'],
  ['0900 HRS: Pagers alerted teams', nairobi, '2023-06-05T06:00Z', 'Pagers alerted teams'],
  [
    '0945 HRS: Failed configuration change rollback',
    nairobi,
    '2023-06-05T06:45Z',
    'Failed configuration change rollback',
  ],
  [
    '1050 HRS: Successful configuration change rollback',
    nairobi,
    '2023-06-05T07:50Z',
    'Successful configuration change rollback',
  ],
  ['1130 HRS: Server restarts begin', nairobi, '2023-06-05T08:30Z', 'Server restarts begin'],
  [
    '1200-HRS: 100% of traffic back online',
    nairobi,
    '2023-06-05T09:00Z',
    '100% of traffic back online',
  ],
  [
    'At around 0700 hours the server downloaded updates',
    nairobi,
    '2023-06-05T04:00Z',
    'the server downloaded updates',
  ],
  [
    'At 0900 hours the monitoring system alerted our engineers',
    nairobi,
    '2023-06-05T06:00Z',
    'the monitoring system alerted our engineers',
  ],
  [
    'At 1050 hours the database restoration completed',
    nairobi,
    '2023-06-05T07:50Z',
    'the database restoration completed',
  ],

  [
    '    08:30 AM: Issue detected as users reported slow dashboard loading times.',
    january,
    '2024-01-15T08:30Z',
    'Issue detected as users reported slow dashboard loading times.',
  ],
  [
    '    08:45 AM: Datadog monitoring alerts triggered',
    january,
    '2024-01-15T08:45Z',
    'Datadog monitoring alerts triggered',
  ],
  [
    '    09:00 AM: Engineering team initiated investigation',
    january,
    '2024-01-15T09:00Z',
    'Engineering team initiated investigation',
  ],
  ['    09:30 AM: Misleading assumption', january, '2024-01-15T09:30Z', 'Misleading assumption'],
  [
    '- 10:00 AM: Issue escalated to the database team',
    january,
    '2024-01-15T10:00Z',
    'Issue escalated to the database team',
  ],
  [
    '    11:00 AM: Root cause determined â€“ misconfigured database connection pool',
    january,
    '2024-01-15T11:00Z',
    'Root cause determined â€“ misconfigured database connection pool',
  ],
  [
    '    11:30 AM: Database connection pool settings adjusted',
    january,
    '2024-01-15T11:30Z',
    'Database connection pool settings adjusted',
  ],
  [
    '    11:45 AM: Services fully restored',
    january,
    '2024-01-15T11:45Z',
    'Services fully restored',
  ],

  ['    May 5th, 2024, 3:00 PM (UTC): Issue detected', may, '2024-05-05T15:00Z', 'Issue detected'],
  [
    '    May 5th, 2024, 3:15 PM (UTC): Engineering team notified',
    may,
    '2024-05-05T15:15Z',
    'Engineering team notified',
  ],
  [
    '    May 5th, 2024, 3:45 PM (UTC): Initial assumption made',
    may,
    '2024-05-05T15:45Z',
    'Initial assumption made',
  ],
  [
    '    May 5th, 2024, 5:30 PM (UTC): Misleading assumption made',
    may,
    '2024-05-05T17:30Z',
    'Misleading assumption made',
  ],
  [
    '    May 5th, 2024, 8:00 PM (UTC): Incident escalated',
    may,
    '2024-05-05T20:00Z',
    'Incident escalated',
  ],
  [
    '    May 5th, 2024, 10:00 PM (UTC): Root cause identified',
    may,
    '2024-05-05T22:00Z',
    'Root cause identified',
  ],
  [
    '    May 6th, 2024, 3:00 AM (UTC): Database configuration reverted',
    may,
    '2024-05-06T03:00Z',
    'Database configuration reverted',
  ],
  [
    '    May 6th, 2024, 9:00 AM (UTC): Services fully restored',
    may,
    '2024-05-06T09:00Z',
    'Services fully restored',
  ],
])('%s', (line, context, expected, rest) => {
  const split = splitLeadingTime(line);
  expect(split.rest).toBe(rest);
  expect(utc(reading(split.time ?? 'no time', context).at)).toBe(expected);
});
