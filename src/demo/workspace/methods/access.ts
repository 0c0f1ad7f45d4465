import { breach, refuse } from '../slack-error.ts';
import { directChannel, type State } from '../state.ts';
import type { Channel } from '../types.ts';

/** A channel that the bot may know about. Private ones do not exist for those who are not in them. */
export function visibleChannel(state: State, id: string): Channel {
  const channel = state.channels.get(id);
  const hidden = channel && channel.kind !== 'public' && !channel.members.includes(state.botUserId);
  if (!channel || channel.deleted || hidden) throw refuse('channel_not_found');
  return channel;
}

/** A channel that the bot is in and that still takes changes. */
export function workingChannel(state: State, id: string, archived = 'is_archived'): Channel {
  const channel = visibleChannel(state, id);
  if (channel.archived) throw breach(archived, `${channel.name || id} is archived`);
  if (!channel.members.includes(state.botUserId)) {
    throw breach('not_in_channel', `the bot is not in ${channel.name || id}`);
  }
  return channel;
}

/** A person whom the bot may write to. */
export function knownUser(state: State, id: string) {
  const user = state.users.get(id);
  if (!user) throw refuse('user_not_found');
  return user;
}

/** Where a post goes: a channel the bot is in, or the direct conversation when a person is named. */
export function destination(state: State, id: string): Channel {
  if (/^[UW]/.test(id)) {
    const user = state.users.get(id);
    if (!user) throw refuse('channel_not_found');
    if (user.bot) throw refuse('cannot_dm_bot');
    if (user.deleted) throw refuse('user_disabled');
    return directChannel(state, [id]);
  }
  const channel = visibleChannel(state, id);
  const open = channel.kind === 'public' && state.scopes.has('chat:write.public');
  return open && !channel.archived ? channel : workingChannel(state, id);
}
