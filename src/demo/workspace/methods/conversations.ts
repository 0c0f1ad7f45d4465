import type { Args } from '../args.ts';
import { tellJoined, tellOf } from '../channel-events.ts';
import type { Json } from '../limits/rules.ts';
import { breach, refuse } from '../slack-error.ts';
import { addChannel, directChannel, nextId, type State } from '../state.ts';
import type { Channel } from '../types.ts';
import { wireChannel } from '../wire.ts';
import { knownUser, visibleChannel, workingChannel } from './access.ts';

const NAME = 80;
const TOPIC = 250;
const INVITED = 100;
const MOST_MEMBERS = 999;
const RESERVED = new Set(['here', 'channel', 'everyone', 'general', 'group', 'archive']);

function checkName(state: State, name: string): void {
  if (!name) throw breach('invalid_name_required', 'the name is empty');
  if (name.length > NAME) throw breach('invalid_name_maxlength', `${name.length} characters`);
  if (!/^[\p{Ll}\p{Lo}\p{N}_-]+$/u.test(name)) {
    throw breach('invalid_name_specials', `"${name}": only lowercase letters, digits, - and _`);
  }
  if (!/[\p{L}\p{N}]/u.test(name)) throw breach('invalid_name_punctuation', 'only punctuation');
  const taken = [...state.channels.values()].some((channel) => channel.name === name);
  if (taken || RESERVED.has(name)) throw refuse('name_taken');
}

function create(args: Args, state: State): Json {
  const name = args.text('name');
  checkName(state, name);
  const channel = addChannel(state, {
    id: nextId(state, 'C'),
    name,
    kind: args.flag('is_private') ? 'private' : 'public',
    creator: state.botUserId,
    members: [state.botUserId],
  });
  return { channel: wireChannel(state, channel) };
}

function rename(args: Args, state: State): Json {
  const channel = workingChannel(state, args.required('channel'));
  if (channel.creator !== state.botUserId) throw refuse('not_authorized');
  const name = args.text('name');
  if (name !== channel.name) checkName(state, name);
  channel.name = name;
  const { id, created } = channel;
  tellOf(state, channel, 'rename', { channel: { id, name, created } });
  return { channel: wireChannel(state, channel) };
}

function archive(args: Args, state: State): Json {
  const channel = visibleChannel(state, args.required('channel'));
  if (channel.archived) throw refuse('already_archived');
  workingChannel(state, channel.id).archived = true;
  tellOf(state, channel, 'archive', { user: state.botUserId });
  return {};
}

function unarchive(args: Args, state: State): Json {
  const channel = visibleChannel(state, args.required('channel'));
  if (!channel.archived) throw refuse('not_archived');
  if (!channel.members.includes(state.botUserId)) throw refuse('not_in_channel');
  channel.archived = false;
  tellOf(state, channel, 'unarchive', { user: state.botUserId });
  return {};
}

function inviteProblem(state: State, channel: Channel, id: string): string | undefined {
  const user = state.users.get(id);
  if (id === state.botUserId) return 'cant_invite_self';
  if (!user) return 'user_not_found';
  if (user.deleted) return 'cant_invite';
  return channel.members.includes(id) ? 'already_in_channel' : undefined;
}

function invite(args: Args, state: State): Json {
  const channel = workingChannel(state, args.required('channel'));
  const users = args.list('users');
  if (users.length === 0) throw breach('no_user', 'nobody to invite');
  if (users.length > INVITED) throw breach('too_many_users', `${users.length} people in one call`);
  const errors = users.flatMap((user) => {
    const error = inviteProblem(state, channel, user);
    return error ? [{ user, ok: false, error }] : [];
  });
  const bad = new Set(errors.map(({ user }) => user));
  const good = users.filter((user) => !bad.has(user));
  // Without `force` one bad id fails the whole call.
  const [first] = errors;
  if (first && (!args.flag('force') || good.length === 0)) throw refuse(first.error, { errors });
  channel.members.push(...good);
  for (const user of good) tellJoined(state, channel, user, state.botUserId);
  return { channel: wireChannel(state, channel), ...(first && { errors }) };
}

