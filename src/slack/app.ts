import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { App, type HTTPReceiver, type SocketModeReceiver } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { orNull } from '../deadline.ts';
import type { WorkspaceFacts } from '../domain/doctor/index.ts';
import { handle } from '../handle.ts';
import type { Ports } from '../ports.ts';
import { lookRound } from './background.ts';
import { createChannels } from './channels/index.ts';
import { clientOptions, createClients, type OnCall, slackLogger } from './clients.ts';
import { examineWorkspace, type Wanted } from './examination.ts';
import { createGroups } from './groups.ts';
import { createHome } from './home/index.ts';
import { type Identity, identify } from './identity.ts';
import type { Desk } from './listeners/desk.ts';
import { listen } from './listeners/index.ts';
import type { Log } from './log.ts';
import { createMessages } from './messages/index.ts';
import { createPeople } from './people.ts';
import {
  type Connection,
  createHttpReceiver,
  createRouteServer,
  createSocketReceiver,
  type Route,
  SERVER_OPTIONS,
} from './receiver.ts';
import { createRegulars } from './regulars.ts';

/** How to reach Slack, and how Slack reaches us. */
export interface SlackConfig {
  readonly botToken: string;
  readonly connection: Connection;
  readonly apiUrl?: string | null;
  /** Requests of other apps are refused when it is known. */
  readonly appId?: string | null;
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
}

export interface SlackEdgeParts {
  readonly config: SlackConfig;
  readonly ports: Ports;
  readonly log: Log;
  /** /healthz and /readyz. */
  readonly routes: readonly Route[];
  /** Told how Slack is, for readiness. */
  readonly onHealth?: (state: 'ok' | 'down', note: string) => void;
  /** Told of every call of Slack's Web API. */
  readonly onCall?: OnCall;
  readonly handle?: Desk['handle'];
  /** What is done with a line when the database does not answer; nothing unless given. */
  readonly keep?: Desk['keep'];
  /** When to acknowledge although the answer is not there yet; Slack gives up after 3,000 ms. */
  readonly deadlineMs?: number;
}

/** Muster's side of Slack: what comes in is answered, what goes out uses `client`. */
export interface SlackEdge {
  readonly client: WebClient;
  /** Listens. With Socket Mode it does not wait for the connection, which may take an outage long. */
  start(): Promise<{ readonly port: number }>;
  /** Who we are, as soon as Slack says so; null when stopped before. */
  identity(): Promise<Identity | null>;
  /** Asks Slack about our token and about whom the configuration names; null when it does not answer. */
  examine(wanted: Wanted): Promise<WorkspaceFacts | null>;
  /** Takes nothing new, and waits until what is under way is answered, at most so long. */
  stop(deadlineMs: number): Promise<void>;
}

const DEADLINE_MS = 2200;
const LISTENER_TIMEOUT_MS = 3000;
const POLL_MS = 20;

/** Bolt does not export what `extendedErrorHandler` hands over. */
type ListenerError = Parameters<Parameters<App['error']>[0]>[0] & { readonly error: Error };

/** Counts what is under way: Bolt does not wait for it when it stops. */
function countInFlight(app: App): () => number {
  let count = 0;
  app.use(async ({ next }) => {
    count += 1;
    try {
      await next();
    } finally {
      count -= 1;
    }
  });
  return () => count;
}

async function settled(inFlight: () => number, until: number): Promise<void> {
  while (inFlight() > 0 && Date.now() < until) await pause(POLL_MS);
}

const portOf = (server: Server): number => {
  const address: AddressInfo | string | null = server.address();
  return typeof address === 'object' && address ? address.port : 0;
};

/** Starting and stopping by HTTP: nothing new first, then the rest is finished. */
function overHttp(receiver: HTTPReceiver, { host, port }: SlackConfig, inFlight: () => number) {
  let server: Server | undefined;
  return {
    async start() {
      server = await receiver.start({ host, port }, SERVER_OPTIONS);
      return { port: portOf(server) };
    },
    async stop(until: number) {
      if (!server) return;
      const closed = receiver.stop();
      await settled(inFlight, until);
      server.closeIdleConnections();
      await orNull(until - Date.now(), closed);
      server.closeAllConnections();
    },
  };
}

