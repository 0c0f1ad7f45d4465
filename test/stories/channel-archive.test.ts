import { expect, test } from 'vitest';
import { storyteller } from '../support/backends.ts';
import { expectInvariants } from '../support/invariants.ts';
import { LADDER, type Story } from '../support/story.ts';

const begin = storyteller();
const DAY = 24 * 60;
const AWAY = LADDER.replace('archive_after: never', 'archive_after: 7d');
const DEFAULT = LADDER.replace('archive_after: never\n', '');

async function resolved(config = AWAY): Promise<Story> {
  const story = await begin({ config });
  await story.opens('ana', 'sev1 Checkout is down');
  await story.type('ana', '/incident ack');
  await story.type('ana', '/incident resolve');
  return story;
}

const noticed = (story: Story): string[] =>
  story.messages().filter((message) => message.includes('This channel is archived'));

test('a channel is archived after its days, and said so a day before', async () => {
  const story = await resolved();
  expect(story.card()).toContain('Channel archived');
  await story.fastForward(6 * DAY - 1);
  expect(noticed(story)).toEqual([]);
  await story.fastForward(2);
  expect(noticed(story)).toHaveLength(1);
  expect(noticed(story)[0]).toContain('2026-03-15 14:00 UTC');
  expect(story.channel().archived).toBe(false);
  await story.fastForward(DAY - 10);
  expect(story.channel().archived).toBe(false);
  await story.fastForward(20);
  expect(story.channel().archived).toBe(true);
  const [last] = (await story.entries()).slice(-1);
  expect(last).toMatchObject({ text: 'The channel was archived.', author: null });
  expect(story.told('ana').join('\n')).not.toContain('archived the channel');
  await story.fastForward(30 * DAY);
  expect(noticed(story)).toHaveLength(1);
  await expectInvariants(story);
});

test('as long as people write there it stays, and the notice is given again', async () => {
  const story = await resolved();
  await story.fastForward(6 * DAY + 60);
  await story.workspace.say('U0CY', story.channel().id, 'One more question about this');
  await story.fastForward(DAY - 30);
  expect(story.channel().archived).toBe(false);
  await story.fastForward(60);
  expect(noticed(story)).toHaveLength(2);
  expect(story.channel().archived).toBe(false);
  await story.fastForward(DAY + 1);
  expect(story.channel().archived).toBe(true);
});

test('nothing is archived before the postmortem is out or should have been', async () => {
  const config = AWAY.replaceAll('resolve: 4h', 'resolve: 4h, postmortem: 10 business days');
  const story = await resolved(config);
  await story.fastForward(17 * DAY);
  expect(noticed(story)).toEqual([]);
  const other = await resolved(config);
  await other.fastForward(DAY);
  await other.type('ana', '/incident postmortem publish https://wiki.example.com/1');
  await other.click('ana', 'Publish all the same');
  await other.fastForward(6 * DAY - 5);
  expect(noticed(other)).toEqual([]);
  await other.fastForward(10);
  expect(noticed(other)).toHaveLength(1);
  await story.fastForward(4 * DAY);
  expect(story.channel().archived).toBe(true);
});

/** The files that Cy was sent directly. */
const fileNames = (story: Story): string[] =>
  story.workspace.directMessages('U0CY').flatMap(({ files = [] }) => files.map(({ name }) => name));

test('what was cancelled is archived, too; where it says never, nothing ever is', async () => {
  const story = await begin({ config: AWAY });
  await story.opens('ana', 'sev1 Checkout is down');
  await story.fastForward(2);
  await story.type('ana', '/incident cancel the probe was broken');
  await story.fastForward(8 * DAY);
  expect(story.channel().archived).toBe(true);
  const never = await resolved(LADDER);
  await never.fastForward(400 * DAY);
  expect(never.channel().archived).toBe(false);
});

test('where nothing is said about it a channel is archived two weeks after its end', async () => {
  const story = await resolved(DEFAULT);
  await story.fastForward(13 * DAY - 5);
  expect(noticed(story)).toEqual([]);
  await story.fastForward(10);
  expect(noticed(story)).toHaveLength(1);
  await story.fastForward(DAY);
  expect(story.channel().archived).toBe(true);

  // A year later somebody asks who knew what when.
  await story.fastForward(365 * DAY);
  const said = await story.type('cy', '/incident 1 postmortem export json', 'C0GENERAL');
  expect(said).toContain('INC-1 as json comes to you directly. Its channel is archived.');
  expect(fileNames(story)).toEqual([expect.stringMatching(/^INC-1-\d+\.json$/)]);
  const drafted = await story.type('cy', '/incident 1 postmortem refresh', 'C0GENERAL');
  expect(drafted).toContain('Its channel is archived: look at it here.');
});

test('a file that was to come to a channel just archived comes to whoever asked for it', async () => {
  const story = await resolved(LADDER);
  story.channel().archived = true;
  expect(await story.type('cy', '/incident 1 postmortem export csv', 'C0GENERAL')).toContain(
    'INC-1 as csv comes to the channel.',
  );
  expect(fileNames(story)).toEqual([expect.stringMatching(/^INC-1-\d+\.csv$/)]);
});

test('reopened after the notice it stays, and its end begins the days anew', async () => {
  const story = await resolved();
  await story.fastForward(6 * DAY + 10);
  expect(noticed(story)).toHaveLength(1);
  await story.type('bo', '/incident reopen it is back');
  await story.type('bo', '/incident ack');
  await story.jump(2 * DAY);
  expect(story.channel().archived).toBe(false);
  await story.type('bo', '/incident resolve');
  await story.fastForward(6 * DAY - 5);
  expect(noticed(story)).toHaveLength(1);
  await story.fastForward(DAY + 10);
  expect(story.channel().archived).toBe(true);
});

test('a restart between notice and archiving loses nothing', async () => {
  const story = await resolved();
  await story.fastForward(6 * DAY + 1);
  expect(noticed(story)).toHaveLength(1);
  await Promise.all(story.apps.splice(0).map((app) => app.stop()));
  story.through(await story.startReplica());
  await story.fastForward(DAY + 1);
  // Slack may not have said yet who we are.
  await story.fastForward(5);
  expect(story.channel().archived).toBe(true);
});
