import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Environment } from '../config/environment.ts';
import { createMending } from '../db/mending.ts';
import { createPulse, type Pulse, type Telling, type Told } from '../db/pulse.ts';
import { orNull } from '../deadline.ts';
import {
  CHECKS,
  checkNamed,
  type Facts,
  type Finding,
  findingId,
  isOfMuster,
} from '../domain/doctor/index.ts';
import type { Settings } from '../domain/settings.ts';
import { doctorAlarm, doctorRelief, doctorText } from '../domain/views/doctor.ts';
import { createAuditor, type Look } from '../engine/auditor.ts';
import type { Health } from '../health.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { Doctor, Mending } from '../ports.ts';
import { ANSWER_WITHIN_MS, createCollecting } from './collecting.ts';
import type { Database } from './database.ts';
import { startHeartbeat } from './heartbeat.ts';
import { createLooking } from './looking.ts';
import type { Machinery } from './machinery.ts';

export interface DoctoringParts {
  readonly environment: Pick<Environment, 'databaseUrl' | 'dataDir' | 'heartbeatUrl'>;
  readonly database: Database;
  readonly machinery: Machinery;
  readonly settings: Settings;
  readonly metrics: Metrics;
  readonly health: Health;
  readonly log: Log;
  /** How often the auditor looks. */
  readonly everyMs: number;
}

const RETRY_MS = 1000;

const SELDOM = CHECKS.filter(({ seldom }) => seldom === true).map(({ name }) => name);

/** Mends what asks for no decision about an incident. */
function createMender({ database, machinery }: DoctoringParts, collect: () => Promise<Facts>) {
  const rows = createMending(database.engine);
  const overdue = async (): Promise<number> => (await collect()).record?.overdue.count ?? 0;
  return async (mending: Mending): Promise<number> => {
    if (mending.how === 'hint') {
      await machinery.hints.rehint();
      return 1;
    }
    if (mending.how === 'fire') {
      const before = await overdue();
      await machinery.sweepNow();
      return Math.max(0, before - (await overdue()));
    }
    const count =
      mending.how === 'try' ? await rows.tryNow(mending.workspace) : await rows.deliveries(mending);
    machinery.wake({ timers: [], outbox: true, work: false });
    return count;
  };
}

/** Readiness and metrics follow what was found; what is watched every few seconds has its own part. */
function report({ metrics, health }: DoctoringParts, findings: readonly Finding[]): void {
  for (const { name } of CHECKS) {
    const count = findings.filter(({ check }) => check.name === name).length;
    metrics.findings.set({ check: name }, count);
  }
  const titles = findings
    .filter(({ check }) => check.weight !== 'hint' && check.watched !== true)
    .map(({ check }) => check.title);
  const note = [...new Set(titles)].join('; ');
  health.set('doctor', note === '' ? 'ok' : 'degraded', note);
}

/** What the administrators are told of findings that are new, and of those that are over. */
const wordsFor =
  (findings: readonly Finding[]) => (news: readonly string[], over: readonly string[]) => {
    const fresh = findings.filter((finding) => news.includes(findingId(finding)));
    const gone = over.flatMap((id) => checkNamed(id.split(':')[0] ?? '') ?? []);
    return [
      ...(fresh.length > 0 ? [doctorAlarm(fresh)] : []),
      ...(gone.length > 0 ? [doctorRelief(gone)] : []),
    ];
  };

/** Where news of Muster as a whole goes: to the administrators, or where there are several workspaces to the log alone. */
type Where = { readonly workspace: string } | 'the log';
const NOBODY = { workspace: '', administrators: [] };

/**
 * Tells the administrators what is new and what is over, in whichever replica sees it first; where
 * there are several workspaces, those of each what is their own.
 */
