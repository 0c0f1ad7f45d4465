import { describe, expect, test } from 'vitest';
import type { Message } from '../../src/demo/workspace/index.ts';
import { storyteller } from '../support/backends.ts';
import { expectInvariants } from '../support/invariants.ts';
import { joins } from '../support/joining.ts';
import { captured, marked, opened, PIN, revisions } from '../support/pinning.ts';
import { eventually, type Story } from '../support/story.ts';

/** Waits until the first captured entry is so. */
const becomes = (
  story: Story,
  fits: (entry: Awaited<ReturnType<typeof captured>>[number]) => boolean,
): Promise<unknown> =>
  eventually(async () => (await captured(story)).slice(0, 1).some(fits), 'the entry follows');

describe('what becomes of a message', () => {
  const begin = storyteller();

  test('its entry follows an edit, with the original in the trail, and every repetition is nothing new', async () => {
    const { story, say, react } = await opened(begin);
    const message = await say('bo', 'pol is ful');
    const other = await say('bo', 'nobody cares');
    await react('ana', message);
    await marked(story, message);
    await story.workspace.edit(other, 'nobody cares at all');
    await story.workspace.edit(message, 'pool is full');
    const first = story.workspace.deliveries.at(-1);
    await becomes(story, ({ text }) => text === 'pool is full');
    await story.workspace.edit(message, 'the pool is full');
    await becomes(story, ({ text }) => text === 'the pool is full');
    if (first) await story.replay(first);
    await story.settle();
    const [entry] = await captured(story);
    expect(entry?.text).toBe('the pool is full');
    expect(await revisions(story, entry?.no ?? 0)).toEqual([
      { change: 'edited', by: 'U0BO', reason: 'edited in Slack' },
      { change: 'edited', by: 'U0BO', reason: 'edited in Slack' },
    ]);
    expect(await captured(story)).toHaveLength(1);
    await expectInvariants(story);
  });

  test('its entry is struck when it is deleted, also where its thread stays', async () => {
    const { story, say, react } = await opened(begin);
    const message = await say('bo', 'secret');
    const parent = await say('bo', 'question');
    await say('cy', 'answer', { threadTs: parent.ts });
    for (const one of [message, parent]) {
      await react('ana', one);
      await marked(story, one);
    }
    await story.workspace.erase(message);
    await story.workspace.erase(parent);
    await eventually(
      async () => (await captured(story)).every(({ struck }) => struck !== null),
      'both are struck',
    );
    await story.settle();
    for (const { struck } of await captured(story))
      expect(struck).toMatchObject({ reason: 'deleted in Slack', by: story.workspace.botUserId });
    expect(await story.type('ana', '/incident timeline')).not.toContain('secret');
    expect(await story.type('ana', '/incident timeline all')).toContain('deleted in Slack');
    await expectInvariants(story);
  });

  test('a mark that Slack holds back holds up nobody who is called', async () => {
    const { story, say, react } = await opened(begin);
    const message = await say('bo', 'pool is full');
    const held = { method: /^reactions\.add$/, times: 1, mode: '429', retryAfter: 60 } as const;
    story.workspace.faults.push({ ...held });
    await react('ana', message);
    await eventually(
      () => story.workspace.calls.some(({ fault }) => fault === '429'),
      'Slack holds the mark back',
    );
    await story.type('ana', '/incident page @max please look');
    expect(story.channel().members).toContain('U0MAX');
    expect((await captured(story))[0]?.struck).toBeNull();
    await story.jump(2);
    await marked(story, message);
    await expectInvariants(story);
  });

  test('an event that comes after the message is gone makes no entry', async () => {
    const { story, say, react } = await opened(begin);
    const message = await say('bo', 'gone at once');
    story.workspace.channel(message.channel)?.messages.pop();
    const pinned = await say('bo', 'stays');
    await story.workspace.event({
      type: 'reaction_added',
      user: 'U0ANA',
      reaction: PIN,
      item: { type: 'message', channel: message.channel, ts: message.ts },
    });
    await react('ana', pinned);
    await marked(story, pinned);
    expect((await captured(story)).map(({ text }) => text)).toEqual(['stays']);
    await expectInvariants(story);
  });
});

