import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Workspace } from '../../src/demo/workspace/index.ts';
import { type Message, say } from '../../src/domain/text.ts';
import { type Delivered, StoreUnavailable } from '../../src/ports.ts';
import { delivering, delivery, incident, office, told } from './support.ts';

let workspace: Workspace;

beforeEach(async () => {
  workspace = await office();
});
afterEach(async () => {
  // Writing into an archived channel is how one finds out.
  expect(workspace.violations.filter(({ rule }) => rule !== 'is_archived')).toEqual([]);
  await workspace.close();
});

const texts = (channel: string): string[] =>
  (workspace.channel(channel)?.messages ?? []).map(({ text }) => text);
const wanted = () =>
  incident({
    channel: { id: null, name: 'inc-43-search-slow', state: 'wanted' },
    title: 'search slow',
  });
const create = { type: 'create channel' } as const;
const channelOf = (delivered: Delivered) =>
  delivered.type === 'done' ? delivered.channel : delivered;
const long = (parts: number): Message => ({
  summary: ['long'],
  blocks: Array.from({ length: parts * 3 + 1 }, (_, at) => ({
    type: 'paragraph',
    line: [`${at} `.repeat(1400).slice(0, 2800)],
  })),
});
test('makes the channel under the name the incident wants', async () => {
  const { deliver } = delivering(workspace, wanted());
  const made = channelOf(await deliver(delivery({ what: create, to: { type: 'chores' } })));
  expect(made).toMatchObject({ name: 'inc-43-search-slow' });
});

test('adopts the channel whose making was answered with an error', async () => {
  const { deliver } = delivering(workspace, wanted());
  workspace.faults.push({ method: /^conversations\.create$/, times: 1, mode: '500-after' });
  const first = await deliver(delivery({ what: create, to: { type: 'chores' } }));
  expect(first).toMatchObject({ type: 'unsure' });
  const again = delivery({ what: create, to: { type: 'chores' }, unsureSince: Date.now() });
  const made = channelOf(await deliver(again));
  expect(made).toMatchObject({ name: 'inc-43-search-slow' });
  expect([...workspace.channels.values()].filter(({ name }) => /^inc-43/.test(name))).toHaveLength(
    1,
  );
});

test('adopts it too when nobody remembers the first attempt', async () => {
  const { deliver } = delivering(workspace, wanted());
  workspace.faults.push({ method: /^conversations\.create$/, times: 1, mode: 'reset-after' });
  await deliver(delivery({ what: create, to: { type: 'chores' } }));
  const made = channelOf(await deliver(delivery({ what: create, to: { type: 'chores' } })));
  expect(made).toMatchObject({ name: 'inc-43-search-slow' });
});

test("takes the next suffix when the name is somebody else's, or an old one of ours", async () => {
  const taken = await office({
    channels: [{ id: 'C0TAKEN', name: 'inc-43-search-slow', members: ['U0ANA'], bot: true }],
  });
  const { deliver } = delivering(taken, wanted());
  const made = channelOf(await deliver(delivery({ what: create, to: { type: 'chores' } })));
  expect(made).toMatchObject({ name: 'inc-43-search-slow-2' });
  const later = delivering(taken, { ...wanted(), openedAt: Date.now() + 3_600_000 });
  const third = channelOf(await later.deliver(delivery({ what: create, to: { type: 'chores' } })));
  expect(third).toMatchObject({ name: 'inc-43-search-slow-3' });
  await taken.close();
});

test('a private incident gets a private channel', async () => {
  const { deliver } = delivering(workspace, { ...wanted(), private: true });
  await deliver(delivery({ what: create, to: { type: 'chores' } }));
  expect(workspace.channel('inc-43-search-slow')?.kind).toBe('private');
});

test('a workspace that forbids making channels is told to whoever declared', async () => {
  const { deliver } = delivering(workspace, wanted());
  workspace.faults.push({
    method: /^conversations\.create$/,
    times: 1,
    mode: 'error',
    error: 'restricted_action',
  });
  expect(told(await deliver(delivery({ what: create, to: { type: 'chores' } })))).toMatchObject({
    type: 'failed',
    reason: 'restricted_action',
    next: [{ to: { type: 'user', id: 'U0ANA' } }],
  });
});

test('posts a message once although the first answer was lost', async () => {
  const { deliver } = delivering(workspace);
  const one = delivery({ what: { type: 'message', message: say('once') } });
  workspace.faults.push({ method: /^chat\.postMessage$/, times: 1, mode: '500-after' });
  const before = Date.now();
  expect(await deliver(one)).toMatchObject({ type: 'unsure' });
  expect(await deliver({ ...one, unsureSince: before })).toEqual({ type: 'done' });
  expect(texts('C0WAR')).toEqual(['once']);
});

test('whoever stood still for longer than the lease posts nothing: another may have', async () => {
  const { deliver } = delivering(workspace);
  const one = delivery({ what: { type: 'message', message: say('once') } });
  expect(await deliver({ ...one, ours: () => false })).toMatchObject({ type: 'unsure' });
  expect(texts('C0WAR')).toEqual([]);
});

/** The lease is good when it is asked for before posting, and has run out after it. */
function standingStill() {
  let asked = 0;
  return () => {
    asked += 1;
    return asked === 1;
  };
}

