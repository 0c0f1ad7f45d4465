import { expect, test } from 'vitest';
import { storyteller } from '../support/backends.ts';
import { expectInvariants } from '../support/invariants.ts';
import { eventually } from '../support/story.ts';

const begin = storyteller();

test('an incident is lived through by Socket Mode, and through a reconnection', async () => {
  const story = await begin({ socket: true });
  expect(await story.opens('ana', 'sev1 Checkout is down')).toContain('INC-1 is open');
  await story.fastForward(5);
  const [ping] = story.workspace.directMessages('U0BO');
  expect(await story.click('bo', 'Acknowledge', ping)).toContain('Acknowledged: INC-1');
  await story.type('bo', '/incident log');
  await story.fill('bo', { text: 'pool restarted &amp; <b>' });
  story.workspace.disconnectSocket('refresh_requested');
  await eventually(
    () =>
      story.workspace.type('U0CY', story.channel().id, '/incident log after it').then(
        ({ status }) => status === 200,
        () => false,
      ),
    'the socket is back',
    15_000,
  );
  await story.settle();
  const texts = (await story.entries()).map(({ text }) => text);
  expect(texts).toEqual(expect.arrayContaining(['pool restarted &amp; <b>', 'after it']));
  expect(await story.type('ana', '/incident resolve')).toContain('Resolved: INC-1');
  expect(story.draft()).toContain('after it');
  await expectInvariants(story);
});
