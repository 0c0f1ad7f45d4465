import { describe, expect, test } from 'vitest';
import { seenIn, seenToken } from '../../src/commands/section-line.ts';
import { action, typed } from './typed.ts';

const asks = (section: string, more: object = {}) => ({
  type: 'form',
  form: 'section',
  filled: { section, ...more },
});
const writes = (section: string, text: string, place: string | null = null) => ({
  type: 'section text',
  section,
  place,
  text,
  seen: null,
});

describe('postmortem section', () => {
  test.each([
    ['postmortem section', { type: 'read', read: { type: 'sections' } }],
    ['pm sections', { type: 'read', read: { type: 'sections' } }],
    ['postmortem section summary', asks('summary')],
    ['postmortem section Open Questions', asks('questions')],
    ['postmortem section: action items', asks('actions')],
    ['postmortem edit what happened?', asks('what-happened')],
    ['postmortem section what-happened', asks('what-happened')],
    ['postmortem section impact instead:', asks('impact', { place: 'instead' })],
    ['postmortem section summary: Carts were lost', writes('summary', 'Carts were lost')],
    ['postmortem section summary Instead of orders', writes('summary', 'Instead of orders')],
    ['postmortem section summary instead: Carts', writes('summary', 'Carts', 'instead')],
    [
      'postmortem section Lessons learned beside:\n- one\n- two',
      writes('lessons', '- one\n- two', 'beside'),
    ],
    ['postmortem section impact seen:never said', writes('impact', 'seen:never said')],
  ])('%s', (line, expected) => {
    expect(action(line)).toEqual(expected);
  });

  test('a section that there is not is refused with those that there are', () => {
    expect(typed('postmortem section sumary of it')).toMatchObject({
      ok: false,
      refusal: {
        reason: expect.stringMatching(
          /^The draft has no section “sumary”; it has Record, Summary, /,
        ),
        example: 'postmortem section header',
      },
    });
  });

  test.each([
    [{ seq: 57, next: 33, written: null }],
    [{ seq: 57, next: 33, written: { entry: 31, revision: 0 } }],
  ])('what the form showed is read back: %j', (seen) => {
    expect(seenIn(seenToken(seen))).toEqual(seen);
  });
});