describe('Add to timeline', () => {
  const begin = storyteller();
  const open = (story: Story, name: string, message: Message) =>
    story.workspace.shortcut(story.idOf(name), 'timeline_add', message);

  test('the form and 📌 make one entry, at the message’s own time, and it is confirmed', async () => {
    const { story, say, react } = await opened(begin);
    const message = await say('bo', 'the *pool* of <@U0CY> is exhausted');
    await story.jump(4);
    await open(story, 'ana', message);
    const view = story.workspace.viewOf('U0ANA');
    expect(JSON.stringify(view?.blocks)).toContain('the pool of @cy is exhausted');
    const { said } = await story.fill('ana', { kinds: ['cause', 'impact'] });
    expect(said).toContain('Logged: “the pool of @cy is exhausted”');
    await marked(story, message);
    await react('cy', message);
    await story.settle();
    const [entry, ...others] = await captured(story);
    expect(others).toEqual([]);
    expect(entry).toMatchObject({ author: 'U0BO', source: 'form' });
    expect(entry?.at.getTime()).toBe(Math.floor(Number(message.ts) * 1000));
    // Once more: the form shows the entry, and corrects it.
    await open(story, 'cy', message);
    const again = await story.fill('cy', { text: 'the pool of the checkout is exhausted' });
    expect(again.said).toContain('Now: “the pool of the checkout is exhausted”');
    expect(await captured(story)).toHaveLength(1);
    await expectInvariants(story);
  });

  test('says at its field what is wrong with a time, and keeps the rest', async () => {
    const { story, say } = await opened(begin);
    const message = await say('bo', 'failover began');
    await open(story, 'ana', message);
    const { errors } = await story.fill('ana', { time: '25:99' });
    expect(errors.time).toContain('25:99');
    expect(await captured(story)).toEqual([]);
    expect((await story.fill('ana', { time: 'when the pager rang' })).errors.time).toContain(
      'cannot be read as a time',
    );
    const { said } = await story.fill('ana', { time: '14:00 UTC' });
    expect(said).toContain('failover began');
    await marked(story, message);
    await expectInvariants(story);
  });

  test('whoever was removed from a private incident meanwhile adds nothing to it, and keeps what was typed', async () => {
    const story = await begin({ answerWithinMs: 20_000 });
    await story.opens('ana', 'sev2 private: Insider took the keys');
    const { id } = story.channel();
    await joins(story, 'bo', id);
    const message = await story.workspace.say('U0ANA', id, 'the vault was opened');
    await open(story, 'bo', message);
    await story.workspace.leave('U0BO', id);
    const { errors } = await story.fill('bo', { text: 'the vault was opened at noon' });
    expect(Object.values(errors).join()).toContain('You are not in this channel any more');
    expect(JSON.stringify(errors)).not.toContain('Insider');
    expect(story.workspace.viewOf('U0BO')).toBeDefined();
    expect(await captured(story)).toEqual([]);
    await story.workspace.join('U0BO', id);
    const { said } = await story.fill('bo', { text: 'the vault was opened at noon' });
    expect(said).toContain('the vault was opened at noon');
    await marked(story, message);
    expect(await captured(story)).toHaveLength(1);
    await expectInvariants(story);
  });

  test('in no incident’s channel it says which are open, and the line that would do it', async () => {
    const { story } = await opened(begin);
    const message = await story.workspace.say('U0BO', 'C0INCIDENTS', 'customers call about it');
    await open(story, 'ana', message);
    await eventually(() => story.workspace.seenBy('U0ANA').length > 1, 'ana gets an answer');
    const seen = story.workspace.seenBy('U0ANA').map(story.seen).at(-1);
    expect(seen).toContain('This is not the channel of an incident.');
    expect(seen).toContain('customers call about it');
    expect(seen).toMatch(/1 log at 2026-03-08 14:\d\d UTC, customers call about it/);
    expect(story.workspace.viewOf('U0ANA')).toBeUndefined();
    await expectInvariants(story);
  });
});

describe('what was misread is put right under the echo', () => {
  const begin = storyteller();

  test('a menu sets the kind and offers its milestone; a button means the other clock', async () => {
    const { story } = await opened(begin);
    await story.jump(30);
    await story.type('ana', '/incident log 14:10 errors at 80%');
    expect((await story.entries()).at(-1)?.at?.toISOString()).toBe('2026-03-08T13:10:00.000Z');
    expect(await story.click('ana', 'I meant 14:10 UTC')).toContain('Now: 14:10 UTC');
    expect((await story.entries()).at(-1)?.at?.toISOString()).toBe('2026-03-08T14:10:00.000Z');
    await story.type('ana', '/incident log 14:12 UTC pool was too small');
    const echo = story.workspace.seenBy('U0ANA').at(-1);
    if (!echo) throw new Error('no echo');
    const before = story.workspace.seenBy('U0ANA').length;
    await story.workspace.click('U0ANA', echo, 'Set the kind of', 'cause');
    await eventually(() => story.workspace.seenBy('U0ANA').length > before, 'ana gets an answer');
    expect(story.workspace.seenBy('U0ANA').map(story.seen).at(-1)).toContain('Added: #cause');
    expect(await story.click('ana', 'Set “cause found”')).toContain('“cause found” is now');
    await expectInvariants(story);
  });
});