test('whoever stood still while posting takes it back where another has posted it meanwhile', async () => {
  const { deliver } = delivering(workspace);
  const one = delivery({ what: { type: 'message', message: say('once') } });
  await Promise.all([deliver({ ...one, ours: standingStill() }), deliver(one)]);
  expect(texts('C0WAR')).toEqual(['once']);
});

test('whoever stood still while posting leaves it there where it is the only one', async () => {
  const { deliver } = delivering(workspace);
  const one = delivery({ what: { type: 'message', message: say('once') } });
  expect(await deliver({ ...one, ours: standingStill() })).toEqual({ type: 'done' });
  expect(texts('C0WAR')).toEqual(['once']);
});

test.each([
  ['a database that is away costs no delivery, however often it was tried', true],
  ['a fault of ours is given up after some tries', false],
])('%s', async (_, away) => {
  const { deliver, store } = delivering(workspace);
  store.glance = async () => {
    if (away) throw new StoreUnavailable('PostgreSQL cannot be reached', 'away');
    throw new Error('ours');
  };
  const one = delivery({ what: { type: 'message', message: say('once') }, attempts: 20 });
  expect(await deliver(one)).toMatchObject({ type: away ? 'unsure' : 'failed' });
});

test('posts a direct message once although the first answer was lost', async () => {
  const { deliver } = delivering(workspace);
  const message = say('look here');
  const one = delivery({ what: { type: 'message', message }, to: { type: 'user', id: 'U0BO' } });
  workspace.faults.push({ method: /^chat\.postMessage$/, times: 1, mode: 'reset-after' });
  const before = Date.now();
  expect(await deliver(one)).toMatchObject({ type: 'unsure' });
  expect(await deliver({ ...one, unsureSince: before })).toEqual({ type: 'done' });
  expect(workspace.directMessages('U0BO')).toHaveLength(1);
});

test('a message in parts goes on where it broke off', async () => {
  const { deliver } = delivering(workspace);
  const one = delivery({ what: { type: 'message', message: long(3) } });
  let posts = 0;
  const fault = { method: /^chat\.postMessage$/, times: 9, mode: '429' as const, retryAfter: 1 };
  workspace.faults.push({
    ...fault,
    match: () => {
      posts += 1;
      return posts === 2;
    },
  });
  const before = Date.now();
  // Part of it is out, so a wait would forget to look for it.
  expect(await deliver(one)).toMatchObject({ type: 'unsure' });
  expect(await deliver({ ...one, unsureSince: before })).toEqual({ type: 'done' });
  const said = texts('C0WAR');
  expect(said.length).toBeGreaterThan(2);
  expect(new Set(said).size).toBe(said.length);
});

test('waits as long as Slack says, and only this channel', async () => {
  const { deliver } = delivering(workspace);
  workspace.faults.push({ method: /^chat\.postMessage$/, times: 1, mode: '429', retryAfter: 30 });
  const one = delivery({ what: { type: 'message', message: say('later') } });
  expect(await deliver(one)).toMatchObject({ type: 'wait', ms: 30_000, scope: 'channel' });
});

test('the card is posted once, pinned, then edited; and posted anew when it was deleted', async () => {
  const { deliver } = delivering(workspace);
  await deliver(delivery({ what: { type: 'card' } }));
  await deliver(delivery({ what: { type: 'card' } }));
  const channel = workspace.channel('C0WAR');
  expect(channel?.messages).toHaveLength(1);
  expect(channel?.pins).toEqual([channel?.messages[0]?.ts]);
  channel?.messages.splice(0, 1);
  await deliver(delivery({ what: { type: 'card' } }));
  expect(channel?.messages).toHaveLength(1);
});

test('an archived channel is opened again while the incident is open', async () => {
  const { deliver } = delivering(workspace);
  const channel = workspace.channel('C0WAR');
  if (channel) channel.archived = true;
  const one = delivery({ what: { type: 'message', message: say('back') } });
  expect(await deliver(one)).toEqual({ type: 'done' });
  expect(texts('C0WAR')).toEqual(['back']);
});

test('an archived channel stays so after the incident, and the responsible person hears of it', async () => {
  const { deliver } = delivering(workspace, incident({ status: 'resolved' }));
  const channel = workspace.channel('C0WAR');
  if (channel) channel.archived = true;
  const one = delivery({ what: { type: 'message', message: say('too late') } });
  expect(told(await deliver(one))).toMatchObject({
    type: 'failed',
    next: [{ to: { type: 'user', id: 'U0ANA' }, key: `${one.key}:undelivered` }],
  });
});

test('of a drill only whoever started it hears that its channel is gone, whoever leads it', async () => {
  const roles = { commander: 'U0BO' };
  for (const [drill, whom] of [
    [false, 'U0BO'],
    [true, 'U0ANA'],
  ] as const) {
    const { deliver } = delivering(workspace, incident({ drill, roles, status: 'resolved' }));
    const channel = workspace.channel('C0WAR');
    if (channel) channel.archived = true;
    const one = delivery({ what: { type: 'message', message: say('too late') } });
    expect(told(await deliver(one))).toMatchObject({ next: [{ to: { type: 'user', id: whom } }] });
  }
});
