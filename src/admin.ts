import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Registry } from 'prom-client';

/** What the admin port shows. */
export interface AdminOptions {
  /** 0 lets the system choose. */
  readonly port: number;
  readonly registry: Pick<Registry, 'metrics' | 'contentType'>;
  /** Anything JSON can say; for operators, so no text of users and no secrets. */
  readonly details: () => unknown;
  /** What the doctor finds, as text; absent where there is no doctor. */
  readonly doctor?: () => Promise<{ readonly well: boolean; readonly lines: readonly string[] }>;
}

export interface Admin {
  readonly port: number;
  stop(): Promise<void>;
}

interface Answer {
  readonly http: number;
  readonly type: string;
  readonly body: string;
}

/** Loopback, always: what is told here is not for the network. */
const HOST = '127.0.0.1';

/** Serves `/metrics`, `/details` and `/doctor` on loopback; rejects when the port is taken. */
export async function startAdmin(options: AdminOptions): Promise<Admin> {
  const server = createServer(
    { requestTimeout: 5000, headersTimeout: 5000 },
    (request, response) =>
      void answer(request, options).then((reply) => send(request, response, reply)),
  );
  const port = await listen(server, options.port);
  return {
    port,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explained(error, port)));
    server.listen(port, HOST, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

const explained = (error: NodeJS.ErrnoException, port: number): Error =>
  error.code === 'EADDRINUSE'
    ? new Error(`ADMIN_PORT ${port} is in use: choose another one`, { cause: error })
    : error;

async function answer(request: IncomingMessage, options: AdminOptions): Promise<Answer> {
  // A web page can make a browser here ask for our port under a name of its own (DNS rebinding).
  if (!isLoopback(request.headers.host)) return plain(403, 'Ask for 127.0.0.1 or localhost.');
  if (request.method !== 'GET' && request.method !== 'HEAD') return plain(405, 'GET or HEAD only.');
  try {
    return await page(request.url ?? '/', options);
  } catch {
    return plain(500, 'This cannot be told right now.');
  }
}

const isLoopback = (host: string | undefined): boolean =>
  /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i.test(host ?? '');

async function page(url: string, { registry, details, doctor }: AdminOptions): Promise<Answer> {
  const [path] = url.split('?');
  if (path === '/metrics')
    return { http: 200, type: registry.contentType, body: await registry.metrics() };
  if (path === '/details')
    return { http: 200, type: 'application/json', body: JSON.stringify(details(), null, 2) };
  if (path === '/doctor' && doctor) {
    const { well, lines } = await doctor();
    return plain(well ? 200 : 503, lines.join('\n'));
  }
  return plain(404, '/metrics, /details and /doctor are here.');
}

const plain = (http: number, body: string): Answer => ({
  http,
  type: 'text/plain; charset=utf-8',
  body,
});

function send(request: IncomingMessage, response: ServerResponse, reply: Answer): void {
  response.writeHead(reply.http, { 'content-type': reply.type, 'cache-control': 'no-store' });
  response.end(request.method === 'HEAD' ? undefined : `${reply.body}\n`);
}
