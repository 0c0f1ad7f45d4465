import { describe, expect, test } from 'vitest';
import { action, typed } from './typed.ts';

const NOTHING = {
  severities: [],
  statuses: [],
  kinds: [],
  by: null,
  since: null,
  within: null,
  drills: false,
  terms: [],
};
const word = (text: string, more = {}) => ({
  text,
  exact: false,
  not: false,
  or: false,
  ...more,
});
const words = (...texts: string[]) => ({ terms: texts.map((text) => word(text)) });
const OPEN = ['investigating', 'identified', 'monitoring'];

/** What a line is read to look for. */
function search(line: string) {
  const parsed = typed(line);
  if (!parsed.ok) throw new Error(parsed.refusal.reason);
  const intent = parsed.value;
  if (intent.type !== 'read' || intent.read.type !== 'find') throw new Error(intent.type);
  return intent.read;
}

describe('find', () => {
  test.each<[string, object]>([
    ['checkout pool', words('checkout', 'pool')],
    [
      '“checkout pool” "x"',
      { terms: ['checkout pool', 'x'].map((text) => word(text, { exact: true })) },
    ],
    [
      'pool -deploy -"old cluster"',
      {
        terms: [
          word('pool'),
          word('deploy', { not: true }),
          word('old cluster', { exact: true, not: true }),
        ],
      },
    ],
    ['dns or certificate', { terms: [word('dns'), word('certificate', { or: true })] }],
    ['or dns', words('or', 'dns')],
    ['"never closed', { terms: [word('never closed', { exact: true })] }],
    ['sev1 pool', { ...words('pool'), severities: ['sev1'] }],
    ['P1 pool', { ...words('pool'), severities: ['sev1'] }],
    ['"sev1" pool', { terms: [word('sev1', { exact: true }), word('pool')] }],
    ['critical path', words('critical', 'path')],
    ['sev:critical path', { ...words('path'), severities: ['sev1'] }],
    ['open pool', { ...words('pool'), statuses: OPEN }],
    ['resolved', { statuses: ['resolved'] }],
    ['status:monitoring pool', { ...words('pool'), statuses: ['monitoring'] }],
    ['monitoring gap', words('monitoring', 'gap')],
    ['kind:cause kind: failed dns', { ...words('dns'), kinds: ['cause', 'failed'] }],
    ['#hypothesis #dns', { ...words('#dns'), kinds: ['hypothesis'] }],
    ['by <@U012ANA|ana> pool', { ...words('pool'), by: 'U012ANA' }],
    ['<@U012ANA> pool', { ...words('pool'), by: 'U012ANA' }],
    ['by mistake', words('by', 'mistake')],
    ['pool since yesterday', { ...words('pool'), since: 'yesterday' }],
    ['since 3 days ago pool', { ...words('pool'), since: '3 days ago' }],
    ['since 2026-03-01 14:00 UTC pool', { ...words('pool'), since: '2026-03-01 14:00 UTC' }],
    ['pool since last month', { ...words('pool'), since: 'last month' }],
    ['slow since the deploy', words('slow', 'since', 'the', 'deploy')],
    ['in INC-42 pool', { ...words('pool'), within: 42 }],
    ['in DRILL-3 pool', { ...words('pool'), within: 3, drills: true }],
    ['pool in 42 seconds', words('pool', 'in', '42', 'seconds')],
    ['drills pool', { ...words('pool'), drills: true }],
    ["'); DROP TABLE incident; --", words('DROP', 'TABLE', 'incident;')],
    ['<@U012ANA|ana> & | ! <-> :*', { by: 'U012ANA' }],
  ])('%s', (line, expected) => {
    if (line.endsWith(':*')) expect(action(`find ${line}`)).toMatch(/^refused: There is no word/);
    else expect(search(`find ${line}`).search).toEqual({ ...NOTHING, ...expected });
  });

  test('by me is whoever types it', () => {
    expect(search('find by me').search.by).toBe(search('find by:me').search.by);
    expect(search('find by me').search.by).not.toBeNull();
  });

  test('turns to a page with what was typed', () => {
    expect(search('search page:3 "a  b" sev1')).toMatchObject({ page: 3, typed: '"a  b" sev1' });
  });

  test.each([
    ['find', 'Say what to look for.'],
    ['find page:2', 'Say what to look for.'],
    ['find ???', 'There is no word'],
    ['find -deploy', 'besides what to leave out'],
    ['find kind:causes-of-it x', 'There is no kind “causes-of-it”'],
    ['find sev:9 x', 'There is no severity “9”'],
    ['find status:done', 'There is no status “done”'],
    ['find by:ana', 'by: needs a person'],
    ['find since:whenever x', 'since: needs a day'],
    [`find ${'a'.repeat(400)}`, 'too long to look for'],
    [`find ${'a '.repeat(30)}`, 'At most 20 words'],
  ])('"%s" is refused', (line, reason) => {
    expect(action(line)).toContain(reason);
  });
});
