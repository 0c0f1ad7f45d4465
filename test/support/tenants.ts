import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import postgres from 'postgres';
import { type RunningApp, startApp } from '../../src/app/index.ts';
import { readSettings } from '../../src/config/file.ts';
import { installClock } from '../../src/demo/clock.ts';
import { startWorkspace, type Workspace } from '../../src/demo/workspace/index.ts';
import type { EncryptionKey } from '../../src/installation.ts';
import { createLog } from '../../src/log.ts';
import { BOT_EVENTS, BOT_SCOPES, ORG_EVENTS } from '../../src/slack/scopes.ts';
import { CLIENT, type Org, startSlack } from '../workspace/slack.ts';
import { createDatabase } from './postgres.ts';
import { eventually, LADDER, SECRET } from './town.ts';
import { turnable } from './turnable-clock.ts';

export const keyOf = (id: string): EncryptionKey => ({
  id,
  key: Uint8Array.from(
    { length: 32 },
    (_, at) => (at * 7 + id.length * 31 + id.charCodeAt(0)) % 256,
  ),
});

export interface TenantsOptions {
  readonly rotation?: boolean;
  readonly socket?: boolean;
  readonly redisUrl?: string | null;
  readonly keys?: readonly EncryptionKey[];
  /** What stands in muster.yaml besides the usual ladder. */
  readonly config?: string;
  /** How often the auditor looks; seldom unless given. */
  readonly auditEveryMs?: number;
}

const PEOPLE = [
  { id: 'U0ANA', name: 'ana', tz: 'Europe/Madrid' },
  { id: 'U0BO', name: 'bo', tz: 'America/New_York' },
];

const startTenant = (id: string, now: () => number, socketOf?: Workspace): Promise<Workspace> =>
  startWorkspace({
    ...(socketOf === undefined ? {} : { socketOf }),
    ...{
      scopes: BOT_SCOPES,
      events: [...BOT_EVENTS, ...ORG_EVENTS],
      now,
      signingSecret: SECRET,
      appToken: 'xapp-1-muster-tenants',
    },
    ...{ users: PEOPLE, team: { id, name: id }, botUserId: `U0BOT${id}` },
    channels: [
      { id: 'C0INCIDENTS', name: 'incidents', bot: true },
      { id: 'C0GENERAL', name: 'general' },
      { id: 'C0OTHER', name: 'other', bot: true },
    ],
  });

/** A proxy with TLS in the operator's house: the address of it stays while replicas come and go. */
async function startDoor() {
  const server: Server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

/** A browser: it follows addresses, and keeps cookies. */
export function createBrowser(publicUrl: string, replica: () => string) {
  const cookies = new Map<string, string>();
  return {
    cookies,
    /** Opens an address of Muster's; the public address leads to a replica. */
    async open(address: string) {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const response = await fetch(address.replace(publicUrl, replica()), {
        headers: cookie === '' ? {} : { cookie },
        redirect: 'manual',
      });
      for (const set of response.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
        if (set.includes('Expires=Thu, 01 Jan 1970')) cookies.delete(name);
        else cookies.set(name, value);
      }
      const html = await response.text();
      const [, link = ''] = /href="([^"]+)"/.exec(html) ?? [];
      return {
        status: response.status,
        html,
        link: link.replaceAll('&amp;', '&'),
        headers: response.headers,
      };
    },
  };
}

