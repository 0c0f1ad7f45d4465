import type { Args } from '../args.ts';
import type { Json } from '../limits/rules.ts';
import { breach, refuse } from '../slack-error.ts';
import type { State } from '../state.ts';
import type { Channel, Message } from '../types.ts';
import { wireMessage } from '../wire.ts';
import { visibleChannel } from './access.ts';

const MOST = 999;

function readable(state: State, id: string): Channel {
  const channel = visibleChannel(state, id);
  // An archived channel may still be read.
  if (!channel.members.includes(state.botUserId)) {
    throw breach('not_in_channel', `the bot is not in ${channel.name}`);
  }
  return channel;
}

function within(args: Args): (message: Message) => boolean {
  const oldest = args.number('oldest', 0);
  const latest = args.number('latest', Number.POSITIVE_INFINITY);
  const inclusive = args.flag('inclusive');
  return ({ ts }) => {
    const at = Number(ts);
    return inclusive ? at >= oldest && at <= latest : at > oldest && at < latest;
  };
}

function page(args: Args, state: State, channel: Channel, messages: readonly Message[]): Json {
  const limit = args.number('limit', 100);
  if (limit < 1 || limit > MOST) throw breach('invalid_limit', `limit is ${limit}`);
  const cursor = args.text('cursor');
  const start = cursor ? Number(Buffer.from(cursor, 'base64').toString().replace('next:', '')) : 0;
  if (!Number.isInteger(start)) throw refuse('invalid_cursor');
  const more = start + limit < messages.length;
  const next = Buffer.from(`next:${start + limit}`).toString('base64');
  const metadata = args.flag('include_all_metadata');
  return {
    messages: messages
      .slice(start, start + limit)
      .map((message) => wireMessage(state, message, channel, metadata)),
    has_more: more,
    response_metadata: { next_cursor: more ? next : '' },
  };
}

function history(args: Args, state: State): Json {
  const channel = readable(state, args.required('channel'));
  const inBounds = within(args);
  const found = channel.messages.filter(
    (message) =>
      (!message.threadTs || message.threadTs === message.ts || message.broadcast) &&
      inBounds(message),
  );
  return page(args, state, channel, found.reverse());
}

function replies(args: Args, state: State): Json {
  const channel = readable(state, args.required('channel'));
  const ts = args.required('ts');
  const asked = channel.messages.find((message) => message.ts === ts);
  if (!asked) throw refuse('thread_not_found');
  const root = asked.threadTs ?? ts;
  const inBounds = within(args);
  const found = channel.messages.filter(
    (message) => message.ts === root || (message.threadTs === root && inBounds(message)),
  );
  return page(args, state, channel, found);
}

/** Reading messages back. */
export const reading = {
  'conversations.history': history,
  'conversations.replies': replies,
};
