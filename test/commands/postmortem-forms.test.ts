import { describe, expect, test } from 'vitest';
import { action, typed } from './typed.ts';

const draft = (preset?: string) => ({
  type: 'read',
  read: preset === undefined ? { type: 'draft' } : { type: 'draft', preset },
});
const md = (preset: string) => ({ type: 'export', format: 'md', preset });

describe('a form of the draft', () => {
  test.each([
    ['postmortem', draft()],
    ['postmortem show', draft()],
    ['postmortem show classic', draft('classic')],
    ['pm show: Register', draft('register')],
    ['postmortem statuspage', draft('statuspage')],
    ['postmortem public', draft('public')],
    ['postmortem export md public', md('public')],
    ['postmortem export md classic', md('classic')],
    ['postmortem export Standard', md('standard')],
    ['postmortem export public', md('public')],
    ['postmortem export', { type: 'export', format: 'md' }],
    ['postmortem export json', { type: 'export', format: 'json' }],
  ])('%s', (line, expected) => {
    expect(action(line)).toEqual(expected);
  });

  test.each([
    ['postmortem show clasic', 'postmortem show classic'],
    ['postmortem show everything', 'postmortem show standard'],
    ['postmortem export md pubic', 'postmortem export md public'],
    ['postmortem export json classic', 'postmortem export md classic'],
    ['postmortem preset register', 'postmortem show register'],
    ['postmortem preset', 'postmortem show classic'],
  ])('"%s" is refused with what would work', (line, example) => {
    expect(typed(line)).toMatchObject({ ok: false, refusal: { example } });
  });

  test('a refusal repeats what was typed, and says what there is', () => {
    expect(action('postmortem show clasic')).toBe(
      'refused: There is no form “clasic” of the draft; there are standard, classic, register, statuspage, public.',
    );
  });
});