/** Muster as several workspaces install it, with its Slack, its database and a clock to turn. */
export async function createTenants(options: TenantsOptions = {}) {
  const { rotation = false, socket = false, redisUrl = null } = options;
  const database = await createDatabase('tenants');
  const clock = turnable(await installClock(database.url));
  await clock.set(Date.now(), 1);
  const now = (): number => clock.reading();
  const one = await startTenant('T0ONE', now);
  const two = await startTenant('T0TWO', now, one);
  const publicUrl = await startDoor();
  const slack = await startSlack({
    socketOf: one,
    redirectUri: `${publicUrl}/slack/oauth_redirect`,
    rotation,
    now,
  });
  const sql = postgres(database.url, { max: 2, onnotice: () => undefined });
  const settings = readSettings(`${LADDER}${options.config ?? ''}`);
  if (!settings.ok) throw new Error(JSON.stringify(settings.refusal));
  const lines: string[] = [];
  const apps: RunningApp[] = [];

  async function start(keys = options.keys ?? [keyOf('k1')], url = clock.url): Promise<RunningApp> {
    if (!settings.ok) throw new Error('no settings');
    const app = await startApp({
      environment: {
        slack: {
          oauth: {
            ...{ clientId: CLIENT.id, clientSecret: CLIENT.secret, publicUrl, keys },
            stateSecret: 'a-state-secret-that-is-long-enough-0123',
          },
          apiUrl: slack.apiUrl,
          connection: socket
            ? { type: 'socket', appToken: one.appToken }
            : { type: 'http', signingSecret: SECRET },
        },
        ...{ databaseUrl: url, databaseOwnerUrl: null, redisUrl },
        ...{ port: 0, host: '127.0.0.1', adminPort: 0, heartbeatUrl: null, dataDir: '.muster' },
        ...{ configFile: 'muster.yaml', configFileNamed: false, logLevel: 'debug' },
        escalateWithoutDatabase: false,
      },
      settings: settings.value,
      log: createLog({ level: 'debug', destination: { write: (line) => void lines.push(line) } }),
      sweepEveryMs: 40,
      ...(options.auditEveryMs === undefined ? {} : { auditEveryMs: options.auditEveryMs }),
      partPauseMs: 0,
    });
    apps.push(app);
    const readies = () => lines.filter((line) => line.includes('"ready"')).length;
    await eventually(() => readies() >= apps.length, 'Muster is ready', 20_000);
    return app;
  }

  const first = await start();
  let through = first;
  const base = (): string => `http://127.0.0.1:${through.port}`;
  const use = (app: RunningApp): void => {
    through = app;
    if (socket) return;
    for (const workspace of [one, two]) workspace.connect(`${base()}/slack/events`);
  };
  use(first);
  const browser = (): ReturnType<typeof createBrowser> => createBrowser(publicUrl, base);

  /** Somebody installs Muster by browser. */
  async function install(home: Workspace | Org, by = browser()) {
    const { link } = await by.open(`${publicUrl}/slack/install`);
    const to = slack.agree(link, 'teamId' in home ? { workspace: home } : { org: home });
    return by.open(to);
  }

  /** What somebody was told in answer to a line. */
  async function type(workspace: Workspace, user: string, text: string, channel = 'C0GENERAL') {
    const before = workspace.seenBy(user).length;
    const answer = await workspace.type(user, channel, `/incident ${text}`);
    if (answer.status !== 200) throw new Error(`${text}: HTTP ${answer.status}`);
    await eventually(() => workspace.seenBy(user).length > before, `an answer to ${text}`);
    return JSON.stringify(workspace.seenBy(user).slice(before));
  }

  const incidentChannel = (workspace: Workspace, number = 1) =>
    eventually(
      () => [...workspace.channels.values()].find(({ name }) => name.startsWith(`inc-${number}-`)),
      `a channel of INC-${number} in ${workspace.teamId}`,
    );

  /** The administrators' page, in words. */
  const details = async (app = through): Promise<string> =>
    (await fetch(`http://127.0.0.1:${app.adminPort}/details`)).text();

  /** What `muster doctor` prints on the machine. */
  const doctor = async (app = through): Promise<string> =>
    (await fetch(`http://127.0.0.1:${app.adminPort}/doctor`)).text();

  return {
    ...{ one, two, slack, sql, clock, lines, publicUrl, apps, first },
    ...{ start, use, browser, install, type, incidentChannel, details, doctor, base },
    async close() {
      await Promise.all(apps.map((app) => app.stop().catch(() => undefined)));
      await Promise.all([
        one.close(),
        two.close(),
        slack.close(),
        sql.end({ timeout: 1 }),
        clock.close(),
      ]);
      await database.drop();
    },
  };
}

export type Tenants = Awaited<ReturnType<typeof createTenants>>;
