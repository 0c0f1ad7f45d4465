import { DEFAULTS } from '../../src/config/defaults.ts';
import type { WorkspaceOptions } from '../../src/demo/workspace/index.ts';
import { startWorkspace, type Workspace } from '../../src/demo/workspace/index.ts';
import type { Reply } from '../../src/domain/decision.ts';
import { type Incident, UNTOUCHED } from '../../src/domain/incident.ts';
import type { Override } from '../../src/domain/schedules/schedule.ts';
import type { Settings } from '../../src/domain/settings.ts';
import { say } from '../../src/domain/text.ts';
import type { Handled, Input } from '../../src/handle.ts';
import type {
  Delivered,
  Delivery,
  Person,
  Ports,
  Posts,
  Store,
  StoredDraft,
} from '../../src/ports.ts';
import { createSlackEdge, type SlackEdge } from '../../src/slack/app.ts';
import { createClients } from '../../src/slack/clients.ts';
import { createDeliverer } from '../../src/slack/deliver.ts';
import type { Log } from '../../src/slack/log.ts';
import { someDoctor } from '../domain/doctor/well.ts';

export const SETTINGS: Settings = {
  ...DEFAULTS,
  zones: ['UTC'],
  announce: 'C0INCIDENTS',
  severities: ['sev1', 'sev2'].map((name) => ({
    name,
    aliases: [name.replace('sev', 'p')],
    policy: 'default',
    sla: {
      acknowledge: null,
      commander: null,
      firstUpdate: null,
      updateEvery: null,
      mitigate: null,
      resolve: null,
      postmortemBusinessDays: null,
    },
    warnAt: 0.8,
    pausesWhileMonitoring: false,
  })),
  policies: {
    default: {
      name: 'default',
      levels: [{ after: 0, notify: [{ type: 'usergroup', id: 'S012SRE' }] }],
      repeat: 0,
      repeatAfter: 0,
    },
  },
  invite: [],
  administrators: ['U0ANA'],
  pageAsksAbove: 5,
  roles: [],
};

const OFFICE: WorkspaceOptions = {
  users: [
    { id: 'U0ANA', name: 'ana', tz: 'Europe/Madrid', admin: true },
    { id: 'U0BO', name: 'bo', tz: 'America/New_York' },
    { id: 'U0EVE', name: 'eve', guest: true },
    { id: 'U0GONE', name: 'gone', deleted: true },
  ],
  channels: [
    { id: 'C0INCIDENTS', name: 'incidents', bot: true },
    { id: 'C0WAR', name: 'inc-42-checkout-down', bot: true },
    { id: 'C0ELSE', name: 'elsewhere' },
  ],
  userGroups: [{ id: 'S012SRE', handle: 'sre', users: ['U0BO', 'U0ANA'] }],
};

/** A workspace with the usual people. */
export const office = (more: WorkspaceOptions = {}): Promise<Workspace> =>
  startWorkspace({ ...OFFICE, ...more });

/** An incident with its channel. */
export const incident = (more: Partial<Incident> = {}): Incident => ({
  ...UNTOUCHED,
  id: '00000000-0000-4000-8000-000000000042',
  workspace: 'T0MUSTER',
  number: 42,
  title: 'checkout down',
  severity: 'sev1',
  status: 'investigating',
  channel: { id: 'C0WAR', name: 'inc-42-checkout-down', state: 'ready' },
  declaredBy: 'U0ANA',
  openedAt: Date.now(),
  armedAt: Date.now(),
  nextEntry: 2,
  seq: 1,
  ...more,
});

type Post = { name: string; channel: string; ts: string };

