import { expect, test } from 'vitest';
import { viewProblems, viewTooLarge } from '../../src/demo/workspace/assert-limits.ts';
import type { Answers } from '../../src/slack/forms/form.ts';
import { FORMS } from '../../src/slack/forms/index.ts';
import { formView } from '../../src/slack/forms/view.ts';
import { SETTINGS } from './support.ts';

const LOOKED = { now: Date.UTC(2026, 2, 8, 20), zone: 'UTC', incident: null, seal: null };
const MEMORY = { incident: '42', channel: 'C0WAR', responseUrl: 'https://hooks.slack.com/x' };

/** The form as it comes back with these lines, as many to a field as Slack takes. */
function answersOf(lines: readonly string[]): Answers {
  const filled: Record<string, string> = { date: '2026-03-08', zone: 'UTC' };
  let field = 1;
  for (const line of lines) {
    const before = filled[`lines${field}`];
    if (before !== undefined && before.length + line.length + 1 > 3000) field += 1;
    const name = `lines${field}`;
    filled[name] = filled[name] === undefined ? line : `${filled[name]}\n${line}`;
  }
  return {
    text: (name) => filled[name] ?? '',
    chosen: () => [],
    fields: Object.keys(filled),
  };
}

function view(lines: readonly string[]) {
  const shown = FORMS.import.preview?.(answersOf(lines), LOOKED) ?? null;
  if (shown === null || 'field' in shown) throw new Error(shown?.reason ?? 'nothing is shown');
  const context = { settings: SETTINGS, incident: null, groups: [], filled: {}, above: [] };
  return formView('import', context, MEMORY, shown);
}

const clock = (n: number): string => `${6 + Math.floor(n / 60)}:${String(n % 60).padStart(2, '0')}`;
const many = (count: number, text: string): string[] =>
  Array.from({ length: count }, (_, n) => `${clock(n)} ${text}`);

test.each([
  ['300 lines and 40,000 characters', many(300, 'x'.repeat(128))],
  ['300 lines in Chinese', many(300, '漢'.repeat(125))],
  ['500 short lines', many(500, 'pool')],
  ['one line as long as a field', ['14:05 '.padEnd(2900, 'x')]],
  ['50 questions', many(50, 'x').map((line) => `05/03/2026 ${line}`)],
])('the preview of %s fits Slack', (_, lines) => {
  const shown = view(lines);
  expect(viewProblems(shown)).toEqual([]);
  expect(viewTooLarge(shown)).toBe(false);
});

test('what Slack has no room to show is said, and imported all the same', () => {
  const shown = JSON.stringify(view(many(300, '漢'.repeat(125))));
  expect(shown).toMatch(/"text":"\d+ more lines are read in the same way/);
  expect(shown).toContain('Import 300 entries');
});

test('more questions than fit are refused with the first lines', () => {
  const lines = many(51, 'x').map((line) => `05/03/2026 ${line}`);
  expect(() => view(lines)).toThrow('51 lines would have to be asked about');
});
