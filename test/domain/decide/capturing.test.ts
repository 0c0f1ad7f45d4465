import { expect, test } from 'vitest';
import { MINUTE } from '../../../src/domain/instant.ts';
import type { SlackMessage } from '../../../src/domain/message.ts';
import { declared } from '../../support/clockwork.ts';
import { START } from '../../support/ladder.ts';

const TS = `${START / 1000 + 90}.000200`;

const said = (more: Partial<SlackMessage> = {}): SlackMessage => ({
  channel: 'C1',
  ts: TS,
  at: START + 90_000,
  author: 'UBO',
  text: 'pool is exhausted',
  files: [],
  link: 'https://slack.test/1',
  edited: null,
  ...more,
});

const capture = (more: Partial<SlackMessage> = {}) =>
  ({ type: 'capture', message: said(more) }) as const;
const follow = (message: SlackMessage | null) => ({ type: 'follow', ts: TS, message }) as const;
const release = { type: 'release', ts: TS } as const;
const log = (more = {}) =>
  ({
    type: 'log',
    when: '2026-03-08 14:01 UTC',
    text: 'pool is exhausted',
    kinds: [],
    after: null,
    otherReading: null,
    message: said(),
    ...more,
  }) as const;

type Story = ReturnType<typeof declared>;

const taken = ({ entries }: Story) =>
  [...entries.values()].filter(({ detail }) => detail?.message !== undefined);
const marks = ({ notices }: Story) =>
  notices.flatMap(({ what }) => (what.type === 'mark' ? [what.on] : []));

test('a message is one entry, whoever asks and however often', () => {
  const story = declared('sev1');
  story.passes(5 * MINUTE);
  story.does(capture(), 'UANA');
  const { seq } = story.incident;
  story.does(capture({ text: 'as another replica read it' }), 'UCY');
  expect(taken(story)).toMatchObject([
    { at: START + 90_000, author: 'UBO', source: 'message', text: 'pool is exhausted' },
  ]);
  expect(story.incident.seq).toBe(seq);
  expect(marks(story)).toEqual([true]);
});

test('it goes with the last reaction and comes back as the same entry, with its milestone', () => {
  const story = declared('sev1');
  story.passes(5 * MINUTE);
  story.does(capture());
  const no = taken(story)[0]?.no ?? 0;
  story.does({
    type: 'milestone',
    milestone: 'detected',
    when: null,
    by: null,
    text: null,
    entry: no,
  });
  expect(taken(story)).toHaveLength(1);
  story.does(release, 'UCY');
  expect(taken(story)[0]?.struck).toMatchObject({ by: 'UCY' });
  expect(story.incident.milestones.some(({ name }) => name === 'detected')).toBe(false);
  story.does(capture({ text: 'pool is full' }), 'UCY');
  expect(taken(story)).toMatchObject([{ no, struck: null, text: 'pool is full' }]);
  expect(story.incident.milestones.find(({ name }) => name === 'detected')?.entry).toBe(no);
  expect(marks(story)).toEqual([true, false, true]);
});

test('edits are followed in their own order, and a deletion is the last word', () => {
  const story = declared('sev1');
  story.does(capture());
  story.does(follow(said({ text: 'third', edited: '300.0' })));
  story.does(follow(said({ text: 'second', edited: '200.0' })));
  expect(taken(story)[0]).toMatchObject({ text: 'third', revision: 1 });
  const { seq } = story.incident;
  story.does(follow(said({ text: 'third', edited: '300.0' })));
  expect(story.incident.seq).toBe(seq);
  story.does(follow(null));
  expect(taken(story)[0]?.struck).toMatchObject({ reason: 'deleted in Slack' });
  story.does(follow(said({ text: 'fourth', edited: '400.0' })));
  story.does(follow(null));
  expect(taken(story)[0]).toMatchObject({ text: 'third', revision: 2 });
  expect(marks(story)).toEqual([true, false]);
});

