import { setTimeout as pause } from 'node:timers/promises';
import type { WebClient } from '@slack/web-api';
import { StoreUnavailable } from '../../ports.ts';
import { walk } from '../calls.ts';
import { classify, isSlackError } from '../outcome.ts';
import { messageAt } from './look.ts';
import { createCatchUp } from './missed.ts';
import type { RawMessage, Self } from './raw.ts';
import { type Happening, pinnedBy, type Settling, settle } from './settle.ts';

/** What Muster reacts with while it cannot write down what was asked of it. */
const WAITING = 'hourglass_flowing_sand';
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 30_000;
/** How many may wait for the database at once; an outage in which more happen has other troubles. */
const MOST_WAITING = 2000;
/** How often it is looked whether something still waits that no process knows of. */
const LOOK_EVERY_MS = 10 * 60_000;
const PAGE = 200;
/** The newest of Muster's reactions; what waits is young. */
const PAGES = 3;

/** How messages are looked for that nobody told of. */
interface Looking {
  /** Its own, because a rate limit freezes a client as a whole; by default the one of deliveries. */
  readonly client?: WebClient;
  /** Between two calls. */
  readonly paceMs?: number;
  readonly roundEveryMs?: number;
}

/** Whether it may work later: the database or Slack did not do it, and nothing says that they never will. */
function mayWorkLater(error: unknown): boolean {
  if (error instanceof StoreUnavailable) return true;
  if (!isSlackError(error)) return false;
  const verdict = classify(error).type;
  return verdict === 'wait' || verdict === 'unsure';
}

/** One after another for each message, so that this process alone never overtakes itself. */
function createTurns() {
  const last = new Map<string, Promise<void>>();
  return async (name: string, act: () => Promise<void>): Promise<void> => {
    const before = last.get(name) ?? Promise.resolve();
    const mine = before.then(act);
    const settled = mine.catch(() => undefined);
    last.set(name, settled);
    await settled;
    if (last.get(name) === settled) last.delete(name);
    return mine;
  };
}

/** Whether Muster made the channel: then it is an incident's, whatever the database says. */
async function isOurs({ client }: Settling, { where, self }: Happening): Promise<boolean> {
  const { channel } = await client.conversations.info({ channel: where.channel });
  return channel?.creator !== undefined && channel.creator === self.botUserId;
}

/** The mark at a message that waits. Slack keeps it, whatever becomes of this process. */
function waitingMarks(settling: Settling) {
  const { client, log } = settling;
  const change = async (act: 'add' | 'remove', { where }: Pick<Happening, 'where'>) => {
    const { channel, ts: timestamp } = where;
    await client.reactions[act]({ channel, timestamp, name: WAITING }).catch((error: unknown) => {
      if (classify(error).type !== 'done')
        log.info('mark of waiting not changed', { channel, act });
    });
  };
  return {
    /** Only for what people did to have it recorded: most edits are of messages that are no entries. */
    async show(happening: Happening): Promise<void> {
      if (happening.what !== 'added' && happening.what !== 'removed') return;
      const ours = await isOurs(settling, happening).catch(() => false);
      if (ours) await change('add', happening);
    },
    remove: (happening: Pick<Happening, 'where'>) => change('remove', happening),
  };
}

interface Marked {
  readonly items?: readonly {
    readonly type?: string;
    readonly channel?: string;
    readonly message?: RawMessage;
  }[];
  readonly response_metadata?: { readonly next_cursor?: string };
}

/** The messages that Muster has marked as waiting, in whichever process that was. */
async function stillWaiting(
  { client }: Settling,
  self: Self,
): Promise<{ channel: string; ts: string }[]> {
  const found: { channel: string; ts: string }[] = [];
  const user = self.botUserId ?? '';
  await walk<Marked>(
    (cursor) =>
      client.reactions.list({
        ...{ user, limit: PAGE, full: true },
        ...(cursor ? { cursor } : {}),
      }) as Promise<Marked>,
    ({ items = [] }) => {
      for (const { type, channel, message } of items) {
        const waits = message?.reactions?.some(
          ({ name, users = [] }) => name === WAITING && users.includes(user),
        );
        if (type === 'message' && channel && message?.ts && waits)
          found.push({ channel, ts: message.ts });
      }
      return false;
    },
    PAGES,
  );
  return found;
}

