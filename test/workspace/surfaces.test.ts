import type { WebClient } from '@slack/web-api';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Workspace } from '../../src/demo/workspace/index.ts';
import { clientOf, office } from './support.ts';

let workspace: Workspace;
let slack: WebClient;
const channel = 'C0INCIDENTS';

beforeEach(async () => {
  workspace = await office({ canvases: true });
  slack = clientOf(workspace);
});

afterEach(() => workspace.close());

const rules = () => workspace.violations.map(({ rule }) => rule);
const heard = () =>
  workspace.deliveries
    .filter(({ kind }) => kind === 'event')
    .map(({ body }) => JSON.parse(body).event)
    .map(({ type, subtype }: { type: string; subtype?: string }) => subtype ?? type);

test('a canvas is made once, and edited one change at a time', async () => {
  const document = (markdown: string) => ({ type: 'markdown' as const, markdown });
  const made = await slack.conversations.canvases.create({
    channel_id: channel,
    document_content: document('# Draft'),
  });
  const canvas_id = made.canvas_id ?? '';
  const replace = { operation: 'replace' as const, document_content: document('# Final') };
  await slack.canvases.edit({ canvas_id, changes: [replace] });
  expect(workspace.canvas('incidents')).toBe('# Final');
  await expect(
    slack.apiCall('canvases.edit', { canvas_id, changes: [replace, replace] }),
  ).rejects.toThrow('invalid_arguments');
  expect(rules()).toEqual(['invalid_arguments']);
});

test('a Home tab belongs to its person', async () => {
  const text = { type: 'mrkdwn' as const, text: 'Nothing burns' };
  const view = { type: 'home' as const, blocks: [{ type: 'section' as const, text }] };
  await slack.views.publish({ user_id: 'U0ANA', view });
  expect(workspace.homeOf('U0ANA')?.blocks).toMatchObject([{ type: 'section', text }]);
  expect(workspace.homeOf('U0BO')).toBeUndefined();
});

test('a Home tab that was changed meanwhile is not overwritten by whoever says what they saw', async () => {
  const home = (text: string) => ({
    ...{ user_id: 'U0ANA' },
    view: {
      ...{ type: 'home' as const },
      blocks: [{ type: 'section' as const, text: { type: 'mrkdwn' as const, text } }],
    },
  });
  const { view } = await slack.views.publish(home('one'));
  const { hash = '' } = (view ?? {}) as { hash?: string };
  await slack.views.publish({ ...home('two'), hash });
  await expect(slack.views.publish({ ...home('three'), hash })).rejects.toThrow('hash_conflict');
  expect(JSON.stringify(workspace.homeOf('U0ANA')?.blocks)).toContain('two');
});

test('an app without a Home tab cannot publish one', async () => {
  const bare = await office({ homeTab: false });
  const view = { type: 'home' as const, blocks: [] };
  await expect(clientOf(bare).views.publish({ user_id: 'U0ANA', view })).rejects.toThrow(
    'not_enabled',
  );
  await bare.close();
});

test('pins and bookmarks are kept with their channel', async () => {
  const { ts = '' } = await slack.chat.postMessage({ channel, text: 'The card' });
  await slack.pins.add({ channel, timestamp: ts });
  const link = { title: 'Graphs', type: 'link' as const, link: 'https://graphs.example' };
  await slack.bookmarks.add({ channel_id: channel, ...link });
  expect(workspace.channel('incidents')).toMatchObject({
    pins: [ts],
    bookmarks: [{ title: 'Graphs', link: 'https://graphs.example' }],
  });
});

test('Muster hears of what happens where its bot is, and of nothing else', async () => {
  workspace.connect('http://127.0.0.1:1/slack/events');
  const message = await workspace.say('U0BO', 'incidents', 'pool is full');
  await workspace.edit(message, 'pool was full');
  await workspace.react('U0ANA', message, 'pushpin');
  await workspace.unreact('U0ANA', message, 'pushpin');
  await workspace.erase(message);
  await workspace.join('U0EVE', 'incidents');
  await workspace.say('U0BO', 'comms', 'nobody listens');
  await workspace.archive('U0ANA', 'incidents');
  expect(heard()).toEqual([
    'message',
    'message_changed',
    'reaction_added',
    'reaction_removed',
    'message_deleted',
    'member_joined_channel',
    'channel_archive',
  ]);
  expect(workspace.channel('incidents')?.messages).toEqual([]);
});

test('a direct message is found again by its metadata', async () => {
  const metadata = { event_type: 'ping', event_payload: { outbox: 7 } };
  const sent = await slack.chat.postMessage({ channel: 'U0BO', text: 'Please look', metadata });
  const history = await slack.conversations.history({
    channel: sent.channel ?? '',
    include_all_metadata: true,
  });
  expect(history.messages?.map((message) => message.metadata)).toEqual([metadata]);
  expect(workspace.directMessages('U0BO').map(({ text }) => text)).toEqual(['Please look']);
  expect(workspace.directMessages('U0ANA')).toEqual([]);
  await expect(slack.chat.postMessage({ channel: 'U0GONE', text: 'a' })).rejects.toThrow(
    'user_disabled',
  );
});

test('a scope that was not granted is missed', async () => {
  workspace.scopes.delete('pins:write');
  await expect(slack.pins.add({ channel, timestamp: '1.2' })).rejects.toMatchObject({
    data: { error: 'missing_scope', needed: 'pins:write' },
  });
  expect(rules()).toEqual(['missing_scope']);
});
