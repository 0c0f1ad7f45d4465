import { setTimeout as pause } from 'node:timers/promises';
import type { WebClient } from '@slack/web-api';
import { TAKEN_BACK } from '../../domain/decide/index.ts';
import type { Instant } from '../../domain/instant.ts';
import type { OpenChannel, Taken } from '../../domain/message.ts';
import type { Store } from '../../ports.ts';
import { slackCode } from '../outcome.ts';
import { instantOf, isOwn, isTombstone, type RawMessage, type Self } from './raw.ts';
import { type Happening, pinnedBy } from './settle.ts';

/** So many incidents' channels are looked at, the newest first. */
const MOST_CHANNELS = 40;
/** So far back, and no further than the incident's opening. */
const LOOK_BACK_MS = 24 * 60 * 60_000;
const PAGE = 200;
const PAGES = 3;
/** So many threads of a channel in which somebody wrote since. */
const MOST_THREADS = 15;
/** So many messages of a channel are looked at one by one. */
const MOST_SINGLE = 30;
/** So many rounds apart it is looked for what nobody heard: Slack may not have reached us. */
const ANYWAY_EVERY = 6;

/** Slack's third tier is fifty calls a minute; deliveries need some of them. */
const PACE_MS = 2000;

/** Nobody can read it through us: it is no use to try the rest of the channel. */
const CLOSED = ['channel_not_found', 'not_in_channel', 'is_archived', 'missing_scope'];

interface Threaded extends RawMessage {
  readonly reply_count?: number;
  readonly latest_reply?: string;
}

/** What looking for it takes. */
interface Searching {
  /** A client of its own: a rate limit freezes a client as a whole, and nobody waits for this. */
  readonly client: WebClient;
  readonly store: Pick<Store, 'openChannels' | 'takenFrom' | 'now'>;
  readonly captureReactions: readonly string[];
  readonly settle: (happening: Happening) => Promise<void>;
  readonly signal: AbortSignal;
  readonly paceMs?: number;
}

/** What was seen of a channel: its messages, and from when on all of them. */
interface Seen {
  readonly messages: readonly Threaded[];
  readonly since: Instant;
}

type Page = {
  readonly messages?: unknown;
  readonly response_metadata?: { readonly next_cursor?: string };
};

/** One call at a time, each a while after the one before. */
function paced({ signal, paceMs = PACE_MS }: Searching) {
  let first = true;
  return async <T>(call: () => Promise<T>): Promise<T> => {
    if (!first) await pause(paceMs, undefined, { signal, ref: false });
    first = false;
    return call();
  };
}

type Paced = ReturnType<typeof paced>;

async function recent(
  { client }: Searching,
  { channel }: OpenChannel,
  oldest: Instant,
  turn: Paced,
): Promise<Seen> {
  const messages: Threaded[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < PAGES; page += 1) {
    const options = { channel, oldest: String(oldest / 1000), limit: PAGE };
    const answer: Page = await turn(() =>
      client.conversations.history({ ...options, ...(cursor ? { cursor } : {}) }),
    );
    messages.push(...((answer.messages ?? []) as Threaded[]));
    cursor = answer.response_metadata?.next_cursor || undefined;
    if (cursor === undefined) return { messages, since: oldest };
  }
  const last = messages.at(-1)?.ts;
  return { messages, since: last === undefined ? oldest : instantOf(last) };
}

/** What was answered in threads since then: the channel's history does not have it. */
async function answered(
  { client }: Searching,
  { channel }: OpenChannel,
  { messages, since }: Seen,
  turn: Paced,
): Promise<Threaded[]> {
  const threads = messages
    .filter(({ reply_count: count = 0, latest_reply: last }) => {
      return count > 0 && last !== undefined && instantOf(last) >= since;
    })
    .slice(0, MOST_THREADS);
  const found: Threaded[] = [];
  for (const { ts = '' } of threads) {
    const options = { channel, ts, oldest: String(since / 1000), limit: PAGE };
    const answer: Page = await turn(() => client.conversations.replies(options));
    found.push(...((answer.messages ?? []) as Threaded[]).filter((one) => one.ts !== ts));
  }
  return found;
}

