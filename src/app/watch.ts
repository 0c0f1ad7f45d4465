import { createInbound } from '../db/inbound.ts';
import type { Vitals } from '../db/vitals.ts';
import { within } from '../deadline.ts';
import type { Health } from '../health.ts';
import type { Journal } from '../journal/index.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { Database } from './database.ts';
import type { Doctoring } from './doctor.ts';
import type { Machinery } from './machinery.ts';

export interface WatchParts {
  readonly machinery: Machinery;
  readonly database: Database;
  readonly doctoring: Doctoring;
  readonly journal: Pick<Journal, 'state'>;
  readonly health: Health;
  readonly metrics: Metrics;
  readonly log: Log;
}

const EVERY_MS = 5000;
const PURGE_EVERY_MS = 60 * 60_000;
/** A sweep comes every second; one that has not finished for this long is stuck. */
const SWEEP_STALLED_MS = 15_000;
const OUTBOX_OLD_SECONDS = 60;

/** PostgreSQL that is frozen neither answers nor refuses. */
const ANSWER_WITHIN_MS = 2000;

const answered = <T>(what: Promise<T>): Promise<T> =>
  within(ANSWER_WITHIN_MS, what, () => new Error('no answer within 2 s'));

/** Degraded with a note, or well without one. */
const tell = (health: Health, name: string, note: string | null): void =>
  health.set(name, note === null ? 'ok' : 'degraded', note ?? '');

function judge({ health, metrics }: WatchParts, vitals: Vitals): void {
  const { overdue, outbox, oldestSeconds, dead, gated, open } = vitals;
  metrics.timersOverdue.set(overdue);
  metrics.outboxPending.set(outbox);
  metrics.outboxOldest.set(oldestSeconds);
  metrics.outboxDead.set(dead);
  metrics.incidentsOpen.set(open);
  health.set('database', 'ok');
  tell(health, 'timers', overdue > 0 ? `${overdue} timers are overdue by more than 30 s` : null);
  const old =
    oldestSeconds > OUTBOX_OLD_SECONDS
      ? `the oldest waits for ${Math.round(oldestSeconds)} s`
      : null;
  const given = dead > 0 ? `${dead} given up within the last hour` : null;
  tell(health, 'deliveries', gated === null ? (old ?? given) : `Slack refuses all: ${gated}`);
}

/** What is kept in Slack, and for how long the database has been away. */
function judgeJournal({ journal, health, metrics }: WatchParts): void {
  const { since, waiting } = journal.state();
  metrics.journalWaiting.set(waiting);
  const away =
    since === null ? null : `the database is away since ${new Date(since).toISOString()}`;
  const kept = waiting === 0 ? null : `${waiting} channels may hold lines that wait to be imported`;
  tell(health, 'journal', [away, kept].filter((one) => one !== null).join('; ') || null);
}

/** The queue was emptied, or is new: what it should know is told it at once. */
function hintAnew({ machinery, log }: WatchParts): void {
  log.info('queue knows no hints');
  machinery.hints.rehint().catch((error: unknown) => log.warn('could not hint again', {}, error));
}

async function look(parts: WatchParts): Promise<void> {
  const { machinery, doctoring, health, log } = parts;
  const stalled = Date.now() - machinery.lastSweepAt() > SWEEP_STALLED_MS;
  health.set('sweep', stalled ? 'down' : 'ok', stalled ? 'no sweep finished for 15 s' : '');
  try {
    judge(parts, await answered(machinery.vitals.read()));
    await answered(doctoring.beat());
  } catch (error) {
    health.set('database', 'down', 'PostgreSQL does not answer');
    log.error('database does not answer', {}, error);
  }
  judgeJournal(parts);
  // Without the queue timers still fire, by the sweep: worse by a second, not broken.
  try {
    const remembers = await answered(machinery.backend.remembers());
    health.set('queue', 'ok');
    if (!remembers) hintAnew(parts);
  } catch {
    health.set('queue', 'degraded', 'timers fire by the sweep alone');
  }
}

/** Looks at itself every few seconds, for /readyz and for Prometheus, and forgets old requests. */
export function watch(parts: WatchParts): { stop(): void } {
  const looking = setInterval(() => void look(parts), EVERY_MS);
  const inbound = createInbound(parts.database.engine);
  const purging = setInterval(() => {
    inbound.purge().catch((error: unknown) => parts.log.warn('purge failed', {}, error));
  }, PURGE_EVERY_MS);
  const first = setTimeout(() => void look(parts), 1000);
  return {
    stop(): void {
      clearInterval(looking);
      clearInterval(purging);
      clearTimeout(first);
    },
  };
}
