import { expect, test } from 'vitest';
import { action } from './typed.ts';

const drill = (title: string, severity: string | null) => ({
  type: 'open',
  title,
  severity,
  private: false,
  since: null,
  drill: true,
});

test.each([
  ['drill sev1 Checkout fails', drill('Checkout fails', 'sev1')],
  ['drill P1: Checkout fails', drill('Checkout fails', 'sev1')],
  ['drill sev 2 Checkout fails', drill('Checkout fails', 'sev2')],
  ['drill Checkout fails', drill('Checkout fails', null)],
  ['drill sev1', drill('Exercise', 'sev1')],
  ['exercise sev1 Checkout', drill('Checkout', 'sev1')],
  ['preview sev1', { type: 'read', read: { type: 'preview', severity: 'sev1' } }],
  ['preview Critical', { type: 'read', read: { type: 'preview', severity: 'sev1' } }],
  ['preview', { type: 'read', read: { type: 'preview', severity: null } }],
  ['list drills', { type: 'read', read: { type: 'list', what: 'drills' } }],
])('“%s” is understood', (line, wanted) => {
  expect(action(line)).toEqual(wanted);
});

test.each([
  ['drill', 'Which severity is to be practised?'],
  ['drill sev9 Checkout', 'There is no severity “sev9”.'],
  ['preview sev9', 'There is no severity “sev9”.'],
])('“%s” is refused: %s', (line, reason) => {
  expect(action(line)).toContain(reason);
});
