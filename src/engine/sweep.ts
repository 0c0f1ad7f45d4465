import { randomUUID } from 'node:crypto';
import type { Decision, Snapshot, World } from '../domain/decision.ts';
import type { Instant } from '../domain/instant.ts';
import type { Override } from '../domain/schedules/schedule.ts';
import { type Settings, settingsIn } from '../domain/settings.ts';
import type { WakeHint } from '../ports.ts';
import { folded } from './folded.ts';

/** What went off in one transaction, with how late each was. */
export interface FiredTogether {
  readonly late: readonly { name: string; ms: number }[];
  readonly hints: readonly WakeHint[];
}

/** What a batch of due timers came to. */
export interface FiredBatch extends FiredTogether {
  readonly left: number;
  /** Until the next timer is due; null when none waits. */
  readonly nextMs: number | null;
  /** Why incidents could not be fired that are still due. */
  readonly faults: readonly unknown[];
}

type Decide = (snapshot: Snapshot, now: Instant) => Decision;

export interface SweepParts {
  /** Fires what is due and not locked by somebody. */
  readonly fire: (decide: Decide, lane: number) => Promise<FiredBatch>;
  /** Fires one that is due, and queues for its lock. */
  readonly fireWaiting: (decide: Decide) => Promise<FiredTogether>;
  readonly rules: (snapshot: Snapshot, world: World) => Decision;
  readonly settings: Settings;
  /** Who stands in on call in a workspace, as far as is known: for telling who is next. */
  readonly overrides: (workspace: string) => readonly Override[];
  /** Called for every timer that went off, with how late it was. */
  readonly onFired: (name: string, lateMs: number) => void;
  readonly wake: (hint: WakeHint) => void;
  readonly onError: (error: unknown) => void;
  readonly onSwept: (ms: number) => void;
}

/** A batch that left something behind is followed by another, but not for ever in one go. */
const MAX_BATCHES = 200;
const PAUSE_WHEN_LOCKED_MS = 20;
/** So often only locked ones were found: whoever holds them passes the lock on to somebody else. */
const SKIPPED_OFTEN = 15;
/** After so many batches those who are waiting for what fired are woken, though more is due. */
const BATCHES_PER_WAKE = 10;
/** A storm is fired by so many transactions at a time: one is decided while others are written. */
const LANES = [0, 1, 2];
/** A clock that stands still, as a test's may, must not make it spin. */
const LEAST_PAUSE_MS = 5;

const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

/**
 * Fires everything that is due, in however many batches, then returns.
 *
 * It runs until nothing is due rather than until nothing was found: the first batch's incidents
 * may all be locked by people who are acknowledging. Gives the time until the next timer is due.
 */
async function fireAll(
  parts: SweepParts,
  decide: Decide,
  queueForLock: () => void,
  isStopped: () => boolean,
): Promise<number | null> {
  // In a storm, what is due is committed before the first of it is delivered: sending competes
  // with firing for the database, and a ping that is committed is safe.
  const { wake, flush } = gatherHints(parts.wake);
  let batches = 0;
  let skipped = 0;
  const fireBatch = async (lane: number): Promise<FiredBatch> => {
    const fired = await parts.fire(decide, lane);
    for (const { name, ms } of fired.late) parts.onFired(name, ms);
    for (const fault of fired.faults) parts.onError(fault);
    wake(fired.hints);
    batches += 1;
    if (batches % BATCHES_PER_WAKE === 0) flush();
    return fired;
  };
  /** The lanes behind the first one help while they find something; the first one stays to the end. */
  const drain = async (lane: number): Promise<number | null> => {
    while (batches < MAX_BATCHES && !isStopped()) {
      const { late, left, nextMs } = await fireBatch(lane);
      if (left === 0) return nextMs;
      if (late.length > 0) continue;
      if (lane > 0) return null;
      skipped += 1;
      if (skipped % SKIPPED_OFTEN === 0) queueForLock();
      await pause(PAUSE_WHEN_LOCKED_MS);
    }
    return null;
  };
  try {
    const first = await fireBatch(0);
    if (first.left === 0) return first.nextMs;
    const [nextMs = null] = await Promise.all(LANES.map(drain));
    return nextMs;
  } finally {
    flush();
  }
}

/** Many hints as one. */
function gatherHints(tell: SweepParts['wake']) {
  let waiting: WakeHint[] = [];
  return {
    wake: (hints: readonly WakeHint[]): void => void waiting.push(...hints),
    flush(): void {
      if (waiting.length === 0) return;
      const hints = waiting;
      waiting = [];
      tell({
        timers: hints.flatMap(({ timers }) => timers),
        outbox: hints.some(({ outbox }) => outbox),
        work: hints.some(({ work }) => work),
      });
    },
  };
}

/**
 * The everyday path of every timer, and the recovery path too: once a second with jitter, and
 * when the next timer is due, in every replica, with or without a queue. `kick` runs it at once; kicks while it runs are folded
 * into one more run.
 */
export function createSweep(parts: SweepParts, everyMs = 1000) {
  let nextMs: number | null = null;
  let stopped = false;
  const decide: Decide = (snapshot, now) =>
    parts.rules(snapshot, {
      now,
      typedAt: now,
      settings: settingsIn(parts.settings, snapshot.incident.workspace),
      overrides: parts.overrides(snapshot.incident.workspace),
      newId: randomUUID,
    });
  // Beside the sweep: while it stands in a queue, what is not locked goes off in time.
  const queueing = folded(async () => {
    const { late, hints } = await parts.fireWaiting(decide);
    for (const { name, ms } of late) parts.onFired(name, ms);
    for (const hint of hints) parts.wake(hint);
  }, parts.onError);
  const sweep = folded(async () => {
    const began = performance.now();
    nextMs = await fireAll(
      parts,
      decide,
      () => void queueing.kick(),
      () => stopped,
    );
    parts.onSwept(performance.now() - began);
  }, parts.onError);
  let timer: NodeJS.Timeout | undefined;

  function tick(): void {
    void sweep.kick().finally(() => {
      // Replicas that started together must not sweep together.
      const regular = everyMs * (0.8 + Math.random() * 0.4);
      const next = Math.max(LEAST_PAUSE_MS, Math.ceil(nextMs ?? regular));
      if (!stopped) timer = setTimeout(tick, Math.min(regular, next));
    });
  }

  return {
    start: tick,
    kick: sweep.kick,
    async stop(): Promise<void> {
      stopped = true;
      clearTimeout(timer);
      await Promise.all([sweep.stop(), queueing.stop()]);
    },
  };
}

export type Sweep = ReturnType<typeof createSweep>;
