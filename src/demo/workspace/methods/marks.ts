import type { Args } from '../args.ts';
import type { Json } from '../limits/rules.ts';
import { breach, refuse } from '../slack-error.ts';
import { messageAt, nextId, type State } from '../state.ts';
import type { Channel } from '../types.ts';
import { wireMessage } from '../wire.ts';
import { visibleChannel, workingChannel } from './access.ts';

const MOST = 100;
const MOST_LISTED = 1000;

function pin(args: Args, state: State): Json {
  const channel = workingChannel(state, args.required('channel'));
  const { ts } = messageAt(channel, args.required('timestamp'));
  if (channel.pins.includes(ts)) throw refuse('already_pinned');
  if (channel.pins.length >= MOST) throw refuse('too_many_pins');
  channel.pins.push(ts);
  return {};
}

function unpin(args: Args, state: State): Json {
  const channel = workingChannel(state, args.required('channel'));
  const index = channel.pins.indexOf(args.required('timestamp'));
  if (index < 0) throw refuse('no_pin');
  channel.pins.splice(index, 1);
  return {};
}

function pins(args: Args, state: State): Json {
  const channel = visibleChannel(state, args.required('channel'));
  const pinned = channel.messages.filter((message) => channel.pins.includes(message.ts));
  return {
    items: pinned.map((message) => ({
      type: 'message',
      channel: channel.id,
      message: wireMessage(state, message, channel),
    })),
  };
}

const wireBookmark = (channel: Channel, bookmark: Channel['bookmarks'][number]) => ({
  ...bookmark,
  channel_id: channel.id,
  type: 'link',
});

function checkLink(link: string): void {
  if (!/^https?:\/\/\S+$/.test(link)) throw breach('invalid_link', `"${link}" is not a link`);
}

function addBookmark(args: Args, state: State): Json {
  const channel = workingChannel(state, args.required('channel_id'));
  if (args.required('type') !== 'link') throw breach('invalid_bookmark_type', 'only links');
  const link = args.required('link');
  checkLink(link);
  if (channel.bookmarks.length >= MOST) throw refuse('too_many_bookmarks');
  const emoji = args.text('emoji') || undefined;
  const bookmark = { id: nextId(state, 'Bk'), title: args.required('title'), link, emoji };
  channel.bookmarks.push(bookmark);
  return { bookmark: wireBookmark(channel, bookmark) };
}

function editBookmark(args: Args, state: State): Json {
  const channel = workingChannel(state, args.required('channel_id'));
  const id = args.required('bookmark_id');
  const bookmark = channel.bookmarks.find((candidate) => candidate.id === id);
  if (!bookmark) throw refuse('not_found');
  const link = args.text('link');
  if (link) checkLink(link);
  Object.assign(bookmark, {
    title: args.text('title') || bookmark.title,
    link: link || bookmark.link,
    emoji: args.text('emoji') || bookmark.emoji,
  });
  return { bookmark: wireBookmark(channel, bookmark) };
}

function removeBookmark(args: Args, state: State): Json {
  const channel = workingChannel(state, args.required('channel_id'));
  const id = args.required('bookmark_id');
  const index = channel.bookmarks.findIndex((candidate) => candidate.id === id);
  if (index < 0) throw refuse('not_found');
  channel.bookmarks.splice(index, 1);
  return {};
}

function bookmarks(args: Args, state: State): Json {
  const channel = visibleChannel(state, args.required('channel_id'));
  return { bookmarks: channel.bookmarks.map((bookmark) => wireBookmark(channel, bookmark)) };
}

function emojiName(args: Args): string {
  const name = args.required('name');
  if (!/^[a-z0-9_+'-]+(::skin-tone-[2-6])?$/.test(name)) {
    throw breach('invalid_name', `"${name}" is not an emoji name`);
  }
  return name;
}

/** Adds somebody's reaction, or refuses as Slack does when it is there already. */
export function addReaction(channel: Channel, ts: string, name: string, user: string): void {
  const message = messageAt(channel, ts);
  const reaction = message.reactions.find((candidate) => candidate.name === name);
  if (reaction?.users.includes(user)) throw refuse('already_reacted');
  if (reaction) reaction.users.push(user);
  else message.reactions.push({ name, users: [user] });
}

/** Takes somebody's reaction back. */
export function removeReaction(channel: Channel, ts: string, name: string, user: string): void {
  const message = messageAt(channel, ts);
  const reaction = message.reactions.find((candidate) => candidate.name === name);
  if (!reaction?.users.includes(user)) throw refuse('no_reaction');
  reaction.users.splice(reaction.users.indexOf(user), 1);
  if (reaction.users.length === 0) message.reactions.splice(message.reactions.indexOf(reaction), 1);
}

function reactWith(change: typeof addReaction) {
  return (args: Args, state: State): Json => {
    const channel = workingChannel(state, args.required('channel'));
    change(channel, args.required('timestamp'), emojiName(args), state.botUserId);
    return {};
  };
}

function reactions(args: Args, state: State): Json {
  const channel = visibleChannel(state, args.required('channel'));
  const message = messageAt(channel, args.required('timestamp'));
  return { type: 'message', channel: channel.id, message: wireMessage(state, message, channel) };
}

/** What somebody has reacted to, newest first, as far as the bot can see it. */
function reacted(args: Args, state: State): Json {
  const user = args.text('user') || state.botUserId;
  const limit = args.number('limit', 100);
  if (limit < 1 || limit > MOST_LISTED) throw breach('invalid_limit', `limit is ${limit}`);
  const start = Number(args.text('cursor') || 0);
  if (!Number.isInteger(start)) throw refuse('invalid_cursor');
  const all = [...state.channels.values()]
    .filter(({ members }) => members.includes(state.botUserId))
    .flatMap((channel) => channel.messages.map((message) => ({ channel, message })))
    .filter(({ message }) => message.reactions.some(({ users }) => users.includes(user)))
    .toReversed();
  const more = start + limit < all.length;
  return {
    items: all.slice(start, start + limit).map(({ channel, message }) => ({
      type: 'message',
      channel: channel.id,
      message: wireMessage(state, message, channel),
    })),
    response_metadata: { next_cursor: more ? String(start + limit) : '' },
  };
}

/** Pins, bookmarks and reactions. */
export const marks = {
  'pins.add': pin,
  'pins.remove': unpin,
  'pins.list': pins,
  'bookmarks.add': addBookmark,
  'bookmarks.edit': editBookmark,
  'bookmarks.remove': removeBookmark,
  'bookmarks.list': bookmarks,
  'reactions.add': reactWith(addReaction),
  'reactions.remove': reactWith(removeReaction),
  'reactions.get': reactions,
  'reactions.list': reacted,
};
