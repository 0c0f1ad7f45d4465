import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** Seconds, from a healthy second-by-second sweep to an outage of an hour. */
const LATENESS = [0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 900, 3600];
/** Seconds; Slack wants an answer within 3, we promise 2.5. */
const ANSWER = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 1.5, 2, 2.5, 3, 10];

/** What Prometheus is told about. */
export type Metrics = ReturnType<typeof createMetrics>;

/** The metrics of one process, each in a registry of its own; label values are words of ours, never text or ids. */
export function createMetrics() {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  return {
    registry,
    ...timerMetrics(registers),
    ...deliveryMetrics(registers),
    ...journalMetrics(registers),
    findings: new Gauge({
      name: 'muster_findings',
      help: 'What the doctor finds wrong, by check; 0 when it is well.',
      labelNames: ['check'],
      registers,
    }),
    ...webhookMetrics(registers),
    commandSeconds: new Histogram({
      name: 'muster_command_seconds',
      help: 'From receiving a command, a button or a form to its answer, in seconds.',
      labelNames: ['verb', 'outcome'],
      buckets: ANSWER,
      registers,
    }),
    incidentsOpen: new Gauge({
      name: 'muster_incidents_open',
      help: 'Incidents that are neither resolved nor cancelled.',
      registers,
    }),
  };
}

const timerMetrics = (registers: Registry[]) => ({
  timerLateness: new Histogram({
    name: 'muster_timer_lateness_seconds',
    help: 'How long after its due time a timer fired, in seconds.',
    buckets: LATENESS,
    registers,
  }),
  timersOverdue: new Gauge({
    name: 'muster_timers_overdue',
    help: 'Timers due more than 30 seconds ago that have not fired.',
    registers,
  }),
  sweepSeconds: new Histogram({
    name: 'muster_sweep_seconds',
    help: 'How long one sweep over due timers took, in seconds.',
    buckets: ANSWER,
    registers,
  }),
  hints: new Counter({
    name: 'muster_hints_total',
    help: 'Wake-ups sent to the queue or received from it, by what became of them.',
    labelNames: ['outcome'],
    registers,
  }),
});

const deliveryMetrics = (registers: Registry[]) => ({
  outboxPending: new Gauge({
    name: 'muster_outbox_pending',
    help: 'Deliveries to Slack that are waiting.',
    registers,
  }),
  outboxOldest: new Gauge({
    name: 'muster_outbox_oldest_seconds',
    help: 'Age of the oldest waiting delivery, in seconds; 0 when none waits.',
    registers,
  }),
  outboxDead: new Gauge({
    name: 'muster_outbox_dead',
    help: 'Deliveries given up within the last hour.',
    registers,
  }),
  deliveries: new Counter({
    name: 'muster_delivery_total',
    help: 'Deliveries by what they were and what became of them.',
    labelNames: ['type', 'outcome'],
    registers,
  }),
  slackCalls: new Counter({
    name: 'muster_slack_calls_total',
    help: 'Calls of the Slack Web API by method and HTTP status; failed where there was no answer.',
    labelNames: ['method', 'outcome'],
    registers,
  }),
  slackCallSeconds: new Histogram({
    name: 'muster_slack_call_seconds',
    help: 'How long calls of the Slack Web API took, in seconds.',
    labelNames: ['method'],
    buckets: ANSWER,
    registers,
  }),
});

const webhookMetrics = (registers: Registry[]) => ({
  webhookCalls: new Counter({
    name: 'muster_webhook_calls_total',
    help: 'Calls of webhooks by their name, by what they were told and by what became of it.',
    labelNames: ['webhook', 'event', 'outcome'],
    registers,
  }),
  webhookCallSeconds: new Histogram({
    name: 'muster_webhook_call_seconds',
    help: 'How long calls of webhooks took, in seconds.',
    labelNames: ['webhook'],
    buckets: ANSWER,
    registers,
  }),
});

const journalMetrics = (registers: Registry[]) => ({
  journalKept: new Counter({
    name: 'muster_journal_kept_total',
    help: 'Lines that were kept in Slack because the database did not answer.',
    registers,
  }),
  journalImported: new Counter({
    name: 'muster_journal_imported_total',
    help: 'Lines that were taken over from Slack, by what came of them.',
    labelNames: ['outcome'],
    registers,
  }),
  journalWaiting: new Gauge({
    name: 'muster_journal_channels_waiting',
    help: 'Channels in which something may wait to be imported.',
    registers,
  }),
  escalatedWithout: new Counter({
    name: 'muster_escalated_without_database_total',
    help: 'Firings that this process escalated while the database did not answer.',
    registers,
  }),
});
