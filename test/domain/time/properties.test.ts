import fc from 'fast-check';
import { DateTime } from 'luxon';
import { expect, test } from 'vitest';
import { readDeadline } from '../../../src/domain/time/deadline.ts';
import { readDuration } from '../../../src/domain/time/duration.ts';
import { splitLeadingTime } from '../../../src/domain/time/prefix.ts';
import { readTime } from '../../../src/domain/time/read.ts';
import { at } from './at.ts';

const ZONES = [
  'Etc/UTC',
  'Europe/London',
  'Europe/Dublin',
  'America/New_York',
  'America/St_Johns',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Kiritimati',
  'Africa/Casablanca',
];
const zone = fc.constantFrom(...ZONES);
const now = fc.integer({ min: at('2015-01-01T00:00Z'), max: at('2035-01-01T00:00Z') });
const anything = fc.string({ unit: 'binary', maxLength: 500 });
// Random text hardly ever resembles a time; words and figures of times in random order do.
const timeish = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        'at',
        'on',
        'May',
        '5',
        '5th',
        '2024',
        '14:31',
        '0830',
        'PM',
        'HRS',
        'UTC',
        'IST',
        'EST',
        'US',
      ),
      fc.constantFrom(
        'yesterday',
        'Tue',
        'ago',
        'an',
        'hour',
        '10m',
        'in',
        '~',
        'ca.',
        '(',
        ')',
        ',',
        ':',
        '-',
        '–',
      ),
      fc.constantFrom(
        '24:00',
        'midnight',
        '02:30',
        '01:30',
        '29',
        'Feb',
        '+3',
        'GMT',
        'Berlin',
        '2X:XX',
        '--:--',
        'foo',
      ),
      fc.string({ unit: 'binary', maxLength: 3 }),
    ),
    { maxLength: 12 },
  )
  .chain((words) => fc.constantFrom(words.join(' '), words.join('')));
const typed = fc.oneof(anything, timeish);
const runs = { numRuns: 2000 };

test('nothing typed makes a reader throw, and nothing read is further ahead than the allowance', () => {
  const span = fc.option(fc.record({ back: fc.nat(1e9), length: fc.nat(1e9) }), { nil: null });
  fc.assert(
    fc.property(typed, now, fc.option(zone), span, (text, instant, there, past) => {
      const from = instant - (past?.back ?? 0);
      const context = { now: instant, zone: there, firstEvent: from };
      const read = readTime(
        text,
        past === null ? context : { ...context, span: { from, to: from + past.length } },
      );
      if (read.ok) expect(read.value.at).toBeLessThanOrEqual(instant + 120_000);
      else expect(read.refusal.reason.length).toBeLessThan(400);
      const deadline = readDeadline(text, context);
      if (deadline.ok) expect(deadline.value.at).toBeGreaterThanOrEqual(instant);
      readDuration(text);
    }),
    runs,
  );
});

test('every offer of a refusal can itself be read', () => {
  fc.assert(
    fc.property(timeish, now, fc.option(zone), (text, instant, there) => {
      const context = { now: instant, zone: there };
      const read = readTime(text, context);
      if (read.ok) return;
      for (const offer of read.refusal.offers) expect(readTime(offer.typed, context).ok).toBe(true);
    }),
    runs,
  );
});

test('splitting loses nothing: the rest is the end of the text, and the time stands before it', () => {
  fc.assert(
    fc.property(typed, (text) => {
      const { time, rest, otherReading } = splitLeadingTime(text);
      expect(text.endsWith(rest)).toBe(true);
      if (time !== null && time !== '--:--')
        expect(text.slice(0, text.length - rest.length)).toContain(time);
      if (time === null) expect(rest).toBe(text);
      if (otherReading !== undefined) expect(text.endsWith(otherReading.rest)).toBe(true);
    }),
    runs,
  );
});

test('a formatted minute reads back as itself, but for gaps and overlaps', () => {
  fc.assert(
    fc.property(now, zone, (instant, there) => {
      const minute = instant - (instant % 60_000);
      const text = DateTime.fromMillis(minute, { zone: there }).toFormat('yyyy-MM-dd HH:mm');
      const read = readTime(text, { now: minute + 3 * 86_400_000, zone: there });
      if (read.ok) expect(read.value.at).toBe(minute);
      else expect(read.refusal.code).toBe('dst-overlap');
    }),
    runs,
  );
});

test.each([
  '1'.repeat(50_000),
  '('.repeat(50_000),
  ' '.repeat(50_000),
  '14:31 '.repeat(10_000),
  'an hour and '.repeat(5000),
  `14:31 ${'a/'.repeat(20_000)}`,
  `14:31 ${'a '.repeat(20_000)}`,
  `14:31 (${'10:00,'.repeat(8000)}`,
  '- - - '.repeat(10_000),
])('a hostile text is read in linear time', (text) => {
  const started = performance.now();
  splitLeadingTime(text);
  readTime(text, { now: at('2026-05-07T12:00Z'), zone: 'Etc/UTC' });
  readDeadline(text, { now: at('2026-05-07T12:00Z'), zone: 'Etc/UTC' });
  readDuration(text);
  expect(performance.now() - started).toBeLessThan(500);
});
