import { describe, expect, test } from 'vitest';
import { zoneAbbreviation } from '../../../src/domain/time/echo.ts';
import { at, outcome, reading, refusal } from './at.ts';

const summer = at('2026-07-07T18:00Z');
const winter = at('2026-01-15T18:00Z');

describe('fixed abbreviations', () => {
  test.each([
    ['UTC', 0],
    ['Z', 0],
    ['GMT', 0],
    ['WET', 0],
    ['WEST', 1],
    ['CET', 1],
    ['CEST', 2],
    ['EET', 2],
    ['EEST', 3],
    ['MSK', 3],
    ['EAT', 3],
    ['CAT', 2],
    ['SAST', 2],
    ['WAT', 1],
    ['JST', 9],
    ['KST', 9],
    ['HKT', 8],
    ['SGT', 8],
    ['PKT', 5],
    ['NPT', 5.75],
    ['NZST', 12],
    ['NZDT', 13],
  ])('%s is %d h from UTC in every season, whoever types it', (name, hours) => {
    for (const now of [summer, winter]) {
      for (const zone of ['Europe/London', 'Asia/Kolkata', null]) {
        const day = now === summer ? '2026-07-06' : '2026-01-14';
        const read = reading(`${day} 12:00 ${name.toLowerCase()}`, { now, zone });
        expect(read.at).toBe(at(`${day}T12:00Z`) - hours * 3_600_000);
      }
    }
  });
});

test.each([
  ['10:00 ET', '2026-07-07T14:00Z', '2026-01-15T15:00Z'],
  ['10:00 CT', '2026-07-07T15:00Z', '2026-01-15T16:00Z'],
  ['10:00 MT', '2026-07-07T16:00Z', '2026-01-15T17:00Z'],
  ['10:00 PT', '2026-07-07T17:00Z', '2026-01-15T18:00Z'],
  ['03:00 AET', '2026-07-07T17:00Z', '2026-01-15T16:00Z'],
  ['10:00 US Eastern', '2026-07-07T14:00Z', '2026-01-15T15:00Z'],
  ['10:00 Pacific Time', '2026-07-07T17:00Z', '2026-01-15T18:00Z'],
])('%s follows the season', (typed, inSummer, inWinter) => {
  expect(outcome(typed, { now: summer, zone: 'Etc/UTC' })).toBe(inSummer);
  expect(outcome(typed, { now: winter, zone: 'Etc/UTC' })).toBe(inWinter);
});

