import { randomUUID } from 'node:crypto';
import type { Breaker } from '../db/breaker.ts';
import { createFireAsOf } from '../db/fire-as-of.ts';
import { createKnown } from '../db/known.ts';
import { createReplicas } from '../db/replicas.ts';
import { outboxKey } from '../db/write.ts';
import { fire } from '../domain/decide/index.ts';
import type { Decision, Snapshot } from '../domain/decision.ts';
import type { Instant } from '../domain/instant.ts';
import { settingsIn } from '../domain/settings.ts';
import type { Health } from '../health.ts';
import { createJournal, type Journal } from '../journal/index.ts';
import type { JournalParts } from '../journal/parts.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { Delivered, Delivery, Ports, Posts, Store } from '../ports.ts';
import type { SlackEdge } from '../slack/app.ts';
import { createDeliverer } from '../slack/deliver.ts';
import type { Served } from '../slack/served.ts';
import { createSlate } from '../slack/slate.ts';
import type { Slate } from '../slate.ts';
import type { Database } from './database.ts';
import { createJournals } from './journals.ts';

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
  /** Whether workspaces install Muster themselves. */
  readonly several: boolean;
}

/** What is written to before it is there: requests do not come before the edge. */
function lateEdge() {
  let set: (edge: SlackEdge) => void = () => undefined;
  const edge = new Promise<SlackEdge>((resolve) => {
    set = resolve;
  });
  return { edge, set: (ready: SlackEdge): void => set(ready) };
}

/** The workspace that a journal is about, as it is served at the moment. */
type Where = () => Promise<Served>;

function lateSlate(where: Where, log: Log): Slate {
  const slates = new WeakMap<Served, Slate>();
  const slate = async (): Promise<Slate> => {
    const served = await where();
    const known = slates.get(served) ?? createSlate(served.client, served.identity, log);
    slates.set(served, known);
    return known;
  };
  return {
    write: async (...what) => (await slate()).write(...what),
    since: async (...what) => (await slate()).since(...what),
    settle: async (...what) => (await slate()).settle(...what),
    channels: async () => (await slate()).channels(),
    isOurs: async (channel) => (await slate()).isOurs(channel),
    named: async (channel) => (await slate()).named(channel),
    open: async (...what) => (await slate()).open(...what),
    zoneOf: async (user) => (await slate()).zoneOf(user),
  };
}

/** Slack's deliverer with memory in place of the database. */
function deliverFrom(where: Where, { ports, log, pauseMs }: JournalingParts) {
  const { settings } = ports;
  return (store: Store & Posts) => {
    const deliverers = new WeakMap<Served, (delivery: Delivery) => Promise<Delivered>>();
    return async (delivery: Delivery): Promise<Delivered> => {
      const served = await where();
      const known = deliverers.get(served);
      if (known !== undefined) return known(delivery);
      const { client } = served;
      const botUserId = (await served.identity())?.botUserId;
      if (botUserId === undefined) throw new Error('stopped before Slack said who we are');
      const deliver = createDeliverer({ client, store, settings, botUserId, log, pauseMs });
      deliverers.set(served, deliver);
      return deliver(delivery);
    };
  };
}

function createFiring({ database, ports }: JournalingParts) {
  const rules = (snapshot: Snapshot, now: Instant): Decision => {
    const { workspace } = snapshot.incident;
    const overrides = ports.overrides?.of(workspace) ?? [];
    const settings = settingsIn(ports.settings, workspace);
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

/** The journal of one workspace. */
function createOne(
  parts: JournalingParts,
  where: Where,
  workspace: () => string | null,
  replicas: JournalParts['replicas'],
): Journal {
  const { database, ports, breaker, metrics, log } = parts;
  return createJournal({
    ports,
    slate: lateSlate(where, log),
    workspace,
    replicas,
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
            deliverFrom: deliverFrom(where, parts),
            outboxKey,
            onEscalated: (incident) => {
              metrics.escalatedWithout.inc();
              log.warn('escalated without the database', { incident });
            },
          },
  });
}

/** The workspace of the one token, whose id is known when Slack has said it. */
function createOfOne(parts: JournalingParts, edge: Promise<SlackEdge>): Journal {
  let workspace: string | null = null;
  const where: Where = async () => {
    const { one } = await edge;
    if (one === null) throw new Error('there are several workspaces');
    return one;
  };
  void where()
    .then(({ identity }) => identity())
    .then((known) => {
      workspace = known?.workspace ?? null;
    });
  const replicas = createReplicas(parts.database.commands, randomUUID());
  return createOne(parts, where, () => workspace, replicas);
}

/** A journal for each workspace that has installed Muster. */
function createOfSeveral(parts: JournalingParts, edge: Promise<SlackEdge>): Journal {
  const replicas = createReplicas(parts.database.commands, randomUUID());
  return createJournals({
    replicas,
    create(workspace, shared) {
      const where: Where = async () => {
        const served = await (await edge).workspaces.of(workspace);
        if (served === null) throw new Error('Muster is not installed in this workspace');
        return served;
      };
      const settings = settingsIn(parts.ports.settings, workspace);
      const own = { ...parts, ports: { ...parts.ports, settings } };
      return createOne(own, where, () => workspace, shared);
    },
    ready: async () => (await edge).ready(),
    workspaces: async () => (await edge).several?.all().map(({ id }) => id) ?? [],
  });
}

/** Journal mode, wired: what happens to lines while PostgreSQL is away, and when it is back. */
export function createJournaling(parts: JournalingParts): Journaling {
  const { edge, set } = lateEdge();
  const journal = parts.several ? createOfSeveral(parts, edge) : createOfOne(parts, edge);
  return { journal, slackIs: set };
}
