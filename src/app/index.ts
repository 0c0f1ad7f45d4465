import { type Admin, startAdmin } from '../admin.ts';
import type { Environment } from '../config/environment.ts';
import { createBreaker } from '../db/breaker.ts';
import { createInstallStates } from '../db/install-states.ts';
import { createInstallations } from '../db/installations.ts';
import { createSealer } from '../db/sealing.ts';
import { createStore } from '../db/store.ts';
import type { Settings } from '../domain/settings.ts';
import { refusalReply } from '../domain/views/refusal.ts';
import { throttled } from '../handle/throttling.ts';
import { handle } from '../handle.ts';
import { createHealth, type Health, healthRoutes } from '../health.ts';
import type { Journal, Ways } from '../journal/index.ts';
import type { Log } from '../log.ts';
import { createMetrics, type Metrics } from '../metrics.ts';
import type { Ports } from '../ports.ts';
import { createSlackEdge, type SlackConfig, type SlackEdge } from '../slack/app.ts';
import { type Database, openDatabase } from './database.ts';
import { createDelivering, type WebhookAccess } from './delivering.ts';
import { createDoctoring, type Doctoring } from './doctor.ts';
import { createJournaling, type WithoutDatabase } from './journal.ts';
import { createMachinery } from './machinery.ts';
import { needsOf } from './needs.ts';
import { timed } from './timed.ts';
import { watch } from './watch.ts';

export interface AppOptions {
  readonly environment: Environment;
  readonly settings: Settings;
  readonly log: Log;
  /** How often timers are looked at without being woken. */
  readonly sweepEveryMs?: number;
  /** How often Muster looks at itself for what the doctor finds. */
  readonly auditEveryMs?: number;
  /** Between the parts of one long message; Slack's own pace unless given. */
  readonly partPauseMs?: number;
  /** What is needed to call the configured webhooks; without it they cannot be called. */
  readonly webhooks?: WebhookAccess;
  /** How soon clocks fire without the database, where the environment wants that. */
  readonly withoutDatabase?: WithoutDatabase;
  /** How long a question to the database may take; in time for Slack unless given. */
  readonly answerWithinMs?: number;
}

export interface RunningApp {
  readonly port: number;
  readonly adminPort: number;
  /** Takes nothing new, finishes what is under way, stops the database last. Ten seconds at most. */
  stop(): Promise<void>;
}

const EDGE_STOP_MS = 3000;

/** How long a line may take that was found to be slow, and not lost. */
const PATIENCE_MS = 12_000;

/** A whole line is a few questions: the place, the change, the reply. */
const LINE_WITHIN_MS = 1800;

const waysOf = (ports: Ports, patient: Ports, answerWithinMs = 0): Ways => ({
  withinMs: Math.max(LINE_WITHIN_MS, answerWithinMs),
  swiftly: (input) => handle(input, ports),
  patiently: (input) => handle(input, patient),
  ask: patient.store.now,
});

/** Who may be served, and where that is remembered. */
function slackOf({ slack, host, port }: Environment, { commands }: Database): SlackConfig {
  if (!('oauth' in slack)) return { ...slack, host, port };
  const installations = createInstallations(commands, createSealer(slack.oauth.keys));
  const states = createInstallStates(commands);
  return { ...slack, host, port, oauth: { ...slack.oauth, installations, states } };
}

const createEdge = (
  config: SlackConfig,
  ports: Ports,
  ways: Ways,
  health: Health,
  metrics: Metrics,
  doctoring: Doctoring,
  journal: Journal,
  log: Log,
): SlackEdge =>
  createSlackEdge({
    config,
    ports,
    log,
    handle: timed(
      throttled((line) => journal.handle(line, ways), ports),
      metrics,
    ),
    keep: journal.keep,
    onCall: (method, outcome, seconds, date) => {
      doctoring.slackSaid(date);
      metrics.slackCalls.inc({ method, outcome });
      metrics.slackCallSeconds.observe({ method }, seconds);
    },
    routes: healthRoutes(health),
    onHealth: (state, note) => health.set('slack', state, note),
  });

/**
 * What runs once database and Slack are there; until then commands are answered and nothing is sent.
 * True as soon as everything is there, false when stopped before.
 */
