import { expect, test } from 'vitest';
import type { Entered } from '../../src/demo/workspace/index.ts';
import { storyteller } from '../support/backends.ts';
import { expectInvariants } from '../support/invariants.ts';
import { startProxy } from '../support/proxy.ts';
import { eventually, type Story } from '../support/story.ts';

const tell = storyteller();

/** A busy machine is no outage. */
const begin = (options: Parameters<typeof tell>[0] = {}) =>
  tell({ answerWithinMs: 10_000, ...options });

const card = (story: Story) => {
  const [message] = story.channel().messages;
  if (!message) throw new Error('there is no card');
  return message;
};

const form = (story: Story, name: string) => story.workspace.viewOf(story.idOf(name));

const shown = (story: Story, name: string): string =>
  JSON.stringify(form(story, name)?.blocks ?? []);

/** Does what opens a form, again where a busy machine was too slow for Slack. */
async function opens(story: Story, name: string, act: () => Promise<unknown>): Promise<void> {
  for (let n = 0; n < 5 && form(story, name) === undefined; n += 1) {
    await act().catch(() => undefined);
    await eventually(() => form(story, name), 'a form opens', 4000).catch(() => undefined);
  }
}

/** Opens what stands behind the three dots of the card. */
const more = (story: Story, name: string, item: string): Promise<void> =>
  opens(story, name, () =>
    story.workspace.click(story.idOf(name), card(story), 'more actions', item),
  );

const press = (story: Story, name: string, label: string): Promise<void> =>
  opens(story, name, () => story.workspace.click(story.idOf(name), card(story), label));

const types = (story: Story, name: string, line: string): Promise<void> =>
  opens(story, name, () => story.type(name, line));

async function opened(): Promise<Story> {
  const story = await begin();
  await story.opens('ana', 'sev1 Checkout is down');
  await eventually(() => story.findChannel(1)?.messages[0], 'the card is there', 20_000);
  return story;
}

test('a role is given by form, with a note that its holder and the channel read', async () => {
  const story = await opened();
  await more(story, 'ana', 'Give a role');
  expect(form(story, 'ana')?.title).toBe('Give a role');
  const { said } = await story.fill('ana', {
    person: 'U0BO',
    note: 'Rollback is half way, call me',
  });
  expect(said).toContain('@bo is commander.');
  expect(story.card()).toMatch(/Commander .*\n\s+@bo/);
  expect(story.heardHere().join()).toContain('@U0BO');
  expect(story.messages().join()).toContain('Rollback is half way, call me');
  expect(story.told('bo').join()).toContain('Rollback is half way, call me');
  await types(story, 'ana', '/incident role');
  const own = await story.fill('ana', { own: 'database expert', person: 'U0CY' });
  expect(own.said).toContain('@cy is database expert.');
  await expectInvariants(story);
});

test('what a role’s form lacks stands at its field', async () => {
  const story = await opened();
  await more(story, 'ana', 'Give a role');
  const none = await story.workspace.submit('U0ANA', {});
  expect(none.response).toMatchObject({ errors: { person: expect.any(String) } });
  expect(form(story, 'ana')).toBeDefined();
});

test('an action item is recorded by form, with everything that can be typed', async () => {
  const story = await opened();
  await story.type('ana', '/incident cause root the migration held a lock');
  await story.type('ana', '/incident cause nobody watched the pool');
  await more(story, 'bo', 'Action item');
  expect(shown(story, 'bo')).toContain('c2: nobody watched the pool');
  const filled: Record<string, Entered> = {
    text: 'Drop 3 old tables\nafter the audit',
    owner: 'U0CY',
    due: '2026-03-20',
    sort: 'preventive',
    trackers: 'soon',
    addresses: 'c2',
  };
  const { errors } = await story.fill('bo', filled);
  expect(errors.trackers).toContain('OPS-12');
  const { said } = await story.fill('bo', { ...filled, trackers: 'OPS-12, OPS-13' });
  expect(said).toContain('Drop 3 old tables');
  const [item] = await story.sql<{ text: string; detail: { item: object } }[]>`
    select text, detail from entry where detail->>'type' = 'action'`;
  expect(item?.text).toBe('Drop 3 old tables\nafter the audit');
  expect(item?.detail.item).toMatchObject({
    owner: 'U0CY',
    due: Date.parse('2026-03-20T23:59:00-04:00'),
    refs: ['OPS-12', 'OPS-13'],
    addresses: 'c2',
    sort: 'preventive',
    done: false,
  });
  await expectInvariants(story);
});

test('a text that reads like a command for other action items is the text of a new one', async () => {
  const story = await opened();
  await story.type('ana', '/incident action First');
  for (const text of ['done 1', 'list', 'drop 1 it is old', '1 in progress']) {
    await types(story, 'ana', '/incident action');
    await story.fill('ana', { text });
  }
  const rows = await story.sql<{ text: string; done: boolean }[]>`
    select text, (detail->'item'->>'done')::bool as done from entry
    where detail->>'type' = 'action' order by no`;
  expect(rows.map(({ text }) => text)).toEqual([
    ...['First', 'done 1', 'list', 'drop 1 it is old', '1 in progress'],
  ]);
  expect(rows.every(({ done }) => !done)).toBe(true);
});

