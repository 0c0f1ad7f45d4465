import { expect, test } from 'vitest';
import { storyteller } from '../support/backends.ts';
import { expectInvariants } from '../support/invariants.ts';
import { LADDER, type Story } from '../support/story.ts';

const begin = storyteller();

/** The second level pings a channel that everybody reads, and that Muster is in. */
const CONFIG = LADDER.replace('"usergroup:S0SRE"', '"user:U0MAX", "channel:C0INCIDENTS"');

const saidThere = (story: Story): string =>
  (story.workspace.channel('C0INCIDENTS')?.messages ?? []).map(story.seen).join('\n');

test('a private incident’s ping in a channel of others says that somebody is needed, and nothing else', async () => {
  const story = await begin({ config: CONFIG, answerWithinMs: 10_000 });
  await story.opens('ana', 'sev1 private: Zebrafish acquisition');
  await story.fastForward(6);
  expect(story.told('max').join()).toContain('Zebrafish acquisition');
  expect(saidThere(story)).toContain('A private incident (sev1) needs somebody.');
  await story.type('ana', '/incident snooze commander 10 min because of the krakenledger');
  await story.type('ana', '/incident page <@U0BO> the walrus is gone');
  await story.type('max', '/incident ack', story.channel().id);
  await story.fastForward(5);
  await story.type('ana', '/incident resolve the krakenledger is locked');
  await story.settle();
  const raw = JSON.stringify(story.workspace.channel('C0INCIDENTS')?.messages);
  const { id, name } = story.channel();
  for (const never of [/zebrafish|krakenledger|walrus/i, /INC-1\b/, id, name, 'U0MAX', 'U0ANA'])
    expect(raw).not.toMatch(never);
  expect(saidThere(story)).toContain('This ping is over.');
  await expectInvariants(story);
});

test('a public incident’s ping says everything in any channel', async () => {
  const story = await begin({ config: CONFIG, answerWithinMs: 10_000 });
  await story.opens('ana', 'sev1 Checkout is down');
  await story.fastForward(6);
  expect(saidThere(story)).toContain('INC-1 sev1: Checkout is down');
  await story.type('bo', '/incident ack');
  await story.settle();
  expect(saidThere(story)).toContain('Acknowledged by @bo');
  await expectInvariants(story);
});
