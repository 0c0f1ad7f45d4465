import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { IncidentRecord } from '../../src/domain/record.ts';
import { timelineCsv } from '../../src/exports/timeline-csv.ts';
import { anyRecord } from '../domain/postmortem/any-record.ts';
import { archived } from '../support/archived.ts';
import { createScribe, settings } from '../support/scribe.ts';

const START = Date.parse('2026-03-10T23:30:00Z');

const csv = (record: IncidentRecord): string => timelineCsv([archived(record)], settings);

/** The rows by the names of their columns, as any reader of RFC 4180 sees them. */
const rowsOf = (text: string): Record<string, string>[] =>
  parse(text, { bom: true, columns: true });

/** One entry of this text, as it comes out. */
function cellOf(text: string): string | undefined {
  const scribe = createScribe(42, START, 'Checkout', 'UTC');
  scribe.write({ text, at: START });
  return rowsOf(csv(scribe.record()))[0]?.['What happened'];
}

test('a line for each entry of the timeline, in UTC and in every zone that is shown', () => {
  const scribe = createScribe(42, START, 'Checkout', 'UTC');
  const time = {
    typed: 'about 23:40',
    zone: 'UTC',
    flags: ['approximate' as const],
    disagreements: [],
  };
  scribe.write({
    text: 'Second, "quoted", with a comma',
    at: START + 600_000,
    time,
    kinds: ['change', 'failed'],
  });
  scribe.write({ text: 'First', at: START, author: 'U9' });
  scribe.write({
    text: 'Untimed',
    at: null,
    after: 2,
    author: null,
    source: 'system',
    revision: 2,
  });
  scribe.write({ text: 'Gone', at: START, struck: { by: 'U1', at: START, reason: '' } });
  scribe.find('lesson', 'No line of the timeline');
  scribe.point('impact started', 2);
  const text = csv(scribe.record());
  expect(
    text.startsWith('\uFEFF"Incident","Entry","Time (UTC)","Time (Europe/Amsterdam)","Time is"'),
  ).toBe(true);
  expect(text.endsWith('\r\n')).toBe(true);
  expect(rowsOf(text)).toEqual([
    {
      Incident: 'INC-42',
      Entry: '2',
      'Time (UTC)': '2026-03-10 23:30:00',
      'Time (Europe/Amsterdam)': '2026-03-11 00:30:00',
      'Time is': '',
      Kinds: '',
      Milestones: 'impact started',
      'What happened': 'First',
      Author: '',
      'Author id': 'U9',
      Source: 'command',
      'Recorded (UTC)': '2026-03-10 23:30:00',
      Corrections: '0',
    },
    {
      Incident: 'INC-42',
      Entry: '3',
      'Time (UTC)': '',
      'Time (Europe/Amsterdam)': '',
      'Time is': 'not recorded',
      Kinds: '',
      Milestones: '',
      'What happened': 'Untimed',
      Author: 'Muster',
      'Author id': '',
      Source: 'system',
      'Recorded (UTC)': '2026-03-10 23:30:00',
      Corrections: '2',
    },
    {
      Incident: 'INC-42',
      Entry: '1',
      'Time (UTC)': '2026-03-10 23:40:00',
      'Time (Europe/Amsterdam)': '2026-03-11 00:40:00',
      'Time is': 'approximate',
      Kinds: 'change, failed',
      Milestones: '',
      'What happened': 'Second, "quoted", with a comma',
      Author: 'Robin Vermeer',
      'Author id': 'U1',
      Source: 'command',
      'Recorded (UTC)': '2026-03-10 23:40:00',
      Corrections: '0',
    },
  ]);
});

