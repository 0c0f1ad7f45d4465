import { describe, expect, test } from 'vitest';
import { at, outcome, reading, refusal } from './at.ts';

const kolkata = { zone: 'Asia/Kolkata', now: at('2026-05-07T16:05Z') };
const utcNoon = { zone: 'Etc/UTC', now: at('2026-05-07T12:00Z') };

describe('rule 9: gaps and overlaps', () => {
  const newYork = { zone: 'America/New_York', now: at('2024-03-10T15:00Z') };
  test('offers the neighbours of a gap, which can be read', () => {
    const { offers } = refusal('02:30', newYork);
    expect(offers.map(({ typed }) => outcome(typed, newYork))).toEqual([
      '2024-03-10T06:30Z',
      '2024-03-10T07:30Z',
    ]);
  });

  test('a gap in a dated time is refused too, a given offset is not', () => {
    expect(outcome('2024-03-10 02:30', newYork)).toBe('dst-gap');
    expect(outcome('02:30 ET', newYork)).toBe('dst-gap');
    expect(outcome('02:30 UTC', newYork)).toBe('2024-03-10T02:30Z');
    expect(outcome('02:30 EST', newYork)).toBe('wrong-season');
  });

  test.each(['Europe/London', 'America/Halifax', 'Asia/Jerusalem', 'Australia/Lord_Howe'])(
    'offers both passes of an overlap in %s, which can be read',
    (zone) => {
      const day =
        {
          'Europe/London': '2022-10-30',
          'America/Halifax': '2022-11-06',
          'Asia/Jerusalem': '2022-10-30',
        }[zone] ?? '2022-04-03';
      const context = { zone, now: at('2022-11-20T17:00Z') };
      const typed = zone === 'Australia/Lord_Howe' ? `${day} 01:45` : `${day} 01:30`;
      const { code, offers } = refusal(typed, context);
      expect(code).toBe('dst-overlap');
      const read = offers.map((offer) => reading(offer.typed, context).at);
      expect(read).toHaveLength(2);
      expect(Number(read[1]) - Number(read[0])).toBeGreaterThan(0);
    },
  );

  test('a seasonal abbreviation does not settle an overlap, a fixed one does', () => {
    const november = { zone: 'America/New_York', now: at('2024-11-03T12:00Z') };
    expect(outcome('01:15 ET', november)).toBe('dst-overlap');
    expect(outcome('01:15 EDT', november)).toBe('2024-11-03T05:15Z');
    expect(outcome('01:15 -05:00', november)).toBe('2024-11-03T06:15Z');
    expect(outcome('01:15', { ...november, now: at('2024-11-03T05:30Z') })).toBe(
      '2024-11-03T05:15Z',
    );
  });
});

describe('rule 10: the future and the impossible', () => {
  test.each([
    ['25:10', 'no-such-time'],
    ['2560', 'no-such-time'],
    ['12:30:75', 'no-such-time'],
    ['24:01', 'no-such-time'],
    ['2026-05-06 24:00', '2026-05-07T00:00Z'],
    ['yesterday 24:00', '2026-05-07T00:00Z'],
    ['2026-05-07 24:00', 'future'],
    ['today midnight', '2026-05-07T00:00Z'],
    ['6 May midnight', 'ambiguous-midnight'],
    ['2027-01-01 10:00', 'future'],
    ['2400', '24h'],
  ])('%s is %s', (typed, expected) => expect(outcome(typed, utcNoon)).toBe(expected));
});

describe('rule 11: the far past is questioned', () => {
  const firstEvent = at('2026-05-07T10:00Z');
  test.each([
    ['2026-05-06 10:00', []],
    ['2026-05-06 09:59', ['far-past']],
    ['3 days ago', ['relative', 'far-past']],
  ])('%s has the flags %j', (typed, flags) => {
    expect(reading(typed, { ...utcNoon, firstEvent }).flags).toEqual(flags);
  });
});