async function startWhenReady(
  { database, machinery, doctoring, journal, edge }: ReturnType<typeof assemble>,
  stopped: AbortSignal,
  begin: () => void,
): Promise<boolean> {
  if (!(await database.migrated(stopped))) return false;
  await doctoring.begin(stopped);
  await journal.start();
  machinery.start();
  if (!(await edge.ready())) return false;
  // With several workspaces the findings are the operator's, and no administrator's of one of them.
  const identity = await edge.one?.identity();
  doctoring.tellIn(identity ? { workspace: identity.workspace } : 'the log');
  // Pings go out although nothing comes in; but only who is heard, too, is ready.
  begin();
  return edge.heard();
}

/** The parts, each handed what it needs; nothing runs yet. */
function assemble(options: AppOptions, database: Database, health: Health) {
  const { environment, settings, log, sweepEveryMs = 1000, partPauseMs: pauseMs = 1100 } = options;
  const { auditEveryMs: everyMs = 30_000, webhooks = { keys: {} }, withoutDatabase = {} } = options;
  const metrics = createMetrics();
  const breaker = createBreaker();
  const rules = { needsOf, refuse: refusalReply };
  const store = createStore(database.commands, rules, options.answerWithinMs, breaker);
  const delivering = createDelivering({ database, settings, webhooks, log, metrics, pauseMs });
  const machinery = createMachinery({
    database,
    redisUrl: environment.redisUrl,
    store,
    settings,
    deliver: delivering.deliver,
    log,
    metrics,
    sweepEveryMs,
    beforeFiring: () => journal.beforeFiring(),
    onAway: () => journal.noticed(),
  });
  const shared = { environment, database, machinery, settings, metrics, health, log };
  const doctoring = createDoctoring({ ...shared, everyMs });
  const { doctor } = doctoring;
  const { overrides, wake } = machinery;
  const ports: Ports = { store, settings, doctor, overrides, wake };
  const escalating = environment.escalateWithoutDatabase ? withoutDatabase : null;
  const { journal, slackIs } = createJournaling({
    ...{ ...shared, ports, breaker, escalating, pauseMs },
    several: 'oauth' in environment.slack,
  });
  const remembered = { ...ports, store: journal.remembering(store) };
  const waiting = createStore(database.commands, rules, PATIENCE_MS);
  const patient = { ...ports, store: journal.remembering(waiting) };
  const ways = waysOf(remembered, patient, options.answerWithinMs);
  const edge = createEdge(
    slackOf(environment, database),
    remembered,
    ways,
    health,
    metrics,
    doctoring,
    journal,
    log,
  );
  doctoring.askSlack(edge);
  slackIs(edge);
  return { ...shared, delivering, doctoring, journal, edge };
}

/**
 * The one place where the parts meet. Everything else is handed what it needs.
 *
 * It resolves as soon as requests are taken; a database or a Slack that is not there yet is waited
 * for in the background, and /readyz says so.
 */
export async function startApp(options: AppOptions): Promise<RunningApp> {
  const { environment, log } = options;
  const health = createHealth(['database', 'slack', 'sweep'], Date.now);
  const stopping = new AbortController();
  const database = await openDatabase(environment, log);
  const parts = assemble(options, database, health);
  const { machinery, metrics, delivering, doctoring, journal, edge } = parts;
  const watching = watch(parts);
  let admin: Admin | undefined;

  async function stop(): Promise<void> {
    stopping.abort();
    health.set('slack', 'down', 'stopping');
    await edge.stop(EDGE_STOP_MS);
    watching.stop();
    await doctoring.stop();
    await journal.stop();
    await Promise.allSettled([machinery.stop(), admin?.stop()]);
    await database.stop();
    log.info('stopped');
  }

  try {
    admin = await startAdmin({
      port: environment.adminPort,
      registry: metrics.registry,
      details: () => health.details(),
      doctor: doctoring.text,
    });
    const { port } = await edge.start();
    const { signal } = stopping;
    startWhenReady(parts, signal, () => delivering.slackIsReady(edge.workspaces)).then(
      (isReady) => {
        if (isReady) log.info('ready', { port });
      },
      (error: unknown) => log.error('start failed', {}, error),
    );
    log.info('listening', { port, adminPort: admin.port });
    return { port, adminPort: admin.port, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
