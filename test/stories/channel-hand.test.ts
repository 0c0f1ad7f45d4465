import { expect, test } from 'vitest';
import { storyteller } from '../support/backends.ts';
import { expectInvariants } from '../support/invariants.ts';
import { eventually, type Story } from '../support/story.ts';

const begin = storyteller();

const LOST = ['channel_not_found', 'not_in_channel', 'is_archived', 'is_inactive'];

async function opened(title = 'sev1 Checkout is down'): Promise<{ story: Story; id: string }> {
  const story = await begin();
  await story.opens('ana', title);
  await story.type('ana', '/incident lead <@U0BO>');
  return { story, id: story.channel().id };
}

/** The record says so; then everything that followed is done, too. */
async function recorded(story: Story, text: string): Promise<void> {
  await eventually(
    async () => (await story.entries()).some((entry) => entry.text === text),
    `the record says: ${text}`,
  );
  await story.settle();
}

const said = (story: Story, name: string): string => story.told(name).join('\n');

test('an open incident whose channel is archived by hand tells whoever leads, and a button opens it', async () => {
  const { story, id } = await opened();
  await story.workspace.archive('U0CY', id);
  await recorded(story, 'The channel was archived.');
  expect(said(story, 'bo')).toContain('@cy archived the channel of INC-1 · Checkout is down.');
  expect(said(story, 'bo')).toContain('/incident 1 resolve');
  expect(story.channel().archived).toBe(true);
  expect(story.announced()[0]).toContain('(archived)');
  const told = story.workspace.directMessages('U0BO').at(-1);
  await story.click('bo', 'Open it again', told);
  await recorded(story, 'The channel is open again.');
  expect(story.channel().archived).toBe(false);
  expect(story.announced()[0]).not.toContain('(archived)');
  const authors = (await story.entries()).filter(({ text }) => text.startsWith('The channel'));
  expect(authors.map(({ author }) => author)).toEqual(['U0CY', null]);
  await expectInvariants(story, { tolerated: LOST });
});

test('the next ping opens an archived channel again by itself', async () => {
  const { story, id } = await opened();
  await story.workspace.archive('U0CY', id);
  await recorded(story, 'The channel was archived.');
  await story.fastForward(6);
  await recorded(story, 'The channel is open again.');
  expect(story.heardHere().join('\n')).toContain('Nobody has acknowledged');
  await expectInvariants(story, { tolerated: LOST });
});

test('where Slack does not let Muster unarchive, pings and instructions come directly', async () => {
  const { story, id } = await opened();
  const refused = { mode: 'error', error: 'restricted_action', times: 99 } as const;
  story.workspace.faults.push({ method: /^conversations\.unarchive$/, ...refused });
  await story.workspace.archive('U0CY', id);
  await recorded(story, 'The channel was archived.');
  await story.type('bo', '/incident 1 doctor repair channel-shut', 'C0GENERAL');
  expect(said(story, 'bo')).toContain('Slack says restricted_action');
  expect(said(story, 'bo')).toContain('unarchive #inc-1-checkout-is-down by hand');
  await story.fastForward(6);
  expect(said(story, 'bo')).toContain('Nobody has acknowledged');
  await expectInvariants(story, { tolerated: LOST, dead: 1 });
});

test('archiving the channel of what is over is recorded, and nobody is troubled', async () => {
  const { story, id } = await opened();
  await story.type('bo', '/incident ack');
  await story.type('bo', '/incident resolve');
  const before = story.told('bo').length;
  const drafts = story.draftFiles().length;
  await story.workspace.archive('U0CY', id);
  await recorded(story, 'The channel was archived.');
  await story.type('bo', '/incident 1 cause root the migration', 'C0GENERAL');
  await story.fastForward(5);
  expect(story.told('bo')).toHaveLength(before);
  expect(story.channel().archived).toBe(true);
  expect(story.draftFiles()).toHaveLength(drafts);
  expect(await story.type('bo', '/incident 1 postmortem show', 'C0GENERAL')).toContain(
    'the migration',
  );
  await expectInvariants(story, { tolerated: LOST });
});

