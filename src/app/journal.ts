import { randomUUID } from 'node:crypto';
import type { Breaker } from '../db/breaker.ts';
import { createFireAsOf } from '../db/fire-as-of.ts';
import { createKnown } from '../db/known.ts';
import { createReplicas } from '../db/replicas.ts';
import { outboxKey } from '../db/write.ts';
import { fire } from '../domain/decide/index.ts';
import type { Decision, Snapshot } from '../domain/decision.ts';
import type { Instant } from '../domain/instant.ts';
import type { Health } from '../health.ts';
import { createJournal, type Journal } from '../journal/index.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { Delivered, Delivery, Ports, Posts, Store } from '../ports.ts';
import type { SlackEdge } from '../slack/app.ts';
import { createDeliverer } from '../slack/deliver.ts';
import { createSlate } from '../slack/slate.ts';
import type { Slate } from '../slate.ts';
import type { Database } from './database.ts';

/** How soon a replica escalates without the database, in milliseconds. */
export interface WithoutDatabase {
  readonly afterMs?: number;
  readonly jitterMs?: number;
  readonly takeOverMs?: number;
}

export interface JournalingParts {
  readonly database: Database;
  readonly ports: Ports;
  readonly breaker: Breaker;
  /** Null: clocks wait for the database. */
  readonly escalating: WithoutDatabase | null;
  readonly health: Health;
  readonly metrics: Metrics;
  readonly log: Log;
  readonly pauseMs: number;
}

/** What is written to before it is there: requests do not come before the edge. */
function lateEdge() {
  let set: (edge: SlackEdge) => void = () => undefined;
  const edge = new Promise<SlackEdge>((resolve) => {
    set = resolve;
  });
  return { edge, set: (ready: SlackEdge): void => set(ready) };
}

function lateSlate(edge: Promise<SlackEdge>, log: Log): Slate {
  const slate = edge.then(({ client, identity }) => createSlate(client, identity, log));
  return {
    write: async (...what) => (await slate).write(...what),
    since: async (...what) => (await slate).since(...what),
    settle: async (...what) => (await slate).settle(...what),
    channels: async () => (await slate).channels(),
    isOurs: async (channel) => (await slate).isOurs(channel),
    named: async (channel) => (await slate).named(channel),
    open: async (...what) => (await slate).open(...what),
    zoneOf: async (user) => (await slate).zoneOf(user),
  };
}

/** Slack's deliverer with memory in place of the database. */
function deliverFrom(edge: Promise<SlackEdge>, { ports, log, pauseMs }: JournalingParts) {
  const { settings } = ports;
  return (store: Store & Posts) => {
    const deliverer = edge.then(async ({ client, identity }) => {
      const known = await identity();
      if (known === null) throw new Error('stopped before Slack said who we are');
      return createDeliverer({ client, store, settings, botUserId: known.botUserId, log, pauseMs });
    });
    deliverer.catch(() => undefined);
    return async (delivery: Delivery): Promise<Delivered> => (await deliverer)(delivery);
  };
}

function createFiring({ database, ports }: JournalingParts) {
  const rules = (snapshot: Snapshot, now: Instant): Decision => {
    const overrides = ports.overrides?.of(snapshot.incident.workspace) ?? [];
    const { settings } = ports;
    return fire(snapshot, { now, typedAt: now, settings, overrides, newId: randomUUID });
  };
  const fireAsOf = createFireAsOf(database.engine, rules);
  return async (incident: string, at: Instant): Promise<void> => {
    ports.wake(await fireAsOf(incident, at));
  };
}

/** Journal mode, once it is told what Slack is. */
export interface Journaling {
  readonly journal: Journal;
  slackIs(edge: SlackEdge): void;
}

/** Journal mode, wired: what happens to lines while PostgreSQL is away, and when it is back. */
export function createJournaling(parts: JournalingParts): Journaling {
  const { database, ports, breaker, metrics, log } = parts;
  const { edge, set } = lateEdge();
  let workspace: string | null = null;
  void edge
    .then(({ identity }) => identity())
    .then((known) => {
      workspace = known?.workspace ?? null;
    });
  const journal = createJournal({
    ports,
    slate: lateSlate(edge, log),
    workspace: () => workspace,
    replicas: createReplicas(database.commands, randomUUID()),
    known: createKnown(database.engine),
    fireAsOf: createFiring(parts),
    onReached: breaker.succeeded,
    onKept: () => metrics.journalKept.inc(),
    onImported: (outcome) => {
      metrics.journalImported.inc({ outcome });
      log.info('imported', { outcome });
    },
    onError: (what, error) => log.warn('journal trouble', { what }, error),
    escalating:
      parts.escalating === null
        ? null
        : {
            ...parts.escalating,
            deliverFrom: deliverFrom(edge, parts),
            outboxKey,
            onEscalated: (incident) => {
              metrics.escalatedWithout.inc();
              log.warn('escalated without the database', { incident });
            },
          },
  });
  return { journal, slackIs: set };
}
