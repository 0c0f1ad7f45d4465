import { createStore } from '../db/store.ts';
import { orNull } from '../deadline.ts';
import { type Settings, settingsIn } from '../domain/settings.ts';
import { refusalReply } from '../domain/views/refusal.ts';
import { keepingInside } from '../engine/following.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { Delivered, Delivery } from '../ports.ts';
import { createDeliverer } from '../slack/deliver.ts';
import type { Served } from '../slack/served.ts';
import type { Workspaces } from '../slack/workspaces.ts';
import { createWebhookDeliverer } from '../webhooks/deliver.ts';
import { createSend } from '../webhooks/send.ts';
import type { Database } from './database.ts';
import { needsOf } from './needs.ts';

/** How systems outside of Slack are reached. */
export interface WebhookAccess {
  /** The keys of the configured webhooks, by the environment variables that hold them. */
  readonly keys: Readonly<Record<string, string>>;
  /** A certificate authority to trust besides the usual ones, as PEM. */
  readonly ca?: string;
}

export interface DeliveringParts {
  readonly database: Database;
  readonly settings: Settings;
  readonly webhooks: WebhookAccess;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly pauseMs: number;
}

/** A delivery may wait longer for its facts than a person for an answer. */
const WITHIN_MS = 10_000;

type Deliver = (delivery: Delivery) => Promise<Delivered>;

/** At a start Slack answers within moments: a row is held that long before it is given back. */
const READY_WITHIN_MS = 2000;
/** Nobody can be told anything before Slack has said who we are; deliveries wait without failing. */
const NOT_YET = {
  type: 'wait',
  ms: 1000,
  scope: 'workspace',
  reason: 'Slack has not said who we are',
} as const satisfies Delivered;

/**
 * Its tokens are wiped; what waits goes out when it installs Muster again. Not for long at a time: a
 * replica may find this a moment after another one has let everything go.
 */
const NOT_INSTALLED = {
  type: 'wait',
  ms: 5000,
  scope: 'workspace',
  reason: 'Muster is not installed in this workspace',
} as const satisfies Delivered;

/**
 * Carries each delivery to where it goes. What goes to Slack waits until Slack has said who we
 * are; webhooks wait for nobody.
 */
export function createDelivering({ database, settings, webhooks, ...parts }: DeliveringParts) {
  const { log, metrics, pauseMs } = parts;
  // The engine's pool: deliveries must not take connections from people who wait for an answer.
  const store = createStore(database.engine, { needsOf, refuse: refusalReply }, WITHIN_MS);
  const webhooksOf = (own: Settings): Deliver =>
    createWebhookDeliverer({
      store,
      settings: own,
      keys: webhooks.keys,
      send: createSend(webhooks.ca === undefined ? {} : { ca: webhooks.ca }),
      now: Date.now,
      onCall: (webhook, event, outcome, seconds) => {
        metrics.webhookCalls.inc({ webhook, event, outcome });
        metrics.webhookCallSeconds.observe({ webhook }, seconds);
        if (outcome !== 'done') log.warn('webhook not called', { webhook, event, outcome });
      },
    });
  /** By the settings that they are called with: a workspace's own, or those of all. */
  const callers = new WeakMap<Settings, Deliver>();
  const toWebhook: Deliver = (delivery) => {
    const own = settingsIn(settings, delivery.workspace);
    const call = callers.get(own) ?? webhooksOf(own);
    callers.set(own, call);
    return call(delivery);
  };
  let slackIs: (workspaces: Workspaces) => void = () => undefined;
  const ready = new Promise<Workspaces>((resolve) => {
    slackIs = resolve;
  });
  const deliverers = new WeakMap<Served, Promise<Deliver | null>>();

  async function build({ client, identity }: Served): Promise<Deliver | null> {
    const who = await identity();
    if (who === null) return null;
    const { workspace, botUserId } = who;
    const own = settingsIn(settings, workspace);
    return createDeliverer({ client, store, settings: own, botUserId, log, pauseMs });
  }
  const delivererIn = (served: Served): Promise<Deliver | null> => {
    const known = deliverers.get(served) ?? build(served);
    deliverers.set(served, known);
    return known;
  };
  const toSlack: Deliver = async (delivery) => {
    const workspaces = await orNull(READY_WITHIN_MS, ready);
    if (workspaces === null) return NOT_YET;
    const served = await workspaces.of(delivery.workspace);
    if (served === null) return NOT_INSTALLED;
    const deliver = await delivererIn(served);
    return deliver === null ? NOT_INSTALLED : deliver(delivery);
  };
  return {
    deliver: keepingInside(store, (delivery) =>
      delivery.to.type === 'webhook' ? toWebhook(delivery) : toSlack(delivery),
    ),
    /** From now on Slack is written to. */
    slackIsReady: (workspaces: Workspaces): void => slackIs(workspaces),
  };
}
