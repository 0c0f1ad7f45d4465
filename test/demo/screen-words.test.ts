import { expect, test } from 'vitest';
import { newsOf, piecesOf } from '../../src/demo/edits.ts';
import { whatIsWrong } from '../../src/demo/prompt.ts';
import { withoutRemedy } from '../../src/demo/tour.ts';
import type { Message, View } from '../../src/demo/workspace/index.ts';
import { renderMessage } from '../../src/demo/workspace/render.ts';

const text = (words: string) => ({ type: 'mrkdwn', text: words });

/** A card with these facts, as it is taken apart. */
const card = (...facts: string[]) => {
  const message = {
    ...{ ts: '1.0', channel: 'C1', user: 'U1', text: 'card', files: [], reactions: [] },
    blocks: [
      { type: 'section', text: text('*INC-1 · Checkout fails*') },
      { type: 'section', fields: facts.map(text) },
      { type: 'actions', elements: [] },
    ],
  } as unknown as Message;
  const draw = (part: Message) => renderMessage(part, { width: 5000 }).split('\n').slice(1);
  return piecesOf(message, draw as Parameters<typeof piecesOf>[1]);
};

test('of an edited message the fact is shown with its name, whole', () => {
  const before = card('*Status*\ninvestigating', '*Acknowledged by*\nnobody yet');
  const now = card('*Acknowledged by*\nchi', '*Status*\ninvestigating');
  expect(newsOf(before, now)).toEqual(['Acknowledged by: chi']);
});

test('an edit in which only the time left moved on shows nothing', () => {
  const before = card('*Next ping*\nthe group S0SRE, 01:42 (in 4 seconds)');
  expect(newsOf(before, card('*Next ping*\nthe group S0SRE, 01:42 (in 2 seconds)'))).toEqual([]);
  expect(newsOf(before, card('*Next ping*\nana, 01:43 (in 9 seconds)'))).toEqual([
    'Next ping: ana, 01:43 (in 9 seconds)',
  ]);
});

test('a question is cut before what settles it, and not inside of it', () => {
  expect(
    withoutRemedy('3. Which comes first (#2 [14:00 → 14:05])? [#2] → /incident 1 edit 2'),
  ).toBe('3. Which comes first (#2 [14:00 → 14:05])? [#2]');
  expect(withoutRemedy('4. Nothing to type')).toBe('4. Nothing to type');
});

test('what is wrong with a form is said by the label of its field', () => {
  const form = {
    blocks: [{ type: 'input', block_id: 'text', label: { type: 'plain_text', text: 'What' } }],
  } as unknown as View;
  const errors = { text: 'Write something.', when: 'No time.' };
  expect(whatIsWrong(form, { response_action: 'errors', errors })).toEqual([
    'What: Write something.',
    'when: No time.',
  ]);
  expect(whatIsWrong(form, { response_action: 'clear' })).toEqual([]);
  expect(whatIsWrong(form, null)).toEqual([]);
});