function kick(args: Args, state: State): Json {
  const channel = workingChannel(state, args.required('channel'));
  const user = args.required('user');
  if (user === state.botUserId) throw refuse('cant_kick_self');
  if (!channel.members.includes(user)) throw refuse('not_in_channel');
  channel.members.splice(channel.members.indexOf(user), 1);
  return {};
}

function join(args: Args, state: State): Json {
  const channel = visibleChannel(state, args.required('channel'));
  if (channel.kind !== 'public')
    throw breach('method_not_supported_for_channel_type', 'not public');
  if (channel.archived) throw breach('is_archived', `${channel.name} is archived`);
  const already = channel.members.includes(state.botUserId);
  if (!already) {
    channel.members.push(state.botUserId);
    tellJoined(state, channel, state.botUserId);
  }
  return {
    channel: wireChannel(state, channel),
    ...(already && { warning: 'already_in_channel' }),
  };
}

function info(args: Args, state: State): Json {
  return { channel: wireChannel(state, visibleChannel(state, args.required('channel'))) };
}

const KINDS: Readonly<Record<string, string>> = {
  public_channel: 'public',
  private_channel: 'private',
};

/** The channels that a listing call asks for, a page of them. */
export function listChannels(
  args: Args,
  state: State,
  includes: (channel: Channel) => boolean,
): Json {
  const kinds = (args.text('types') || 'public_channel')
    .split(',')
    .map((type) => KINDS[type] ?? type);
  const found = [...state.channels.values()].filter(
    (channel) =>
      kinds.includes(channel.kind) &&
      !channel.deleted &&
      (channel.kind === 'public' || channel.members.includes(state.botUserId)) &&
      !(args.flag('exclude_archived') && channel.archived) &&
      includes(channel),
  );
  const start = Number(args.text('cursor') || 0);
  const limit = args.number('limit', 100);
  const next = start + limit < found.length ? String(start + limit) : '';
  return {
    channels: found.slice(start, start + limit).map((channel) => wireChannel(state, channel)),
    response_metadata: { next_cursor: next },
  };
}

function members(args: Args, state: State): Json {
  const channel = visibleChannel(state, args.required('channel'));
  // Who is in a private channel Slack tells only those who are in it themselves.
  if (channel.kind !== 'public' && !channel.members.includes(state.botUserId))
    throw breach('channel_not_found', `the bot is not in ${channel.name}`);
  const start = Number(args.text('cursor') || 0);
  const limit = args.number('limit', 100);
  if (limit < 1 || limit > MOST_MEMBERS) throw breach('invalid_limit', `limit is ${limit}`);
  const next = start + limit < channel.members.length ? String(start + limit) : '';
  return {
    members: channel.members.slice(start, start + limit),
    response_metadata: { next_cursor: next },
  };
}

function open(args: Args, state: State): Json {
  const given = args.text('channel');
  if (given) return { channel: wireChannel(state, visibleChannel(state, given)) };
  const users = args.list('users');
  if (users.length === 0) throw breach('users_list_not_supplied', 'nobody to talk to');
  for (const id of users) {
    if (knownUser(state, id).deleted) throw refuse('user_disabled');
    if (knownUser(state, id).bot) throw refuse('cannot_dm_bot');
  }
  const channel = directChannel(state, users);
  return { channel: args.flag('return_im') ? wireChannel(state, channel) : { id: channel.id } };
}

const describe = (field: 'topic' | 'purpose') => (args: Args, state: State) => {
  const channel = workingChannel(state, args.required('channel'));
  const value = args.text(field);
  if (value.length > TOPIC) throw breach('too_long', `${field} has ${value.length} characters`);
  channel[field] = value;
  return { channel: wireChannel(state, channel), [field]: value };
};

/** `conversations.*`, but for reading messages. */
export const conversations = {
  'conversations.create': create,
  'conversations.rename': rename,
  'conversations.archive': archive,
  'conversations.unarchive': unarchive,
  'conversations.invite': invite,
  'conversations.kick': kick,
  'conversations.join': join,
  'conversations.info': info,
  'conversations.list': (args: Args, state: State) => listChannels(args, state, () => true),
  'conversations.members': members,
  'conversations.open': open,
  'conversations.setTopic': describe('topic'),
  'conversations.setPurpose': describe('purpose'),
};