describe('no cell is a formula', () => {
  test.each([
    ['=HYPERLINK("https://evil.example","x")', '\'=HYPERLINK("https://evil.example","x")'],
    ['+1 on the rollback', "'+1 on the rollback"],
    ['-2 nodes', "'-2 nodes"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1+1', "'\t'=1+1"],
    ['\r=1+1', "'\n'=1+1"],
    ['  =1+1', "'  =1+1"],
    ['\u200B=1+1', "'\u200B=1+1"],
    ['＝1+1', "'＝1+1"],
    // Where a reader splits at semicolons, tabs or lines, these would begin a cell.
    ['x;=cmd|calc', "x;'=cmd|calc"],
    ['x; @SUM(A1)', "x; '@SUM(A1)"],
    ['x\n=1+1', "x\n'=1+1"],
    ['x;"=cmd|calc;', 'x;"\'=cmd|calc;'],
    ['x\t" "@SUM(A1)', 'x\t" "\'@SUM(A1)'],
    // And these never do.
    ['a = b', 'a = b'],
    ['5 - 3; 2 + 2, done', '5 - 3; 2 + 2, done'],
    ["'quoted'", "'quoted'"],
    ['', ''],
  ])('%j is written as %j', (typed, expected) => {
    expect(cellOf(typed)).toBe(expected);
  });

  test('neither that of a person’s name', () => {
    const scribe = createScribe(42, START, 'Checkout', 'UTC');
    scribe.write({ text: 'x', at: START });
    const record = { ...scribe.record(), people: { U1: '=cmd' } };
    expect(rowsOf(csv(record))[0]?.Author).toBe("'=cmd");
  });

  test('whatever is recorded, read at commas or at semicolons', () => {
    fc.assert(
      fc.property(anyRecord, (record) => {
        const text = csv(record);
        const cells = rowsOf(text).flatMap((row) => Object.values(row));
        const elsewhere = text.split(/[;\t\r\n]/);
        for (const cell of [...cells, ...elsewhere])
          expect(cell).not.toMatch(/^[\p{Z}\p{Cf}]*[=+\-@]/u);
      }),
      { numRuns: 200 },
    );
  });
});

/** Texts of little else than what makes a spreadsheet calculate, and what hides it. */
const MALICE = fc.string({
  unit: fc.constantFrom(
    ...'=+-@＝＋－＠',
    ...[';', ',', '\t', '\r', '\n', ' ', '"', "'", '|', '!', '('],
    ...['\u00A0', '\u200B', '\uFEFF', '\u2028', '\u202E', '\u3000', '\0', 'cmd', 'A1', '1'],
  ),
  maxLength: 14,
});

/** What a reader that splits there takes for cells, without the quotes and blanks that it leaves out. */
const splitAt = (text: string, separator: RegExp): string[] =>
  text.split(separator).map((cell) => cell.replace(/^["\p{Z}\p{Cf}]*/u, ''));

test('whatever somebody thinks of, no reader finds a formula: not in a text, a name, an id or a refused time', () => {
  fc.assert(
    fc.property(MALICE, MALICE, MALICE, (text, name, id) => {
      const scribe = createScribe(42, START, text, 'UTC');
      const author = `U${id}`;
      scribe.write({ text, at: START, author });
      const question = { code: 'x', typed: text, reason: text, offers: [] };
      scribe.write({ text: `${name};${text}`, at: null, author: id, question });
      const written = csv({ ...scribe.record(), people: { [author]: name, [id]: name } });
      for (const row of rowsOf(written))
        for (const cell of Object.values(row))
          expect(cell).not.toMatch(/^[\p{Z}\p{Cf}\t\n]*[=+\-@＝＋－＠]/u);
      for (const cell of splitAt(written, /[;\t\r\n]/))
        expect(cell).not.toMatch(/^[=+\-@＝＋－＠]/);
    }),
    { numRuns: process.env.LONG ? 50_000 : 3000 },
  );
});

test('line breaks stay inside their cell, and what no file may hold is marked', () => {
  expect(cellOf('one\r\ntwo\rthree\u2028four')).toBe('one\ntwo\nthree\nfour');
  expect(cellOf('bell \u0007 and escape \u001B')).toBe('bell \uFFFD and escape \uFFFD');
});
