import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { CHECKS } from '../../../src/domain/postmortem/checks.ts';
import { scoresOf, type Tried, totalsOf, tryCorpus } from '../../support/check-scores.ts';
import { checkTable, totalsTable } from '../../support/check-table.ts';

// Records as people type them: docs/checks.md says how they were made.

let tried: readonly Tried[] = [];

beforeAll(() => {
  tried = tryCorpus();
});

/** Times that are far off are asked about when they are typed; the check is for what came otherwise. */
const UNPLANTED = ['times-far'];

test('at least 60 planted and 60 clean records, and two or more planted for each check', () => {
  const { planted, clean } = totalsOf(tried);
  expect(planted).toBeGreaterThanOrEqual(60);
  expect(clean).toBeGreaterThanOrEqual(60);
  const few = scoresOf(tried).filter(({ id, planted: own }) => own < 2 && !UNPLANTED.includes(id));
  expect(few).toEqual([]);
});

test('at least 95 % of what is planted is found', () => {
  const { planted, found } = totalsOf(tried);
  const missed = tried.filter((one) => !one.found).map(({ name }) => name);
  expect(found / planted, missed.join('; ')).toBeGreaterThanOrEqual(0.95);
});

test('at most 2 % of clean records are asked about', () => {
  const { clean, disturbed } = totalsOf(tried);
  const asked = tried.filter((one) => one.planted === null && one.surplus.length > 0);
  const why = asked.map(({ name, surplus }) => `${name}: ${surplus.map(({ check }) => check)}`);
  expect(disturbed / clean, why.join('; ')).toBeLessThanOrEqual(0.02);
});

test('no check asks for nothing in more than 2 % of the records', () => {
  const loud = scoresOf(tried).filter(({ falseAlarms, others }) => falseAlarms / others > 0.02);
  expect(loud).toEqual([]);
});

describe('docs/checks.md', () => {
  const page = readFileSync(new URL('../../../docs/checks.md', import.meta.url), 'utf8');
  const stale = 'Out of date. Write the tables with: npx tsx test/support/print-checks.ts';

  test('has every check and every figure as measured', () => {
    for (const { id } of CHECKS) expect(page, id).toContain(`| \`${id}\` |`);
    expect(page.includes(checkTable(tried)), stale).toBe(true);
    expect(page.includes(totalsTable(tried)), stale).toBe(true);
  });
});
