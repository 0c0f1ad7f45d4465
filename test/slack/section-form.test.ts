import { expect, test } from 'vitest';
import { viewProblems } from '../../src/demo/workspace/assert-limits.ts';
import { formView } from '../../src/slack/forms/view.ts';
import { incident, SETTINGS } from './support.ts';

const LOOKED_AT = 1000;

test('of a record with thousands of lines a section’s form reads only what it can show', () => {
  let furthest = 0;
  const rows = Array.from({ length: 5000 }, () => [['']]);
  rows.forEach((_, at) => {
    Object.defineProperty(rows, at, {
      get() {
        furthest = Math.max(furthest, at);
        return [[`#${at}`], ['14:31 UTC'], ['restarted the pool on node 7, no change']];
      },
    });
  });
  const context = {
    settings: SETTINGS,
    incident: incident(),
    groups: [],
    filled: { section: 'timeline', text: '' },
    above: [{ type: 'table', head: ['#', 'when', 'what'], rows }] as const,
  };
  const memory = { incident: '42', channel: 'C0WAR', responseUrl: null };
  const view = formView('section', context, memory);
  expect(viewProblems(view)).toEqual([]);
  expect(JSON.stringify(view.blocks)).toContain('There is no room here for the rest');
  expect(JSON.stringify(view.blocks)).toContain('#0');
  expect(furthest).toBeLessThan(LOOKED_AT);
});
