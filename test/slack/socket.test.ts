import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { createSocketReceiver } from '../../src/slack/receiver.ts';
import { createSocket } from '../../src/slack/socket.ts';
import { hostOf } from '../../src/slack/trouble.ts';
import { eventually } from '../support/town.ts';
import { office, quiet } from './support.ts';

const after: (() => unknown)[] = [];
afterEach(async () => {
  for (const one of after.splice(0).reverse()) await one();
});

const PACES = { grace: 400, firstPause: 20, longestPause: 60, helloWithin: 300 };

/** A connection to a Web API, with what was told of it. */
function connecting(apiUrl: string, appToken = 'xapp-1-some') {
  const health: string[] = [];
  const lines: string[] = [];
  const log = {
    ...quiet,
    error: (event: string, facts: object = {}) => {
      lines.push(`${event} ${JSON.stringify(facts)}`);
    },
  };
  const options = { connection: { type: 'socket', appToken }, apiUrl, routes: [], log } as const;
  const socket = createSocket({
    receiver: createSocketReceiver(options, appToken),
    host: hostOf(apiUrl),
    log,
    onHealth: (state, note) => health.push(`${state} ${note}`.trim()),
    paces: PACES,
  });
  after.push(() => socket.stop());
  return { socket, health, lines };
}

/** Answers every call with this, as something does that stands where Slack should. */
async function answering(answer: (calls: number) => string): Promise<string> {
  let calls = 0;
  const server = createServer((_, response) => {
    calls += 1;
    response.writeHead(200, { 'content-type': 'application/json' }).end(answer(calls));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  after.push(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`;
}

test('a WebSocket that cannot be reached is named with the reason, and tried again and again', async () => {
  const gone = createServer();
  await new Promise<void>((resolve) => gone.listen(0, '127.0.0.1', resolve));
  const { port } = gone.address() as AddressInfo;
  await new Promise((resolve) => gone.close(resolve));
  const apiUrl = await answering(() => `{"ok":true,"url":"ws://127.0.0.1:${port}/link"}`);
  const { socket, health, lines } = connecting(apiUrl);
  socket.start();
  expect(health).toEqual(['down no Socket Mode connection: no connection yet']);
  await eventually(() => lines.length >= 3, 'three tries');
  expect(lines[0]).toContain('socket mode not connected');
  expect(lines[0]).toMatch(/127\.0\.0\.1:\d+ cannot be reached \(ECONNREFUSED\)/);
  expect(lines[0]).toContain('npm start -- doctor');
  expect(lines.join()).not.toContain('slack library failed');
});

test('a greeting that does not come is a failure too', async () => {
  const server = createServer();
  server.on('upgrade', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  after.push(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  const apiUrl = await answering(() => `{"ok":true,"url":"ws://127.0.0.1:${port}/link"}`);
  const { socket, lines } = connecting(apiUrl);
  socket.start();
  await eventually(() => lines.length >= 2, 'two tries');
  expect(lines[0]).toContain('no greeting within 0.3 s');
});

test('what was lost is missed after a moment only, and what Slack refuses at once', async () => {
  const workspace = await office();
  after.push(() => workspace.close());
  const { socket, health } = connecting(workspace.apiUrl, workspace.appToken);
  socket.start();
  expect(await socket.heard).toBe(true);
  expect(socket.deaf()).toBeNull();
  expect(health.at(-1)).toBe('ok');
  const unreachable = { method: /^apps\.connections/, times: 1000, mode: 'reset-before' } as const;
  workspace.faults.push(unreachable);
  workspace.disconnectSocket('refresh_requested');
  await eventually(() => !workspace.socketConnected, 'the connection is gone');
  expect(socket.deaf()).toBeNull();
  expect(health.at(-1)).toBe('ok');
  await eventually(() => socket.deaf(), 'it is missed');
  await eventually(() => health.at(-1)?.startsWith('down'), 'readiness follows');
  workspace.faults.length = 0;
  await eventually(() => socket.deaf() === null, 'it is back');
  expect(health.at(-1)).toBe('ok');
});

test('a page of a proxy is not told as an answer of Slack', async () => {
  const apiUrl = await answering(() => '<html>proxy login</html>');
  const { socket, lines } = connecting(apiUrl);
  socket.start();
  await eventually(() => lines.length > 0, 'it is told');
  expect(lines[0]).toContain('something other than Slack answered');
  expect(lines[0]).not.toContain('<html>');
});

test('stopped before it was there, it says so and stays away', async () => {
  const workspace = await office();
  after.push(() => workspace.close());
  workspace.faults.push({ method: /^apps\.connections/, times: 1, mode: 'slow', hangMs: 200 });
  const { socket } = connecting(workspace.apiUrl, workspace.appToken);
  socket.start();
  await socket.stop();
  expect(await socket.heard).toBe(false);
  await new Promise((resolve) => setTimeout(resolve, 500));
  await eventually(() => !workspace.socketConnected, 'nothing is connected');
});
