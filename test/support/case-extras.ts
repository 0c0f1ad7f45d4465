import type { Detail } from '../../src/domain/entry.ts';

/** What is typed besides the case file's own fields, from the texts of the seeds. */
export interface Extras {
  /** Which published duration it is. */
  readonly stated?: string;
  readonly impactEnded?: string | null;
  /** An entry that carries the start of the impact without a time. */
  readonly untimedStart?: boolean;
  readonly findings?: readonly (readonly [Detail['type'], string])[];
  readonly comms?: readonly (readonly ['external' | 'internal', string | null, string])[];
  readonly fields?: Readonly<Record<string, string>>;
  /** Other zones' figures typed in the same line, by the place of the event. */
  readonly disagreements?: Readonly<Record<number, readonly string[]>>;
  readonly noWorkaround?: string;
}

/** By case. */
export const EXTRAS: Readonly<Record<string, Extras>> = {
  '02-2i2c-leap-2025': { stated: 'downtime', impactEnded: '2025-08-12T18:08:00+01:00' },
  '08-wikimedia-commons-2019': { stated: 'downtime' },
  '10-bilibili-slb-2021': { impactEnded: '2021-07-14T01:50:00+08:00' },
  'seed-0': {
    untimedStart: true,
    findings: [
      [
        'effect',
        'Users in the US region are unable to access the LMS platform during the outage period.',
      ],
    ],
    disagreements: {
      0: ['7:19 PM IST is 13:49 UTC', '10:49 AM EST: New York is on EDT in May'],
      1: ['7:46 PM IST is 14:16 UTC', '11:16 AM EST: New York is on EDT in May'],
      5: ['8:25 PM IST is 14:55 UTC', '11:55 AM EST: New York is on EDT in May'],
    },
    comms: [
      [
        'external',
        '2026-05-07T23:30:00+10:00',
        'Status page, Resolved: Users in the US region are unable to access the LMS platform.',
      ],
      ['external', '2026-05-12T22:04:00+10:00', 'Status page, Postmortem published.'],
    ],
  },
  'seed-1#1': {
    stated: 'downtime',
    findings: [['lesson', 'No alerts were missed.']],
    comms: [
      ['external', null, 'InStatus updates were used for both issues.'],
      ['external', null, 'Users who contacted us directly were answered privately.'],
      ['internal', null, 'Internal communication through Slack was done as usual.'],
    ],
    noWorkaround: 'N/A',
    fields: { classification: 'High', priority: 'Prio 1' },
  },
  'seed-1#2': {
    stated: 'downtime',
    impactEnded: '2024-04-24T11:09:00+02:00',
    noWorkaround: 'N/A',
    fields: { classification: 'High', priority: 'Prio 1' },
  },
  'seed-2': {
    findings: [
      ['cause', 'An invalid update to the database packages had corrupted the students’ records.'],
      [
        'effect',
        'From 0800 hours to 1200 hours requests to the students’ portal resulted in error 500.',
      ],
      [
        'lesson',
        'At 0900 hours the monitoring system alerted our engineers who quickly investigated the cause to the downtime.',
      ],
      [
        'lesson',
        'At 0900 hours the monitoring system alerted our engineers who quickly investigated the cause to the downtime.',
      ],
    ],
  },
  'seed-3': {
    findings: [
      [
        'effect',
        'During the outage, the student dashboard and classroom chat features were inaccessible.',
      ],
      [
        'cause',
        'An unforeseen spike in database queries triggered by a misconfigured database connection pool.',
      ],
      [
        'lesson',
        'The adjustments made to the database connection pool settings have been documented to prevent similar issues in the future.',
      ],
      ['fix', 'Database connection pool settings adjusted to prevent further incidents.'],
      [
        'lesson',
        'Root cause determined â€“ misconfigured database connection pool causing excessive open connections.',
      ],
    ],
  },
  'seed-4': {
    impactEnded: '2024-05-06T03:00:00+00:00',
    findings: [
      ['effect', 'Complete unavailability for all users during the incident period.'],
      ['effect', 'Approximately 80% of our user base was unable to access the platform.'],
    ],
  },
};