test.each([
  // [abbreviation, reporter, summer, winter]
  ['EST', 'Asia/Kolkata', 'wrong-season', '2026-01-15T15:00Z'],
  ['EST', 'America/Jamaica', '2026-07-07T15:00Z', '2026-01-15T15:00Z'],
  ['EST', 'America/Panama', '2026-07-07T15:00Z', '2026-01-15T15:00Z'],
  ['EDT', 'Asia/Kolkata', '2026-07-07T14:00Z', 'wrong-season'],
  ['CDT', 'Asia/Kolkata', '2026-07-07T15:00Z', 'wrong-season'],
  ['MDT', 'Asia/Kolkata', '2026-07-07T16:00Z', 'wrong-season'],
  ['PDT', 'Asia/Kolkata', '2026-07-07T17:00Z', 'wrong-season'],
  ['AEST', 'Europe/Berlin', '2026-07-07T00:00Z', 'wrong-season'],
  ['AEST', 'Australia/Brisbane', '2026-07-07T00:00Z', '2026-01-15T00:00Z'],
  ['AEST', 'Australia/Melbourne', '2026-07-07T00:00Z', 'wrong-season'],
  ['AEDT', 'Australia/Hobart', 'wrong-season', '2026-01-14T23:00Z'],
  ['IST', 'Asia/Calcutta', '2026-07-07T04:30Z', '2026-01-15T04:30Z'],
  ['IST', 'Asia/Jerusalem', 'wrong-season', '2026-01-15T08:00Z'],
  ['IST', 'Europe/Dublin', '2026-07-07T09:00Z', 'wrong-season'],
  ['IST', 'Europe/London', 'ambiguous-zone', 'ambiguous-zone'],
  ['CST', 'America/Regina', '2026-07-07T16:00Z', '2026-01-15T16:00Z'],
  ['CST', 'America/Chicago', 'wrong-season', '2026-01-15T16:00Z'],
  ['CST', 'America/Havana', 'wrong-season', '2026-01-15T15:00Z'],
  ['CST', 'Asia/Shanghai', '2026-07-07T02:00Z', '2026-01-15T02:00Z'],
  ['US CST', 'Asia/Kolkata', 'wrong-season', '2026-01-15T16:00Z'],
  ['BST', 'Europe/London', '2026-07-07T09:00Z', 'wrong-season'],
  ['BST', 'Asia/Dhaka', '2026-07-07T04:00Z', '2026-01-15T04:00Z'],
  ['BST', 'Pacific/Bougainville', '2026-07-06T23:00Z', '2026-01-14T23:00Z'],
  ['BST', 'Etc/UTC', 'ambiguous-zone', 'ambiguous-zone'],
  ['PST', 'America/Los_Angeles', 'wrong-season', '2026-01-15T18:00Z'],
  ['PST', 'Asia/Manila', '2026-07-07T02:00Z', '2026-01-15T02:00Z'],
  ['PST', 'Etc/UTC', 'ambiguous-zone', 'ambiguous-zone'],
  ['US PST', 'Asia/Manila', 'wrong-season', '2026-01-15T18:00Z'],
  ['MST', 'America/Denver', 'wrong-season', '2026-01-15T17:00Z'],
  ['MST', 'America/Phoenix', '2026-07-07T17:00Z', '2026-01-15T17:00Z'],
  ['MST', 'Asia/Kuala_Lumpur', '2026-07-07T02:00Z', '2026-01-15T02:00Z'],
  ['MST', 'Asia/Yangon', '2026-07-07T03:30Z', '2026-01-15T03:30Z'],
  ['AST', 'America/Halifax', 'wrong-season', '2026-01-15T14:00Z'],
  ['AST', 'America/Puerto_Rico', '2026-07-07T14:00Z', '2026-01-15T14:00Z'],
  ['AST', 'Asia/Riyadh', '2026-07-07T07:00Z', '2026-01-15T07:00Z'],
  ['GST', 'Asia/Dubai', '2026-07-07T06:00Z', '2026-01-15T06:00Z'],
  ['GST', 'Atlantic/South_Georgia', '2026-07-07T12:00Z', '2026-01-15T12:00Z'],
  ['SST', 'Pacific/Pago_Pago', '2026-07-07T21:00Z', '2026-01-15T21:00Z'],
  ['SST', 'Asia/Singapore', '2026-07-07T02:00Z', '2026-01-15T02:00Z'],
  ['SST', 'Etc/UTC', 'ambiguous-zone', 'ambiguous-zone'],
])('%s typed in %s', (name, zone, inSummer, inWinter) => {
  const typed = (day: string): string => `${day} 10:00 ${name}`;
  const day = 24 * 3_600_000;
  expect(outcome(typed('2026-07-07'), { now: summer + day, zone })).toBe(inSummer);
  expect(outcome(typed('2026-01-15'), { now: winter + day, zone })).toBe(inWinter);
});

test.each([
  '+3 GMT',
  '(+3 GMT)',
  'GMT+3',
  'GMT +3',
  'UTC+3',
  'UTC+03:00',
  'UTC+0300',
  '+03:00',
  '+0300',
  '+3',
  '(UTC+3)',
  'Africa/Nairobi',
  'africa/nairobi',
  'AFRICA/NAIROBI',
  'Nairobi',
  'nairobi time',
  '(Nairobi)',
  'EAT',
  'eat',
  '[Africa/Nairobi]',
  'Etc/GMT-3',
  'etc/gmt-3',
  'Moscow',
])('14:31 %s is UTC+03:00', (zone) => {
  expect(outcome(`14:31 ${zone}`, { now: summer, zone: 'Etc/UTC' })).toBe('2026-07-07T11:31Z');
});

