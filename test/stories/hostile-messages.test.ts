import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Message } from '../../src/demo/workspace/index.ts';
import { masked } from '../../src/domain/secrets/index.ts';
import { readableText } from '../../src/slack/messages/raw.ts';
import { activeIn, hostile } from '../support/hostile.ts';
import { expectInvariants } from '../support/invariants.ts';
import { captured, PIN } from '../support/pinning.ts';
import { createStory, eventually, type Story } from '../support/story.ts';

// The same texts where they come from: through Slack's own events, the database and the outbox.

const COUNT = process.env.LONG === undefined ? 16 : 400;
const TOGETHER = 8;
/** What the database keeps of a text, without what nobody sees. */
const squeezed = (text: string): string =>
  text.normalize('NFC').replaceAll(/[\s\0\p{Cf}\p{Surrogate}\uFFFD]+/gu, '');

const some = (seed: number): string[] =>
  fc.sample(hostile, { numRuns: COUNT, seed }).map((text) => text || 'nothing');

let story: Story;
beforeAll(async () => {
  story = await createStory({ answerWithinMs: 15_000 });
  const [name = '', other = ''] = some(1);
  Object.assign(story.workspace.users.get('U0BO') ?? {}, { name });
  Object.assign(story.workspace.users.get('U0CY') ?? {}, { name: other, realName: other });
  await story.opens('ana', 'sev1 Checkout is down');
}, 60_000);
afterAll(() => story.stop());

/** What Slack would act on in anything that Muster has said. */
const acting = (): string[] =>
  story.workspace.calls
    .filter(({ method }) => /^(?:chat|views|conversations\.set|bookmarks)/.test(method))
    .flatMap(({ args: { text, blocks, view, topic } }) =>
      activeIn([{ text: text ?? '' }, { blocks, view }, { text: topic ?? '' }]),
    )
    // A file that was shared is linked to, under its name.
    .filter((one) => !one.includes('.slack.com/files/'));

async function inTurns<T>(all: readonly T[], act: (one: T, at: number) => Promise<unknown>) {
  for (let at = 0; at < all.length; at += TOGETHER)
    await Promise.all(all.slice(at, at + TOGETHER).map((one, n) => act(one, at + n)));
  await story.settle();
}

/** The entries as they stand against what their messages say. */
async function expectKept(messages: readonly Message[]): Promise<void> {
  const wanted = messages
    .map(({ text, files }) => readableText({ text, files, user: 'U0BO' }, {}))
    .map((text) => squeezed(masked(text).text))
    .toSorted();
  const entries = async () => (await captured(story)).map(({ text }) => squeezed(text)).toSorted();
  const same = async () => JSON.stringify(await entries()) === JSON.stringify(wanted);
  await eventually(same, 'every message is as it was said', 30_000).catch(() => undefined);
  expect(await entries()).toEqual(wanted);
}

test('messages and their edits, in threads and not, are entries to the letter, and act nowhere', async () => {
  const { workspace } = story;
  const here = story.channel().id;
  const messages: Message[] = [];
  const [first] = story.channel().messages;
  // Slack lets through no mark but its own; what is typed comes escaped. Here nothing is trusted.
  await inTurns(some(2), async (text, at) => {
    const thread = at % 2 === 0 || !first ? {} : { threadTs: first.ts };
    const files = at % 4 === 0 ? { files: [text.slice(0, 80) || 'a file'] } : {};
    const message = await workspace.say('U0BO', here, text, { ...thread, ...files });
    messages.push(message);
    await workspace.react('U0ANA', message, PIN);
  });
  const all = async () => (await captured(story)).length === messages.length;
  await eventually(all, 'all of them are captured', 30_000);
  const others = some(3);
  await inTurns(messages, (message, at) => workspace.edit(message, others[at] ?? 'else'));
  await expectKept(messages);
  expect(acting()).toEqual([]);
}, 600_000);

test('a channel that is renamed by hand, Home and the draft', async () => {
  const { workspace } = story;
  const here = story.channel().id;
  for (const name of some(4)) await workspace.rename(here, name);
  await workspace.rename(here, 'inc-1-again');
  for (const title of some(5).slice(0, 6))
    await workspace.type('U0CY', 'C0GENERAL', `/incident open sev2 x ${title}`);
  await story.settle();
  for (const id of ['U0BO', 'U0CY', 'U0ADA']) await workspace.openHome(id);
  await eventually(() => workspace.homeOf('U0ADA'), 'Home is shown');
  await story.type('ana', '/incident ack');
  await story.type('ana', '/incident resolve');
  expect(story.draft()).toContain('INC-1');
  expect(acting()).toEqual([]);
  await expectInvariants(story);
}, 600_000);
