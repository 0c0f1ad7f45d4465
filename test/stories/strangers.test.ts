import { expect, test } from 'vitest';
import { storyteller } from '../support/backends.ts';
import { expectInvariants } from '../support/invariants.ts';
import { eventually, type Story } from '../support/story.ts';

const begin = storyteller();

/** What people wrote into the record, as it is kept there. */
const texts = async (story: Story): Promise<string[]> => {
  const rows = await story.sql<{ text: string }[]>`
    select text from entry where text not like 'Declared%' and author is not null order by no`;
  return rows.map(({ text }) => text);
};

const isKnown = (story: Story) =>
  eventually(
    async () => (await story.sql`select from person where id = 'U0CY'`).length === 1,
    'cy is known',
    30_000,
  );

const asked = (story: Story): number =>
  story.workspace.calls.filter(
    ({ method, args }) => method === 'users.info' && args.user === 'U0CY',
  ).length;

test('whom somebody mentions is asked for once, and named in the record and in what was there before', async () => {
  const story = await begin();
  await story.opens('ana', 'sev2 Checkout fails');
  await story.type('ana', '/incident log handed to <@U0CY>');
  await isKnown(story);
  const before = asked(story);
  await story.type('ana', '/incident log <@U0CY> told <@U0CY> and <!here>');
  expect(asked(story)).toBe(before);
  expect((await texts(story)).at(-1)).toBe('@cy told @cy and @here');
  // A line without its time shows that what is typed and what is pasted are read alike.
  await story.type('ana', '/incident import 14:00 <@U0CY> told <!here> and <#C0GENERAL|general>');
  const view = () => JSON.stringify(story.workspace.viewOf('U0ANA')?.blocks ?? []);
  expect(view()).toContain('14:00 @cy told @here and #general');
  await story.workspace.submit('U0ANA', { date: '2026-03-08', zone: 'UTC' });
  await story.workspace.submit('U0ANA', {});
  await eventually(async () => (await texts(story)).length === 3, 'the line is imported');
  expect((await texts(story)).at(-1)).toBe('@cy told @here and #general');
  expect(await story.type('bo', '/incident timeline')).toContain('handed to @cy');
  await expectInvariants(story);
});

test('when Slack does not say who it is the line is there with the id, and the name follows', async () => {
  const story = await begin();
  await story.opens('ana', 'sev2 Checkout fails');
  story.workspace.faults.push({
    method: /^users\.info$/,
    times: 1,
    mode: 'error',
    error: 'internal_error',
    match: ({ user }) => user === 'U0CY',
  });
  const said = await story.type('ana', '/incident log handed to <@U0CY>');
  expect(said).toContain('handed to <@U0CY>');
  expect(await texts(story)).toEqual(['handed to <@U0CY>']);
  // As every hour, and at each start.
  await story.startReplica();
  await isKnown(story);
  expect(await story.type('bo', '/incident timeline')).toContain('handed to @cy');
  // What is sealed is as it was.
  expect(await texts(story)).toEqual(['handed to <@U0CY>']);
  await expectInvariants(story);
});