interface Rounds {
  readonly settling: Settling;
  readonly once: (happening: Happening) => Promise<void>;
  readonly marks: ReturnType<typeof waitingMarks>;
  readonly catchUp: ReturnType<typeof createCatchUp>;
  readonly signal: AbortSignal;
}

/** Looks for what processes before this one left waiting, and for what nobody heard. Never fails. */
function createRounds({ settling, once, marks, catchUp, signal }: Rounds) {
  const { log, ports } = settling;
  let looksRound = false;

  /** Settles what was marked as waiting and forgotten: its process is gone. */
  async function recover(workspace: string, self: Self): Promise<void> {
    for (const { channel, ts } of await stillWaiting(settling, self)) {
      const where = { workspace, channel, ts };
      const raw = await messageAt(settling, where);
      const [actor = self.botUserId ?? ''] =
        raw === null ? [] : pinnedBy(raw, ports.settings.captureReactions, self);
      const key = `waited:${channel}:${ts}:${(await ports.store.now()).toString(36)}`;
      await once({ where, what: 'waited', key, actor, self });
      await marks.remove({ where });
    }
  }

  return async function lookRound(workspace: string, self: Self): Promise<void> {
    if (looksRound) return;
    looksRound = true;
    try {
      await recover(workspace, self);
      await catchUp.look(workspace, self);
    } catch (error) {
      if (!signal.aborted) log.warn('what waits at messages not looked for', {}, error);
    } finally {
      looksRound = false;
    }
  };
}

/**
 * Messages of incidents' channels and the timeline. Slack tells of a reaction, an edit or a deletion
 * and is answered at once; what cannot be done at once is done later, and waits visibly.
 */
export function createMessages(settling: Settling, looking: Looking = {}) {
  const { log, people, ports } = settling;
  const { client = settling.client, paceMs, roundEveryMs = LOOK_EVERY_MS } = looking;
  const inTurn = createTurns();
  const stopping = new AbortController();
  const { signal } = stopping;
  const marks = waitingMarks(settling);
  let waiting = 0;
  let timer: NodeJS.Timeout | undefined;

  const once = (happening: Happening): Promise<void> => {
    const { workspace, channel, ts } = happening.where;
    return inTurn(`${workspace}:${channel}:${ts}`, () => settle(happening, settling));
  };

  const catchUp = createCatchUp({
    client,
    store: ports.store,
    captureReactions: ports.settings.captureReactions,
    settle: once,
    signal,
    ...(paceMs === undefined ? {} : { paceMs }),
  });

  async function later(happening: Happening): Promise<void> {
    waiting += 1;
    try {
      let ms = FIRST_PAUSE_MS;
      for (;;) {
        await pause(ms, undefined, { signal, ref: false });
        const failure = await once(happening).then(
          () => null,
          (error: unknown) => error,
        );
        if (failure === null) return await marks.remove(happening);
        if (!mayWorkLater(failure)) throw failure;
        ms = Math.min(LONGEST_PAUSE_MS, ms * 2);
      }
    } catch (error) {
      if (!signal.aborted) log.error('message not recorded', { what: happening.what }, error);
    } finally {
      waiting -= 1;
    }
  }

  const rounds = createRounds({ settling, once, marks, catchUp, signal });

  return {
    /** Does what a happening asks for, now or as soon as it can be done. Never fails. */
    async happened(happening: Happening): Promise<void> {
      try {
        await once(happening);
      } catch (error) {
        if (!mayWorkLater(error) || waiting >= MOST_WAITING) {
          catchUp.missed();
          log.error('message not recorded', { what: happening.what }, error);
          return;
        }
        // What waits here goes with this process, and other processes may have gone with theirs.
        catchUp.missed();
        await marks.show(happening);
        void later(happening);
        return;
      }
      await people.refresh(happening.where.workspace, happening.actor);
    },
    /** Looks, now and every few minutes, for what processes before this one have left waiting. */
    async start(workspace: string, self: Self): Promise<void> {
      timer = setInterval(() => void rounds(workspace, self), roundEveryMs);
      timer.unref();
      await rounds(workspace, self);
    },
    stop(): void {
      stopping.abort();
      clearInterval(timer);
    },
  };
}

export type Messages = ReturnType<typeof createMessages>;
