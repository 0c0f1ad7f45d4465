import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { HTTPReceiver } from '@slack/bolt';
import { orNull } from '../deadline.ts';
import { SERVER_OPTIONS } from './receiver.ts';
import type { createSocket } from './socket.ts';

/** Where our own routes are listened for; port 0 lets the system choose. */
interface Place {
  readonly host: string;
  readonly port: number;
}

const POLL_MS = 20;

async function settled(inFlight: () => number, until: number): Promise<void> {
  while (inFlight() > 0 && Date.now() < until) await pause(POLL_MS);
}

const portOf = (server: Server): number => {
  const address: AddressInfo | string | null = server.address();
  return typeof address === 'object' && address ? address.port : 0;
};

/** Starting and stopping by HTTP: nothing new first, then the rest is finished. */
export function overHttp(receiver: HTTPReceiver, { host, port }: Place, inFlight: () => number) {
  let server: Server | undefined;
  return {
    async start() {
      server = await receiver.start({ host, port }, SERVER_OPTIONS);
      return { port: portOf(server) };
    },
    // Whether Slack's requests find the way here is not to be known from here.
    heard: async () => true,
    deaf: () => null,
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
export function overSocket(
  socket: ReturnType<typeof createSocket>,
  routes: Server,
  { host, port }: Place,
  inFlight: () => number,
) {
  return {
    async start() {
      await new Promise<void>((resolve, reject) => {
        routes.once('error', reject).listen(port, host, resolve);
      });
      socket.start();
      return { port: portOf(routes) };
    },
    heard: () => socket.heard,
    deaf: socket.deaf,
    async stop(until: number) {
      await settled(inFlight, until);
      await orNull(until - Date.now(), socket.stop());
      routes.close();
      routes.closeAllConnections();
    },
  };
}
