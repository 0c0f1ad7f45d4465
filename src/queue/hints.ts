import { within } from '../deadline.ts';
import type { WakeHint } from '../ports.ts';
import type { Backend, Consumer, NewJob, WakeJob } from './backend.ts';

// A job is a hint: it may be late, early, doubled or gone. The rows decide, and the sweep comes
// by every second anyway. What the queue buys is precision: milliseconds instead of a second, in
// whichever replica is free.

const WAKE = 'muster-wake';
const HEAVY = 'muster-heavy';
/** How long a producer is waited for before the hint is given up: never on the way of an answer. */
const ADD_WITHIN_MS = 1000;
const KEEP = { removeOnComplete: true, removeOnFail: { count: 1000 } } as const;
/** A wake-up this far ahead is added later, by the regular re-hinting: a queue is no calendar. */
const HORIZON_MS = 24 * 60 * 60_000;
/**
 * Whatever is due is fired by whoever is woken first, so an instant needs one job and not one per
 * timer: a storm of a thousand timers is one wake-up. Instants are rounded up to this.
 */
const GRAIN_MS = 50;
const MOST_AT_ONCE = 500;

/** What became of hints. */
export type HintOutcome = 'added' | 'failed' | 'fired' | 'unknown';

export interface HintParts {
  readonly backend: Backend;
  /** Fires what is due. */
  readonly fire: () => Promise<void>;
  /** Does heavy work that is due. */
  readonly work: () => void;
  /** Milliseconds until the timers of the next day are due, in case the queue lost its memory. */
  readonly upcoming: () => Promise<readonly number[]>;
  readonly onHint: (outcome: HintOutcome, count?: number) => void;
  readonly onError: (error: Error) => void;
}

const tooLate = (): Error => new Error('the queue did not answer in time');

/** One wake-up per instant; its id makes the same one twice one job. */
function jobsAt(delays: readonly number[]): NewJob[] {
  const now = Date.now();
  const near = delays.filter((ms) => ms <= HORIZON_MS);
  const instants = near.map((ms) => Math.ceil((now + Math.max(0, ms)) / GRAIN_MS) * GRAIN_MS);
  return [...new Set(instants)].map((at) => ({
    name: 'wake',
    data: { at },
    opts: { ...KEEP, jobId: `at-${at}`, delay: at - now },
  }));
}

/**
 * Fires whatever is due. On a machine whose clock is ahead of the database's nothing is due yet;
 * then the sweep, which knows when the next timer is, comes by at the right time.
 */
async function onWake({ fire, onHint }: HintParts, { data }: WakeJob): Promise<void> {
  if (typeof data.at !== 'number') return onHint('unknown');
  await fire();
  onHint('fired');
}

/** Wake-ups through BullMQ, on either backend. Nothing here is needed for correctness. */
export function createHints(parts: HintParts) {
  const { backend, onHint, onError } = parts;
  const wake = backend.producer(WAKE);
  const heavy = backend.producer(HEAVY);
  const consumers: Consumer[] = [];
  const waiting = new Set<Promise<void>>();

  let stopped = false;

  function send(add: () => Promise<unknown>, count = 1): Promise<void> {
    const sending = within(ADD_WITHIN_MS, Promise.resolve().then(add), tooLate)
      .then(() => onHint('added', count))
      .catch((error: Error) => {
        onHint('failed', count);
        onError(error);
      })
      .finally(() => waiting.delete(sending));
    waiting.add(sending);
    return sending;
  }

  /** One bulk after another, so that hinting a whole day anew does not add forty of them at once. */
  async function addAll(jobs: readonly NewJob[]): Promise<void> {
    for (let n = 0; n < jobs.length && !stopped; n += MOST_AT_ONCE) {
      const some = jobs.slice(n, n + MOST_AT_ONCE);
      await send(() => wake.addBulk(some), some.length);
    }
  }

  return {
    hint({ timers, work }: WakeHint): void {
      void addAll(jobsAt(timers));
      // A fixed id would be ignored while an older job of it is still there: let it choose its own.
      if (work) void send(() => heavy.add('work', {}, KEEP));
    },
    start(): void {
      consumers.push(
        backend.consumer(WAKE, 10, (job) => onWake(parts, job)),
        backend.consumer(HEAVY, 1, async () => parts.work()),
      );
    },
    /** Hints again what is due within a day: at boot, and now and then in case the queue forgot. */
    async rehint(): Promise<void> {
      await addAll(jobsAt(await parts.upcoming()));
    },
    /** Wake-ups that wait to be taken, and those that failed. Rejects when the queue is not there. */
    async counts(): Promise<{ waiting: number; failed: number }> {
      const { waiting = 0, failed = 0 } = await wake.getJobCounts('waiting', 'failed');
      return { waiting, failed };
    },
    /** Stops taking jobs; BullMQ's own close never gives up, so the caller sets the deadline. */
    async stop(): Promise<void> {
      stopped = true;
      await Promise.allSettled(waiting);
      await Promise.all(consumers.map((consumer) => consumer.close()));
      await Promise.all([wake.close(), heavy.close()]);
    },
  };
}

export type Hints = ReturnType<typeof createHints>;