/** What the store would know, kept in memory; anything else that is asked of it is a mistake. */
export function memory(
  known: Incident,
  draft: StoredDraft | null = null,
  overrides: readonly Override[] = [],
) {
  const posts = new Map<string, Post>();
  const people = new Map<string, Person>();
  const store: Partial<Store> & Posts = {
    glance: async () => ({ incident: known, timers: [], asOf: Date.now() }),
    record: async () => ({ incident: known, entries: [], timers: [], asOf: 0, people: {} }),
    ...{ lastUpdate: async () => null, lastHere: async () => null },
    archives: async () => [
      {
        ...{ incident: known, entries: [], timers: [], asOf: 0, people: {} },
        ...{ revisions: [], audit: [] },
      },
    ],
    ...{ draft: async () => draft, names: async () => ({}) },
    post: async (_, name) => posts.get(name) ?? null,
    traces: async () => [],
    posts: async (_, prefix) => [...posts.values()].filter(({ name }) => name.startsWith(prefix)),
    person: async (_, id) => people.get(id) ?? null,
    ...{ now: async () => Date.now(), overrides: async () => overrides },
    ...{ entryOf: async () => null, strangers: async () => [] },
    savePerson: async (_, person) => {
      people.set(person.id, person);
    },
    inChannel: async (_, channel) => (channel === known.channel.id ? known : null),
    numbered: async (_, { number }) => (number === known.number ? known : null),
  };
  return { store: store as Store & Posts, posts, people };
}

/** A log that says nothing. */
export const quiet: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

let count = 0;

/** A delivery as the outbox hands it over. */
export const delivery = (more: Pick<Delivery, 'what'> & Partial<Delivery>): Delivery => {
  count += 1;
  return {
    id: String(count),
    key: `k${count}`,
    workspace: 'T0MUSTER',
    incident: '00000000-0000-4000-8000-000000000042',
    to: { type: 'incident' },
    attempts: 1,
    unsureSince: null,
    ...more,
  };
};

/** A deliverer in a workspace, with what it remembers; done posts are kept as the outbox would. */
export function delivering(
  workspace: Workspace,
  known: Incident = incident(),
  draft: StoredDraft | null = null,
) {
  const { store, posts, people } = memory(known, draft);
  const address = { token: workspace.botToken, apiUrl: workspace.apiUrl };
  const { client } = createClients(address, quiet);
  const deliver = createDeliverer({
    client,
    store,
    settings: SETTINGS,
    botUserId: workspace.botUserId,
    log: quiet,
    pauseMs: 0,
  });
  return {
    store,
    posts,
    people,
    deliver: async (one: Delivery) => {
      const delivered = await deliver(one);
      if (delivered.type === 'done' && delivered.post) {
        posts.set(delivered.post.name, delivered.post);
      }
      return delivered;
    },
  };
}

export const done = (...words: string[]): Reply => ({
  message: say(...words),
  to: 'asker',
  outcome: 'done',
});

/** The edge in front of a workspace, with commands that a test makes up. */
export async function edgeIn(
  workspace: Workspace,
  handle: (input: Input) => Promise<Handled>,
  more: { deadlineMs?: number; formAfterMs?: number; socket?: boolean; appId?: string } = {},
) {
  const { store, people } = memory(incident());
  const ports: Ports = {
    store,
    settings: SETTINGS,
    doctor: someDoctor(),
    wake: () => undefined,
  };
  const inputs: Input[] = [];
  const edge: SlackEdge = createSlackEdge({
    config: {
      botToken: workspace.botToken,
      apiUrl: workspace.apiUrl,
      appId: more.appId ?? workspace.appId,
      connection: more.socket
        ? { type: 'socket', appToken: workspace.appToken }
        : { type: 'http', signingSecret: workspace.signingSecret },
      host: '127.0.0.1',
      port: 0,
    },
    ports,
    log: quiet,
    routes: [
      {
        path: '/healthz',
        method: ['GET', 'HEAD'],
        handler: (_, response) => void response.writeHead(200).end('alive\n'),
      },
    ],
    handle: (input) => {
      inputs.push(input);
      return handle(input);
    },
    ...(more.deadlineMs ? { deadlineMs: more.deadlineMs } : {}),
    ...(more.formAfterMs ? { formAfterMs: more.formAfterMs } : {}),
  });
  const { port } = await edge.start();
  await edge.ready();
  const url = `http://127.0.0.1:${port}`;
  workspace.connect(`${url}/slack/events`);
  for (const [id, zone] of [
    ['U0ANA', 'Europe/Madrid'],
    ['U0BO', 'America/New_York'],
  ] as const) {
    const flags = { admin: false, guest: false, bot: false, deleted: false };
    people.set(id, { id, name: id, zone, ...flags });
  }
  return { edge, inputs, people, url };
}

/** A delivery's outcome with the list of what follows from it, empty where nothing does. */
export const told = (delivered: Delivered) => ({ next: [], ...delivered });