/** Starting and stopping by Socket Mode: acknowledgements need the socket, so it goes last. */
function overSocket(
  receiver: SocketModeReceiver,
  routes: Server,
  { host, port }: SlackConfig,
  inFlight: () => number,
  log: Log,
) {
  return {
    async start() {
      await new Promise<void>((resolve, reject) => {
        routes.once('error', reject).listen(port, host, resolve);
      });
      receiver.start().catch((error: unknown) => log.error('socket mode not possible', {}, error));
      return { port: portOf(routes) };
    },
    async stop(until: number) {
      await settled(inFlight, until);
      await orNull(until - Date.now(), receiver.stop());
      routes.close();
      routes.closeAllConnections();
    },
  };
}

function buildApp(
  receiver: HTTPReceiver | SocketModeReceiver,
  { config, log }: SlackEdgeParts,
  known: () => Identity | null,
): App {
  const app = new App({
    // Asked for every request, so that no failed start can leave a broken answer behind.
    authorize: async () => {
      const identity = known();
      const own = identity ? { botId: identity.botId, botUserId: identity.botUserId } : {};
      return { botToken: config.botToken, ...own };
    },
    receiver,
    convoStore: false,
    extendedErrorHandler: true,
    logger: slackLogger(log),
    clientOptions: clientOptions(config, LISTENER_TIMEOUT_MS, log),
  });
  app.error(async ({ error }: ListenerError) => {
    log.error('listener failed', {}, error);
    // Swallowed, it would leave the request hanging until Slack gives up.
    throw error;
  });
  return app;
}

/** Builds the edge; nothing happens before `start`. */
export function createSlackEdge(parts: SlackEdgeParts): SlackEdge {
  const { config, ports, log, routes, onHealth = () => undefined } = parts;
  const { client, fast, curious } = createClients(
    { ...config, token: config.botToken, onCall: parts.onCall },
    log,
  );
  const stopping = new AbortController();
  let identity: Identity | null = null;
  const options = { ...config, routes, log };
  const { connection } = config;
  const groups = createGroups(client, ports.store, log);
  const regulars = createRegulars(client, ports.store, ports.settings, log);
  const people = createPeople(client, ports.store, log);
  const messages = createMessages(
    { client, ports, store: ports.store, people, log },
    { client: curious },
  );
  const desk: Desk = {
    ports,
    handle: parts.handle ?? ((input) => handle(input, ports)),
    keep: parts.keep ?? (async () => null),
    client,
    apiUrl: config.apiUrl ?? null,
    fast,
    people,
    groups,
    messages,
    channels: createChannels({ client, ports, log }),
    home: createHome({ client: curious, ports, log }),
    log,
    deadlineMs: parts.deadlineMs ?? DEADLINE_MS,
  };
  const assemble = (receiver: HTTPReceiver | SocketModeReceiver): (() => number) => {
    const app = buildApp(receiver, parts, () => identity);
    const inFlight = countInFlight(app);
    listen(app, desk);
    return inFlight;
  };
  const way = connect();

  function connect() {
    if (connection.type === 'http') {
      const receiver = createHttpReceiver(options, connection.signingSecret);
      return overHttp(receiver, config, assemble(receiver));
    }
    const receiver = createSocketReceiver(options, connection.appToken);
    return overSocket(receiver, createRouteServer(options), config, assemble(receiver), log);
  }

  let asked: Promise<Identity | null> | undefined;
  const whoAmI = async (): Promise<Identity | null> => {
    onHealth('down', 'Slack has not answered yet');
    identity = await identify(client, log, stopping.signal);
    if (identity) onHealth('ok', '');
    return identity;
  };
  const askOnce = (): Promise<Identity | null> => {
    asked ??= whoAmI();
    return asked;
  };

  return {
    client,
    async start() {
      const listening = await way.start();
      void askOnce().then((known) => known && lookRound(known, [groups, regulars, messages]));
      return listening;
    },
    identity: askOnce,
    examine: (wanted) => examineWorkspace(curious, wanted),
    async stop(deadlineMs) {
      stopping.abort();
      for (const one of [groups, regulars, messages, desk.channels, desk.home]) one.stop();
      await way.stop(Date.now() + deadlineMs);
    },
  };
}