test('the status is moved by form; of an incident that is over none is opened', async () => {
  const story = await opened();
  await story.type('ana', '/incident ack');
  await more(story, 'ana', 'Change status');
  const wrong = await story.fill('ana', { status: 'identified', time: 'after lunch' });
  expect(wrong.errors.time).toContain('after lunch');
  const { said } = await story.fill('ana', {
    status: 'identified',
    time: '13:50 UTC',
    text: 'the migration holds a lock',
  });
  expect(said).toContain('INC-1 is now identified');
  const [entry] = (await story.entries()).slice(-1);
  expect(entry).toMatchObject({
    text: 'the migration holds a lock',
    at: new Date('2026-03-08T13:50:00Z'),
  });
  await story.type('ana', '/incident resolve');
  expect(await story.type('ana', '/incident status')).toContain('INC-1 is resolved. Reopen it');
  expect(form(story, 'ana')).toBeUndefined();
});

test('the form that resolves shows what stops and what is open, and its answer can be undone', async () => {
  const story = await opened();
  await story.type('ana', '/incident log 25:70 looked at the pool');
  await press(story, 'bo', 'Resolve');
  const above = shown(story, 'bo');
  expect(above).toContain('Nobody has acknowledged INC-1');
  expect(above).toContain('These timers stop');
  expect(above).toContain('Mitigate by');
  expect(above).toContain('When did the impact start?');
  expect(above).toContain('more in the draft');
  expect(above).not.toContain('When was it resolved?');
  const wrong = await story.fill('bo', { time: 'soon' });
  expect(wrong.errors.time).toContain('soon');
  expect((await story.fill('bo', { text: 'rolled back' })).said).toContain(
    'Resolve it all the same?',
  );
  expect(await story.click('bo', 'Yes, resolve INC-1')).toContain('Resolved: INC-1');
  expect(story.messages().join()).toContain('rolled back');
  expect(await story.click('bo', 'Undo')).toContain('is open again');
  await expectInvariants(story);
});

test('a form of an incident that somebody resolved meanwhile says so, and keeps what was typed', async () => {
  const story = await opened();
  await story.type('ana', '/incident ack');
  await more(story, 'ana', 'Change status');
  await press(story, 'bo', 'Resolve');
  await story.type('cy', '/incident resolve');
  expect(
    (await story.fill('ana', { status: 'monitoring', text: 'quiet' })).errors.status,
  ).toContain('INC-1 is resolved. Reopen it first.');
  expect((await story.fill('bo', {})).said).toContain('INC-1 is already resolved');
  expect(await story.type('ana', '/incident last')).toContain('status monitoring quiet');
});

test('the card of a resolved incident gives the form of an action item, and none to resolve', async () => {
  const story = await opened();
  await story.type('ana', '/incident ack');
  await story.type('ana', '/incident resolve');
  expect(story.card()).not.toContain('[ Resolve ]');
  await more(story, 'bo', 'Action item');
  expect((await story.fill('bo', { text: 'Alert on pool usage' })).said).toContain('a1');
  expect(await story.type('bo', '/incident 1 form resolve')).toContain('already resolved');
});

test('with the database away a submitted form is kept in Slack, and done once it is back', async () => {
  const story = await opened();
  await story.type('ana', '/incident ack');
  const way = await startProxy(story.databaseUrl);
  story.through(await story.startReplica(way.url));
  await story.type('ana', '/incident brief');
  await more(story, 'ana', 'Give a role');
  await press(story, 'bo', 'Resolve');
  way.cut();
  await story.workspace.submit('U0ANA', { own: 'scribe', person: 'U0CY', note: 'take notes' });
  await story.workspace.submit('U0BO', { text: 'rolled back' });
  way.restore();
  await eventually(
    async () => (await story.entries()).some(({ text }) => text.includes('take notes')),
    'the role is given',
    30_000,
  );
  await eventually(
    async () => (await story.entries()).some(({ text }) => text.includes('rolled back')),
    'it is resolved',
    30_000,
  );
  await story.settle();
  await way.close();
});

test('by Socket Mode: a form, a message that is declared, and a Home', async () => {
  const story = await begin({ socket: true });
  const message = await story.workspace.say('U0BO', 'C0GENERAL', 'checkout is down');
  await story.workspace.shortcut('U0ANA', 'incident_declare_from', message);
  await story.fill('ana', { title: 'Checkout is down', severity: 'sev1' });
  await more(story, 'ana', 'Give a role');
  expect((await story.fill('ana', { person: 'U0CY' })).said).toContain('@cy is commander.');
  await story.workspace.openHome('U0CY');
  await eventually(
    () => JSON.stringify(story.workspace.homeOf('U0CY')?.blocks ?? []).includes('INC-1'),
    'the Home',
  );
  await expectInvariants(story);
});
