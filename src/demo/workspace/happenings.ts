import {
  CHANNEL_TYPES,
  type ChannelHappenings,
  channelHappenings,
  type Emit,
  knownChannel,
  SUBSCRIPTIONS,
} from './channel-happenings.ts';
import { addMessage } from './content.ts';
import { deliver, type Reach } from './deliver.ts';
import { eventPayload, person } from './interactions.ts';
import type { Json } from './limits/rules.ts';
import { addReaction, removeReaction } from './methods/marks.ts';
import { nextId, nextTs, type State } from './state.ts';
import type { Answer, Channel, Message, UploadedFile } from './types.ts';
import { wireMessage, wireView } from './wire.ts';

/** How a message differs from a plain one. */
export interface Said {
  /** Makes it a reply. */
  readonly threadTs?: string;
  /** The names of what is attached to it. */
  readonly files?: readonly string[];
  /** An incoming webhook says it, under this name. */
  readonly username?: string;
  readonly blocks?: Json[];
}

/** What people do in Slack without addressing Muster; it hears of it by event where it subscribed. */
export interface Happenings extends ChannelHappenings {
  /** Writes a message, as Slack passes it on: `&amp;` for &, `<@U0ANA>` for a mention. */
  say(userId: string, channel: string, text: string, options?: Said): Promise<Message>;
  /** Changes an own message. */
  edit(message: Message, text: string): Promise<void>;
  /** Deletes a message; one that has replies leaves a tombstone. */
  erase(message: Message): Promise<void>;
  /** Adds a reaction. */
  react(userId: string, message: Message, emoji: string): Promise<Answer | undefined>;
  /** Takes a reaction back. */
  unreact(userId: string, message: Message, emoji: string): Promise<Answer | undefined>;
  /** Looks at Muster's Home tab, or at the messages beside it. */
  openHome(userId: string, tab?: 'home' | 'messages'): Promise<Answer | undefined>;
}

function createEmitter(state: State, reach: Reach, echo?: true): Emit {
  return async (subscription, event, channel) => {
    const listens = reach.requestUrl !== undefined || reach.socket.connected();
    // Slack tells an app only about conversations that its bot is in.
    const allowed = !channel || channel.members.includes(state.botUserId);
    if (!(listens && allowed && state.events.has(subscription))) return undefined;
    const parcel = { kind: 'event', payload: eventPayload(state, event) } as const;
    return await deliver(state, reach, echo ? { ...parcel, echo } : parcel);
  };
}

/** What stays of a message whose replies stay. */
const EMPTIED: Partial<Message> = {
  user: 'USLACKBOT',
  text: 'This message was deleted.',
  ...{ blocks: [], files: [], reactions: [], username: undefined, tombstone: true },
};

function sharedFile(state: State, channel: Channel, user: string, name: string): UploadedFile {
  const content = Buffer.from(name);
  const file: UploadedFile = {
    ...{ id: nextId(state, 'F'), name, title: name, length: content.length, content },
    ...{ channel: channel.id, threadTs: undefined, user },
  };
  state.files.push(file);
  return file;
}

function messageHappenings(state: State, emit: Emit): Pick<Happenings, 'say' | 'edit' | 'erase'> {
  const tell = (channel: Channel, event: Json) =>
    emit(
      SUBSCRIPTIONS[channel.kind],
      { type: 'message', channel: channel.id, channel_type: CHANNEL_TYPES[channel.kind], ...event },
      channel,
    );
  return {
    say: async (userId, where, text, { files = [], ...said } = {}) => {
      const channel = knownChannel(state, where);
      person(state, userId);
      const attached = files.map((name) => sharedFile(state, channel, userId, name));
      const own = { ts: nextTs(state), user: userId, text, files: attached, ...said };
      const message = addMessage(channel, said.username ? { ...own, botId: 'B0HOOK' } : own);
      const event = wireMessage(state, message, channel);
      await tell(channel, event);
      if (text.includes(`<@${state.botUserId}>`)) {
        await emit('app_mention', { ...event, type: 'app_mention', channel: channel.id }, channel);
      }
      return message;
    },
    edit: async (message, text) => {
      const channel = knownChannel(state, message.channel);
      const previous_message = wireMessage(state, message, channel);
      message.text = text;
      message.edited = { user: message.user, ts: nextTs(state) };
      await tell(channel, {
        subtype: 'message_changed',
        hidden: true,
        ts: message.edited.ts,
        message: wireMessage(state, message, channel),
        previous_message,
      });
    },
    erase: async (message) => {
      const channel = knownChannel(state, message.channel);
      const previous_message = wireMessage(state, message, channel);
      const ts = nextTs(state);
      if (!channel.messages.some(({ threadTs }) => threadTs === message.ts)) {
        channel.messages = channel.messages.filter((other) => other.ts !== message.ts);
        const event = { subtype: 'message_deleted', hidden: true, ts, deleted_ts: message.ts };
        await tell(channel, { ...event, previous_message });
        return;
      }
      const left = { ...message, ...EMPTIED };
      channel.messages = channel.messages.map((one) => (one.ts === message.ts ? left : one));
      const event = { subtype: 'message_changed', hidden: true, ts };
      await tell(channel, {
        ...event,
        message: wireMessage(state, left, channel),
        previous_message,
      });
    },
  };
}

function reactionHappenings(state: State, emit: Emit): Pick<Happenings, 'react' | 'unreact'> {
  const change =
    (kind: 'reaction_added' | 'reaction_removed', apply: typeof addReaction) =>
    async (userId: string, message: Message, emoji: string) => {
      const channel = knownChannel(state, message.channel);
      person(state, userId);
      apply(channel, message.ts, emoji, userId);
      const item = { type: 'message', channel: channel.id, ts: message.ts };
      const event = { type: kind, user: userId, reaction: emoji, item, item_user: message.user };
      return await emit(kind, event, channel);
    };
  return {
    react: change('reaction_added', addReaction),
    unreact: change('reaction_removed', removeReaction),
  };
}

/** Lets people act in the workspace. */
export function createHappenings(state: State, reach: Reach): Happenings {
  const emit = createEmitter(state, reach);
  // What the bot does itself is told as well; Slack does not wait for whether anybody listens.
  const echo = createEmitter(state, reach, true);
  state.tell = (subscription, event, channel) => void echo(subscription, event, channel);
  return {
    ...messageHappenings(state, emit),
    ...reactionHappenings(state, emit),
    ...channelHappenings(state, emit),
    openHome: async (user, tab = 'home') => {
      const home = tab === 'home' ? state.homes.get(user) : undefined;
      return await emit('app_home_opened', {
        type: 'app_home_opened',
        user,
        tab,
        channel: 'D0HOME',
        ...(home && { view: wireView(state, home) }),
      });
    },
  };
}

export { knownChannel } from './channel-happenings.ts';