test('reopening opens the archived channel again', async () => {
  const { story, id } = await opened();
  await story.type('bo', '/incident ack');
  await story.type('bo', '/incident resolve');
  await story.workspace.archive('U0CY', id);
  await recorded(story, 'The channel was archived.');
  await story.type('bo', '/incident 1 reopen it is back', 'C0GENERAL');
  await recorded(story, 'The channel is open again.');
  expect(story.channel().archived).toBe(false);
  expect(story.messages().join('\n')).toContain('reopened INC-1');
  await expectInvariants(story, { tolerated: LOST });
});

test('somebody unarchives it: the card is brought up to date', async () => {
  const { story, id } = await opened();
  await story.type('bo', '/incident ack');
  await story.type('bo', '/incident resolve');
  await story.workspace.archive('U0CY', id);
  await recorded(story, 'The channel was archived.');
  await story.type('bo', '/incident 1 set service checkout', 'C0GENERAL');
  await story.workspace.unarchive('U0CY', id);
  await recorded(story, 'The channel is open again.');
  expect(story.card()).toContain('resolved');
  await expectInvariants(story, { tolerated: LOST });
});

test('events that come late or twice, in any order, leave what is true', async () => {
  const { story, id } = await opened();
  await story.workspace.event(
    { type: 'channel_archive', channel: id, user: 'U0CY' },
    { eventId: 'Ev1' },
  );
  await story.workspace.rename(id, 'inc-1-payments');
  await recorded(story, 'The channel was renamed from #inc-1-checkout-is-down to #inc-1-payments.');
  await story.workspace.event(
    { type: 'channel_archive', channel: id, user: 'U0CY' },
    { eventId: 'Ev1' },
  );
  await story.workspace.event({
    type: 'channel_rename',
    channel: { id, name: 'inc-1-old', created: 0 },
  });
  await story.fastForward(1);
  const texts = (await story.entries()).map(({ text }) => text);
  expect(texts.filter((text) => text.startsWith('The channel was'))).toHaveLength(1);
  await expectInvariants(story);
});

test('a deleted channel: the record goes on, by number and in direct messages', async () => {
  const { story, id } = await opened();
  await story.workspace.remove('U0ADA', id);
  await recorded(story, 'The channel was deleted.');
  expect(said(story, 'bo')).toContain('@ada deleted the channel of INC-1 · Checkout is down.');
  expect(story.announced()[0]).toContain('#inc-1-checkout-is-down (deleted)');
  expect(await story.type('bo', '/incident 1 log still looking', 'C0GENERAL')).toContain('Logged');
  await story.fastForward(6);
  expect(said(story, 'bo')).toContain('Nobody has acknowledged');
  expect(said(story, 'cy')).toContain('Nobody has acknowledged');
  await story.type('bo', '/incident 1 ack', 'C0GENERAL');
  await story.type('bo', '/incident 1 resolve done', 'C0GENERAL');
  expect(story.draft()).toContain('still looking');
  const waiting = await story.sql`select 1 from outbox where state in ('pending', 'sending')
    and next_at <= now()`;
  expect(waiting).toHaveLength(0);
  await expectInvariants(story, { tolerated: LOST });
});

test('a new channel is made in place of a deleted one, with card and topic', async () => {
  const { story, id } = await opened();
  await story.workspace.remove('U0ADA', id);
  await recorded(story, 'The channel was deleted.');
  await story.click('bo', 'Make a new channel', story.workspace.directMessages('U0BO').at(-1));
  const made = await eventually(
    () => [...story.workspace.channels.values()].find(({ name }) => name.endsWith('-down-2')),
    'another channel is made',
  );
  await story.settle();
  expect(made.messages[0] && story.seen(made.messages[0])).toContain('INC-1 · Checkout is down');
  expect(made.topic).toContain('sev1 | investigating | commander @bo');
  expect(made.members).toEqual(expect.arrayContaining(['U0ANA', 'U0BO']));
  expect(await story.type('bo', '/incident ack', made.id)).toContain('Acknowledged: INC-1');
  expect(story.workspace.violations.filter(({ rule }) => !LOST.includes(rule))).toEqual([]);
});

