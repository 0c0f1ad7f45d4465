import { expect, test } from 'vitest';
import type { IncidentRecord } from '../../../src/domain/record.ts';
import { type AskedPage, pageOf } from '../../../src/domain/timeline-pages.ts';
import { timelinePage, type Viewer } from '../../../src/domain/views/timeline-page.ts';
import { wordsOf } from '../../handle/desk.ts';
import { linesOf } from '../../support/lines.ts';
import { clock, entry, record } from './given.ts';

const ana = { id: 'U012ANA', zone: 'Europe/Amsterdam' };
const lines = (given: IncidentRecord, viewer: Viewer, asked: AskedPage) =>
  wordsOf(
    timelinePage(
      linesOf(given, (places) => pageOf(places, asked)),
      viewer,
      asked.all,
    ),
  ).split('\n');
const first = { all: false, page: 1 };

test('each entry has its number, the reader’s time, UTC, kinds and author', () => {
  const entries = [
    entry(1, { author: null, source: 'system', text: 'Declared.' }),
    entry(3, { at: clock(12, 35), kinds: ['change', 'failed'] }),
    entry(4, { at: null, after: 3 }),
  ];
  expect(lines(record({ entries }), ana, first)).toEqual([
    'Timeline of INC-42 · Checkout fails',
    '10 Apr',
    '- #3 14:35 CEST 12:35 UTC Event 3 #change #failed @U012ANA',
    '- #4 time not recorded Event 4 @U012ANA',
    '- #1 14:41 CEST 12:41 UTC Declared.',
    '3 entries. Correct one with /incident edit <n>.',
    '[Add entry: 42 log] [Import lines: 42 import]',
    '[#3 Event 3: 42 edit 3] [#4 Event 4: 42 edit 4]',
  ]);
});

test('a day has its date, and UTC says its own where it is another', () => {
  const entries = [entry(1, { at: clock(12, 0) }), entry(2, { at: clock(23, 30) })];
  expect(lines(record({ entries }), ana, first).slice(1, 5)).toEqual([
    '10 Apr',
    '- #1 14:00 CEST 12:00 UTC Event 1 @U012ANA',
    '11 Apr',
    '- #2 01:30 CEST 10 Apr 23:30 UTC Event 2 @U012ANA',
  ]);
});

test('without a zone it is UTC, and says why', () => {
  const shown = lines(record({ entries: [entry(1)] }), { id: 'U1', zone: null }, first);
  expect(shown[2]).toBe('- #1 12:41 UTC Event 1 @U012ANA');
  expect(shown[3]).toContain('Your Slack profile has no time zone');
});

test('struck entries and unplaced findings are left out; `all` shows the struck ones with the reason', () => {
  const entries = [
    entry(1),
    entry(2, { struck: { by: 'U012BO', at: 0, reason: 'wrong incident' } }),
    entry(3, { at: null, detail: { type: 'cause', n: 1, role: 'root' } }),
  ];
  expect(
    lines(record({ entries }), ana, first).filter((line) => line.startsWith('-')),
  ).toHaveLength(1);
  expect(lines(record({ entries }), ana, { all: true, page: 1 })).toContain(
    '- #2 14:42 CEST 12:42 UTC Event 2 @U012ANA (struck by @U012BO: wrong incident)',
  );
});

test('page 1 is the newest; buttons lead to the others', () => {
  const entries = Array.from({ length: 32 }, (_, place) => entry(place + 1));
  const numbers = (page: number) =>
    lines(record({ entries }), ana, { all: false, page })
      .filter((line) => line.startsWith('- '))
      .map((line) => line.split(' ')[1]);
  expect(numbers(1)).toEqual(Array.from({ length: 15 }, (_, place) => `#${place + 18}`));
  expect(numbers(3)).toEqual(['#1', '#2']);
  expect(numbers(99)).toEqual(['#1', '#2']);
  expect(lines(record({ entries }), ana, { all: true, page: 2 }).at(-1)).toBe(
    '[Older: 42 timeline all 3] [Newer: 42 timeline all 1]',
  );
});

test('a time that is still asked about says so, and a long text is cut', () => {
  const question = { code: 'future', typed: '25:00', reason: '', offers: [] };
  const entries = [entry(1, { at: null, question, text: 'x'.repeat(5000) })];
  const shown = lines(record({ entries }), ana, first)[1] ?? '';
  expect(shown).toMatch(/^- #1 time to be settled x+… @U012ANA$/);
  expect(shown.length).toBeLessThan(500);
});

test('an empty timeline is said to be empty', () => {
  expect(lines(record(), ana, first)).toContain('Nothing has been recorded yet.');
});
