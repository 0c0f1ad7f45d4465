import { hostname } from 'node:os';
import { createFire, createFireWaiting } from '../db/fire.ts';
import { createOutbox } from '../db/outbox.ts';
import { readOverrides } from '../db/overrides.ts';
import type { createStore } from '../db/store.ts';
import { understood } from '../db/unavailable.ts';
import { createVitals } from '../db/vitals.ts';
import { createWork } from '../db/work.ts';
import { orNull } from '../deadline.ts';
import { fire } from '../domain/decide/index.ts';
import type { Settings } from '../domain/settings.ts';
import { createDispatcher } from '../engine/dispatcher.ts';
import { createDrafting } from '../engine/drafting.ts';
import { createKnownOverrides } from '../engine/known-overrides.ts';
import { createSweep, type SweepParts } from '../engine/sweep.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import { type Delivered, type Delivery, StoreUnavailable, type WakeHint } from '../ports.ts';
import type { Backend } from '../queue/backend.ts';
import { connectQueue } from '../queue/connect.ts';
import { createHints } from '../queue/hints.ts';
import type { Database } from './database.ts';

export interface MachineryParts {
  readonly database: Database;
  readonly redisUrl: string | null;
  readonly store: ReturnType<typeof createStore>;
  readonly settings: Settings;
  readonly deliver: (delivery: Delivery) => Promise<Delivered>;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly sweepEveryMs: number;
  /** Waited for before clocks fire; they do not while it fails. */
  readonly beforeFiring: () => Promise<void>;
  /** Called when clocks could not fire because the database was not there. */
  readonly onAway: () => void;
}

const REHINT_EVERY_MS = 5 * 60_000;
const QUEUE_STOP_MS = 4000;
const DELIVERY_STOP_MS = 3000;

function createOutward({ database, deliver, log, metrics }: MachineryParts) {
  const outbox = createOutbox(database.engine, `${hostname()}:${crypto.randomUUID()}`);
  const dispatcher = createDispatcher({
    ...outbox,
    deliver,
    onDelivered: ({ id, what, attempts }, delivered) => {
      metrics.deliveries.inc({ type: what.type, outcome: delivered.type });
      if (delivered.type !== 'done') {
        log.warn('not delivered', { row: id, outcome: delivered.type, attempts });
      }
    },
    onError: (error, delivery) => log.error('delivery failed', { row: delivery?.id }, error),
  });
  return { outbox, dispatcher };
}

const createDraftingOf = ({ database, store, settings, log }: MachineryParts, kick: () => void) =>
  createDrafting({
    ...createWork(database.engine),
    report: store.report,
    newest: store.draft,
    settings,
    onDrafted: (incident, version, ms) => {
      log.info('draft composed', { incident, version, ms: Math.round(ms) });
      kick();
    },
    onError: (error, incident) => log.error('draft failed', { incident }, error),
  });

const createOverridesOf = ({ database, log }: MachineryParts) =>
  createKnownOverrides({
    read: () => readOverrides(database.engine),
    onError: (error) => log.warn('overrides not read', {}, error),
  });

function connectQueueOf({ redisUrl, database, log }: MachineryParts): Backend {
  const backend = connectQueue(redisUrl, database.url, (error) =>
    log.warn('queue trouble', { backend: backend.name }, error),
  );
  return backend;
}

const isAway = (error: unknown): boolean => {
  const known = understood(error);
  return known instanceof StoreUnavailable && known.why !== 'busy';
};

function firing({
  database,
  beforeFiring,
  onAway,
}: MachineryParts): Pick<SweepParts, 'fire' | 'fireWaiting'> {
  const fireBatch = createFire(database.engine);
  return {
    async fire(...batch) {
      await beforeFiring();
      try {
        return await fireBatch(...batch);
      } catch (error) {
        if (isAway(error)) onAway();
        throw error;
      }
    },
    fireWaiting: createFireWaiting(database.engine),
  };
}

const reporting = ({ metrics, log }: MachineryParts): Pick<SweepParts, 'onFired' | 'onError'> => ({
  onFired: (name, lateMs) => {
    metrics.timerLateness.observe(lateMs / 1000);
    log.info('timer fired', { timer: name, lateMs: Math.round(lateMs) });
  },
  onError: (error) => log.error('sweep failed', {}, error),
});

/**
 * What runs by itself: sweep, hints, deliveries, drafts.
 *
 * `wake` is told what a change committed and wakes whoever has something to do; nothing depends
 * on its being heard.
 */
export function createMachinery(parts: MachineryParts) {
  const { database, settings, log, metrics } = parts;
  const { outbox, dispatcher } = createOutward(parts);
  const drafting = createDraftingOf(parts, dispatcher.kick);
  const [backend, overrides] = [connectQueueOf(parts), createOverridesOf(parts)];
  const vitals = createVitals(database.engine);
  let lastSweepAt = Date.now();
  let started = false;
  const sweep = createSweep(
    {
      ...firing(parts),
      rules: fire,
      settings,
      overrides: overrides.of,
      wake,
      ...reporting(parts),
      onSwept: (ms) => {
        lastSweepAt = Date.now();
        metrics.sweepSeconds.observe(ms / 1000);
        dispatcher.kick();
        void drafting.kick();
        overrides.look();
      },
    },
    parts.sweepEveryMs,
  );
  const hints = createHints({
    backend,
    fire: sweep.kick,
    work: () => void drafting.kick(),
    upcoming: vitals.upcoming,
    onHint: (outcome, count = 1) => metrics.hints.inc({ outcome }, count),
    onError: (error) => log.debug('hint lost', { reason: error.name }),
  });

  function wake(hint: WakeHint): void {
    // Before the start old deliveries may still have to be held back.
    if (hint.outbox && started) dispatcher.kick();
    if (hint.timers.some((ms) => ms <= 0)) void sweep.kick();
    hints.hint(hint);
  }

  let rehinting: NodeJS.Timeout | undefined;
  const rehint = (): Promise<void> =>
    hints.rehint().catch((error: unknown) => log.warn('could not hint again', {}, error));

  return {
    wake,
    vitals,
    backend,
    overrides,
    lastSweepAt: () => lastSweepAt,
    hints,
    /** Fires what is due, now. */
    sweepNow: sweep.kick,
    start(): void {
      started = true;
      sweep.start();
      hints.start();
      void rehint();
      rehinting = setInterval(() => void rehint(), REHINT_EVERY_MS);
    },
    /** Stops taking work, lets what is under way finish within its deadline, gives the leases back. */
    async stop(): Promise<void> {
      clearInterval(rehinting);
      await Promise.all([
        orNull(DELIVERY_STOP_MS, sweep.stop()),
        orNull(DELIVERY_STOP_MS, dispatcher.stop()),
        orNull(DELIVERY_STOP_MS, drafting.stop()),
        orNull(QUEUE_STOP_MS, hints.stop()),
      ]);
      await orNull(1000, outbox.release());
      await orNull(QUEUE_STOP_MS, backend.close());
    },
  };
}

export type Machinery = ReturnType<typeof createMachinery>;
