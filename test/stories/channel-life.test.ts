import { expect, test } from 'vitest';
import { storyteller } from '../support/backends.ts';
import { expectInvariants } from '../support/invariants.ts';
import { eventually, LADDER, type Story } from '../support/story.ts';

const begin = storyteller();

/** What only this person was shown in the channel. */
const whispered = (story: Story, id: string): string[] =>
  story.workspace
    .seenBy(id)
    .filter(({ via }) => via === 'ephemeral')
    .map(story.seen);

async function resolved(): Promise<Story> {
  const story = await begin();
  await story.opens('ana', 'sev1 Checkout is down');
  await story.type('ana', '/incident ack');
  await story.type('ana', '/incident resolve');
  return story;
}

test('the announcement says how it stands, since when, and what people were told last', async () => {
  const story = await begin();
  await story.opens('ana', 'sev1 Checkout is down since 13:40 UTC');
  expect(story.announced()[0]).toContain('13:40');
  await story.type('ana', '/incident log the key is sk-not-for-everybody');
  await story.type('bo', '/incident update We are failing over to Dublin');
  expect(story.announced()).toHaveLength(1);
  expect(story.announced()[0]).toContain('We are failing over to Dublin');
  expect(story.announced()[0]).not.toContain('not-for-everybody');
  const [update] = (await story.entries()).filter(({ text }) => text.includes('Dublin'));
  await story.type('bo', `/incident edit ${update?.no} We are failing over to Cork`);
  expect(story.announced()[0]).toContain('We are failing over to Cork');
  await story.type('bo', `/incident strike ${update?.no}`);
  expect(story.announced()[0]).not.toContain('failing over');
  await expectInvariants(story);
});

test('no drill is announced, whatever is said in it', async () => {
  const story = await begin();
  await story.type('ana', '/incident drill sev1 Fire in the rack', 'C0GENERAL');
  await story.type('ana', '/incident drill-1 update all quiet', 'C0GENERAL');
  expect(story.announced()).toEqual([]);
});

test('when the channel for announcements changes, the next change announces it there', async () => {
  const story = await begin();
  await story.opens('ana', 'sev1 Checkout is down');
  await story.sql`update post set channel = 'C0GENERAL', ts = '1.1' where name = 'announcement'`;
  await story.type('bo', '/incident lead me');
  expect(story.announced()).toHaveLength(2);
  expect(story.announced()[1]).toContain('@bo');
  await story.type('bo', '/incident status identified');
  expect(story.announced()).toHaveLength(2);
  expect(story.announced()[1]).toContain('identified');
});

test('an incident from before announcements were configured is found by the doctor, and announced', async () => {
  const story = await begin();
  await story.opens('ana', 'sev1 Checkout is down');
  await story.sql`delete from post where name = 'announcement'`;
  await story.fastForward(3);
  const doctor = await story.type('ada', '/incident doctor', 'C0GENERAL');
  expect(doctor).toContain('INC-1 is not announced.');
  await story.click('ada', 'Announce it');
  await eventually(() => story.announced().length === 2, 'it is announced');
});

test('the topic says severity, status, lead and since when, and follows them', async () => {
  const story = await begin();
  await story.opens('ana', 'sev1 Checkout is down');
  expect(story.channel().topic).toBe('sev1 | investigating | no commander | since 8 Mar 14:00 UTC');
  await story.type('bo', '/incident impact started 13:30 UTC');
  expect(story.channel().topic).toBe('sev1 | investigating | no commander | since 8 Mar 13:30 UTC');
});

test('whoever comes into the channel is briefed in private, once', async () => {
  const story = await begin();
  await story.opens('ana', 'sev1 Checkout is down');
  await story.type('ana', '/incident impact 40% of orders fail');
  const { id } = story.channel();
  await story.workspace.join('U0CY', id);
  await eventually(() => whispered(story, 'U0CY').length > 0, 'cy is welcomed');
  expect(whispered(story, 'U0CY')[0]).toContain('40% of orders fail');
  await story.workspace.leave('U0CY', id);
  await story.workspace.join('U0CY', id, 'U0ANA');
  await story.workspace.join('U0MAX', id, 'U0ANA');
  await eventually(() => whispered(story, 'U0MAX').length > 0, 'max is welcomed');
  await story.settle();
  expect(whispered(story, 'U0CY')).toHaveLength(1);
  expect(story.messages().join('\n')).not.toContain('Welcome');
  await expectInvariants(story);
});