describe('rule 12: the vague is refused, the approximate is kept', () => {
  test.each([
    '~11:20',
    'about 11:20',
    'c. 11:20',
    'approx. 11:20',
    '11:20ish',
    '11:20-ish',
    '11:20 or so',
    'at around 11:20',
    '~ 11:20 UTC',
    '≈11:20',
  ])('%s is approximate', (typed) => {
    expect(reading(typed, utcNoon)).toMatchObject({
      at: at('2026-05-07T11:20Z'),
      flags: ['approximate'],
    });
  });

  test.each([
    ['~10m ago', '2026-05-07T11:50Z'],
    ['noonish', '2026-05-07T12:00Z'],
    ['9amish', '2026-05-07T09:00Z'],
    ['@11:20!', '2026-05-07T11:20Z'],
    ['Thu May  7 10:00:00', '2026-05-07T10:00Z'],
    ['last night', 'vague'],
    ['recently', 'vague'],
    ['yesterday', 'vague'],
    ['Monday', 'vague'],
    ['a while ago', 'vague'],
    ['before lunch', 'vague'],
    ['this morning 9:15', 'vague'],
    ['13:30 to 13:45', 'range'],
    ['13:30 – 13:45 UTC', 'range'],
    ['10:30-11:00', 'range'],
    ['0830-0900', 'range'],
    ['between 10:30 and 11:00', 'range'],
    ['10:30 and 11:00', 'range'],
    ['from 10:30 to 11:00', 'range'],
    ['January 15, 2024, 08:30 AM - 11:45 AM (UTC)', 'range'],
    ['14:xx', 'incomplete'],
    ['??:??', 'incomplete'],
    ['1?:30', 'incomplete'],
    ['14:3', 'incomplete'],
    ['14:', 'incomplete'],
    ['--:--', 'incomplete'],
    ['凌晨', 'unreadable'],
    ['foo', 'unreadable'],
    ['11:20 and more words', 'unreadable'],
  ])('%s is %s', (typed, expected) => expect(outcome(typed, utcNoon)).toBe(expected));

  test('offers what was probably meant', () => {
    const typed = (text: string) => refusal(text, utcNoon).offers.map((offer) => offer.typed);
    expect(typed('0X:XX')).toEqual(['~00:00']);
    expect(typed('1?:00')).toEqual(['~10:00']);
    // 20:00 is still to come
    expect(typed('2X:XX')).toEqual(['yesterday ~20:00']);
    expect(typed('10:30-11:00')).toEqual(['10:30', '11:00']);
    expect(typed('凌晨1:50')).toEqual(['01:50', '2026-05-07 01:50']);
    expect(typed('8')).toEqual(['08:00', '2026-05-07 08:00']);
  });
});

describe('a finished incident', () => {
  const span = { from: at('2024-04-10T11:57Z'), to: at('2024-04-10T12:45Z') };
  const context = { zone: 'Europe/Amsterdam', now: at('2024-05-15T09:00Z'), span };
  test.each([
    ['14:31', '2024-04-10T12:31Z'],
    ['03:00', '2024-04-10T01:00Z'],
    ['02:30', 'ambiguous-day'],
    ['12:31 UTC', '2024-04-10T12:31Z'],
    ['2024-04-11 02:30', '2024-04-11T00:30Z'],
  ])('takes %s for %s', (typed, expected) => expect(outcome(typed, context)).toBe(expected));

  test('tells a wrong season by the incident, not by today', () => {
    const winter = { ...context, now: at('2025-01-15T09:00Z') };
    expect(refusal('08:31 EST', winter).reason).toContain('not in force on 2024-04-10');
  });

  test('lists the days when there are two', () => {
    const { offers } = refusal('02:30', context);
    expect(offers.map(({ typed }) => outcome(typed, context))).toEqual([
      '2024-04-10T00:30Z',
      '2024-04-11T00:30Z',
    ]);
  });

  test('refuses what has not happened yet', () => {
    const now = at('2024-04-10T13:00Z');
    expect(outcome('22:00', { ...context, now })).toBe('outside-incident');
  });
});

test('a reporter without a zone is asked for one, never given another', () => {
  const context = { zone: null, now: kolkata.now };
  expect(refusal('14:31', context)).toMatchObject({
    code: 'no-zone',
    offers: [{ typed: '14:31 UTC' }],
  });
  expect(outcome('14:31', { ...context, zone: 'Mars/Olympus' })).toBe('no-zone');
  expect(outcome('14:31 UTC', context)).toBe('2026-05-07T14:31Z');
  expect(outcome('14:31 IST', context)).toBe('ambiguous-zone');
});

describe('figures restated in brackets', () => {
  test('are each held against the first', () => {
    const read = reading('2:49 PM UTC (7:19 PM IST, 10:49 AM US EST)', kolkata);
    expect(read.at).toBe(at('2026-05-07T14:49Z'));
    expect(read.restated).toEqual([
      {
        typed: '7:19 PM IST',
        at: at('2026-05-07T13:49Z'),
        problem: '7:19 PM IST is 13:49 UTC, 1 h before 14:49 UTC',
      },
      {
        typed: '10:49 AM US EST',
        at: null,
        problem: 'EST is not in force on 2026-05-07 in America/New_York: it is on EDT',
      },
    ]);
  });

  test('agree across midnight, and as a zone alone', () => {
    const read = reading('2:49 PM UTC (8:19 PM IST, 00:49 AEST, 10:49 ET)', kolkata);
    expect(read.restated?.map(({ problem }) => problem)).toEqual([null, null, null]);
    expect(reading('14:49 CEST (UTC+2)', kolkata).restated?.[0]?.problem).toBe(null);
    expect(reading('14:49 CEST (UTC+3)', kolkata).restated?.[0]?.problem).toContain('1 h before');
  });
});

test('a length or a day alone is offered as the time it nearly is', () => {
  const typed = (text: string) => refusal(text, utcNoon).offers.map((offer) => offer.typed);
  expect(typed('10m')).toEqual(['10m ago']);
  expect(typed('-2 hours')).toEqual(['2 hours ago']);
  expect(typed('May 5')).toEqual(['May 5 12:00']);
  expect(typed('yesterday')).toEqual(['yesterday 12:00']);
  expect(typed('May 5 2015')).toEqual(['May 5 2015 12:00', 'May 5 20:15']);
});