/** Somebody wants it on the timeline, and it was never there or was taken back by a reaction that came again. */
const isWanted = (known: Taken | undefined): boolean =>
  known === undefined || known.struckFor === TAKEN_BACK;

const isNewer = (edited: string | undefined, known: string | null): boolean =>
  edited !== undefined && Number(edited) > Number(known ?? 0);

interface Missed {
  readonly ts: string;
  readonly what: Happening['what'];
  readonly actor: string;
}

/** What Slack shows otherwise than the record says. */
function differences(
  { messages, since }: Seen,
  taken: readonly Taken[],
  { captureReactions }: Pick<Searching, 'captureReactions'>,
  self: Self,
): Missed[] {
  const bot = self.botUserId ?? '';
  const known = new Map(taken.map((one) => [one.ts, one]));
  const there = new Set(messages.filter((one) => !isTombstone(one)).map(({ ts }) => ts));
  const found: Missed[] = [];
  for (const message of messages) {
    const { ts = '', edited, user } = message;
    if (isOwn(message, self) || isTombstone(message)) continue;
    const entry = known.get(ts);
    const [actor] = pinnedBy(message, captureReactions, self);
    if (actor !== undefined && isWanted(entry)) found.push({ ts, what: 'waited', actor });
    else if (entry !== undefined && entry.struckFor === null && isNewer(edited?.ts, entry.edited))
      found.push({ ts, what: 'edited', actor: edited?.user ?? user ?? bot });
  }
  // Deleted, or in a thread that was not read: looking at the message itself tells which.
  const gone = taken
    .filter((one) => one.struckFor === null && !one.deleted && !there.has(one.ts))
    .filter((one) => instantOf(one.ts) >= since)
    .slice(0, MOST_SINGLE);
  return [...found, ...gone.map(({ ts }) => ({ ts, what: 'edited' as const, actor: bot }))];
}

async function lookAt(
  searching: Searching,
  place: OpenChannel,
  workspace: string,
  self: Self,
  turn: Paced,
): Promise<void> {
  const { store, settle } = searching;
  const now = await store.now();
  const seen = await recent(searching, place, Math.max(place.openedAt, now - LOOK_BACK_MS), turn);
  const replies = await answered(searching, place, seen, turn);
  const whole = { ...seen, messages: [...seen.messages, ...replies] };
  const taken = await store.takenFrom(place.incident, place.channel);
  for (const { ts, what, actor } of differences(whole, taken, searching, self)) {
    const where = { workspace, channel: place.channel, ts };
    const key = `missed:${place.channel}:${ts}:${now.toString(36)}`;
    await turn(() => settle({ where, what, key, actor, self }));
  }
}

/**
 * Looks in the channels of open incidents for what happened to messages while nobody heard it: pins
 * that are on no timeline, edits and deletions of entries. Slack repeats an event for a few minutes
 * only, and what waits in a process goes with it.
 *
 * Throws as Slack and the database do; then it may be done again.
 */
async function lookForMissed(searching: Searching, workspace: string, self: Self): Promise<void> {
  const turn = paced(searching);
  for (const place of await searching.store.openChannels(workspace, MOST_CHANNELS)) {
    try {
      await lookAt(searching, place, workspace, self, turn);
    } catch (error) {
      if (!CLOSED.includes(slackCode(error) ?? '')) throw error;
    }
  }
}

/** Looks for it when there is reason to: at the start, after an outage, and now and then all the same. */
export function createCatchUp(searching: Searching) {
  // Nobody heard what happened before this process began.
  let mayHaveMissed = true;
  let rounds = 0;
  return {
    /** Something was heard and could not be written down: more may have gone with other processes. */
    missed(): void {
      mayHaveMissed = true;
    },
    /** One round; throws as Slack and the database do, and then the next one looks again. */
    async look(workspace: string, self: Self): Promise<void> {
      rounds += 1;
      if (!mayHaveMissed && rounds % ANYWAY_EVERY !== 0) return;
      mayHaveMissed = false;
      try {
        await lookForMissed(searching, workspace, self);
      } catch (error) {
        mayHaveMissed = true;
        throw error;
      }
    },
  };
}
