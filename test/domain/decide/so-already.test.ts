import { expect, test } from 'vitest';
import type { Action } from '../../../src/domain/action.ts';
import { declared, logged } from '../../support/clockwork.ts';

const resolve = (when: string | null, text: string | null): Action => ({
  ...{ type: 'resolve', when, text, confirmed: true },
});
const severity = (to: string, reason: string | null): Action => ({ type: 'severity', to, reason });
const cancel = (reason: string): Action => ({ type: 'cancel', reason });
const reopen = (reason: string | null): Action => ({ type: 'reopen', when: null, reason });

/** An incident to which this happened. */
function after(...actions: readonly Action[]) {
  const story = declared();
  for (const action of actions) story.does(action);
  return story;
}

test.each<[string, ReturnType<typeof after>, Action, string]>([
  ['a severity', after(), severity('sev1', 'all regions are affected'), 'INC-42 is sev1 already.'],
  [
    'a resolution that somebody else was quicker with',
    after(resolve(null, 'rolled back')),
    resolve(null, 'error rate is normal'),
    'INC-42 is already resolved',
  ],
  [
    'a resolution of what was cancelled',
    after(cancel('false alarm')),
    resolve(null, 'error rate is normal'),
    'INC-42 is cancelled.',
  ],
  [
    'a cancellation of what is over',
    after(resolve(null, null)),
    cancel('it was the probe'),
    'INC-42 is resolved already.',
  ],
  ['a reopening of what is open', after(), reopen('errors are back'), 'INC-42 is open:'],
])(
  '%s that changes nothing: what was said with it is an entry all the same',
  (_, story, action, already) => {
    const said = 'reason' in action ? action.reason : 'text' in action ? action.text : null;
    const { status, severity: before } = story.incident;
    expect(story.does(action)).toContain(already);
    expect(story.entries.at(-1)).toMatchObject({ text: said, author: 'UANA' });
    expect(story.incident).toMatchObject({ status, severity: before });
  },
);

test('without words nothing is written, and a time that went nowhere is shown', () => {
  const story = after(resolve(null, null));
  const { length } = story.entries;
  const said = story.does(resolve('14:50', null));
  expect(said).toContain('INC-42 is already resolved');
  expect(said).toContain('Not written down: “14:50”');
  expect(story.does(severity('sev1', null))).toBe('INC-42 is sev1 already.');
  expect(story.entries).toHaveLength(length);
});

test('a reason for striking what is struck is shown to whoever typed it', () => {
  const story = after(logged('tried a restart'));
  const no = story.entries.at(-1)?.no ?? 0;
  story.does({ type: 'strike', entry: no, reason: 'wrong incident' });
  const said = story.does({ type: 'strike', entry: no, reason: 'typed twice' });
  expect(said).toContain(`#${no} is struck already.`);
  expect(said).toContain('Not written down: “typed twice”');
});

test.each(['constructor', '__proto__', 'toString'])('a role may be called %s', (role) => {
  const story = declared();
  const name = role.toLowerCase();
  const said = story.does({ type: 'role', role, user: 'UBO', note: null });
  expect(said).toContain(`@UBO is ${name}.`);
  expect(Object.entries(story.incident.roles)).toContainEqual([name, 'UBO']);
  expect(story.does({ type: 'role', role, user: 'UBO', note: null })).toContain('already');
});
