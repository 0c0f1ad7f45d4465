import { App, type HTTPReceiver, type SocketModeReceiver } from '@slack/bolt';
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
} from './receiver.ts';
import type { DeskParts, Served } from './served.ts';
import { createSocket, type Deafness } from './socket.ts';
import { hostOf } from './trouble.ts';
import { overHttp, overSocket } from './ways.ts';
import type { Workspaces } from './workspaces.ts';

/** How to reach Slack, and how Slack reaches us: as the app of one workspace, or of several. */
export type SlackConfig = SlackPlace &
  ({ readonly botToken: string } | { readonly oauth: OAuthSetup });

type OnHealth = (state: 'ok' | 'degraded' | 'down', note: string) => void;

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
  readonly onHealth?: OnHealth;
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
  /** True as soon as what is typed in Slack reaches us; false when stopped before. */
  heard(): Promise<boolean>;
  /** Why nothing that is typed in Slack reaches us, as far as that can be known. */
  deaf(): Deafness | null;
  /** Takes nothing new, and waits until what is under way is answered, at most so long. */
  stop(deadlineMs: number): Promise<void>;
}

const DEADLINE_MS = 2200;
/** Leaves Slack's own answer time, and the way to us, two of the three seconds. */
const FORM_AFTER_MS = 1000;
const LISTENER_TIMEOUT_MS = 3000;

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

/** Slack is as well as the worse of the two: what we can say there, and what we hear. */
function worseOf(onHealth: OnHealth): Record<'speaking' | 'hearing', OnHealth> {
  let said: Parameters<OnHealth> = ['ok', ''];
  let heard: Parameters<OnHealth> = ['ok', ''];
  const tell = (): void => onHealth(...(heard[0] === 'ok' ? said : heard));
  return {
    speaking: (...now) => {
      said = now;
      tell();
    },
    hearing: (...now) => {
      heard = now;
      tell();
    },
  };
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
  const { config, ports, log } = parts;
  const health = worseOf(parts.onHealth ?? (() => undefined));
  const desks: DeskParts = {
    ports,
    handle: parts.handle ?? ((input) => handle(input, ports)),
    keep: parts.keep ?? (async () => null),
    deadlineMs: parts.deadlineMs ?? DEADLINE_MS,
    formAfterMs: parts.formAfterMs ?? FORM_AFTER_MS,
    log,
  };
  const { apiUrl } = config;
  const shared = { ...desks, apiUrl, onCall: parts.onCall, onHealth: health.speaking };
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
    const { hearing: onHealth } = health;
    const socket = createSocket({ receiver, host: hostOf(apiUrl), log, onHealth });
    return overSocket(socket, createRouteServer(options), config, assemble(receiver));
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
    heard: way.heard,
    deaf: way.deaf,
    async stop(deadlineMs) {
      workspaces.stop();
      await way.stop(Date.now() + deadlineMs);
    },
  };
}