test('words that somebody corrected here stand, whatever becomes of the message', () => {
  const story = declared('sev1');
  story.does(capture({ files: [{ name: 'graph.png', link: 'https://slack.test/f' }] }));
  const no = taken(story)[0]?.no ?? 0;
  story.does({ type: 'edit', entry: no, when: null, text: 'pool of the checkout', kinds: [] });
  story.does(follow(said({ text: 'pol', edited: '300.0' })));
  expect(taken(story)[0]?.text).toBe('pool of the checkout');
  story.does(follow(null));
  expect(taken(story)[0]).toMatchObject({ text: 'pool of the checkout', struck: null });
  expect(taken(story)[0]?.detail?.message).toMatchObject({ link: null, files: [], deleted: true });
});

test('what was struck by hand is not brought back by an edit', () => {
  const story = declared('sev1');
  story.does(capture());
  story.does({ type: 'strike', entry: taken(story)[0]?.no ?? 0, reason: null });
  story.does(follow(said({ text: 'other', edited: '300.0' })));
  expect(taken(story)[0]?.struck).not.toBeNull();
});

test('the form and the reaction make the same entry', () => {
  const story = declared('sev1');
  story.passes(5 * MINUTE);
  story.does(log({ kinds: ['cause'] }), 'UANA');
  story.does(capture(), 'UCY');
  // The minute that the form shows is the message's own time, to the second.
  expect(taken(story)).toMatchObject([{ at: START + 90_000, author: 'UBO', kinds: ['cause'] }]);
  // No reaction had put it there, so none takes it away.
  story.does(release);
  expect(taken(story)[0]?.struck).toBeNull();
});

test('the form corrects what a reaction took before, and says what it was', () => {
  const story = declared('sev1');
  story.passes(10 * MINUTE);
  story.does(capture());
  expect(story.does(log())).toContain('Added already');
  const reply = story.does(log({ text: 'pool of the checkout', when: '2026-03-08 14:03 UTC' }));
  expect(reply).toContain('Was: “pool is exhausted”');
  expect(taken(story)).toMatchObject([{ text: 'pool of the checkout', at: START + 3 * MINUTE }]);
  story.does(release);
  expect(story.does(log({ text: 'again', kinds: ['note'] }))).toContain('corrected');
  expect(taken(story)).toMatchObject([{ text: 'again', struck: null, kinds: ['note'] }]);
});

test('a text that is too long for the form is not cut down by it', () => {
  const story = declared('sev1');
  story.passes(5 * MINUTE);
  const text = 'long '.repeat(1000).trim();
  story.does(capture({ text }));
  story.does(log({ text: `${text.slice(0, 2999)}…`, kinds: ['cause'], message: said({ text }) }));
  expect(taken(story)).toMatchObject([{ text, kinds: ['cause'] }]);
});

test('undo is for what I did myself', () => {
  const story = declared('sev1');
  story.passes(5 * MINUTE);
  story.does(log(), 'UANA');
  expect(story.attempt({ type: 'undo' }, 'UBO').ok).toBe(false);
  expect(taken(story)[0]?.struck).toBeNull();
});

test('words typed into the form are those of whoever typed them', () => {
  const story = declared('sev1');
  story.passes(5 * MINUTE);
  story.does(log({ text: 'the pool was too small' }), 'UANA');
  expect(taken(story)[0]).toMatchObject({ author: 'UANA', text: 'the pool was too small' });
  story.does(follow(null));
  expect(taken(story)[0]?.struck).toBeNull();
});

test('a message that is longer than an entry is kept as far as it goes, and is no edit of itself', () => {
  const story = declared('sev1');
  const text = 'x'.repeat(30_000);
  story.does(capture({ text }));
  expect(taken(story)[0]?.text).toHaveLength(20_000);
  const { seq } = story.incident;
  story.does(follow(said({ text, edited: '300.0' })));
  expect(story.incident.seq).toBe(seq);
});
