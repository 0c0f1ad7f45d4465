import type { Json } from './limits/rules.ts';
import { findChannel, nextTs, type State } from './state.ts';
import type { Answer, Channel } from './types.ts';

/** Tells the app of something, where it subscribed to that and its bot may know. */
export type Emit = (
  subscription: string,
  event: Json,
  channel?: Channel,
) => Promise<Answer | undefined>;

export const SUBSCRIPTIONS = {
  public: 'message.channels',
  private: 'message.groups',
  im: 'message.im',
  mpim: 'message.mpim',
} as const;
export const CHANNEL_TYPES = {
  public: 'channel',
  private: 'group',
  im: 'im',
  mpim: 'mpim',
} as const;

/** The channel of a test or demo; a mistake when there is none. */
export function knownChannel(state: State, idOrName: string): Channel {
  const channel = findChannel(state, idOrName);
  if (channel) return channel;
  const names = [...state.channels.values()].map(({ name, id }) => name || id);
  throw new Error(`There is no channel "${idOrName}". There is: ${names.join(', ')}.`);
}

/** What people do to channels. */
export interface ChannelHappenings {
  /** Enters a channel, or is brought in (the bot too) by somebody. */
  join(userId: string, channel: string, inviter?: string): Promise<void>;
  /** Leaves a channel, or is removed (the bot too) by somebody. */
  leave(userId: string, channel: string, by?: string): Promise<void>;
  /** Archives a channel, as anybody may. */
  archive(userId: string, channel: string): Promise<void>;
  /** Opens an archived channel again. */
  unarchive(userId: string, channel: string): Promise<void>;
  /** Deletes a channel with all that is in it, as administrators may. */
  remove(userId: string, channel: string): Promise<void>;
  /** Makes a public channel private, or the other way round. */
  convert(userId: string, channel: string): Promise<void>;
  /** Renames a channel. */
  rename(channel: string, name: string): Promise<void>;
}

/** Lets people do it. */
export function channelHappenings(state: State, emit: Emit): ChannelHappenings {
  return {
    join: async (user, where, inviter) => {
      const channel = knownChannel(state, where);
      if (!channel.members.includes(user)) channel.members.push(user);
      const type = 'member_joined_channel';
      await emit(
        type,
        {
          ...{ type, user, channel: channel.id, team: state.team.id },
          channel_type: channel.kind === 'private' ? 'G' : 'C',
          ...(inviter === undefined ? {} : { inviter }),
        },
        channel,
      );
    },
    leave: async (user, where, actor = user) => {
      const channel = knownChannel(state, where);
      channel.members = channel.members.filter((member) => member !== user);
      if (user === state.botUserId) {
        const type = twin(channel, 'left');
        await emit(type, { type, channel: channel.id, actor_id: actor });
        return;
      }
      const type = 'member_left_channel';
      await emit(type, { type, user, channel: channel.id, team: state.team.id }, channel);
    },
    archive: async (user, where) => {
      const channel = knownChannel(state, where);
      channel.archived = true;
      const type = twin(channel, 'archive');
      await emit(type, { type, user, channel: channel.id }, channel);
    },
    unarchive: async (user, where) => {
      const channel = knownChannel(state, where);
      channel.archived = false;
      const type = twin(channel, 'unarchive');
      await emit(type, { type, user, channel: channel.id }, channel);
    },
    rename: async (where, name) => {
      const channel = knownChannel(state, where);
      channel.name = name;
      const renamed = { id: channel.id, name, created: channel.created };
      const type = twin(channel, 'rename');
      await emit(type, { type, channel: renamed }, channel);
    },
    remove: async (user, where) => {
      const channel = knownChannel(state, where);
      channel.deleted = true;
      const type = twin(channel, 'deleted');
      await emit(type, { type, channel: channel.id, actor_id: user }, channel);
    },
    convert: async (user, where) => {
      const channel = knownChannel(state, where);
      const to = channel.kind === 'public' ? 'private' : 'public';
      channel.kind = to;
      await emit(
        SUBSCRIPTIONS[channel.kind],
        {
          ...{ type: 'message', subtype: `channel_convert_to_${to}`, user, ts: nextTs(state) },
          text: `made this channel *${to}*.`,
          ...{ channel: channel.id, channel_type: CHANNEL_TYPES[channel.kind] },
        },
        channel,
      );
    },
  };
}

/** Events about private channels have names of their own. */
const twin = (channel: Channel, what: string): string =>
  `${channel.kind === 'private' ? 'group' : 'channel'}_${what}`;
