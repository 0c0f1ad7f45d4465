import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { HTTPReceiver, SocketModeReceiver } from '@slack/bolt';
import { clientOptions, slackLogger } from './clients.ts';
import { guarded } from './guard.ts';
import type { Log } from './log.ts';

/** How Slack reaches us. */
export type Connection =
  | { readonly type: 'http'; readonly signingSecret: string }
  | { readonly type: 'socket'; readonly appToken: string };

/** A route of ours on the public port, such as /healthz. */
export interface Route {
  readonly path: string;
  readonly method: string[];
  readonly handler: (request: IncomingMessage, response: ServerResponse) => void;
}

export interface ReceiverOptions {
  readonly connection: Connection;
  readonly apiUrl?: string | null | undefined;
  readonly appId?: string | null | undefined;
  readonly routes: readonly Route[];
  readonly log: Log;
}

/** Where Slack's requests arrive. */
export const REQUEST_PATH = '/slack/events';
const BODY_LIMIT = 1 << 20;
/** Slack has given up by then; Bolt's own answer would come after it. */
const UNHANDLED_MS = 2800;
/** A connection that says nothing, or says it very slowly, is dropped. */
export const SERVER_OPTIONS = {
  headersTimeout: 10_000,
  requestTimeout: 15_000,
  keepAliveTimeout: 60_000,
  connectionsCheckingInterval: 1_000,
};
const CONNECT_TIMEOUT_MS = 10_000;
const PING_TIMEOUT_MS = 10_000;

/** A route that throws would leave its caller waiting for ever. */
const careful =
  (handler: Route['handler'], log: Log): Route['handler'] =>
  (request, response) => {
    try {
      handler(request, response);
    } catch (error) {
      log.error('route failed', {}, error);
      if (!response.headersSent) response.writeHead(500);
      response.end();
    }
  };

/** Bolt's HTTP receiver behind our own checks. */
export function createHttpReceiver(
  { appId, routes, log }: ReceiverOptions,
  signingSecret: string,
): HTTPReceiver {
  const receiver = new HTTPReceiver({
    signingSecret,
    endpoints: [REQUEST_PATH],
    bodyLimit: BODY_LIMIT,
    unhandledRequestTimeoutMillis: UNHANDLED_MS,
    customRoutes: routes.map((route) => ({ ...route, handler: careful(route.handler, log) })),
    logger: slackLogger(log),
  });
  const options = { path: REQUEST_PATH, signingSecret, bodyLimit: BODY_LIMIT, appId, log };
  receiver.requestListener = guarded(receiver.requestListener, options);
  return receiver;
}

/** Told of where it happens: the connection says itself why it is not there. */
const ABOUT_CONNECTION = /^(?:WebSocket error|Failed to retrieve a new WSS URL)/;

const socketLogger = (log: Log): ReturnType<typeof slackLogger> => {
  const logger = slackLogger(log);
  return {
    ...logger,
    error: (...said) => {
      if (!ABOUT_CONNECTION.test(String(said[0]))) logger.error(...said);
    },
  };
};

/** Bolt's Socket Mode receiver. It tries once; when to try again is not its business. */
export const createSocketReceiver = (
  { apiUrl, log }: ReceiverOptions,
  appToken: string,
): SocketModeReceiver =>
  new SocketModeReceiver({
    appToken,
    autoReconnectEnabled: false,
    clientPingTimeout: PING_TIMEOUT_MS,
    logger: socketLogger(log),
    installerOptions: { clientOptions: clientOptions({ apiUrl }, CONNECT_TIMEOUT_MS, log) },
  });

/** With Socket Mode nothing listens on the public port, but /healthz is asked for all the same. */
export function createRouteServer({ routes, log }: ReceiverOptions): Server {
  return createServer(SERVER_OPTIONS, (request, response) => {
    const path = (request.url ?? '').split('?')[0];
    const route = routes.find(
      (one) => one.path === path && one.method.includes(request.method ?? ''),
    );
    if (route) careful(route.handler, log)(request, response);
    else response.writeHead(404).end();
  });
}
