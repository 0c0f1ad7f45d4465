import { describe, expect, test } from 'vitest';
import { at, outcome, reading, refusal } from './at.ts';

const amsterdam = { zone: 'Europe/Amsterdam', now: at('2024-04-10T12:50Z') };
const kolkata = { zone: 'Asia/Kolkata', now: at('2026-05-07T16:05Z') };
const utcNoon = { zone: 'Etc/UTC', now: at('2026-05-07T12:00Z') };

describe('rule 3: a bare time is the last occurrence', () => {
  test.each([
    ['14:52', '2024-04-10T12:52Z'],
    ['14:53', 'future'],
    ['18:00', 'future'],
    ['14:31', '2024-04-10T12:31Z'],
    ['at 14:31', '2024-04-10T12:31Z'],
  ])('%s at 14:50 is %s', (typed, expected) => {
    expect(outcome(typed, amsterdam)).toBe(expected);
  });

  test.each([
    ['2026-05-07T01:00Z', '13:00', '2026-05-06T13:00Z'],
    ['2026-05-07T01:00Z', '12:59', 'future'],
    ['2026-05-07T23:59Z', '00:00', '2026-05-08T00:00Z'],
    ['2026-05-07T23:50Z', '00:00', '2026-05-07T00:00Z'],
  ])('at %s, %s is %s', (now, typed, expected) => {
    expect(outcome(typed, { zone: 'Etc/UTC', now: at(now) })).toBe(expected);
  });

  test('says when it took yesterday, and offers yesterday when it did not', () => {
    const early = { zone: 'Etc/UTC', now: at('2026-05-07T01:00Z') };
    expect(reading('23:55', early).flags).toEqual(['yesterday']);
    expect(refusal('12:30', early).offers.map(({ typed }) => typed)).toEqual(['yesterday 12:30']);
    const zoned = refusal('11:00 CEST', { zone: 'Etc/UTC', now: at('2026-05-07T02:00Z') });
    expect(zoned.offers.map(({ typed }) => typed)).toEqual([
      '11:00 PM CEST',
      'yesterday 11:00 CEST',
    ]);
  });
});

describe('rule 4: no am/pm means 24 hours', () => {
  test.each([
    ['12:30 AM', '2026-05-07T00:30Z'],
    ['11:30 am', '2026-05-07T11:30Z'],
    ['12 PM', '2026-05-07T12:00Z'],
    ['12 noon', '2026-05-07T12:00Z'],
    ['noon', '2026-05-07T12:00Z'],
    ['midnight', '2026-05-07T00:00Z'],
    ['1030am', '2026-05-07T10:30Z'],
    ['10.30 a.m.', '2026-05-07T10:30Z'],
    ['13:00 AM', 'contradiction'],
    ['0:30 AM', 'contradiction'],
    ['25:00 PM', 'no-such-time'],
  ])('%s is %s', (typed, expected) => expect(outcome(typed, utcNoon)).toBe(expected));

  test('offers the PM reading when it is nearer', () => {
    const read = reading('2:49', kolkata);
    expect(read.flags).toEqual(['pm-nearer']);
    expect(read.alternative).toEqual({
      at: at('2026-05-07T09:19Z'),
      label: '2:49 PM',
      typed: '2:49 PM',
    });
    expect(reading(read.alternative?.typed ?? '', kolkata).at).toBe(read.alternative?.at);
  });

  test.each(['2:49 AM', '0249 HRS', 'today 2:49', '20:49'])('does not ask about %s', (typed) => {
    expect(reading(typed, kolkata).flags).toEqual([]);
  });
});

describe('rule 5: how a clock is written', () => {
  const nairobi = { zone: 'Africa/Nairobi', now: at('2023-06-05T09:05Z') };
  test.each([
    ['0830 HRS', '2023-06-05T05:30Z'],
    ['0830hrs', '2023-06-05T05:30Z'],
    ['0830 hours', '2023-06-05T05:30Z'],
    ['0830h', '2023-06-05T05:30Z'],
    ['08:30 h', '2023-06-05T05:30Z'],
    ['08:30 Uhr', '2023-06-05T05:30Z'],
    ['8h30', '2023-06-05T05:30Z'],
    ['8 h 30', '2023-06-05T05:30Z'],
    ['8.30', '2023-06-05T05:30Z'],
    ['08:30:00', '2023-06-05T05:30Z'],
    ['0８：３０', '2023-06-05T05:30Z'],
    ['8:30 a.m.', '2023-06-05T05:30Z'],
    ['8:30\u202fAM', '2023-06-05T05:30Z'],
    [' 8:30 ', '2023-06-05T05:30Z'],
    ['8', 'unreadable'],
    ['8 HRS', 'unreadable'],
    ['8.3', 'unreadable'],
    ['08305', 'unreadable'],
    ['', 'unreadable'],
    ['???', 'unreadable'],
  ])('%s is %s', (typed, expected) => expect(outcome(typed, nairobi)).toBe(expected));

  test('keeps seconds and fractions', () => {
    expect(reading('08:30:15.250', nairobi).at).toBe(at('2023-06-05T05:30:15.250Z'));
    expect(reading('2023-06-05 08:30:15,250', nairobi).at).toBe(at('2023-06-05T05:30:15.250Z'));
  });
});

