import { expect, test } from 'vitest';
import { HOUR, MINUTE } from '../../../src/domain/instant.ts';
import { declared, logged } from '../../support/clockwork.ts';
import { START } from '../../support/ladder.ts';

const set = (
  milestone: 'impact started' | 'impact ended' | 'detected' | 'mitigated',
  when: string | null = null,
  entry?: number,
) =>
  ({
    type: 'milestone',
    milestone,
    when,
    by: null,
    text: null,
    ...(entry === undefined ? {} : { entry }),
  }) as const;

const milestoneOf = (story: ReturnType<typeof declared>, name: string) =>
  story.incident.milestones.find((one) => one.name === name);

test('an echo says the number, the words, UTC, the reporter’s own time and the distance from now', () => {
  const story = declared();
  const decided = story.attempt(logged('rolled back', '19:21'), 'UANA', 'Asia/Kolkata');
  expect(decided.ok).toBe(true);
  const said = decided.ok ? JSON.stringify(decided.value.reply.message) : '';
  expect(said).toContain('13:51 UTC · 19:21 IST · 9 min ago');
  expect(said).toContain('42 strike 2');
});

test.each([
  ['25:10', 'no-such-time'],
  ['this morning', 'vague'],
  ['15:30', 'future'],
])('a log at %s keeps the text without a time, and asks', (when) => {
  const story = declared();
  story.does(logged('the pool filled up', when));
  const entry = story.entries.at(-1);
  expect(entry).toMatchObject({ text: 'the pool filled up', at: null });
  expect(entry?.question?.typed).toBe(when);
});

test('a time far before the incident is asked about, and the offered time is its answer', () => {
  const story = declared();
  const said = story.does(logged('the migration ran', '2026-03-05 10:00 UTC'));
  const entry = story.entries.at(-1);
  expect(entry).toMatchObject({ at: null });
  expect(said).toContain('Yes, 2026-03-05 10:00 UTC');
  const offered = entry?.question?.offers[0]?.typed ?? '';
  story.does({ type: 'edit', entry: 2, when: offered, text: null, kinds: [] });
  expect(story.entries.at(-1)).toMatchObject({ at: Date.UTC(2026, 2, 5, 10), question: null });
  // Asked and answered: the draft does not ask again.
  expect(story.entries.at(-1)?.time?.flags).not.toContain('far-past');
});

test('a far past time that nobody was offered is asked about in an edit too, and the old time stands', () => {
  const story = declared();
  story.does(logged('the migration ran', '13:50'));
  story.does({ type: 'edit', entry: 2, when: '2026-03-05 10:00 UTC', text: null, kinds: [] });
  expect(story.entries.at(-1)).toMatchObject({ at: START - 10 * MINUTE });
  expect(story.entries.at(-1)?.question?.code).toBe('far-past');
});

test('an entry after the resolution is accepted, and reopening is offered', () => {
  const story = declared();
  story.does({ type: 'ack', when: null });
  story.does({ type: 'resolve', when: null, text: null, confirmed: false });
  story.passes(MINUTE);
  expect(story.does(logged('it is back'))).toContain('[Reopen]');
  expect(story.work.at(-1)).toEqual({
    kind: 'draft',
    notBefore: story.now + 10_000,
    reason: 'corrected',
  });
});

test('a kind sets no milestone; it offers to', () => {
  const story = declared();
  const said = story.does(logged('graphs are flat', null, ['recovered']));
  expect(milestoneOf(story, 'impact ended')).toBeUndefined();
  expect(said).toContain('[Set “impact ended” to #2]');
  story.does(set('impact ended', null, 2));
  expect(milestoneOf(story, 'impact ended')).toMatchObject({ entry: 2 });
});

test('an entry before the declaration does not move “detected”', () => {
  const story = declared();
  story.does(set('detected', '13:55'));
  story.does(logged('first errors', '13:40', ['detected']));
  expect(milestoneOf(story, 'detected')?.at).toBe(START - 5 * MINUTE);
});

test('setting a milestone again moves it and says what it was', () => {
  const story = declared();
  story.does(set('detected', '13:50'));
  const said = story.does(set('detected', '13:55'));
  expect(said).toContain('“detected” was #2, 13:50 UTC · 10 min ago.');
  expect(milestoneOf(story, 'detected')).toMatchObject({ entry: 3 });
});

test('undo puts a milestone back where it was, then takes it away', () => {
  const story = declared();
  story.does(set('detected', '13:50'));
  story.does(set('detected', '13:55'));
  expect(story.does({ type: 'undo' })).toContain('“detected” is #2 again.');
  expect(milestoneOf(story, 'detected')).toMatchObject({ entry: 2, at: START - 10 * MINUTE });
  expect(story.does({ type: 'undo' })).toContain('“detected” is not set any more.');
  expect(milestoneOf(story, 'detected')).toBeUndefined();
});