test('nobody is welcomed whom Muster brought, who declared it, who leads it, or who is a bot', async () => {
  const story = await begin();
  await story.opens('ana', 'sev1 Checkout is down');
  const { id } = story.channel();
  await story.type('ana', '/incident lead <@U0BO>');
  await story.workspace.join('U0CY', id, story.workspace.botUserId);
  await story.workspace.join('U0ANA', id);
  await story.workspace.join('U0BO', id);
  const users = story.workspace.users as Map<string, object>;
  users.set('U0ROBOT', { id: 'U0ROBOT', name: 'robot', bot: true });
  await story.workspace.join('U0ROBOT', id);
  await story.workspace.join('U0MAX', id);
  await eventually(() => whispered(story, 'U0MAX').length > 0, 'max is welcomed');
  await story.settle();
  for (const one of ['U0CY', 'U0ANA', 'U0BO', 'U0ROBOT'])
    expect(whispered(story, one), one).toEqual([]);
});

test('people who come in a crowd are welcomed one after another, and hold nobody up', async () => {
  const story = await begin();
  await story.opens('ana', 'sev1 Checkout is down');
  const { id } = story.channel();
  const users = story.workspace.users as Map<string, object>;
  const crowd = Array.from({ length: 60 }, (_, n) => `U0CROWD${n}`);
  for (const one of crowd) users.set(one, { id: one, name: one.toLowerCase() });
  await Promise.all(crowd.map((one) => story.workspace.join(one, id)));
  const lines = (): Promise<{ dest: string }[]> => story.sql`
    select distinct dest from outbox where what->>'type' = 'welcome'`;
  await eventually(async () => (await lines()).length > 0, 'somebody is to be welcomed');
  expect(await story.type('bo', '/incident ack')).toContain('Acknowledged');
  await eventually(
    () => crowd.every((one) => whispered(story, one).length === 1),
    'everybody is welcomed',
    60_000,
  );
  expect(await lines()).toHaveLength(1);
  await story.settle();
  await expectInvariants(story);
}, 90_000);

test('whoever comes after the end is told how it ended, and where the draft is', async () => {
  const story = await resolved();
  await story.workspace.join('U0CY', story.channel().id);
  await eventually(() => whispered(story, 'U0CY').length > 0, 'cy is told');
  expect(whispered(story, 'U0CY')[0]).toContain('INC-1 · Checkout is down is resolved.');
  expect(whispered(story, 'U0CY')[0]).toContain('The draft of the postmortem');
  expect(whispered(story, 'U0CY')[0]).not.toContain('Waiting for');
  await story.settle();
  await expectInvariants(story);
});

test('card, draft and configured links are bookmarks, which follow the draft', async () => {
  const config = `${LADDER}links:
  - { title: Status page, url: "https://status.example.com" }
  - { title: Runbook, url: "https://wiki.example.com/checkout", service: checkout }
`;
  const story = await begin({ config });
  await story.opens('ana', 'sev1 Checkout is down');
  const titles = (): string[] => story.channel().bookmarks.map(({ title }) => title);
  expect(titles().toSorted()).toEqual(['INC-1', 'Status page']);
  await story.type('ana', '/incident set service Checkout');
  await story.type('ana', '/incident set service Checkout');
  expect(titles().toSorted()).toEqual(['INC-1', 'Runbook', 'Status page']);
  await story.type('ana', '/incident ack');
  await story.type('ana', '/incident resolve');
  expect(titles()).toContain('Draft, version 1');
  const draft = story.channel().bookmarks.find(({ title }) => title.startsWith('Draft'));
  const first = draft?.link;
  expect(first).toContain(`/archives/${story.channel().id}/p`);
  await story.type('ana', '/incident cause root the migration held a lock');
  await story.fastForward(1);
  expect(titles().filter((title) => title.startsWith('Draft'))).toEqual(['Draft, version 2']);
  expect(draft?.link).not.toBe(first);
  await expectInvariants(story);
});

test('a bookmark that somebody took away stays away, and a missing scope is nobody’s trouble', async () => {
  const story = await begin();
  await story.opens('ana', 'sev1 Checkout is down');
  await story.type('ana', '/incident ack');
  await story.type('ana', '/incident resolve');
  const { bookmarks } = story.channel();
  bookmarks.splice(0, bookmarks.length);
  await story.type('ana', '/incident cause root the migration held a lock');
  await story.fastForward(1);
  expect(story.draftFiles()).toHaveLength(2);
  expect(bookmarks).toEqual([]);
  await expectInvariants(story);
  story.workspace.scopes.delete('bookmarks:write');
  await story.opens('ana', 'sev1 Search is slow');
  expect(story.channel(2).bookmarks).toEqual([]);
  expect(story.channel(2).topic).toContain('sev1');
  expect(story.told('ana').join('\n')).not.toMatch(/bookmark/i);
});
