import { expect, test } from 'vitest';
import { action, typed } from './typed.ts';

const role = (name: string, user: string) => ({ type: 'role', role: name, user, note: null });

test.each([
  ['postmortem owner <@U0BO|bo>', role('postmortem owner', 'U0BO')],
  ['pm owner: me', role('postmortem owner', 'U012ME')],
  ['postmortem author to <@U0BO>', role('postmortem author', 'U0BO')],
  ['postmortem due Friday 14:00', { type: 'postmortem due', due: 'Friday 14:00' }],
  ['postmortem review', { type: 'postmortem review', user: null }],
  ['postmortem review <@U0BO|bo>', { type: 'postmortem review', user: 'U0BO' }],
  ['postmortem review by me', { type: 'postmortem review', user: 'U012ME' }],
  ['postmortem reviewed', { type: 'postmortem reviewed' }],
  ['postmortem with 41', { type: 'postmortem with', numbers: [41] }],
  ['pm with INC-41, #43 and 41', { type: 'postmortem with', numbers: [41, 43] }],
  ['postmortem with none', { type: 'postmortem with', numbers: [] }],
])('%s', (line, expected) => {
  expect(action(line)).toEqual(expected);
});

test.each([
  ['postmortem owner', 'postmortem owner me'],
  ['postmortem owner ana', 'postmortem owner me'],
  ['postmortem owner <@U0BO> and <@U0CY>', 'postmortem owner me'],
  ['postmortem due', 'postmortem due Friday'],
  ['postmortem review Friday 14:00', 'set review Friday 14:00'],
  ['postmortem with', 'postmortem with 41'],
  ['postmortem with 41 the other one', 'postmortem with 41'],
  ['postmortem with 0', 'postmortem with 41'],
  ['postmortem review ana', 'postmortem review'],
])('"%s" is refused with what would work', (line, example) => {
  expect(typed(line)).toMatchObject({ ok: false, refusal: { example } });
});
