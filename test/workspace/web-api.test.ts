import type { WebClient } from '@slack/web-api';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Workspace } from '../../src/demo/workspace/index.ts';
import { clientOf, office } from './support.ts';

let workspace: Workspace;
let slack: WebClient;
const channel = 'C0INCIDENTS';
const long = (length: number) => 'x'.repeat(length);

beforeEach(async () => {
  workspace = await office();
  slack = clientOf(workspace);
});

afterEach(() => workspace.close());

const code = (call: Promise<unknown>) =>
  call.then(
    () => 'ok',
    (error: { data?: { error?: string } }) => error.data?.error ?? String(error),
  );
const rules = () => workspace.violations.map(({ rule }) => rule);
const view = {
  type: 'modal' as const,
  title: { type: 'plain_text' as const, text: 'A' },
  blocks: [],
};

const BREACHES: [string, (slack: WebClient) => Promise<unknown>, string][] = [
  ['text over 4,000', (s) => s.chat.postMessage({ channel, text: long(4001) }), 'msg_too_long'],
  ['no text at all', (s) => s.apiCall('chat.postMessage', { channel }), 'no_text'],
  [
    'bad blocks',
    (s) => s.chat.postMessage({ channel, text: 'a', blocks: [{ type: 'x' }] }),
    'invalid_blocks',
  ],
  [
    'blocks that are text',
    (s) => s.apiCall('chat.postMessage', { channel, text: 'a', blocks: 'b' }),
    'invalid_blocks_format',
  ],
  [
    'metadata without a payload',
    (s) => s.apiCall('chat.postMessage', { channel, text: 'a', metadata: { event_type: 'a' } }),
    'invalid_metadata_schema',
  ],
  [
    'markdown beside text',
    (s) => s.apiCall('chat.postMessage', { channel, text: 'a', markdown_text: 'b' }),
    'markdown_text_conflict',
  ],
  [
    'a channel the bot is not in',
    (s) => s.chat.postMessage({ channel: 'C0COMMS', text: 'a' }),
    'not_in_channel',
  ],
  [
    'a thread that does not exist',
    (s) => s.chat.postMessage({ channel, text: 'a', thread_ts: '1.2' }),
    'thread_not_found',
  ],
  ['an uppercase name', (s) => s.conversations.create({ name: 'INC 1' }), 'invalid_name_specials'],
  ['a name of 81', (s) => s.conversations.create({ name: long(81) }), 'invalid_name_maxlength'],
  ['no name', (s) => s.conversations.create({ name: '' }), 'invalid_name_required'],
  ['a topic of 251', (s) => s.conversations.setTopic({ channel, topic: long(251) }), 'too_long'],
  [
    'a purpose of 251',
    (s) => s.conversations.setPurpose({ channel, purpose: long(251) }),
    'too_long',
  ],
  [
    '101 people at once',
    (s) => s.conversations.invite({ channel, users: Array(101).fill('U0BO').join() }),
    'too_many_users',
  ],
  [
    'a trigger never issued',
    (s) => s.views.open({ trigger_id: '1.2.3', view }),
    'invalid_trigger_id',
  ],
  ['a method that is none', (s) => s.apiCall('chat.shout', {}), 'unknown_method'],
  ['a missing scope', (s) => s.files.info({ file: 'F1' }), 'missing_scope'],
  [
    'a bookmark that is no link',
    (s) => s.bookmarks.add({ channel_id: channel, title: 'a', type: 'link', link: 'a b' }),
    'invalid_link',
  ],
  ['somebody else’s token', () => clientOf(workspace, 'xoxb-other').auth.test(), 'invalid_auth'],
];

test.each(BREACHES)('%s is refused and written down', async (_, call, expected) => {
  expect(await code(call(slack))).toBe(expected);
  expect(rules()).toEqual([expected]);
});

const REFUSALS: [string, (slack: WebClient) => Promise<unknown>, string][] = [
  ['a name that is taken', (s) => s.conversations.create({ name: 'comms' }), 'name_taken'],
  [
    'an unknown channel',
    (s) => s.chat.postMessage({ channel: 'C0NONE', text: 'a' }),
    'channel_not_found',
  ],
  [
    'a private channel the bot is not in',
    (s) => s.conversations.info({ channel: 'C0BOARD' }),
    'channel_not_found',
  ],
  ['a guest who is unknown', (s) => s.users.info({ user: 'U0NONE' }), 'user_not_found'],
  [
    'somebody who is there already',
    (s) => s.conversations.invite({ channel, users: 'U0BO' }),
    'already_in_channel',
  ],
  ['an unknown group', (s) => s.usergroups.users.list({ usergroup: 'S0' }), 'no_such_subteam'],
  [
    'a canvas on a free plan',
    (s) => s.conversations.canvases.create({ channel_id: channel }),
    'team_tier_cannot_create_channel_canvases',
  ],
];

test.each(REFUSALS)('%s is refused, which is nobody’s fault', async (_, call, expected) => {
  expect(await code(call(slack))).toBe(expected);
  expect(rules()).toEqual([]);
});

