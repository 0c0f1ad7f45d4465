import { expect, test } from 'vitest';
import { storyteller } from '../support/backends.ts';
import { expectInvariants } from '../support/invariants.ts';
import { captured, marked, opened, PIN } from '../support/pinning.ts';
import { secretCalled } from '../support/secrets.ts';
import { eventually, type Story } from '../support/story.ts';

const begin = storyteller();

const KEY = secretCalled('AWS key id').secret;
const TOKEN = secretCalled('GitHub token').secret;
const PEM = secretCalled('RSA private key').secret;

/** The names of the tables in which a text stands anywhere. */
async function tablesWith(story: Story, text: string): Promise<string[]> {
  const tables = await story.sql<{ name: string }[]>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema')`;
  const found: string[] = [];
  for (const { name } of tables) {
    const [row] = await story.sql.unsafe<{ n: number }[]>(
      `select count(*)::int as n from ${name} t where position($1 in t::text) > 0`,
      [text],
    );
    if ((row?.n ?? 0) > 0) found.push(name);
  }
  return found;
}

/** What Muster has said to anybody, in whatever way. */
const said = (story: Story): string =>
  JSON.stringify([
    story.workspace.calls.map(({ args }) => args),
    story.workspace.replies,
    story.workspace.files.map(({ content }) => content.toString('utf8')),
  ]);

test('a secret that is typed is in no table and in nothing that is said, and whoever typed it is told', async () => {
  const story = await begin();
  await story.opens('ana', `sev1 Checkout is down since ${KEY} was revoked`);
  const logged = await story.type('ana', `/incident log found ${KEY} in the image, rotating`);
  expect(logged).toContain('found [secret removed: AWS key] in the image, rotating');
  expect(logged).toContain(
    'What looks like a secret was taken out (AWS key); it is not kept. Slack has seen it: rotate it.',
  );
  for (const line of [
    `update customers see ${TOKEN} in the page`,
    `cause root ${TOKEN} was in the repository`,
    `action rotate ${KEY} @ana due tomorrow`,
    `set service checkout ${TOKEN}`,
    `page @bo because of ${TOKEN}`,
    `handoff <@U0BO> with ${TOKEN}`,
    `postmortem section summary Somebody committed ${TOKEN}.`,
    `frobnicate ${TOKEN}`,
    `log 9:75 pushed ${TOKEN}`,
    `edit 3 it was ${TOKEN}`,
    `sev sev2 only ${TOKEN} was affected`,
    'ack',
    `resolve ${KEY} is rotated`,
  ])
    await story.type('ana', `/incident ${line}`);
  expect(await story.type('ana', '/incident last')).toContain('[secret removed: GitHub token]');
  await story.fastForward(5);
  expect(story.draft()).toContain('[secret removed: AWS key]');
  for (const secret of [KEY, TOKEN]) {
    expect(await tablesWith(story, secret)).toEqual([]);
    expect(said(story)).not.toContain(secret);
  }
  expect(await tablesWith(story, '[secret removed: GitHub token]')).toContain('public.entry');
});

test('a message with a secret is taken without it, and whoever put it there is told where it still is', async () => {
  const { story, say, react } = await opened(begin);
  const message = await say('bo', `the key is ${KEY}, use it`);
  await react('ana', message, PIN);
  await marked(story, message);
  const [entry] = await captured(story);
  expect(entry?.text).toBe('the key is [secret removed: AWS key], use it');
  const told = story.workspace.seenBy('U0ANA').map(story.seen).join('\n');
  expect(told).toContain('It still stands in the message');
  expect(told).toContain('edit it out there, and rotate it');

  await story.workspace.edit(message, `no, this one: ${TOKEN}`);
  const now = async () => (await captured(story))[0]?.text;
  await eventually(
    async () => (await now()) === 'no, this one: [secret removed: GitHub token]',
    'the entry follows',
  );
  await story.settle();
  // Bo is not in the channel, where only members can be told privately.
  expect(story.told('bo').join('\n')).toContain('(GitHub token)');
  for (const secret of [KEY, TOKEN]) expect(await tablesWith(story, secret)).toEqual([]);
  await expectInvariants(story);
});

test('an import shows the lines as they will be recorded, each at its place', async () => {
  const story = await begin();
  await story.opens('ana', 'sev2 Portal is down');
  await story.type('ana', '/incident import');
  const lines = `07:00 someone pasted\n${PEM}\n07:05 pushed ${TOKEN}\n07:10 revoked it`;
  const values = { date: '2026-03-08', zone: 'UTC', lines1: lines };
  await story.workspace.submit('U0ANA', values);
  const form = JSON.stringify(story.workspace.viewOf('U0ANA')?.blocks ?? []);
  expect(form).toContain('was taken out (private key and GitHub token)');
  const { said: done } = await story.fill('ana', {});
  expect(done).toContain('Imported');
  const texts = (await story.entries()).map(({ text }) => text);
  expect(texts).toContain('pushed [secret removed: GitHub token]');
  expect(texts).toContain('revoked it');
  expect(texts.join('\n')).toContain('[secret removed: private key]');
  expect(await tablesWith(story, TOKEN)).toEqual([]);
  expect(await tablesWith(story, PEM.split('\n')[3] ?? '')).toEqual([]);
});
