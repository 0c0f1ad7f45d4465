import { expect, test } from 'vitest';
import { storyteller } from '../support/backends.ts';
import { expectInvariants } from '../support/invariants.ts';
import { joins, leaves } from '../support/joining.ts';
import { eventually, LADDER, type Story } from '../support/story.ts';

// Whoever leaves the channel of a private incident, or is removed from it, sees nothing of it any more.

const begin = storyteller();
const PATIENT = { answerWithinMs: 15_000 };
const TITLE = 'Zebrafish acquisition';
const PRIVATE = `sev1 private: ${TITLE}`;
const ELSEWHERE = 'C0GENERAL';
const HIDDEN = 'There is no INC-1.';

const card = (story: Story, name: string): Promise<string> =>
  story.type(name, '/incident 1', ELSEWHERE);

const away = async (story: Story): Promise<string[]> => {
  const [row] = await story.sql<{ departed: Record<string, number> }[]>`
    select departed from incident where number = 1`;
  return Object.keys(row?.departed ?? {});
};

/** bo takes part in every way there is. */
async function scene(config = LADDER): Promise<{ story: Story; channel: string }> {
  const story = await begin({ ...PATIENT, config });
  await story.opens('ana', PRIVATE);
  const channel = story.channel().id;
  await joins(story, 'bo', channel);
  await story.type('bo', '/incident log I copied the ledger', channel);
  await story.type('ana', '/incident role scribe <@U0BO>', channel);
  expect(await card(story, 'bo')).toContain(TITLE);
  return { story, channel };
}

test('who is removed sees nothing of it, old buttons included, until they are in it again', async () => {
  const { story, channel } = await scene();
  await story.type('bo', '/incident 1 log', ELSEWHERE);
  const entries = (await story.entries()).length;
  await leaves(story, 'bo', channel, 'ana');
  expect(story.messages().join()).toContain(
    '@bo, who is scribe, left this channel and sees nothing of the incident any more.',
  );
  expect(story.messages().join()).toContain('/incident role scribe @somebody');
  expect(await card(story, 'bo')).toContain(HIDDEN);
  for (const line of ['list', 'find ledger', 'action list', '1 brief', 'home'])
    expect(await story.type('bo', `/incident ${line}`, ELSEWHERE), line).not.toMatch(
      /zebrafish|ledger”|ledger was/i,
    );
  // A form that was opened elsewhere, before.
  expect(JSON.stringify(await story.fill('bo', { text: 'I saw it too', time: '' }))).toContain(
    HIDDEN,
  );
  expect((await story.entries()).length, 'leaving is no entry').toBe(entries);
  const [audited] = await story.sql<{ n: number }[]>`select count(*)::int as n from audit
    where action->'event'->>'type' = 'member left' and action->'event'->>'user' = 'U0BO'`;
  expect(audited?.n).toBe(1);

  await story.workspace.join('U0BO', channel);
  await eventually(async () => (await away(story)).length === 0, 'bo is back');
  expect(await card(story, 'bo')).toContain(TITLE);
  await expectInvariants(story);
}, 120_000);

test.each(['page <@U0BO> come back', 'role scribe <@U0BO>', 'action ask the bank <@U0BO>'])(
  'somebody inside brings them back: %s',
  async (line) => {
    const { story, channel } = await scene();
    await leaves(story, 'bo', channel);
    expect(await card(story, 'bo')).toContain(HIDDEN);
    await story.type('ana', `/incident ${line}`, channel);
    await story.settle();
    expect(await away(story)).toEqual([]);
    expect(story.workspace.channel(channel)?.members).toContain('U0BO');
    expect(await card(story, 'bo')).toContain(TITLE);
  },
  120_000,
);

test('a policy that calls them says that somebody is needed, invites nobody, and the channel hears of it', async () => {
  const { story, channel } = await scene();
  await leaves(story, 'bo', channel);
  const before = story.told('bo').length;
  await story.fastForward(6);
  const told = story.told('bo').slice(before).join('\n');
  expect(told).toContain('A private incident (sev1) needs somebody.');
  expect(told).not.toMatch(/zebrafish|INC-1\b|ledger/i);
  expect(story.told('cy').join()).toContain(TITLE);
  expect(story.workspace.channel(channel)?.members).not.toContain('U0BO');
  expect(story.messages().join('\n')).toContain('@bo was pinged but left this channel');
  await story.type('ana', '/incident ack', channel);
  await story.settle();
  expect(story.told('bo').slice(before).join('\n')).toContain('This ping is over.');
  expect(story.told('bo').slice(before).join('\n')).not.toContain('Acknowledged');
}, 120_000);

test('who led it and left is reminded of nothing: whoever declared it is', async () => {
  const { story, channel } = await scene();
  await story.type('ana', '/incident lead <@U0BO>', channel);
  await story.type('ana', '/incident postmortem owner <@U0BO>', channel);
  await story.type('ana', '/incident ack', channel);
  await leaves(story, 'bo', channel);
  await story.type('ana', '/incident resolve it is over', channel);
  await story.type('ana', '/incident postmortem due tomorrow', channel);
  const before = story.told('bo').length;
  await story.fastForward(7 * 24 * 60);
  expect(story.told('bo').slice(before).join()).toBe('');
  expect(story.told('ana').join()).toMatch(/postmortem/i);
  await story.workspace.openHome('U0BO');
  await eventually(() => story.workspace.homeOf('U0BO') !== undefined, 'the Home of bo');
  expect(JSON.stringify(story.workspace.homeOf('U0BO'))).not.toContain(TITLE);
}, 120_000);

test('of a public incident nobody is kept away by leaving its channel', async () => {
  const story = await begin(PATIENT);
  await story.opens('ana', 'sev2 Checkout is slow');
  const { id } = story.channel();
  await joins(story, 'bo', id);
  await story.workspace.leave('U0BO', id);
  await story.settle();
  expect(await away(story)).toEqual([]);
  expect(await card(story, 'bo')).toContain('Checkout is slow');
}, 60_000);

test('where Slack’s word of it was lost, a form that they opened there tells', async () => {
  const { story, channel } = await scene();
  await story.type('bo', '/incident log', channel);
  const members = story.workspace.channel(channel)?.members ?? [];
  members.splice(members.indexOf('U0BO'), 1);
  expect(await card(story, 'bo'), 'nobody told Muster').toContain(TITLE);
  const { errors } = await story.fill('bo', { text: 'still here', time: '' });
  expect(Object.values(errors).join()).toContain('You are not in this channel any more');
  await eventually(async () => (await away(story)).includes('U0BO'), 'it is known now');
  expect(await card(story, 'bo')).toContain(HIDDEN);
}, 60_000);

test('who left one private incident does not come back in by its being merged into another', async () => {
  const { story, channel } = await scene();
  await leaves(story, 'bo', channel);
  await story.opens('ana', 'sev1 private: Walrus');
  const into = story.channel(2).id;
  await story.type('ana', '/incident merge 1', into);
  await story.click('ana', 'Yes, merge it into INC-2');
  await story.settle();
  expect((await story.entries(2)).map(({ text }) => text)).toContain('I copied the ledger');
  expect(story.workspace.channel(into)?.members).not.toContain('U0BO');
  expect(await story.type('bo', '/incident 2', ELSEWHERE)).toContain('There is no INC-2.');
}, 60_000);
