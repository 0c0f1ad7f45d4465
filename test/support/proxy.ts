import { connect, createServer, type Socket } from 'node:net';

/** A way to a server that the test can listen to, cut, or let fall silent. */
export interface Proxy {
  readonly url: string;
  /** Keeps everything back, in both directions, without closing a connection. */
  freeze(): void;
  thaw(): void;
  /** Drops every connection, and refuses new ones until `restore`. */
  cut(): void;
  restore(): void;
  /**
   * Calls back, once, when the server has committed on a connection of the application's that goes
   * by this name, and keeps the news of it back for ever.
   */
  onCommit(application: string, hear: () => void): void;
  /** Calls back, once, when a request like this one was answered, and keeps the answer back for ever. */
  onAnswer(request: RegExp, hear: () => void): void;
  /** Whether the connection that the server sees at this port is one of those through here. */
  owns(port: number): boolean;
  close(): Promise<void>;
}

interface Pair {
  readonly client: Socket;
  readonly server: Socket;
  application: string;
  asked: boolean;
}

const APPLICATION = /application_name\0([^\0]+)\0/;
const COMMITTED = Buffer.from('COMMIT\0');

/** Stands between an application and the server at `target`. */
export async function startProxy(target: string): Promise<Proxy> {
  const { hostname, port } = new URL(target);
  const pairs = new Set<Pair>();
  let frozen = false;
  let cut = false;
  let awaited: { application: string; hear: () => void } | undefined;
  let asked: { request: RegExp; hear: () => void } | undefined;

  const listener = createServer((client) => {
    if (cut) return void client.destroy();
    const server = connect(Number(port), hostname);
    const pair: Pair = { client, server, application: '', asked: false };
    pairs.add(pair);
    if (frozen) pause(pair);
    client.on('data', (chunk) => {
      if (pair.application === '')
        pair.application = APPLICATION.exec(chunk.toString('latin1'))?.[1] ?? '?';
      if (asked?.request.test(chunk.toString('latin1'))) pair.asked = true;
      server.write(chunk);
    });
    server.on('data', (chunk) => {
      if (awaited?.application === pair.application && chunk.includes(COMMITTED)) {
        const { hear } = awaited;
        awaited = undefined;
        hear();
        return;
      }
      if (asked && pair.asked) {
        const { hear } = asked;
        asked = undefined;
        hear();
        return;
      }
      client.write(chunk);
    });
    for (const socket of [client, server]) {
      socket.on('error', () => undefined);
      socket.on('close', () => {
        pairs.delete(pair);
        client.destroy();
        server.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => {
    listener.listen(0, '127.0.0.1', resolve);
  });
  const address = listener.address();
  const url = new URL(target);
  url.host = `127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  return {
    url: url.href,
    freeze() {
      frozen = true;
      for (const pair of pairs) pause(pair);
    },
    thaw() {
      frozen = false;
      for (const { client, server } of pairs) {
        client.resume();
        server.resume();
      }
    },
    cut() {
      cut = true;
      for (const { client } of pairs) client.destroy();
    },
    restore() {
      cut = false;
    },
    onCommit(application, hear) {
      awaited = { application, hear };
    },
    onAnswer(request, hear) {
      asked = { request, hear };
    },
    owns: (port) => [...pairs].some(({ server }) => server.localPort === port),
    async close() {
      for (const { client } of pairs) client.destroy();
      await new Promise((resolve) => listener.close(resolve));
    },
  };
}

function pause({ client, server }: Pair): void {
  client.pause();
  server.pause();
}
