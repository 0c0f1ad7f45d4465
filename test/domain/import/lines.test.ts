import { expect, test } from 'vitest';
import { importLine, importOf, readImportLine } from '../../../src/commands/import-line.ts';
import { entriesOf, readImport } from '../../../src/domain/import/index.ts';

const NOW = Date.parse('2026-03-10T12:00:00Z');

function read(pasted: string, answers: Record<number, string> = {}, first: number | null = null) {
  const asked = importOf({ date: '2026-03-08', zone: 'UTC', pasted, answers, proposed: true });
  const reading = readImport(asked, 'UTC', { now: NOW, first });
  if (!reading.ok) throw new Error(reading.refusal.reason);
  return reading.value;
}

const told = (pasted: string, answers: Record<number, string> = {}): string[] =>
  entriesOf(read(pasted, answers), true).map(
    ({ at, text, kinds }) =>
      `${at === null ? '--' : new Date(at).toISOString().slice(8, 16)} ${[text, ...kinds].join(' #')}`,
  );

const asked = (pasted: string, answers: Record<number, string> = {}) =>
  read(pasted, answers)
    .questions.filter(({ answer }) => answer === null)
    .map(({ line, offers }) => [line, ...offers.map(({ value }) => value)]);

test.each([
  ['14:05 Release', ['08T14:05 Release']],
  ['- **14:05** – Release', ['08T14:05 Release']],
  ['* 14:05: Release #change', ['08T14:05 Release #change']],
  ['1. 2:05 PM Release', ['08T14:05 Release']],
  ['| 14:05 | Release |', ['08T14:05 Release']],
  ['<li>1405 HRS: Release &amp; run</li>', ['08T14:05 Release & run']],
  ['14:05 UTC-3: Release', ['08T17:05 Release']],
  ['[14:05] Release', ['08T14:05 Release']],
  ['14:05\nRelease', ['08T14:05 Release']],
  ['~14:05 Release', ['08T14:05 Release']],
  ['--:-- Release', ['-- Release']],
  ['14:05 Release\n- pool was full', ['08T14:05 Release', '-- pool was full']],
  ['14:05 The release went\nout to everybody', ['08T14:05 The release went out to everybody']],
  ['14:05 The release\n\nout of turn', ['08T14:05 The release', '-- out of turn']],
  ['| Time | Event |\n|---|---|\n| 14:05 | Release |', ['08T14:05 Release']],
  ['14:05 PDT Release\n14:09 PDT Rollback', ['08T21:05 Release', '08T21:09 Rollback']],
])('%j is read as it was meant', (pasted, entries) => {
  expect(told(pasted)).toEqual(entries);
  expect(asked(pasted)).toEqual([]);
});

test('a clock that has run on past midnight is the next day', () => {
  expect(told('22:10 Alert\n23:50 Fix\n00:05 Back\n03:00 Calm')).toEqual([
    '08T22:10 Alert',
    '08T23:50 Fix',
    '09T00:05 Back',
    '09T03:00 Calm',
  ]);
});

test('a date in a line or above the lines holds for those below', () => {
  const lines = '7 March 2026\n14:05 Release\n2026-03-09 08:00 Report\n08:15 Rollback';
  expect(told(lines)).toEqual(['07T14:05 Release', '09T08:00 Report', '09T08:15 Rollback']);
});

test('a date without its year is the one nearest to the day that was chosen', () => {
  expect(told('Mar 7 14:05 Release')).toEqual(['07T14:05 Release']);
  expect(new Date(entriesOf(read('Dec 30 14:05 Release'), true)[0]?.at ?? 0).getUTCFullYear()).toBe(
    2025,
  );
});

test.each<[string, (string | number)[]]>([
  ['14:05 A\n13:55 B', [2, '2026-03-08 13:55 UTC', '2026-03-09 13:55 UTC']],
  ['05/03/2026 14:05 A', [1, '2026-03-05 14:05']],
  ['0830 restarted the pool', [1, '2026-03-08 08:30 UTC']],
  ['10m ago restarted', [1]],
  ['13:30-13:45 restarted', [1, '2026-03-08 13:30 UTC', '2026-03-08 13:45 UTC']],
  ['25:10 restarted', [1]],
  ['14:05', [1]],
])('%j is asked about, and every offer settles it', (pasted, question) => {
  const [found = []] = asked(pasted);
  expect(found).toEqual([...question, 'no time', 'left out']);
  for (const answer of found.slice(1)) {
    expect(asked(pasted, { [Number(found[0])]: String(answer) })).toEqual([]);
  }
});

test('a line that is left out or kept without a time loses no word', () => {
  expect(told('14:05 A\n13:55 B', { 2: 'left out' })).toEqual(['08T14:05 A']);
  expect(told('14:05 A\n13:55 B', { 2: 'no time' })).toEqual(['08T14:05 A', '-- 13:55 B']);
});

test('lines far before the incident are asked about once, however many they are', () => {
  const first = Date.parse('2026-03-10T08:00:00Z');
  const { questions } = read('14:05 A\n14:06 B', {}, first);
  expect(questions.map(({ line }) => line)).toEqual([0]);
  expect(questions[0]?.reason).toContain('2 lines are more than a day before');
  expect(read('14:05 A\n14:06 B', { 0: 'yes' }, first).questions[0]?.answer).toBe('yes');
});

test.each([
  ['The impact started', ['impact']],
  ['Issue not yet detected', []],
  ['Rollback failed, not resolved', []],
  ['Was it resolved?', []],
  ['Mitigated by the old version', ['mitigation']],
  ['Resolved #note', ['note']],
])('%s: proposed only where it is stated, and never over a tag', (text, kinds) => {
  expect(entriesOf(read(`14:05 ${text}`), true)[0]?.kinds).toEqual(kinds);
});

test('what the form types is read back as it was', () => {
  const given = {
    date: '2026-03-08',
    zone: 'Europe/Berlin',
    pasted: '14:05 A\n\n---\n  14:06 B #cause',
    answers: { 0: 'yes', 2: 'no time' },
    proposed: true,
  };
  expect(readImportLine(importLine(given))).toEqual(importOf(given));
  expect(readImportLine('14:05 A\n14:06 B')).toMatchObject({ date: '', zone: '' });
});
