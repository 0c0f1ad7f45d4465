import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { importOf } from '../../../src/commands/import-line.ts';
import { entriesOf, isSettled, readImport } from '../../../src/domain/import/index.ts';

/** The section of a document that tells its timeline, as it stands there. */
function section(name: string, from: string, to: string): string {
  const path = new URL(`../../fixtures/seeds/${name}.txt`, import.meta.url);
  const text = readFileSync(path, 'utf8');
  const start = text.indexOf(from);
  return text.slice(start, text.indexOf(to, start));
}

const LMS = section('000_42a2eb3a3b8f9b9c', 'On May 7', 'Why did');
const VITALS_1 = section('001_b400527fa96286b4', 'Incident #1', 'Lead time');
const VITALS_2 = section('001_b400527fa96286b4', 'Incident #2', 'Lead time');
const PORTAL = section('002_e629d0852e698982', '<h3>Timeline', '<h3>Root');
const LEARNING = section('003_ec014aa12e1fe51d', '# Timeline', '# Root');
const OVERNIGHT = section('004_4a2b424da84735ac', 'Timeline:', 'Root Cause and');

function read(pasted: string, date: string, zone: string, answers: Record<number, string> = {}) {
  const asked = importOf({ date, zone, pasted, answers, proposed: true });
  const now = Date.parse('2026-11-21T12:00:00Z');
  const reading = readImport(asked, 'Europe/Amsterdam', { now, first: null });
  if (!reading.ok) throw new Error(reading.refusal.reason);
  return reading.value;
}

/** Each entry as its instant in UTC, or `--`, and the beginning of its text. */
const told = (...given: Parameters<typeof read>): string[] =>
  entriesOf(read(...given), true).map(
    ({ at, text }) =>
      `${at === null ? '--' : new Date(at).toISOString().slice(0, 16)} ${text.slice(0, 24)}`,
  );

test('LMS outage: prose with times in three zones, and two sentences without a time', () => {
  expect(told(LMS, '2026-05-07', 'Asia/Kolkata')).toEqual([
    '2026-05-07T14:49 a production deployment ',
    '2026-05-07T15:16 the deployment was compl',
    '-- After the deployment, da',
    '-- The development team imm',
    '2026-05-07T15:55 the issue was resolved b',
  ]);
  const [first] = entriesOf(read(LMS, '2026-05-07', 'Asia/Kolkata'), true);
  // What is wrong in the brackets is said, and changes nothing.
  expect(first?.notes).toEqual([
    '7:19 PM IST is 13:49 UTC, 1 h before 14:49 UTC',
    expect.stringContaining('EST is not in force'),
  ]);
});

test('Vitals API #1: the date in the heading and the first row, then clocks alone', () => {
  expect(told(VITALS_1, '2024-04-01', 'Europe/Amsterdam')).toEqual([
    '2024-04-10T11:57 Release of the applicati',
    '2024-04-10T12:15 First reports of people ',
    '2024-04-10T12:18 First line escalated to ',
    '2024-04-10T12:22 PIC nudges 3rd line',
    '2024-04-10T12:23 3rd line confirms that h',
    '2024-04-10T12:31 Roleback to previous sta',
    '2024-04-10T12:38 Roleback completed, wait',
    '2024-04-10T12:45 Vitals API back online',
  ]);
});

test('Vitals API #2: the time before the date', () => {
  expect(told(VITALS_2, '2024-04-24', 'Europe/Amsterdam')).toEqual([
    '2024-04-24T08:51 Ran problematic SQL quer',
    '2024-04-24T08:53 Support including third ',
    '2024-04-24T09:05 Instatus update posted',
    '2024-04-24T09:09 Servers seem stable agai',
    '2024-04-24T09:13 Cause found to be a quer',
  ]);
});

const PORTAL_TOLD = [
  '2023-06-05T05:00 database update begins',
  '2023-06-05T05:30 Outage begins',
  '2023-06-05T06:00 Pagers alerted teams',
  '2023-06-05T06:45 Failed configuration cha',
  '2023-06-05T07:50 Successful configuration',
  '2023-06-05T08:30 Server restarts begin',
  '2023-06-05T09:00 100% of traffic back onl',
];

test('students’ portal: HTML, 0830 HRS and 1200-HRS, the zone in the heading', () => {
  expect(told(PORTAL, '2023-06-05', '+3 GMT')).toEqual(PORTAL_TOLD);
  expect(isSettled(read(PORTAL, '2023-06-05', '+3 GMT'))).toBe(true);
});

test('students’ portal: a heading with another zone than was chosen is asked about', () => {
  const [question] = read(PORTAL, '2023-06-05', 'UTC').questions;
  expect(question?.reason).toContain('The heading says +3 GMT, which is not UTC.');
  const [stated = '', chosen = ''] = question?.offers.map(({ value }) => value) ?? [];
  expect(told(PORTAL, '2023-06-05', 'UTC', { 1: stated })).toEqual(PORTAL_TOLD);
  expect(told(PORTAL, '2023-06-05', 'UTC', { 1: chosen })[0]).toContain('2023-06-05T08:00');
});

test('My Learning Hub: 08:30 AM, indented, with the characters as they stand', () => {
  expect(told(LEARNING, '2024-01-15', 'UTC')).toEqual([
    '2024-01-15T08:30 Issue detected as users ',
    '2024-01-15T08:45 Datadog monitoring alert',
    '2024-01-15T09:00 Engineering team initiat',
    '2024-01-15T09:30 Misleading assumption th',
    '2024-01-15T10:00 Issue escalated to the d',
    '2024-01-15T11:00 Root cause determined â€',
    '2024-01-15T11:30 Database connection pool',
    '2024-01-15T11:45 Services fully restored,',
  ]);
});

test('web services overnight: date and zone on every line, wherever one is', () => {
  expect(told(OVERNIGHT, '2024-05-05', 'Asia/Tokyo')).toEqual([
    '2024-05-05T15:00 Issue detected through m',
    '2024-05-05T15:15 Engineering team notifie',
    '2024-05-05T15:45 Initial assumption made ',
    '2024-05-05T17:30 Misleading assumption ma',
    '2024-05-05T20:00 Incident escalated to se',
    '2024-05-05T22:00 Root cause identified as',
    '2024-05-06T03:00 Database configuration r',
    '2024-05-06T09:00 Services fully restored ',
  ]);
});

test.each([
  ['LMS', LMS, ['recovered']],
  ['Vitals API #1', VITALS_1, ['recovered']],
  ['Vitals API #2', VITALS_2, []],
  ['portal', PORTAL, ['impact', 'recovered']],
  ['learning hub', LEARNING, ['detected', 'recovered']],
  ['overnight', OVERNIGHT, ['detected', 'recovered']],
])('%s: kinds are proposed only where a line states a milestone', (_, pasted, kinds) => {
  const reading = read(pasted, '2024-05-05', 'UTC');
  expect(entriesOf(reading, true).flatMap((entry) => entry.kinds)).toEqual(kinds);
  expect(entriesOf(reading, false).flatMap((entry) => entry.kinds)).toEqual([]);
});
