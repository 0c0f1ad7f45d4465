import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const TESTS = new URL('..', import.meta.url).pathname;
const page = readFileSync(join(TESTS, '..', 'docs', 'security.md'), 'utf8');
const rows = page
  .split('\n')
  .filter((line) => /^\| S\d/.test(line))
  .map((line) => line.split(' | ').map((cell) => cell.replaceAll(/^\||\|$/g, '').trim()));

const LAST = 30;

test('every requirement is there once, with what is done about it', () => {
  expect(rows.map(([id]) => id)).toEqual(Array.from({ length: LAST }, (_, n) => `S${n + 1}`));
  for (const [id, what, how, tests] of rows)
    for (const cell of [what, how, tests]) expect(cell, id).toMatch(/\w/);
});

test('every test that is named is there', () => {
  for (const [id, , , tests = ''] of rows)
    for (const name of tests.split(', '))
      expect(existsSync(join(TESTS, `${name}.test.ts`)), `${id}: ${name}`).toBe(true);
});

test('every file that is linked is there, and every requirement that is referred to', () => {
  for (const [, path = ''] of page.matchAll(/\]\((?!https?:)([^)#]+)[^)]*\)/g))
    expect(existsSync(join(TESTS, '..', 'docs', path)), path).toBe(true);
  for (const [, id] of page.matchAll(/\bS(\d+)\b/g)) expect(Number(id)).toBeLessThanOrEqual(LAST);
});
