import { expect, test } from 'vitest';
import { storyteller } from '../support/backends.ts';
import { expectInvariants } from '../support/invariants.ts';
import { everythingKept, numberOf, SHOWN, slackShows } from '../support/redacted.ts';
import type { Story } from '../support/story.ts';

const begin = storyteller();

async function redact(story: Story, part: string, reason: string, by = 'ada'): Promise<string> {
  const no = await numberOf(story, part);
  await story.type(by, `/incident redact ${no} ${reason}`);
  const said = await story.click(by, `Yes, redact #${no} for good`);
  await story.fastForward(1);
  return said;
}

/** What the thread of the draft shows, each message with the key of the delivery that posted it. */
const keyed = (story: Story): { key: string; text: string }[] =>
  story.channel().messages.flatMap(({ metadata, text }) => {
    const { k } = Object(metadata?.event_payload ?? {});
    return typeof k === 'string' ? [{ key: k.split('#')[0] ?? '', text }] : [];
  });

test('the version after a redaction says what was redacted, not that every section changed', async () => {
  const story = await begin({ answerWithinMs: 10_000 });
  await story.opens('ana', 'sev1 Checkout is down');
  await story.type('ana', '/incident ack');
  await story.type('ana', '/incident log the key AKIA7SECRET was in the log');
  await story.type('ana', '/incident log the word AKIA7SECRET-2 was in the log');
  await story.type('ana', '/incident resolve');
  await story.fastForward(1);
  const no = await numberOf(story, 'the key AKIA7');
  const token = await numberOf(story, 'the word AKIA7');
  const said = await redact(story, 'the key AKIA7', 'a key');
  expect(said).toContain('until Slack is reloaded');
  const newest = () => story.messages().findLast((one) => one.includes('Changed since version'));
  expect(newest()).toContain(`Changed since version 1: redaction of #${no}.`);
  await redact(story, 'the word AKIA7', 'a token');
  expect(newest()).toContain(`Changed since version 2: redaction of #${token}.`);
  await story.type('ana', '/incident log something else');
  await story.fastForward(1);
  expect(newest()).toMatch(/Changed since version 3: (?!.*redaction)/);
  await expectInvariants(story);
});

test('one word per message stays of what was redacted, however many parts it was posted in', async () => {
  const story = await begin({ answerWithinMs: 10_000 });
  await story.opens('ana', 'sev1 Checkout is down');
  await story.type('ana', '/incident ack');
  for (let n = 0; n < 30; n += 1)
    await story.type('ana', `/incident log AKIA7SECRET ${n}: ${'many words '.repeat(80)}`);
  await story.type('ana', '/incident resolve');
  await story.fastForward(1);
  const before = keyed(story);
  const parts = before.filter(({ key }) => before.filter((one) => one.key === key).length > 1);
  expect(parts.length).toBeGreaterThan(1);
  await redact(story, 'AKIA7SECRET 7:', 'a key');
  const blank = keyed(story).filter(({ text }) => text === 'Redacted.');
  expect(blank.length).toBeGreaterThan(0);
  expect(new Set(blank.map(({ key }) => key)).size).toBe(blank.length);
  expect(keyed(story).filter(({ key }) => parts.some((one) => one.key === key))).toHaveLength(
    new Set(parts.map(({ key }) => key)).size,
  );
  expect(slackShows(story)).not.toContain('AKIA7SECRET 7:');
  await expectInvariants(story);
});

test('whoever redacted a text of the draft is not its author', async () => {
  const story = await begin({ answerWithinMs: 10_000 });
  await story.opens('ana', 'sev1 Checkout is down');
  await story.type('ana', '/incident ack');
  await story.type('ana', '/incident postmortem section summary The key AKIA7SECRET leaked.');
  await story.type('ana', '/incident resolve');
  await story.fastForward(1);
  await redact(story, 'The key AKIA7', 'a key');
  expect(story.draft()).toMatch(/Written by @ana\b/i);
  expect(story.draft()).not.toMatch(/Written by @ada\b/i);
  expect((await everythingKept(story)).match(SHOWN)).toBeNull();
  await story.type('bo', '/incident postmortem section summary A key leaked.');
  expect(story.told('bo').join()).not.toMatch(SHOWN);
  await expectInvariants(story);
});
