import type { IncomingHttpHeaders, RequestListener, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { type Certificate, createCertificate } from './certificate.ts';

/** A request as the receiver got it. */
export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export type Reaction = (received: Received, response: ServerResponse) => void;

/** Says yes, as PagerDuty and Jira Service Management do. */
export const accepted: Reaction = (_, response) =>
  void response.writeHead(202, { 'content-type': 'application/json' }).end('{"status":"success"}');

export const answering =
  (status: number, headers: Record<string, string> = {}): Reaction =>
  (_, response) =>
    void response.writeHead(status, headers).end('{}');

export interface Receiver {
  readonly port: number;
  /** What has to be trusted to talk to it. */
  readonly ca: string;
  readonly received: readonly Received[];
  /** How many connections there were, of which a request need not have come. */
  readonly connections: number;
  react(reaction: Reaction): void;
  /** Refuses connections from now on. */
  down(): Promise<void>;
  /** Takes them again, at the same port. */
  up(): Promise<void>;
}

/** An https server on loopback that stands in for a pager; it takes everything until told otherwise. */
export async function startReceiver(
  certificate: Certificate = createCertificate(['127.0.0.1', 'localhost', 'pager.test']),
): Promise<Receiver> {
  const received: Received[] = [];
  let reaction = accepted;
  let connections = 0;
  let port = 0;
  let server: Server;

  const listener: RequestListener = (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url: path = '', headers } = request;
      const one = { method, path, headers, body: Buffer.concat(chunks).toString('utf8') };
      received.push(one);
      reaction(one, response);
    });
  };

  async function up(): Promise<void> {
    server = createServer(certificate, listener);
    server.on('connection', () => {
      connections += 1;
    });
    // Whoever does not trust it hangs up in the middle of the greeting.
    server.on('tlsClientError', () => undefined);
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
  }

  await up();
  return {
    port,
    ca: certificate.cert,
    received,
    get connections() {
      return connections;
    },
    react: (next) => {
      reaction = next;
    },
    async down() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
    up,
  };
}
