import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const TESTS = new URL('..', import.meta.url).pathname;
const TEXT = readFileSync(join(TESTS, '..', 'docs', 'faults.md'), 'utf8');
const ROWS = TEXT.split('\n').filter((line) => line.startsWith('|'));
const MATRIX = ROWS.filter((line) => /^\| \d/.test(line));
const LAST_ROW = 86;

/** `14, 15` and `53–64, 67` as numbers. */
const numbersOf = (cell: string): number[] =>
  cell.split(',').flatMap((part) => {
    const [from = Number.NaN, to = from] = part.split('–').map(Number);
    return Array.from({ length: to - from + 1 }, (_, n) => from + n);
  });

const sources = readdirSync(TESTS, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.test.ts'))
  .map((name) => readFileSync(join(TESTS, name), 'utf8'));

test('every row of the fault matrix is there once', () => {
  const told = MATRIX.flatMap((row) => numbersOf(row.split('|')[1] ?? ''));
  const all = Array.from({ length: LAST_ROW }, (_, n) => n + 1);
  expect(told.toSorted((a, b) => a - b)).toEqual(all);
});

test('no row is without an answer', () => {
  for (const row of MATRIX) expect(row).not.toMatch(/\*\*open\*\*|\|\s*\|$/);
});

test('every file of tests that is named is there', () => {
  const named = ROWS.join('\n').matchAll(
    /\b(config|db|domain|faults|handle|journal|queue|slack|stories)\/([a-z-]+)/g,
  );
  for (const [name] of named) {
    const found = ['', '.test.ts'].some((end) => existsSync(join(TESTS, `${name}${end}`)));
    expect(found, name).toBe(true);
  }
});

test('every test that is quoted is called so', () => {
  const quoted = [...ROWS.join('\n').matchAll(/“([^”]+)”/g)].map(([, title = '']) => title);
  expect(quoted.length).toBeGreaterThan(20);
  for (const title of quoted) {
    // The numbers before a title are those of rows; what stands for a name in it is not written.
    const parts = title.split('…').map((part) => part.trim().replace(/^[\d, ]+: /, ''));
    const known = sources.some((text) => parts.every((part) => text.includes(part)));
    expect(known, title).toBe(true);
  }
});