test('a deletion that nobody told of is found out by the next thing to be said', async () => {
  const { story, id } = await opened();
  const channel = story.channel();
  channel.deleted = true;
  await story.fastForward(6);
  await recorded(story, 'The channel was deleted.');
  expect(said(story, 'bo')).toContain('Somebody deleted the channel of INC-1');
  expect(id).toBe(channel.id);
  await expectInvariants(story, { tolerated: LOST });
});

test('Muster is removed from a private channel, and comes back by invitation', async () => {
  const { story, id } = await opened('sev1 private: Somebody reads our mail');
  const bot = story.workspace.botUserId;
  await story.workspace.leave(bot, id, 'U0CY');
  await recorded(story, 'Muster was removed from the channel.');
  expect(said(story, 'bo')).toContain('@cy removed Muster from the channel of INC-1');
  expect(said(story, 'bo')).toContain('/invite @muster');
  await story.fastForward(6);
  expect(said(story, 'bo')).toContain('Nobody has acknowledged');
  await story.workspace.join(bot, id, 'U0BO');
  await recorded(story, 'Muster is in the channel again.');
  await story.type('bo', '/incident status identified');
  expect(story.card()).toContain('identified');
  expect(story.channel().topic).toContain('identified');
  await expectInvariants(story, { tolerated: LOST });
});

test('Muster comes back into a public channel when it is asked to', async () => {
  const { story, id } = await opened();
  const bot = story.workspace.botUserId;
  await story.workspace.leave(bot, id, 'U0CY');
  await recorded(story, 'Muster was removed from the channel.');
  await story.click('bo', 'Open it again', story.workspace.directMessages('U0BO').at(-1));
  await recorded(story, 'Muster is in the channel again.');
  expect(story.channel().members).toContain(bot);
  await expectInvariants(story, { tolerated: LOST });
});

test('a public channel made private is told to who leads and the administrators; the incident stays public', async () => {
  const { story, id } = await opened();
  await story.workspace.convert('U0CY', id);
  await recorded(story, 'The channel was made private.');
  for (const name of ['bo', 'ada'])
    expect(said(story, name)).toContain(
      '@cy made the channel of INC-1 · Checkout is down private.',
    );
  expect(said(story, 'bo')).toContain('The incident itself is not private');
  expect(await story.type('max', '/incident list', 'C0GENERAL')).toContain('Checkout is down');
  await expectInvariants(story);
});

test('a private channel made public is told to who leads alone; the incident stays private', async () => {
  const { story, id } = await opened('sev1 private: Somebody reads our mail');
  await story.workspace.convert('U0CY', id);
  await recorded(story, 'The channel was made public.');
  expect(said(story, 'bo')).toContain('everybody in the workspace can read its channel now');
  expect(said(story, 'ada')).not.toContain('mail');
  expect(await story.type('max', '/incident list', 'C0GENERAL')).not.toContain('mail');
  expect(story.announced()).toEqual([]);
  await expectInvariants(story);
});

test('what people do to the channel is no sign that somebody works, and no part of the draft', async () => {
  const { story, id } = await opened();
  const sign = async (): Promise<unknown> =>
    (await story.sql`select last_sign_at from incident`)[0]?.last_sign_at;
  const before = await sign();
  await story.fastForward(1);
  await story.workspace.rename(id, 'inc-1-payments');
  await recorded(story, 'The channel was renamed from #inc-1-checkout-is-down to #inc-1-payments.');
  expect(await sign()).toEqual(before);
  await story.type('bo', '/incident ack', id);
  await story.type('bo', '/incident resolve', id);
  expect(story.draft()).not.toContain('renamed');
  await expectInvariants(story);
});
