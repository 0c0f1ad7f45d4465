import type { WebClient } from '@slack/web-api';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Workspace } from '../../src/demo/workspace/index.ts';
import { clientOf, office } from './support.ts';

let workspace: Workspace;
let slack: WebClient;
const channel = 'C0INCIDENTS';

beforeEach(async () => {
  workspace = await office();
  slack = clientOf(workspace);
  // Nobody is there: only what would have been sent is looked at.
  workspace.connect('http://127.0.0.1:1/slack/events');
});

afterEach(() => workspace.close());

const told = (deliveries = workspace.deliveries): Record<string, unknown>[] =>
  deliveries.map(({ body }) => (JSON.parse(body) as { event: object }).event as never);
const types = (): unknown[] => told().map(({ type, subtype }) => subtype ?? type);
const code = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'ok',
    (error: { data?: { error?: string } }) => error.data?.error ?? String(error),
  );

test('private channels have events with names of their own', async () => {
  await workspace.archive('U0ANA', channel);
  await workspace.unarchive('U0ANA', channel);
  await workspace.rename(channel, 'incidents-2');
  await workspace.convert('U0ANA', channel);
  await workspace.archive('U0ANA', channel);
  await workspace.unarchive('U0ANA', channel);
  await workspace.rename(channel, 'incidents-3');
  await workspace.remove('U0ANA', channel);
  expect(types()).toEqual([
    'channel_archive',
    'channel_unarchive',
    'channel_rename',
    'channel_convert_to_private',
    'group_archive',
    'group_unarchive',
    'group_rename',
    'group_deleted',
  ]);
});

test('a deleted channel is not found, by anybody', async () => {
  await workspace.remove('U0ANA', channel);
  expect(await code(slack.conversations.info({ channel }))).toBe('channel_not_found');
  expect(await code(slack.chat.postMessage({ channel, text: 'a' }))).toBe('channel_not_found');
  const { channels = [] } = await slack.conversations.list();
  expect(channels.map(({ id }) => id)).not.toContain(channel);
});

test('the bot is told that it was removed, and hears nothing more', async () => {
  await workspace.leave(workspace.botUserId, channel, 'U0ANA');
  await workspace.rename(channel, 'incidents-2');
  expect(told()).toEqual([
    expect.objectContaining({ type: 'channel_left', channel, actor_id: 'U0ANA' }),
  ]);
});

test('whom the bot invites comes in with its name, and what it archives is told to it', async () => {
  const made = await slack.conversations.create({ name: 'war-room' });
  const id = made.channel?.id ?? '';
  await slack.conversations.invite({ channel: id, users: 'U0ANA' });
  await slack.conversations.archive({ channel: id });
  await slack.conversations.unarchive({ channel: id });
  expect(told()).toEqual([]);
  expect(told(workspace.echoes)).toEqual([
    expect.objectContaining({
      ...{ type: 'member_joined_channel', user: 'U0ANA', channel: id },
      inviter: workspace.botUserId,
    }),
    expect.objectContaining({ type: 'channel_archive', user: workspace.botUserId }),
    expect.objectContaining({ type: 'channel_unarchive', user: workspace.botUserId }),
  ]);
});

test('bookmarks are added, edited, listed and removed, each with its scope', async () => {
  const link = { type: 'link', title: 'Runbook', link: 'https://wiki.example.com' } as const;
  const added = await slack.bookmarks.add({ channel_id: channel, ...link });
  const id = added.bookmark?.id ?? '';
  await slack.bookmarks.edit({ channel_id: channel, bookmark_id: id, title: 'Runbooks' });
  const { bookmarks = [] } = await slack.bookmarks.list({ channel_id: channel });
  expect(bookmarks).toMatchObject([{ id, title: 'Runbooks', link: link.link }]);
  await slack.bookmarks.remove({ channel_id: channel, bookmark_id: id });
  expect(await code(slack.bookmarks.remove({ channel_id: channel, bookmark_id: id }))).toBe(
    'not_found',
  );
  workspace.scopes.delete('bookmarks:read');
  expect(await code(slack.bookmarks.list({ channel_id: channel }))).toBe('missing_scope');
});