test('an update needs parse none, an own message, and 4,000 characters at most', async () => {
  const { ts = '' } = await slack.chat.postMessage({ channel, text: 'one' });
  await slack.chat.update({ channel, ts, text: 'two', parse: 'none', link_names: false });
  expect(workspace.channel(channel)?.messages[0]).toMatchObject({ text: 'two', edited: {} });
  await slack.chat.update({ channel, ts, text: 'three' });
  const human = await workspace.say('U0BO', 'incidents', 'mine');
  const update = (ts: string, text: string) =>
    slack.chat.update({ channel, ts, text, parse: 'none' });
  expect(await code(update(human.ts, 'yours'))).toBe('cant_update_message');
  expect(await code(update(ts, long(4001)))).toBe('msg_too_long');
  expect(rules()).toEqual(['parse', 'cant_update_message', 'msg_too_long']);
});

test('an archived channel takes nothing more', async () => {
  const { channel: made } = await slack.conversations.create({ name: 'inc-1' });
  const id = made?.id ?? '';
  const { ts = '' } = await slack.chat.postMessage({ channel: id, text: 'a' });
  await slack.conversations.archive({ channel: id });
  expect(await code(slack.chat.postMessage({ channel: id, text: 'b' }))).toBe('is_archived');
  expect(await code(slack.chat.update({ channel: id, ts, text: 'b', parse: 'none' }))).toBe(
    'is_inactive',
  );
  expect(await code(slack.conversations.archive({ channel: id }))).toBe('already_archived');
  expect((await slack.conversations.history({ channel: id })).messages).toHaveLength(1);
});

test('a trigger opens one view within three seconds', async () => {
  const trigger = workspace.trigger('U0ANA');
  await slack.views.open({ trigger_id: trigger, view });
  expect(await code(slack.views.open({ trigger_id: trigger, view }))).toBe('exchanged_trigger_id');
  const push = () => slack.views.push({ trigger_id: workspace.trigger('U0ANA'), view });
  await push();
  await push();
  expect(await code(push())).toBe('push_limit_reached');
});

test('inviting with force brings in those who can come', async () => {
  const { channel: made } = await slack.conversations.create({ name: 'inc-1' });
  const id = made?.id ?? '';
  const users = 'U0ANA,U0NONE';
  expect(await code(slack.conversations.invite({ channel: id, users }))).toBe('user_not_found');
  await slack.conversations.invite({ channel: id, users, force: true });
  expect(workspace.channel('inc-1')?.members).toEqual(['U0MUSTER', 'U0ANA']);
});

test('history honours its bounds and returns metadata when asked', async () => {
  const stamps: string[] = [];
  for (const text of ['one', 'two', 'three']) {
    const metadata = { event_type: 'muster', event_payload: { text } };
    stamps.push((await slack.chat.postMessage({ channel, text, metadata })).ts ?? '');
  }
  const [oldest = '', middle = '', latest = ''] = stamps;
  const read = async (bounds: object) =>
    (await slack.conversations.history({ channel, ...bounds })).messages?.map(({ text }) => text);
  expect(await read({})).toEqual(['three', 'two', 'one']);
  expect(await read({ oldest, latest })).toEqual(['two']);
  expect(await read({ oldest: middle, inclusive: true })).toEqual(['three', 'two']);
  const first = await slack.conversations.history({
    channel,
    limit: 2,
    include_all_metadata: true,
  });
  expect(first.messages?.[0]?.metadata?.event_payload).toEqual({ text: 'three' });
  expect(await read({ cursor: first.response_metadata?.next_cursor })).toEqual(['one']);
});

test('a file arrives with its bytes, in its thread', async () => {
  const { ts = '' } = await slack.chat.postMessage({ channel, text: 'The draft' });
  const upload = { channel_id: channel, thread_ts: ts, filename: 'inc-1.md', content: '# Größe' };
  await slack.filesUploadV2({ ...upload, initial_comment: 'All of it' });
  const [file] = workspace.files;
  expect(file).toMatchObject({ name: 'inc-1.md', channel, threadTs: ts });
  expect(file?.content.toString()).toBe('# Größe');
  expect(workspace.channel(channel)?.messages.at(-1)).toMatchObject({
    text: 'All of it',
    threadTs: ts,
  });
  expect(workspace.violations).toEqual([]);
});

test('mentions that wake many people are listed, quoted ones are not', async () => {
  const say = (text: string, blocks?: object[]) =>
    slack.apiCall('chat.postMessage', { channel, text, ...(blocks && { blocks }) });
  await say('&lt;!channel&gt; said @here');
  expect(workspace.broadcasts).toEqual([]);
  await say('<!channel> and <!subteam^S012SRE>');
  await say('a', [{ type: 'section', text: { type: 'mrkdwn', text: 'over @here' } }]);
  await say('b', [
    { type: 'section', text: { type: 'mrkdwn', text: 'over @here', verbatim: true } },
  ]);
  const elements = [{ type: 'broadcast', range: 'everyone' }];
  await say('c', [{ type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] }]);
  expect(workspace.broadcasts.map(({ range }) => range)).toEqual([
    'channel',
    'S012SRE',
    'here',
    'everyone',
  ]);
});