describe('rule 6: dates', () => {
  const zone = 'Etc/UTC';
  const now = at('2026-05-07T16:05Z');
  test.each([
    ['2026-05-06 10:00', '2026-05-06T10:00Z'],
    ['2026/05/06 10:00', '2026-05-06T10:00Z'],
    ['20260506T1000Z', '2026-05-06T10:00Z'],
    ['2026-05-06T10:00:00.000Z', '2026-05-06T10:00Z'],
    ['6.5.2026 10:00', '2026-05-06T10:00Z'],
    ['06.05.2026 10.00', '2026-05-06T10:00Z'],
    ['25/04/2026 10:00', '2026-04-25T10:00Z'],
    ['04/25/2026 10:00', '2026-04-25T10:00Z'],
    ['25-04-2026 10:00', '2026-04-25T10:00Z'],
    ['May 6 10:00', '2026-05-06T10:00Z'],
    ['6th of May 10:00', '2026-05-06T10:00Z'],
    ['6 May 2026 10:00', '2026-05-06T10:00Z'],
    ['10:00 on 6 May', '2026-05-06T10:00Z'],
    ['10:00 6-May-2026', '2026-05-06T10:00Z'],
    ['Sept. 6 10:00', '2025-09-06T10:00Z'],
    ['May 8 10:00', '2025-05-08T10:00Z'],
    ['Wed, 6 May 2026 10:00:00 +0200', '2026-05-06T08:00Z'],
    ['May 06, 2026 - 10:00 AEST', '2026-05-06T00:00Z'],
    ['05/06/2026 10:00', 'ambiguous-date'],
    ['05/05/2026 10:00', 'ambiguous-date'],
    ['05-06-2026 10:00', 'ambiguous-date'],
    ['25/04 10:00', 'ambiguous-date'],
    ['25/04/26 10:00', 'ambiguous-date'],
    ['25.04.26 10:00', 'ambiguous-date'],
    ['6 May 26 10:00', 'ambiguous-date'],
    ['31/31/2026 10:00', 'no-such-date'],
    ['Feb 29 10:00', 'no-such-date'],
    ['30 February 10:00', 'no-such-date'],
    ['2026-13-01 10:00', 'no-such-date'],
    ['31.04.2026 10:00', 'no-such-date'],
    ['Tue, 6 May 2026 10:00', 'contradiction'],
    ['2026-05-06', 'vague'],
    ['6 May', 'vague'],
    ['May 6 2026', 'vague'],
  ])('%s is %s', (typed, expected) => expect(outcome(typed, { zone, now })).toBe(expected));

  test('takes 29 February when it was within the last year', () => {
    expect(outcome('Feb 29 10:00', { zone, now: at('2024-03-01T09:00Z') })).toBe(
      '2024-02-29T10:00Z',
    );
    expect(outcome('Feb 29 10:00', { zone, now: at('2025-02-20T09:00Z') })).toBe(
      '2024-02-29T10:00Z',
    );
    expect(outcome('Feb 29 10:00', { zone, now: at('2025-03-20T09:00Z') })).toBe('no-such-date');
  });

  test('says when it took the previous year', () => {
    expect(reading('May 8 10:00', { zone, now }).flags).toEqual(['previous-year']);
    expect(reading('May 6 10:00', { zone, now }).flags).toEqual([]);
  });

  test('offers both readings of an ambiguous date', () => {
    const offers = refusal('05/06/2024 09:00', { zone, now }).offers.map(({ typed }) => typed);
    expect(offers).toEqual(['2024-06-05 09:00', '2024-05-06 09:00']);
  });
});

describe('rule 7: days are counted where the time was written', () => {
  const sydney = { zone: 'Australia/Sydney', now: at('2026-05-07T14:30Z') };
  test.each([
    ['today 00:10', '2026-05-07T14:10Z'],
    ['today 10:00 UTC', '2026-05-07T10:00Z'],
    ['yesterday 10:00', '2026-05-07T00:00Z'],
    ['10:00 yesterday', '2026-05-07T00:00Z'],
    ['yesterday at 10:00', '2026-05-07T00:00Z'],
    ['day before yesterday 10:00', '2026-05-06T00:00Z'],
    ['Fri 00:10', '2026-05-07T14:10Z'],
    ['Friday 00:10 UTC', '2026-05-01T00:10Z'],
    ['Fri 10:00', '2026-05-01T00:00Z'],
    ['last Fri 00:10', '2026-04-30T14:10Z'],
    ['on Thursday at 22:10', '2026-05-07T12:10Z'],
    ['next Tuesday 10:00', 'future'],
    ['today 10:00', 'future'],
  ])('%s is %s', (typed, expected) => expect(outcome(typed, sydney)).toBe(expected));
});

describe('rule 8: relative times are elapsed time', () => {
  test.each([
    ['1 hour ago', '2024-04-10T11:50Z'],
    ['half an hour ago', '2024-04-10T12:20Z'],
    ['an hour and a half ago', '2024-04-10T11:20Z'],
    ['a quarter of an hour ago', '2024-04-10T12:35Z'],
    ['1.5h ago', '2024-04-10T11:20Z'],
    ['1 h 20 min ago', '2024-04-10T11:30Z'],
    ['2 hours and 5 minutes ago', '2024-04-10T10:45Z'],
    ['ten minutes ago', '2024-04-10T12:40Z'],
    ['2 days ago', '2024-04-08T12:50Z'],
    ['a week ago', '2024-04-03T12:50Z'],
    ['just now', '2024-04-10T12:50Z'],
    ['10m from now', 'future'],
    ['in an hour', 'future'],
    ['a few minutes ago', 'vague'],
    ['10m', 'unreadable'],
    ['99999 weeks ago', 'no-such-date'],
  ])('%s is %s', (typed, expected) => expect(outcome(typed, amsterdam)).toBe(expected));

  test('needs no zone', () => {
    expect(reading('10m ago', { zone: null, now: amsterdam.now })).toMatchObject({
      at: at('2024-04-10T12:40Z'),
      flags: ['relative'],
    });
  });
});
