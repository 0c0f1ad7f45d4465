import { setTimeout as pause } from 'node:timers/promises';
import type { WebClient } from '@slack/web-api';
import { within } from '../deadline.ts';
import { type Line, note } from '../domain/text.ts';
import type { Found, OwnChannel, Slate } from '../slate.ts';
import { createCalls, walk } from './calls.ts';
import type { Identity } from './identity.ts';
import type { Log } from './log.ts';
import { classify, slackCode } from './outcome.ts';
import { type Rendered, renderMessage } from './render.ts';
import {
  joined,
  markOf,
  type Piece,
  type RawMessage,
  readMark,
  SMALL_PRINT,
} from './slate-marks.ts';

const PAGE = 200;
/** A channel in which so much was written since the outage began is not one that we can wait for. */
const PAGES = 50;
/** How often a post is tried that Slack limits or whose answer was lost; the reply waits meanwhile. */
const TRIES = 3;
const LONGEST_WAIT_MS = 2000;
const IDENTITY_WITHIN_MS = 1000;

const unknown = (): Error => new Error('Slack has not said who we are');

/** Whether it may be posted again: written down twice does no harm, it is read once. */
function waitFor(error: unknown): number | null {
  const verdict = classify(error, 'channel');
  if (verdict.type === 'wait') return verdict.ms <= LONGEST_WAIT_MS ? verdict.ms : null;
  return verdict.type === 'unsure' ? 0 : null;
}

async function persistently<T>(call: () => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await call();
    } catch (error) {
      const ms = waitFor(error);
      if (ms === null || tried >= TRIES) throw error;
      await pause(ms);
    }
  }
}

const named = ({ text, blocks }: Rendered): Rendered => ({
  text,
  // Its small print is found again by this name, and gives way to what became of it.
  blocks: blocks.map((block) =>
    block.type === 'context' ? { ...block, block_id: SMALL_PRINT } : block,
  ),
});

/** Who we are, when Slack has said so already. */
type Known = () => Promise<Identity>;

const knownSoon =
  (who: () => Promise<Identity | null>): Known =>
  async () => {
    const known = await within(IDENTITY_WITHIN_MS, who(), unknown);
    if (known === null) throw unknown();
    return known;
  };

const writing =
  (client: WebClient): Slate['write'] =>
  async (channel, message, kept) => {
    const parts = renderMessage(message).map(named);
    for (const [part, { text, blocks }] of parts.entries()) {
      const metadata = markOf(kept, part, parts.length);
      await persistently(() =>
        client.chat.postMessage({
          ...{ channel, text, blocks, metadata, unfurl_links: false, unfurl_media: false },
        }),
      );
    }
  };

/** What our own bot has written; others could give their messages the same metadata. */
const piecesIn = (
  messages: readonly RawMessage[],
  botId: string,
  onForeign: (bot: string) => void,
): Piece[] =>
  messages.flatMap((message): Piece[] => {
    const piece = readMark(message);
    if (piece === null) return [];
    if (message.bot_id === botId) return [piece];
    onForeign(message.bot_id ?? 'none');
    return [];
  });

const reading =
  (client: WebClient, identity: Known, log: Log): Slate['since'] =>
  async (channel, oldest) => {
    const { botId } = await identity();
    const options = {
      channel,
      oldest: String(Math.max(0, oldest) / 1000),
      include_all_metadata: true as const,
      limit: PAGE,
    };
    const found: Piece[] = [];
    await walk(
      (cursor) => client.conversations.history({ ...options, ...(cursor ? { cursor } : {}) }),
      ({ messages = [] }) => {
        const read = piecesIn(messages as RawMessage[], botId, (bot) =>
          log.warn('kept by somebody else', { channel, bot }),
        );
        found.push(...read);
        return false;
      },
      PAGES,
    );
    return joined(channel, found.reverse());
  };

/** The channels that Muster has made. */
function making(
  client: WebClient,
  identity: Known,
  log: Log,
): Pick<Slate, 'channels' | 'isOurs' | 'named' | 'open'> {
  const calls = createCalls(client);
  const made = new Map<string, boolean>();
  return {
    async channels(): Promise<OwnChannel[]> {
      const { botUserId } = await identity();
      return (await calls.ownChannels()).filter(({ creator }) => creator === botUserId);
    },
    async isOurs(channel) {
      // Direct conversations and private groups of others are no incident's.
      if (!/^[CG]/.test(channel)) return false;
      const known = made.get(channel);
      if (known !== undefined) return known;
      const { botUserId } = await identity();
      const found = await client.conversations.info({ channel }).catch((error: unknown) => {
        if (slackCode(error) === 'channel_not_found') return null;
        throw error;
      });
      const isMade = found?.channel?.creator === botUserId;
      made.set(channel, isMade);
      return isMade;
    },
    async named(channel) {
      const { channel: found } = await client.conversations.info({ channel });
      const { name = channel, created = 0 } = found ?? {};
      return { id: channel, name, created: created * 1000 };
    },
    async open(name, isPrivate, user) {
      const { id } = await calls.createChannel(name, isPrivate);
      await calls.invite(id, [user]).catch((error: unknown) => {
        log.warn('not invited', { channel: id, user }, error);
      });
      made.set(id, true);
      return { id, name, created: Date.now() };
    },
  };
}

/** Where lines are kept while there is no database, in the channels of incidents. */
export function createSlate(
  client: WebClient,
  who: () => Promise<Identity | null>,
  log: Log,
): Slate {
  const identity = knownSoon(who);
  const calls = createCalls(client);
  return {
    write: writing(client),
    since: reading(client, identity, log),
    settle: (found, outcome) => settle(client, found, outcome),
    ...making(client, identity, log),
    zoneOf: async (user) => (await calls.profile(user))?.zone ?? null,
  };
}

/** Says on the last message of a kept line what became of it, and marks it for whoever looks next. */
async function settle(
  client: WebClient,
  { channel, posts, kept }: Found,
  outcome: Line,
): Promise<void> {
  const ts = posts.at(-1) ?? '';
  const options = { channel, latest: ts, oldest: ts, inclusive: true, limit: 1 };
  const { messages = [] } = await client.conversations.history(options);
  const message = (messages as RawMessage[]).find((one) => one.ts === ts);
  if (!message) return;
  const [print] = renderMessage({ summary: outcome, blocks: [note(...outcome)] }).map(named);
  const rest = (message.blocks ?? []).filter(({ block_id: id }) => id !== SMALL_PRINT);
  await client.chat.update({
    channel,
    ts,
    text: message.text ?? '',
    blocks: [...rest, ...(print?.blocks.slice(0, 1) ?? [])],
    metadata: markOf(kept, posts.length - 1, posts.length, true),
    parse: 'none',
    link_names: false,
  });
}
