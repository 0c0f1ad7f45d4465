import { expect, test } from 'vitest';
import { storyteller } from '../support/backends.ts';
import { expectInvariants } from '../support/invariants.ts';
import { eventually, type Story } from '../support/story.ts';

const begin = storyteller();

const form = (story: Story, name: string) => story.workspace.viewOf(story.idOf(name));

const shown = (story: Story, name: string): string =>
  JSON.stringify(form(story, name)?.blocks ?? []);

/** Does what opens a form, again where a busy machine was too slow for Slack. */
async function opens(story: Story, name: string, act: () => Promise<unknown>): Promise<void> {
  for (let n = 0; n < 5 && form(story, name)?.submit === undefined; n += 1) {
    await act().catch(() => undefined);
    await eventually(() => form(story, name)?.submit, 'a form', 4000).catch(() => undefined);
  }
}

/** Chooses an entry in the menu of the timeline that somebody was shown last. */
async function correct(story: Story, name: string, words: string): Promise<void> {
  const timeline = story.workspace.seenBy(story.idOf(name)).at(-1);
  const no = (await story.entries()).find(({ text }) => text === words)?.no;
  if (timeline === undefined) throw new Error('nothing is shown');
  await story.workspace.click(story.idOf(name), timeline, 'Correct an entry', `#${no} ${words}`);
}

test('an entry is corrected by mouse: from its echo, and from the timeline', async () => {
  const story = await begin({ answerWithinMs: 10_000 });
  await story.opens('ana', 'sev1 Checkout is down');
  expect(await story.type('bo', '/incident log 9:75 tried a cache flush')).toContain('No time yet');
  await opens(story, 'bo', () => story.click('bo', 'Set its time'));
  expect(shown(story, 'bo')).toContain('tried a cache flush');
  const none = await story.fill('bo', { text: 'tried a cache flush' });
  expect(none.errors.text).toContain('Nothing is changed');
  const odd = await story.fill('bo', { text: 'tried a cache flush', time: 'soon' });
  expect(odd.errors.time).toContain('soon');
  const { said } = await story.fill('bo', { text: 'tried a cache flush', time: '13:50 UTC' });
  expect(said).toContain('corrected.');
  await story.type('cy', '/incident log 14:31 text: rolled back');
  const [first] = (await story.entries()).slice(-2);
  expect(first?.at).toEqual(new Date('2026-03-08T13:50:00Z'));
  expect(await story.type('cy', '/incident timeline')).toContain('Correct an entry');
  await opens(story, 'cy', () => correct(story, 'cy', 'tried a cache flush'));
  expect(shown(story, 'cy')).toContain('2026-03-08 13:50 UTC');
  await story.fill('cy', {
    text: '14:31 was when the cache was flushed',
    time: '2026-03-08 13:50 UTC',
  });
  const [entry] = (await story.entries()).filter(({ text }) => text.includes('cache'));
  expect(entry).toMatchObject({
    text: '14:31 was when the cache was flushed',
    at: new Date('2026-03-08T13:50:00Z'),
  });
  await expectInvariants(story);
});