test.each([
  ['14:31 New York', '2026-07-06T18:31Z'],
  ['10:31 New York', '2026-07-07T14:31Z'],
  ['10:31 US/Eastern', '2026-07-07T14:31Z'],
  ['10:31 San Francisco', '2026-07-07T17:31Z'],
  ['14:31 Mumbai', '2026-07-07T09:01Z'],
  ['10:31-0500', '2026-07-07T15:31Z'],
  ['14:31 local time', '2026-07-07T14:31Z'],
  ['14:31UTC', '2026-07-07T14:31Z'],
  ['10:49EDT', '2026-07-07T14:49Z'],
  ['10:31 los_angeles', '2026-07-07T17:31Z'],
])('%s', (typed, expected) => {
  const now = typed === '14:31 New York' ? at('2026-07-07T02:00Z') : summer;
  expect(outcome(typed, { now, zone: 'Etc/UTC' })).toBe(expected);
});

test.each(['XYZ', 'ABC', 'IDT', 'Atlantis', 'Mars/Olympus', '(XYZ)', '+25:00', 'UTC+15'])(
  'refuses the unknown zone %s, and says what would do',
  (zone) => {
    const { code, reason, offers } = refusal(`14:31 ${zone}`, { now: summer, zone: 'Etc/UTC' });
    expect(code).toBe('unknown-zone');
    expect(reason).toContain('use a city zone such as Europe/Berlin or an offset such as +02:00');
    expect(offers.map(({ typed }) => typed)).toEqual(['14:31', '14:31 UTC']);
  },
);

test('an ambiguous abbreviation offers each meaning, ready to type', () => {
  const context = { now: winter, zone: 'Etc/UTC' };
  const { offers } = refusal('09:49 CST', context);
  expect(offers.map(({ label }) => label)).toEqual([
    'Chicago (UTC-06:00)',
    'Shanghai (UTC+08:00), yesterday',
    'Havana (UTC-05:00)',
  ]);
  expect(offers.map(({ typed }) => outcome(typed, context))).toEqual([
    '2026-01-15T15:49Z',
    '2026-01-15T01:49Z',
    '2026-01-15T14:49Z',
  ]);
});

test('a reading names the zone it was written in', () => {
  const context = { now: summer, zone: 'Asia/Kolkata' };
  expect(reading('14:31', context).zone).toBe('Asia/Kolkata');
  expect(reading('14:31 GMT', context).zone).toBe('UTC');
  expect(reading('14:31 +3 GMT', context).zone).toBe('UTC+3');
  expect(reading('14:31 europe/berlin', context).zone).toBe('Europe/Berlin');
  expect(reading('10:31 us/eastern', context).zone).toBe('US/Eastern');
  expect(reading('10:31 EDT', context).zone).toBe('America/New_York');
});

test.each([
  ['Europe/Amsterdam', 'CEST', 'CET'],
  ['Europe/London', 'BST', 'GMT'],
  ['Europe/Dublin', 'IST', 'GMT'],
  ['Europe/Athens', 'EEST', 'EET'],
  ['Europe/Lisbon', 'WEST', 'WET'],
  ['Europe/Moscow', 'MSK', 'MSK'],
  ['Asia/Kolkata', 'IST', 'IST'],
  ['Asia/Calcutta', 'IST', 'IST'],
  ['Asia/Tokyo', 'JST', 'JST'],
  ['Asia/Shanghai', 'CST', 'CST'],
  ['Asia/Kabul', 'UTC+04:30', 'UTC+04:30'],
  ['Asia/Dubai', 'GST', 'GST'],
  ['Africa/Nairobi', 'EAT', 'EAT'],
  ['Africa/Johannesburg', 'SAST', 'SAST'],
  ['America/New_York', 'EDT', 'EST'],
  ['America/Phoenix', 'MST', 'MST'],
  ['Australia/Sydney', 'AEST', 'AEDT'],
  ['Australia/Brisbane', 'AEST', 'AEST'],
  ['Pacific/Auckland', 'NZST', 'NZDT'],
  ['UTC', 'UTC', 'UTC'],
  ['Etc/UTC', 'UTC', 'UTC'],
  ['UTC+3', 'UTC+03:00', 'UTC+03:00'],
  ['Etc/GMT+3', 'UTC-03:00', 'UTC-03:00'],
])('%s is on %s in July and %s in January', (zone, inSummer, inWinter) => {
  expect(zoneAbbreviation(summer, zone)).toBe(inSummer);
  expect(zoneAbbreviation(winter, zone)).toBe(inWinter);
});