test('bringing back a struck milestone entry sets the milestone again', () => {
  const story = declared();
  story.does(set('detected', '13:50'));
  story.does({ type: 'strike', entry: 2, reason: null });
  story.does({ type: 'restore', entry: 2 });
  expect(milestoneOf(story, 'detected')).toMatchObject({ entry: 2, at: START - 10 * MINUTE });
});

test('an edited entry takes its milestone along; the edit can be taken back', () => {
  const story = declared();
  story.does(set('detected', '13:50'));
  const said = story.does({ type: 'edit', entry: 2, when: '13:45', text: null, kinds: [] });
  expect(said).toContain('“detected” moves with it.');
  expect(milestoneOf(story, 'detected')?.at).toBe(START - 15 * MINUTE);
  story.does({ type: 'restore', entry: 2 });
  expect(milestoneOf(story, 'detected')?.at).toBe(START - 10 * MINUTE);
});

test.each(['impact ended', 'mitigated'] as const)(
  '“%s” before the impact started is refused with both times',
  (name) => {
    const story = declared();
    story.does(set('impact started', '13:50'));
    const reason = story.refused(set(name, '13:40'));
    expect(reason).toContain('13:40 UTC');
    expect(reason).toContain('13:50 UTC');
  },
);

test('an edit cannot move the impact past its own end', () => {
  const story = declared();
  story.does(set('impact started', '13:40'));
  story.does(set('impact ended', '13:50'));
  expect(story.refused({ type: 'edit', entry: 2, when: '13:55', text: null, kinds: [] })).toContain(
    '13:50 UTC',
  );
});

test('a milestone whose time cannot be read is refused with one that works', () => {
  const story = declared();
  const decided = story.attempt(set('detected', '25:10'));
  expect(decided).toMatchObject({
    ok: false,
    refusal: { example: expect.stringMatching(/^detected /) },
  });
});

test('my last entry is what undo strikes; what happened stays, and says how to go back', () => {
  const story = declared();
  story.does(logged('mine'));
  story.does(logged('theirs'), 'UBOB');
  expect(story.does({ type: 'undo' })).toContain('mine');
  story.does({ type: 'severity', to: 'sev2', reason: 'only Europe' });
  const decided = story.attempt({ type: 'undo' });
  expect(decided).toMatchObject({ ok: false, refusal: { example: 'sev sev1 <reason>' } });
});

test('a text keeps 20,000 characters and loses NUL and half characters', () => {
  const story = declared();
  story.does(logged(`a\u0000b\ud800c${'é'.repeat(21_000)}`));
  const text = story.entries.at(-1)?.text ?? '';
  expect(text.startsWith('abc')).toBe(true);
  expect([...text].length).toBe(20_000);
});

test('findings are numbered within their type, and need no time', () => {
  const story = declared();
  story.does({ type: 'cause', role: 'root', when: null, text: 'a bad migration' });
  story.does({ type: 'cause', role: 'trigger', when: '13:58', text: 'the deploy' });
  story.does({
    type: 'action item',
    text: 'add an alert',
    due: 'Friday',
    item: { owner: null, refs: [], addresses: 'c1', sort: null, done: false },
  });
  const details = story.entries
    .slice(1)
    .map(({ detail, at }) => ({ n: detail && 'n' in detail ? detail.n : null, at }));
  expect(details).toEqual([
    { n: 1, at: null },
    { n: 2, at: START - 2 * MINUTE },
    { n: 1, at: null },
  ]);
  expect(milestoneOf(story, 'cause found')?.entry).toBe(3);
  story.does({ type: 'action done', item: 1 });
  expect(story.entries.at(-1)?.detail).toMatchObject({ item: { done: true } });
});

test.each([
  ['39 min', 39 * MINUTE],
  ['13:00–13:45', 45 * MINUTE],
  ['from 13:00 to 13:45', 45 * MINUTE],
  [null, null],
  ['N/A', null],
])('a stated figure of %s is read', (value, ms) => {
  const story = declared();
  story.does({ type: 'stated', metric: 'impact', value });
  expect(story.entries.at(-1)?.detail).toMatchObject({ stated: { ms } });
});

test('in a resolved incident a bare time is the one within its span', () => {
  const story = declared();
  story.does({ type: 'ack', when: null });
  story.does({ type: 'resolve', when: null, text: null, confirmed: false });
  story.passes(20 * HOUR);
  story.does(logged('the pool filled up', '13:30'));
  expect(story.entries.at(-1)?.at).toBe(START - 30 * MINUTE);
});