function createTelling({ settings, machinery, log }: DoctoringParts, pulse: Pulse) {
  async function tell(findings: readonly Finding[], to: Omit<Telling, 'words'>): Promise<Told> {
    const words = wordsFor(findings);
    const told = await pulse.observe(findings.map(findingId), SELDOM, { ...to, words });
    if (told.news.length + told.over.length > 0)
      machinery.wake({ timers: [], outbox: true, work: false });
    return told;
  }
  return async ({ findings, each }: Look, where: Where): Promise<void> => {
    // What is noted under no workspace is told to nobody but the log.
    const { workspace, administrators } =
      where === 'the log' ? NOBODY : { workspace: where.workspace, ...settings };
    const { news, over } = await tell(findings, { workspace, administrators });
    for (const finding of news) log.warn('found', { finding });
    for (const finding of over) log.info('well again', { finding });
    for (const { findings: own, ...of } of each) await tell(own, { ...of, apart: true });
  };
}

/** The doctor, who looks when asked, and the auditor, who looks by itself. */
export function createDoctoring(parts: DoctoringParts) {
  const { environment, database, machinery, log, health, everyMs } = parts;
  const pulse = createPulse(database.engine, `${hostname()}:${crypto.randomUUID().slice(0, 8)}`);
  const collecting = createCollecting(parts);
  const { collect, askSlack, slackSaid } = collecting;
  const { look, glance, audit, everything } = createLooking(collecting);
  const tell = createTelling(parts, pulse);
  const mend = createMender(parts, () => collect(true));
  let where: Where | null = null;
  let alive = false;
  let broken = false;

  const auditor = createAuditor(
    {
      look: audit,
      onLooked: (findings) => {
        // One of several workspaces that is in trouble is no reason to raise the alarm over Muster.
        const grave = where === 'the log' ? findings.filter(isOfMuster) : findings;
        broken = grave.some(({ check }) => check.weight === 'broken');
        report(parts, findings);
      },
      // Who is to be told, and where, is known when Slack has said who we are.
      tell: async (looked) => {
        if (where !== null && alive) await tell(looked, where);
      },
      onError: (error) => log.warn('audit failed', {}, error),
    },
    everyMs,
  );
  const heartbeat = startHeartbeat({
    url: environment.heartbeatUrl,
    isWell: () => alive && !broken && health.ready().status !== 'down',
    log,
  });

  const doctor: Doctor = {
    look: (workspace) => look(workspace),
    glance,
    async mend(mending) {
      const count = await mend(mending);
      const { check, how, by } = mending;
      log.info('repaired', { check, how, by, count });
      return count;
    },
  };

  return {
    doctor,
    slackSaid,
    /** Everything as text, for the command line; `well` when nothing is broken or degraded. */
    async text(): Promise<{ readonly well: boolean; readonly lines: readonly string[] }> {
      const { findings, facts, each } = await everything();
      const well = findings.every(({ check }) => check.weight === 'hint');
      return { well, lines: doctorText(findings, facts, each) };
    },
    /** From now on Slack is asked too. */
    askSlack,
    /** Where the administrators are told. */
    tellIn(told: Where): void {
      where = told;
    },
    /** Before anything is sent: holds back what is too old to be said unasked, then begins to look. */
    async begin(stopped: AbortSignal): Promise<void> {
      while (!alive && !stopped.aborted) {
        try {
          const held = await pulse.hold();
          if (held > 0) log.warn('deliveries held back', { count: held });
          alive = true;
        } catch (error) {
          log.warn('could not look for old deliveries', { retryMs: RETRY_MS }, error);
          await sleep(RETRY_MS, undefined, { signal: stopped }).catch(() => undefined);
        }
      }
      auditor.start();
    },
    /** Says that this replica lives; nothing before `begin`. */
    beat: async (): Promise<void> => {
      if (alive) await pulse.beat(Date.now() - machinery.lastSweepAt());
    },
    async stop(): Promise<void> {
      heartbeat.stop();
      await auditor.stop();
      if (alive) await orNull(ANSWER_WITHIN_MS, pulse.leave());
      alive = false;
    },
  };
}

export type Doctoring = ReturnType<typeof createDoctoring>;
