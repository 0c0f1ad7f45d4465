import { expect, test } from 'vitest';
import type { Action, SeenSection } from '../../../src/domain/action.ts';
import { declared } from '../../support/clockwork.ts';
import { spoken } from '../../support/spoken.ts';

type Written = Extract<Action, { type: 'section text' }>;
type Story = ReturnType<typeof declared>;

const writes = (text: string, more: Partial<Written> = {}): Written => ({
  type: 'section text',
  section: 'summary',
  place: null,
  text,
  seen: null,
  ...more,
});
const textsOf = (story: Story): readonly string[] =>
  story.entries.flatMap(({ detail, text, struck }) =>
    detail?.type === 'section' && struck === null ? [text] : [],
  );
const entryOf = (story: Story) => story.entries.find(({ detail }) => detail?.type === 'section');
/** What somebody has seen who opens the form now. */
const seenIn = (story: Story): SeenSection => {
  const entry = entryOf(story);
  const { seq, nextEntry: next } = story.incident;
  const written = entry === undefined ? null : { entry: entry.no, revision: entry.revision };
  return { seq, next, written };
};

test('a text that was seen is corrected, and what it was stays', () => {
  const story = declared();
  story.does(writes('Orders failed.'), 'UBO');
  const said = story.does(writes('Half of them failed.', { seen: seenIn(story) }), 'UANA');
  expect(said).toContain('Summary: your text stands beside what is generated (#');
  expect(textsOf(story)).toEqual(['Half of them failed.']);
});

test('a text that was not seen is never written over without a yes to exactly that one', () => {
  const story = declared();
  const before = seenIn(story);
  story.does(writes('Ana was first.', { seen: before }), 'UANA');
  const asked = story.attempt(writes('Bo was second.', { seen: before }), 'UBO');
  if (!asked.ok) throw new Error(asked.refusal.reason);
  const { reply } = asked.value;
  expect(reply.outcome).toBe('asked');
  expect(spoken(reply.message)).toContain('@UANA wrote for “Summary” what you had not seen');
  expect(textsOf(story)).toEqual(['Ana was first.']);
  story.does(writes('Ana again.', { seen: seenIn(story) }), 'UANA');
  const yes = reply.question?.action as Written;
  const again = story.attempt(yes, 'UBO');
  expect(again.ok && again.value.reply.outcome).toBe('asked');
  expect(textsOf(story)).toEqual(['Ana again.']);
  const sure = again.ok ? (again.value.reply.question?.action as Written) : yes;
  story.does(sure, 'UBO');
  expect(textsOf(story)).toEqual(['Bo was second.']);
});

test('nobody is told that they had not seen their own text', () => {
  const story = declared();
  const before = seenIn(story);
  story.does(writes('In one window.', { seen: before }), 'UANA');
  const asked = story.attempt(writes('In another window.', { seen: before }), 'UANA');
  if (!asked.ok) throw new Error(asked.refusal.reason);
  const said = spoken(asked.value.reply.message);
  expect(asked.value.reply.outcome).toBe('asked');
  expect(said).toContain('You wrote for “Summary” elsewhere, after you opened this form (#');
  expect(said).not.toContain('@UANA');
});

test('a line typed by hand over a text asks as well', () => {
  const story = declared();
  story.does(writes('Orders failed.'), 'UBO');
  const asked = story.attempt(writes('Carts were lost.'), 'UBO');
  expect(asked.ok && asked.value.reply.outcome).toBe('asked');
  expect(textsOf(story)).toEqual(['Orders failed.']);
});

test('the basis is what was seen, or else the record as it is', () => {
  const story = declared();
  const seen = seenIn(story);
  story.does({ type: 'effect', when: null, text: 'Refunds failed.' });
  story.does(writes('Orders failed.', { seen }));
  expect(entryOf(story)?.detail).toMatchObject({ basis: { seq: seen.seq, next: seen.next } });
  const other = declared();
  const { seq, nextEntry: next } = other.incident;
  other.does(writes('Orders failed.'));
  expect(entryOf(other)?.detail).toMatchObject({ basis: { seq, next } });
});

test('it stays where it stood unless somebody says otherwise; what is computed is never replaced', () => {
  const story = declared();
  story.does(writes('Orders failed.', { place: 'instead' }));
  story.does(writes('Orders failed, all.', { seen: seenIn(story) }));
  expect(entryOf(story)?.detail).toMatchObject({ place: 'instead' });
  const other = declared();
  const said = other.does(writes('None are open.', { section: 'questions', place: 'instead' }));
  expect(said).toContain('Open questions: your text stands beside what is generated');
});

test('saying the same again changes nothing', () => {
  const story = declared();
  story.does(writes('Orders failed.'));
  const { seq } = story.incident;
  expect(story.does(writes(' Orders failed. '))).toContain('Summary says so already: #');
  expect(story.incident.seq).toBe(seq);
});

test.each([
  [writes('  '), 'What should the section say?'],
  [writes('x', { section: 'sumary' }), 'The draft has no section “sumary”.'],
])('nothing to write, or nowhere, is refused: %#', (action, reason) => {
  expect(declared().refused(action)).toBe(reason);
});

test('a text that was struck leaves its place to the next one', () => {
  const story = declared();
  story.does(writes('Orders failed.'));
  story.does({ type: 'strike', entry: entryOf(story)?.no ?? 0, reason: null });
  story.does(writes('Carts were lost.'));
  expect(textsOf(story)).toEqual(['Carts were lost.']);
});
