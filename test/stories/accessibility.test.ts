import { expect, test } from 'vitest';
import type { Message, Reply } from '../../src/demo/workspace/index.ts';
import { storyteller } from '../support/backends.ts';
import { expectInvariants } from '../support/invariants.ts';
import type { Story } from '../support/story.ts';

const begin = storyteller();

const words = (text: string): ReadonlySet<string> =>
  new Set(text.toLowerCase().match(/[\p{L}\p{N}-]{3,}/gu) ?? []);

/** Messages of which the text that screen readers and notifications use is not about what they show. */
function mute(story: Story): readonly string[] {
  const { channels, botUserId } = story.workspace;
  const posted = [...channels.values()]
    .flatMap(({ messages }) => messages)
    .filter(({ user }) => user === botUserId);
  const seen: readonly (Message | Reply)[] = [
    ...posted,
    ...['ana', 'bo'].flatMap((name) => story.workspace.seenBy(story.idOf(name))),
  ];
  expect(seen.length).toBeGreaterThan(25);
  return (
    seen
      .filter(({ blocks }) => blocks.length > 0)
      // A later part of a long message says of which it is.
      .filter(({ text }) => !/^\([2-9] of \d\) Postmortem draft, .*INC-1/.test(text))
      .filter((message) => {
        const shown = words(JSON.stringify(message.blocks));
        return ![...words(message.text)].some((word) => shown.has(word));
      })
      .map(({ text, blocks }) => `“${text}” beside ${JSON.stringify(blocks).slice(0, 120)}`)
  );
}

test('every card, ping, answer, reminder and draft says in plain text what it is about', async () => {
  const story = await begin();
  await story.opens('ana', 'sev1 Checkout fails for EU customers');
  await story.fastForward(12);
  const lines = [
    'ack',
    'lead me',
    'log 25:70 looked at the pool',
    'log restarted the pool #mitigation',
    'edit 3 at 14:02',
    'no such verb',
    'timeline',
    'brief',
    'next',
    'status identified',
    'update Rolled back. Next update in 20 minutes.',
    'impact 20% of orders fail',
    'action Alert on pool usage',
    'list',
    'find pool',
    'help',
    'doctor',
    'preview sev1',
    'snooze resolve 30 min the vendor is late',
    'handoff <@U0BO> have a look',
    'resolve all orders go through',
    'postmortem',
    'postmortem export html',
    'last',
  ];
  for (const line of lines) await story.type('ana', `/incident ${line}`);
  await story.fastForward(90);
  expect(mute(story)).toEqual([]);
  await expectInvariants(story);
});
