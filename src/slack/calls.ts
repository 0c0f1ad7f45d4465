import type { WebClient } from '@slack/web-api';
import type { Person } from '../ports.ts';
import { bookmarkCalls } from './bookmark-calls.ts';
import { canvasCalls } from './canvas-calls.ts';
import { fileCalls } from './file-calls.ts';
import { listGroups } from './groups.ts';
import { personOf } from './person.ts';
import { promised } from './promised.ts';
import type { Rendered } from './render.ts';
import type { Thread } from './thread.ts';

/** Marks our messages, so that they are found again; the payload is opaque on purpose. */
export const METADATA_TYPE = 'muster';
const PAGE = 200;
const CHANNEL_PAGE = 999;
/** Pages looked at for one thing; an incident's channel is never that busy within a retry. */
const PAGES = 10;

/** A message as history tells it, as far as we read it. */
export interface Found {
  readonly ts: string;
  /** Whether a person wrote it: no app, nor Slack about who came and went. */
  readonly human: boolean;
  readonly key: string | null;
  readonly text: string;
  readonly blocks: Rendered['blocks'];
  readonly files: readonly string[];
  /** The same files with Slack's ids, for taking them away. */
  readonly uploads: readonly { readonly id: string; readonly name: string }[];
}

interface RawMessage {
  readonly ts?: string;
  readonly text?: string;
  readonly blocks?: unknown;
  readonly files?: readonly { readonly id?: string; readonly name?: string | null }[];
  readonly metadata?: { readonly event_type?: string; readonly event_payload?: object };
  readonly subtype?: string;
  readonly bot_id?: string;
}

/** Subtypes of messages that people write; all others tell of the channel itself. */
const WRITTEN = ['file_share', 'me_message', 'thread_broadcast'];

/** A key of our own in a message's metadata, or null. */
function keyOf({ metadata }: RawMessage): string | null {
  if (metadata?.event_type !== METADATA_TYPE) return null;
  const payload = metadata.event_payload;
  return payload && 'k' in payload && typeof payload.k === 'string' ? payload.k : null;
}

const found = (raw: RawMessage): Found => ({
  ts: raw.ts ?? '',
  human: raw.bot_id === undefined && (raw.subtype === undefined || WRITTEN.includes(raw.subtype)),
  key: keyOf(raw),
  text: raw.text ?? '',
  // What we get back is what we sent.
  blocks: Array.isArray(raw.blocks) ? (raw.blocks as Rendered['blocks']) : [],
  files: (raw.files ?? []).flatMap(({ name }) => (name ? [name] : [])),
  uploads: (raw.files ?? []).flatMap(({ id, name }) => (id && name ? [{ id, name }] : [])),
});

/** A channel that the bot is a member of. */
export interface OwnChannel {
  readonly id: string;
  readonly name: string;
  readonly creator: string;
  /** Milliseconds. */
  readonly created: number;
  readonly archived: boolean;
}

/** Somebody whom Slack would not invite, with Slack's code. */
export interface Uninvited {
  readonly user: string;
  readonly error: string;
}

/** A page of an answer. */
export interface Page {
  readonly response_metadata?: { readonly next_cursor?: string };
}

/** Walks pages until `visit` has seen enough or there are no more. */
export async function walk<P extends Page>(
  fetchPage: (cursor: string | undefined) => Promise<P>,
  visit: (page: P) => boolean,
  pages = PAGES,
): Promise<void> {
  let cursor: string | undefined;
  for (let page = 0; page < pages; page += 1) {
    const answer = await fetchPage(cursor);
    cursor = answer.response_metadata?.next_cursor || undefined;
    if (visit(answer) || cursor === undefined) return;
  }
}

/** Slack's methods as deliveries need them, and nothing else: `scopes.ts` follows from this list. */
export function createCalls(client: WebClient) {
  return {
    ...channelCalls(client),
    ...messageCalls(client),
    ...readingCalls(client),
    ...canvasCalls(client),
    ...fileCalls(client),
    ...bookmarkCalls(client),
  };
}

export type Calls = ReturnType<typeof createCalls>;

