import { setTimeout as pause } from 'node:timers/promises';
import { orNull, within } from '../deadline.ts';
import { type Handled, type Input, understood } from '../handle.ts';
import { type Store, StoreUnavailable } from '../ports.ts';
import { type Furniture, furnish } from './furniture.ts';
import type { JournalParts } from './parts.ts';
import { createRounds, HOLD_MS, late } from './rounds.ts';

const BEAT_MS = 5000;
/** While it is away, so that it is noticed at once when it is back. */
const KNOCK_MS = 500;
const STOP_WITHIN_MS = 1500;
/** A database that answers this within its time is slow or busy, and not away. */
const ALIVE_WITHIN_MS = 300;
/** Whoever asked a slow database was told long ago that the answer follows. */
const PATIENT_WITHIN_MS = 15_000;

/** A line may be done in two ways; both have its key, so that it is done once. */
export interface Ways {
  /** A whole line; what is left of Slack's three seconds is for keeping it. Milliseconds. */
  readonly withinMs: number;
  /** In time for Slack, or not at all. */
  readonly swiftly: (input: Input) => Promise<Handled>;
  /** However long a slow database takes. */
  readonly patiently: (input: Input) => Promise<Handled>;
  /** Asks the database something that costs nothing. */
  readonly ask: () => Promise<unknown>;
}

const isSlow = (error: unknown): boolean =>
  error instanceof StoreUnavailable && (error.why === 'late' || error.why === 'busy');

/** Does a line however long it takes, and again where a lock was not to be had in time. */
async function waitedFor(input: Input, { patiently, ask }: Ways): Promise<Handled> {
  const until = performance.now() + PATIENT_WITHIN_MS;
  for (;;) {
    try {
      return await within(PATIENT_WITHIN_MS, patiently(input), late);
    } catch (error) {
      const isOver = performance.now() > until;
      if (isOver || !isSlow(error) || !(await answers(ask))) throw error;
      await pause(100);
    }
  }
}

const answers = (ask: Ways['ask']): Promise<boolean> =>
  orNull(
    ALIVE_WITHIN_MS,
    ask().then(() => true),
  ).then((answered) => answered === true);

/** The same store, whose incidents are remembered as they go by. */
const remembering =
  ({ memory }: Furniture) =>
  <T extends Pick<Store, 'change' | 'inChannel'>>(store: T): T => ({
    ...store,
    async change(...asked: Parameters<Store['change']>) {
      const outcome = await store.change(...asked);
      if (outcome.incident) memory.saw(outcome.incident);
      return outcome;
    },
    async inChannel(...asked: Parameters<Store['inChannel']>) {
      const incident = await store.inChannel(...asked);
      if (incident) memory.saw(incident);
      return incident;
    },
  });

/**
 * Journal mode: what people type while the database is away is kept in Slack, in the channels that
 * it is about, and imported once when it is back.
 */
export function createJournal(parts: JournalParts) {
  const furniture = furnish(parts);
  const { outage, unnumbered, touched, recovery, keep } = furniture;
  const rounds = createRounds(parts, furniture);
  const stopping = new AbortController();
  const { signal } = stopping;

  async function go(): Promise<void> {
    while (!signal.aborted) {
      await rounds.look();
      const waits = outage.isOn() || !recovery.isEmpty() || touched.size > 0;
      const ms = waits ? KNOCK_MS : BEAT_MS;
      await pause(ms, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  const isOpening = ({ text, actor }: Input): boolean => {
    const line = understood({ text, actor }, parts.ports.settings);
    const intent = line.ok ? line.value.intent : null;
    return intent?.type === 'change' && intent.action.type === 'open';
  };

  return {
    /**
     * Does a line with the database; throws `StoreUnavailable` where it does not answer in time.
     * A line that opens an incident waits for a database that is only slow: a channel made beside
     * it would be a second one, while any other line may be kept and done, and is done once.
     */
    async handle(input: Input, ways: Ways): Promise<Handled> {
      const { swiftly, withinMs, ask } = ways;
      // Its incident gets its number first.
      if (unnumbered.has(input.channel)) throw late();
      try {
        return await within(withinMs, swiftly(input), late);
      } catch (error) {
        if (!isSlow(error) || !isOpening(input) || !(await answers(ask))) throw error;
        return await waitedFor(input, ways);
      }
    },
    /** Does without the database what can be done: kept, or answered from memory; else null. */
    keep(input: Input, receivedAt: number): Promise<Handled | null> {
      outage.began();
      return keep(input, outage.toInstant(receivedAt));
    },
    remembering: remembering(furniture),
    /** Before clocks fire: after an outage, until it is known what may have stopped them. */
    async beforeFiring(): Promise<void> {
      if (outage.isOn() && !(await rounds.reach())) throw late();
      await rounds.held();
    },
    /** The database was found to be away, by somebody who had nothing to keep. */
    noticed: outage.began,
    /** Once the database has its tables: looks for what others have kept, then goes on looking. */
    async start(): Promise<void> {
      await Promise.race([rounds.look(), pause(HOLD_MS, undefined, { ref: false })]);
      void go();
    },
    state: () => ({ since: outage.since(), waiting: recovery.size() + touched.size }),
    async stop(): Promise<void> {
      stopping.abort();
      const holdsSomething = outage.isOn() || !recovery.isEmpty() || touched.size > 0;
      // Otherwise whoever comes next finds out when it was that we fell silent.
      const leaving = holdsSomething ? null : parts.replicas.leave();
      await orNull(STOP_WITHIN_MS, Promise.allSettled([rounds.imported(), leaving]));
    },
  };
}

export type Journal = ReturnType<typeof createJournal>;
