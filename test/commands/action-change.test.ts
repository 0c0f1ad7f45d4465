import { describe, expect, test } from 'vitest';
import { action } from './typed.ts';

const changed = (item: number, part: object) => ({ type: 'action change', item, ...part });

describe('changing an action item', () => {
  test.each([
    ['action 3 tracker JIRA-1 OPS-2', changed(3, { refs: ['JIRA-1', 'OPS-2'] })],
    ['action a3 ref JIRA-1, OPS-2', changed(3, { refs: ['JIRA-1', 'OPS-2'] })],
    ['action 3 due next Monday', changed(3, { due: 'next Monday' })],
    ['action #3: due by 2026-05-01', changed(3, { due: '2026-05-01' })],
    ['action 3 <@U012ANA|ana>', changed(3, { owner: 'U012ANA' })],
    ['action 3 owner <@U012ANA>', changed(3, { owner: 'U012ANA' })],
    ['action 3 for C2', changed(3, { addresses: 'c2' })],
    ['action 3 in progress', changed(3, { state: 'in progress' })],
    ['action start a3', changed(3, { state: 'in progress' })],
    ['action 3 reopen', changed(3, { state: 'open' })],
    ['action 3 done', changed(3, { state: 'done' })],
    [
      'action 3 drop the vendor did it',
      changed(3, { state: 'dropped', reason: 'the vendor did it' }),
    ],
    [
      'action drop 3 the vendor did it',
      changed(3, { state: 'dropped', reason: 'the vendor did it' }),
    ],
  ])('%s', (line, expected) => {
    expect(action(line)).toEqual(expected);
  });

  test.each([
    'action 3 replicas must be added',
    'action 3 due diligence reviews',
    'action 3 trackers must agree',
    'action 3 for the team',
    'action 500 errors must page <@U012ANA>',
    'action drop the old table',
    'action start writing tests',
    'action 3 open questions to answer',
  ])('"%s" is the text of a new one', (line) => {
    expect(action(line)).toMatchObject({ type: 'action item' });
  });

  test.each(['action drop 3', 'action 3 dropped'])('"%s" needs a reason', (line) => {
    expect(action(line)).toMatch(/^refused: Say why/);
  });
});
