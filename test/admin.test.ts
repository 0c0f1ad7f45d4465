import { createServer, request as send } from 'node:http';
import { networkInterfaces } from 'node:os';
import { afterEach, describe, expect, test } from 'vitest';
import { type Admin, startAdmin } from '../src/admin.ts';
import { createHealth, type HealthState, healthRoutes } from '../src/health.ts';
import { createMetrics } from '../src/metrics.ts';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function start(details: () => unknown = () => ({ queue: 'ok' })): Promise<Admin> {
  const { registry, hints } = createMetrics();
  hints.inc({ outcome: 'added' });
  const admin = await startAdmin({ port: 0, registry, details });
  stops.push(() => admin.stop());
  return admin;
}

interface Asked {
  readonly method?: string;
  readonly host?: string;
  readonly address?: string;
}

/** fetch does not let a caller choose the Host header. */
function ask(port: number, path: string, { method = 'GET', host, address }: Asked = {}) {
  const headers = host === undefined ? {} : { host };
  return new Promise<{ http: number; type: string; body: string }>((resolve, reject) => {
    const options = { port, path, method, headers, host: address ?? '127.0.0.1' };
    const asked = send(options, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (part) => {
        body += part;
      });
      response.on('end', () => {
        const type = response.headers['content-type'] ?? '';
        resolve({ http: response.statusCode ?? 0, type, body });
      });
    });
    asked.on('error', reject).end();
  });
}

describe('the admin port', () => {
  test('tells Prometheus about us', async () => {
    const { port } = await start();
    const { http, type, body } = await ask(port, '/metrics?name=x');
    expect([http, type]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8']);
    expect(body).toContain('muster_hints_total{outcome="added"} 1');
    expect(body).toContain('muster_timer_lateness_seconds_bucket');
    expect(body).toContain('process_cpu_seconds_total');
  });

  test('tells the details as JSON', async () => {
    const { port } = await start();
    const { http, type, body } = await ask(port, '/details');
    expect([http, type, JSON.parse(body)]).toEqual([200, 'application/json', { queue: 'ok' }]);
  });

  test('answers HEAD without a body', async () => {
    const { port } = await start();
    expect(await ask(port, '/details', { method: 'HEAD' })).toMatchObject({ http: 200, body: '' });
  });

  test.each([
    ['GET', '/', 404],
    ['GET', '/metrics/../details', 404],
    ['POST', '/metrics', 405],
    ['DELETE', '/details', 405],
  ])('%s %s is answered %i', async (method, path, http) => {
    const { port } = await start();
    expect((await ask(port, path, { method })).http).toBe(http);
  });

  test.each([
    ['localhost:9090', 200],
    ['[::1]', 200],
    ['evil.example', 403],
    ['127.0.0.1.evil.example:9090', 403],
  ])('a request for the host %s is answered %i', async (host, http) => {
    const { port } = await start();
    expect((await ask(port, '/details', { host })).http).toBe(http);
  });

  test('does not show why something failed', async () => {
    const { port } = await start(() => {
      throw new Error('hunter2');
    });
    const { http, body } = await ask(port, '/details');
    expect([http, body.includes('hunter2')]).toEqual([500, false]);
  });

  test('cannot be reached from the network', async () => {
    const address = Object.values(networkInterfaces())
      .flat()
      .find((one) => one?.family === 'IPv4' && !one.internal)?.address;
    const { port } = await start();
    // 127.0.0.2 is this machine too: a server bound to every address would answer there.
    await expect(ask(port, '/details', { address: address ?? '127.0.0.2' })).rejects.toThrow(
      'ECONNREFUSED',
    );
  });

  test('says which variable to change when the port is taken', async () => {
    const { port } = await start();
    const { registry } = createMetrics();
    await expect(startAdmin({ port, registry, details: () => null })).rejects.toThrow(
      `ADMIN_PORT ${port} is in use: choose another one`,
    );
  });
});

describe('health', () => {
  const at = (states: Record<string, HealthState>) => {
    const health = createHealth(['database', 'queue'], () => 1000);
    for (const [name, state] of Object.entries(states)) health.set(name, state);
    return health;
  };

  test.each<[Record<string, HealthState>, string, number]>([
    [{}, 'down', 503],
    [{ database: 'ok' }, 'down', 503],
    [{ database: 'ok', queue: 'ok' }, 'ready', 200],
    [{ database: 'ok', queue: 'degraded' }, 'degraded', 200],
    [{ database: 'down', queue: 'degraded' }, 'down', 503],
    [{ database: 'ok', queue: 'ok', slack: 'degraded' }, 'degraded', 200],
  ])('%j is %s', (states, status, http) => {
    expect(at(states).ready()).toEqual({ status, http });
  });

  test('remembers since when, not since the last word about it', () => {
    let now = 1000;
    const health = createHealth([], () => now);
    health.set('slack', 'degraded', 'slow');
    now = 2000;
    health.set('slack', 'degraded', 'slower');
    expect(health.details()).toEqual({ slack: { state: 'degraded', since: 1000, note: 'slower' } });
    now = 3000;
    health.set('slack', 'ok');
    expect(health.details()).toEqual({ slack: { state: 'ok', since: 3000, note: '' } });
  });

  test('the public port hears one word', async () => {
    const health = at({ database: 'ok' });
    health.set('queue', 'down', 'redis://cache refused');
    const routes = healthRoutes(health);
    const server = createServer((request, response) =>
      routes.find(({ path }) => path === request.url)?.handler(request, response),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
    stops.push(() => new Promise((resolve) => server.close(() => resolve())));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    expect(await ask(port, '/healthz')).toMatchObject({ http: 200, body: 'alive\n' });
    expect(await ask(port, '/readyz')).toMatchObject({ http: 503, body: 'down\n' });
  });
});
