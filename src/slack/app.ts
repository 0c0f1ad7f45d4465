import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { App, type HTTPReceiver, type SocketModeReceiver } from '@slack/bolt';
import { orNull } from '../deadline.ts';
import { handle } from '../handle.ts';
import type { Ports } from '../ports.ts';
import { authorizing } from './authorizing.ts';
import { clientOptions, type OnCall, slackLogger } from './clients.ts';
import {
  createInstalled,
  type Installed,
  type InstalledParts,
  type OAuthSetup,
} from './installed/index.ts';
import type { Desk } from './listeners/desk.ts';
import { listen } from './listeners/index.ts';
import type { Log } from './log.ts';
import { createOneWorkspace } from './one-workspace.ts';
import {
  type Connection,
  createHttpReceiver,
  createRouteServer,
  createSocketReceiver,
  type Route,
  SERVER_OPTIONS,
} from './receiver.ts';
import type { DeskParts, Served } from './served.ts';
import type { Workspaces } from './workspaces.ts';

/** How to reach Slack, and how Slack reaches us: as the app of one workspace, or of several. */
export type SlackConfig = SlackPlace &
  ({ readonly botToken: string } | { readonly oauth: OAuthSetup });

interface SlackPlace {
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
  readonly onHealth?: (state: 'ok' | 'degraded' | 'down', note: string) => void;
  /** Told of every call of Slack's Web API. */
  readonly onCall?: OnCall;
  readonly handle?: Desk['handle'];
  /** What is done with a line when the database does not answer; nothing unless given. */
  readonly keep?: Desk['keep'];
  /** When to acknowledge although the answer is not there yet; Slack gives up after 3,000 ms. */
  readonly deadlineMs?: number;
  /** When a form that is not known yet is given a place; Slack opens none after 3,000 ms. */
  readonly formAfterMs?: number;
}

/** Muster's side of Slack: what comes in is answered, what goes out uses its workspace's client. */
export interface SlackEdge {
  readonly workspaces: Workspaces;
  /** The workspace, where one is served by its own token; else null. */
  readonly one: Served | null;
  /** Those that have installed Muster, where they do so themselves; else null. */
  readonly several: Installed | null;
  /** Listens. With Socket Mode it does not wait for the connection, which may take an outage long. */
  start(): Promise<{ readonly port: number }>;
  /** True as soon as something can be said in Slack; false when stopped before. */
  ready(): Promise<boolean>;
  /** Takes nothing new, and waits until what is under way is answered, at most so long. */
  stop(deadlineMs: number): Promise<void>;
}

const DEADLINE_MS = 2200;
/** Leaves Slack's own answer time, and the way to us, two of the three seconds. */
const FORM_AFTER_MS = 1000;
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
  workspaces: Workspaces,
): App {
  const app = new App({
    // Asked for every request, so that no failed start can leave a broken answer behind.
    authorize: authorizing(workspaces),
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

type Shared = DeskParts & Pick<InstalledParts, 'apiUrl' | 'onCall' | 'onHealth'>;

/** One workspace or several, as the configuration has it. */
function inhabited(
  config: SlackConfig,
  shared: Shared,
): Pick<SlackEdge, 'workspaces' | 'one' | 'several'> {
  if ('oauth' in config) {
    const several = createInstalled({ ...shared, ...config.oauth });
    return { workspaces: several, one: null, several };
  }
  const workspaces = createOneWorkspace({ ...shared, botToken: config.botToken });
  return { workspaces, one: workspaces.it, several: null };
}

/** Builds the edge; nothing happens before `start`. */
export function createSlackEdge(parts: SlackEdgeParts): SlackEdge {
  const { config, ports, log, onHealth = () => undefined } = parts;
  const desks: DeskParts = {
    ports,
    handle: parts.handle ?? ((input) => handle(input, ports)),
    keep: parts.keep ?? (async () => null),
    deadlineMs: parts.deadlineMs ?? DEADLINE_MS,
    formAfterMs: parts.formAfterMs ?? FORM_AFTER_MS,
    log,
  };
  const { apiUrl } = config;
  const shared = { ...desks, apiUrl, onCall: parts.onCall, onHealth };
  const { workspaces, one, several } = inhabited(config, shared);
  const routes = [...parts.routes, ...(several?.routes ?? [])];
  const options = { ...config, routes, log };
  const { connection } = config;
  const assemble = (receiver: HTTPReceiver | SocketModeReceiver): (() => number) => {
    const app = buildApp(receiver, parts, workspaces);
    const inFlight = countInFlight(app);
    listen(app, workspaces, log);
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

  let begun: Promise<boolean> | undefined;
  const ready = (): Promise<boolean> => {
    begun ??= workspaces.ready();
    return begun;
  };

  return {
    workspaces,
    one,
    several,
    async start() {
      const listening = await way.start();
      void ready();
      return listening;
    },
    ready,
    async stop(deadlineMs) {
      workspaces.stop();
      await way.stop(Date.now() + deadlineMs);
    },
  };
}
