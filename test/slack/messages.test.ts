import { WebClient } from '@slack/web-api';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Message, Workspace } from '../../src/demo/workspace/index.ts';
import type { Action } from '../../src/domain/action.ts';
import { type Change, type Ports, type Store, StoreUnavailable } from '../../src/ports.ts';
import { createMessages, type Messages } from '../../src/slack/messages/index.ts';
import { createPeople } from '../../src/slack/people.ts';
import { SETTINGS } from '../support/ladder.ts';
import { soon } from '../support/soon.ts';
import { done, incident, memory, office, quiet } from './support.ts';

let workspace: Workspace;
let begun: Messages[] = [];
/** Whether the database is away. */
let away = false;
/** What was decided, in order. */
let asked: { readonly action: Action; readonly actor: string; readonly key: string }[] = [];
/** Called before each change is decided. */
let before: () => void | Promise<void> = () => undefined;

beforeEach(async () => {
  workspace = await office();
  [begun, asked, away, before] = [[], [], false, () => undefined];
});
afterEach(async () => {
  for (const messages of begun) messages.stop();
  expect(workspace.violations).toEqual([]);
  await workspace.close();
});

/** A process of Muster's, as far as it listens to messages. */
function process(): Messages {
  const { store: rest } = memory(incident());
  const open = { ...incident(), at: 0 };
  const store = {
    ...rest,
    async inChannel(_: string, channel: string) {
      if (away) throw new StoreUnavailable('away', 'away');
      return channel === open.channel.id ? open : null;
    },
    async change({ request, key }: Change) {
      if (away) throw new StoreUnavailable('away', 'away');
      await before();
      asked.push({ action: request.action, actor: request.actor.id, key });
      const hint = { timers: [], outbox: true, work: false };
      return { reply: done('Done.'), repeated: false, incident: open, hint };
    },
  } as unknown as Store;
  const client = new WebClient(workspace.botToken, {
    slackApiUrl: workspace.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  });
  const ports = { store, settings: SETTINGS, wake: () => undefined } as unknown as Ports;
  const people = createPeople(client, store, quiet);
  const messages = createMessages({ client, ports, store, people, log: quiet });
  begun.push(messages);
  return messages;
}

const self = () => ({ botUserId: workspace.botUserId, botId: 'B0MUSTER' });
const say = (text: string) => workspace.say('U0BO', 'C0WAR', text);
const tell = (
  messages: Messages,
  what: 'added' | 'removed',
  { channel, ts }: Message,
  key = 'Ev1',
) =>
  messages.happened({
    where: { workspace: 'T0MUSTER', channel, ts },
    what,
    key,
    actor: 'U0ANA',
    self: self(),
  });
const types = () => asked.map(({ action }) => action.type);
const reactions = ({ channel, ts }: Message): string[] =>
  workspace
    .channel(channel)
    ?.messages.find((one) => one.ts === ts)
    ?.reactions.filter(({ users }) => users.includes(workspace.botUserId))
    .map(({ name }) => name) ?? [];

/** Muster is a member of the channel and has made it. */
const ours = () => {
  const channel = workspace.channel('C0WAR');
  if (channel) Object.assign(channel, { creator: workspace.botUserId });
};

test('waits visibly for a database that is away, and does it once when it is back', async () => {
  ours();
  const messages = process();
  const message = await say('pool is full');
  await workspace.react('U0ANA', message, 'pushpin');
  away = true;
  await tell(messages, 'added', message);
  expect(reactions(message)).toEqual(['hourglass_flowing_sand']);
  expect(asked).toEqual([]);
  away = false;
  await soon(() => expect(reactions(message)).toEqual([]));
  expect(types()).toEqual(['capture']);
  expect(asked[0]).toMatchObject({ actor: 'U0ANA', action: { message: { text: 'pool is full' } } });
});

test('shows no waiting in channels that are no incident’s', async () => {
  const messages = process();
  const message = await say('not ours');
  await workspace.react('U0ANA', message, 'pushpin');
  away = true;
  await tell(messages, 'added', message);
  expect(reactions(message)).toEqual([]);
});

test('what an earlier process left waiting is done by the next one, as the message is by then', async () => {
  ours();
  const first = process();
  const [kept, dropped] = [await say('keep me'), await say('not me')];
  for (const message of [kept, dropped]) await workspace.react('U0EVE', message, 'pushpin');
  away = true;
  for (const message of [kept, dropped]) await tell(first, 'added', message);
  first.stop();
  await workspace.unreact('U0EVE', dropped, 'pushpin');
  away = false;
  await process().start('T0MUSTER', self());
  const done = asked.map(({ action, actor }) => [
    action.type,
    'message' in action ? action.message?.text : '',
    actor,
  ]);
  expect(done).toContainEqual(['capture', 'keep me', 'U0EVE']);
  expect(done.filter(([type]) => type === 'release')).toHaveLength(1);
  expect(done.filter(([type, text]) => type === 'capture' && text === 'not me')).toEqual([]);
  expect([...reactions(kept), ...reactions(dropped)]).toEqual([]);
});

test('an event that was overtaken while it was being done is made good', async () => {
  const messages = process();
  const message = await say('only for a moment');
  await workspace.react('U0ANA', message, 'pushpin');
  before = async () => {
    before = () => undefined;
    await workspace.unreact('U0ANA', message, 'pushpin');
  };
  await tell(messages, 'added', message);
  expect(types().slice(0, 2)).toEqual(['capture', 'release']);
  expect(new Set(asked.map(({ key }) => key)).size).toBe(asked.length);
});

test('a message that is edited while it is being taken is taken as it was edited', async () => {
  const messages = process();
  const message = await say('pol');
  await workspace.react('U0ANA', message, 'pushpin');
  before = async () => {
    before = () => undefined;
    await workspace.edit(message, 'pool');
  };
  await tell(messages, 'added', message);
  expect(types()).toEqual(['capture', 'follow']);
  expect(asked.at(-1)?.action).toMatchObject({ message: { text: 'pool' } });
});

test('an event that comes after its opposite changes what Slack shows, not what it says', async () => {
  const messages = process();
  const message = await say('pool');
  await tell(messages, 'added', message);
  expect(types()).toEqual(['release']);
  await workspace.react('U0ANA', message, 'pushpin');
  await tell(messages, 'removed', message, 'Ev2');
  expect(types()).toEqual(['release']);
});

test('tries again when Slack says to come later, and gives up on what can never be', async () => {
  ours();
  const messages = process();
  const message = await say('pool');
  await workspace.react('U0ANA', message, 'pushpin');
  workspace.faults.push({ method: /replies$/, times: 1, mode: '429', retryAfter: 1 });
  await tell(messages, 'added', message);
  await soon(() => expect(types()).toEqual(['capture']));
  await soon(() => expect(reactions(message)).toEqual([]));
  workspace.faults.push({ method: /replies$/, times: 1, mode: 'error', error: 'missing_scope' });
  await tell(messages, 'added', message, 'Ev2');
  expect(types()).toEqual(['capture']);
});