const channelCalls = (client: WebClient) => ({
  async createChannel(name: string, isPrivate: boolean): Promise<{ id: string; name: string }> {
    const { channel } = await client.conversations.create({ name, is_private: isPrivate });
    return { id: promised(channel?.id, 'channel id'), name: channel?.name ?? name };
  },
  async ownChannels(): Promise<OwnChannel[]> {
    const own: OwnChannel[] = [];
    const options = {
      types: 'public_channel,private_channel',
      exclude_archived: true,
      limit: CHANNEL_PAGE,
    };
    await walk(
      (cursor) => client.users.conversations({ ...options, ...(cursor ? { cursor } : {}) }),
      ({ channels = [] }) => {
        for (const {
          id,
          name,
          creator = '',
          created = 0,
          is_archived: archived = false,
        } of channels) {
          if (id && name) own.push({ id, name, creator, created: created * 1000, archived });
        }
        return false;
      },
    );
    return own;
  },
  unarchive: (channel: string) => client.conversations.unarchive({ channel }),
  archive: (channel: string) => client.conversations.archive({ channel }),
  join: (channel: string) => client.conversations.join({ channel }),
  topic: (channel: string, topic: string) => client.conversations.setTopic({ channel, topic }),
  /** Invites whom it can; with `force` Slack names the others instead of refusing all. */
  async invite(channel: string, users: readonly string[]): Promise<Uninvited[]> {
    const answer = await client.conversations.invite({ channel, users: users.join(), force: true });
    return uninvited(answer);
  },
  async groupMembers(usergroup: string): Promise<string[]> {
    const { users } = await client.usergroups.users.list({ usergroup });
    return users ?? [];
  },
  groups: () => listGroups(client),
  /** The name somebody goes by, where Slack shows no mention. */
  async nameOf(user: string): Promise<string | null> {
    const { user: found } = await client.users.info({ user });
    return found?.name ?? null;
  },
  async profile(id: string): Promise<Person | null> {
    const { user } = await client.users.info({ user: id });
    return user ? personOf(id, user, null) : null;
  },
  async openDirect(users: string): Promise<string> {
    const { channel } = await client.conversations.open({ users });
    return promised(channel?.id, 'channel id');
  },
});

/** The people named in the `errors` of an invitation. */
export function uninvited(answer: object): Uninvited[] {
  const errors = 'errors' in answer && Array.isArray(answer.errors) ? answer.errors : [];
  return errors.flatMap((one: { user?: unknown; error?: unknown }) =>
    typeof one?.user === 'string' ? [{ user: one.user, error: String(one.error) }] : [],
  );
}

const messageCalls = (client: WebClient) => ({
  async post(where: Thread, { text, blocks }: Rendered, key: string): Promise<Posted> {
    const { ts, channel } = await client.chat.postMessage({
      channel: where.channel,
      ...(where.thread ? { thread_ts: where.thread } : {}),
      text,
      blocks,
      metadata: { event_type: METADATA_TYPE, event_payload: { k: key } },
      unfurl_links: false,
      unfurl_media: false,
    });
    return { channel: channel ?? where.channel, ts: promised(ts, 'ts') };
  },
  withdraw: ({ channel, ts }: Posted) => client.chat.delete({ channel, ts }),
  // Without `parse: none` an edit turns @words and #words of the text into mentions.
  edit: ({ channel, ts }: Posted, { text, blocks }: Rendered) =>
    client.chat.update({ channel, ts, text, blocks, parse: 'none', link_names: false }),
  whisper: (channel: string, user: string, { text, blocks }: Rendered) =>
    client.chat.postEphemeral({ channel, user, text, blocks }),
  pin: ({ channel, ts }: Posted) => client.pins.add({ channel, timestamp: ts }),
  react: ({ channel, ts }: Posted, name: string) =>
    client.reactions.add({ channel, timestamp: ts, name }),
  unreact: ({ channel, ts }: Posted, name: string) =>
    client.reactions.remove({ channel, timestamp: ts, name }),
});

/** Where a message is. */
export interface Posted {
  readonly channel: string;
  readonly ts: string;
}

const readingCalls = (client: WebClient) => ({
  /** Goes through what was posted since then, newest first (threads: oldest first), until `enough`. */
  async since(
    where: Thread,
    oldest: number,
    enough: (message: Found) => boolean,
    latest: number | null = null,
  ): Promise<void> {
    const { channel, thread } = where;
    const options = {
      channel,
      oldest: String(Math.max(0, oldest) / 1000),
      ...(latest === null ? {} : { latest: String(latest / 1000) }),
      include_all_metadata: true as const,
      limit: PAGE,
    };
    await walk<Page & { messages?: RawMessage[] }>(
      (cursor) => {
        const page = { ...options, ...(cursor ? { cursor } : {}) };
        return thread
          ? client.conversations.replies({ ...page, ts: thread })
          : client.conversations.history(page);
      },
      ({ messages = [] }) => messages.some((message) => enough(found(message))),
    );
  },
  /** Where it can be read. */
  async permalink({ channel, ts }: Posted): Promise<string> {
    const { permalink } = await client.chat.getPermalink({ channel, message_ts: ts });
    return promised(permalink, 'permalink');
  },
  async messageAt({ channel, ts }: Posted): Promise<Found | null> {
    const options = { channel, latest: ts, oldest: ts, inclusive: true, limit: 1 };
    const { messages = [] } = await client.conversations.history(options);
    const message = messages.find((one) => one.ts === ts);
    return message ? found(message) : null;
  },
});
