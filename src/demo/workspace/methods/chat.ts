import type { Args } from '../args.ts';
import { addMessage, noteBroadcasts, readContent } from '../content.ts';
import type { Json } from '../limits/rules.ts';
import { breach, RateLimited, refuse } from '../slack-error.ts';
import { messageAt, nextTs, type State } from '../state.ts';
import type { Channel, Message } from '../types.ts';
import { wireMessage } from '../wire.ts';
import { destination, visibleChannel, workingChannel } from './access.ts';

const BURST = 4;

/** One post a second per channel, and a burst of four before Slack minds. */
function holdToRate(state: State, channel: string): void {
  if (!state.options.rateLimits) return;
  const now = Date.now();
  const recent = (state.postTimes.get(channel) ?? []).filter((at) => at > now - BURST * 1000);
  if (recent.length >= BURST) throw new RateLimited(1);
  state.postTimes.set(channel, [...recent, now]);
}

function threadOf(channel: Channel, args: Args): string | undefined {
  const ts = args.text('thread_ts');
  if (!ts) return undefined;
  const parent = channel.messages.find((message) => message.ts === ts);
  if (!parent) throw breach('thread_not_found', `no message ${ts} to reply to`);
  return parent.threadTs ?? ts;
}

function postMessage(args: Args, state: State): Json {
  const channel = destination(state, args.required('channel'));
  const content = readContent(state, 'chat.postMessage', args);
  const customized = args.text('username') || args.text('icon_emoji') || args.text('icon_url');
  if (customized && !state.scopes.has('chat:write.customize')) {
    throw breach('missing_scope', 'username and icon need chat:write.customize');
  }
  const threadTs = threadOf(channel, args);
  holdToRate(state, channel.id);
  const message = addMessage(channel, {
    ...content,
    ts: nextTs(state),
    user: state.botUserId,
    botId: state.botId,
    threadTs,
    broadcast: args.flag('reply_broadcast'),
  });
  noteBroadcasts(state, 'chat.postMessage', { channel: channel.id, ts: message.ts }, content);
  return {
    channel: channel.id,
    ts: message.ts,
    message: wireMessage(state, message, channel, true),
  };
}

function ownMessage(state: State, channel: Channel, ts: string, refusal: string): Message {
  const message = messageAt(channel, ts);
  if (message.botId !== state.botId) throw breach(refusal, 'the message is not the bot’s own');
  return message;
}

function update(args: Args, state: State): Json {
  const channel = workingChannel(state, args.required('channel'), 'is_inactive');
  const message = ownMessage(state, channel, args.required('ts'), 'cant_update_message');
  const { text, blocks, metadata } = readContent(state, 'chat.update', args);
  const before = new Set(
    state.broadcasts.filter((seen) => seen.ts === message.ts).map((seen) => seen.range),
  );
  // Whether text alone clears earlier blocks is not settled for real; here it replaces everything.
  Object.assign(message, {
    text,
    blocks,
    edited: { user: state.botUserId, ts: nextTs(state) },
    ...(metadata && { metadata: Object.keys(metadata).length > 0 ? metadata : undefined }),
  });
  noteBroadcasts(state, 'chat.update', { channel: channel.id, ts: message.ts }, { text, blocks });
  // An edit notifies only those whom it newly mentions.
  dropRepeatedBroadcasts(state, message.ts, before);
  return {
    channel: channel.id,
    ts: message.ts,
    text,
    message: wireMessage(state, message, channel),
  };
}

function dropRepeatedBroadcasts(state: State, ts: string, before: ReadonlySet<string>): void {
  const kept = state.broadcasts.filter(
    (seen) => seen.method !== 'chat.update' || seen.ts !== ts || !before.has(seen.range),
  );
  state.broadcasts.splice(0, state.broadcasts.length, ...kept);
}

function remove(args: Args, state: State): Json {
  const channel = workingChannel(state, args.required('channel'));
  const message = ownMessage(state, channel, args.required('ts'), 'cant_delete_message');
  channel.messages.splice(channel.messages.indexOf(message), 1);
  return { channel: channel.id, ts: message.ts };
}

function postEphemeral(args: Args, state: State): Json {
  const channel = workingChannel(state, args.required('channel'));
  const user = args.required('user');
  if (!channel.members.includes(user)) throw refuse('user_not_in_channel');
  const { text, blocks } = readContent(state, 'chat.postEphemeral', args);
  const ts = nextTs(state);
  const at = { channel: channel.id, ts };
  noteBroadcasts(state, 'chat.postEphemeral', at, { text, blocks });
  state.whispers.push({
    via: 'ephemeral',
    at: Date.now(),
    user,
    channel: channel.id,
    ts,
    threadTs: args.text('thread_ts') || undefined,
    text,
    blocks,
    responseType: 'ephemeral',
    replaceOriginal: false,
    deleteOriginal: false,
    raw: args.raw,
  });
  return { message_ts: ts };
}

function getPermalink(args: Args, state: State): Json {
  const channel = visibleChannel(state, args.required('channel'));
  const message = messageAt(channel, args.required('message_ts'));
  const thread = message.threadTs ? `?thread_ts=${message.threadTs}&cid=${channel.id}` : '';
  const path = `archives/${channel.id}/p${message.ts.replace('.', '')}${thread}`;
  return { channel: channel.id, permalink: `https://${state.team.domain}.slack.com/${path}` };
}

/** `chat.*`. */
export const chat = {
  'chat.postMessage': postMessage,
  'chat.update': update,
  'chat.delete': remove,
  'chat.postEphemeral': postEphemeral,
  'chat.getPermalink': getPermalink,
};
