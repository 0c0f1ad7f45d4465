import type { AddressInfo } from 'node:net';
import { createServer as createPlainServer, type Server } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createSend, Forbidden, NoAnswer } from '../../src/webhooks/send.ts';
import { createCertificate } from '../support/certificate.ts';
import { answering, type Receiver, startReceiver } from '../support/receiver.ts';

let receiver: Receiver;
const open: Server[] = [];

beforeEach(async () => {
  receiver = await startReceiver();
});

afterEach(async () => {
  for (const server of open.splice(0)) server.close();
  await receiver.down().catch(() => undefined);
});

const here = { address: '127.0.0.1', family: 4 };
const to = (host: string, port = receiver.port) => ({
  url: `https://${host}:${port}/hook`,
  headers: { 'content-type': 'application/json' },
  body: '{"ä":1}',
});
const failure = (sent: Promise<unknown>): Promise<unknown> => sent.catch((error: unknown) => error);

test('a request arrives as it was made, and its status comes back', async () => {
  const send = createSend({ ca: receiver.ca });
  expect(await send(to('127.0.0.1'), true)).toEqual({ status: 202, retryAfter: null });
  const [one] = receiver.received;
  expect(one).toMatchObject({ method: 'POST', path: '/hook', body: '{"ä":1}' });
  expect(one?.headers).toEqual({
    'content-type': 'application/json',
    'content-length': '8',
    'user-agent': 'Muster',
    host: `127.0.0.1:${receiver.port}`,
    connection: 'close',
  });
});

test('a name is resolved once, and the connection goes where it was judged to lead', async () => {
  const answers = [[here], [{ address: '10.0.0.1', family: 4 }]];
  const asked: string[] = [];
  const send = createSend({
    ca: receiver.ca,
    resolve: async (name) => {
      asked.push(name);
      return answers.shift() ?? [];
    },
  });
  expect(await send(to('pager.test'), true)).toMatchObject({ status: 202 });
  expect(asked).toEqual(['pager.test']);
  expect(receiver.received[0]?.headers.host).toBe(`pager.test:${receiver.port}`);
});

test('a name that is judged bad is never connected to', async () => {
  const send = createSend({ ca: receiver.ca, resolve: async () => [here] });
  expect(await failure(send(to('pager.test'), false))).toBeInstanceOf(Forbidden);
  expect(receiver.connections).toBe(0);
});

test('a redirect to this machine is not followed', async () => {
  const other = await startReceiver();
  receiver.react(answering(302, { location: `https://127.0.0.1:${other.port}/secret` }));
  const send = createSend({ ca: receiver.ca });
  expect(await send(to('127.0.0.1'), true)).toMatchObject({ status: 302 });
  expect(other.connections).toBe(0);
  await other.down();
});

test('the certificate must be the name’s', async () => {
  const send = createSend({ ca: receiver.ca, resolve: async () => [here] });
  const other = await failure(send(to('other.test'), true));
  expect(other).toMatchObject({ code: 'ERR_TLS_CERT_ALTNAME_INVALID', written: false });
  expect(receiver.received).toEqual([]);
});

test('and it must be good', async () => {
  const stranger = await failure(createSend()(to('127.0.0.1'), true));
  expect(stranger).toMatchObject({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT', written: false });
  await receiver.down();
  receiver = await startReceiver(createCertificate(['127.0.0.1'], 0.5));
  const old = await failure(createSend({ ca: receiver.ca })(to('127.0.0.1'), true));
  expect(old).toMatchObject({ code: 'CERT_HAS_EXPIRED', written: false });
});

test('nobody there: nothing was written', async () => {
  await receiver.down();
  const send = createSend({ ca: receiver.ca });
  expect(await failure(send(to('127.0.0.1'), true))).toMatchObject({
    code: 'ECONNREFUSED',
    written: false,
  });
});

test('whoever takes the request and never answers may have it', async () => {
  receiver.react(() => undefined);
  const send = createSend({ ca: receiver.ca, deadlineMs: 1000 });
  expect(await failure(send(to('127.0.0.1'), true))).toMatchObject({
    code: 'ETIMEDOUT',
    written: true,
  });
});

test('whoever hangs up after the request may have it', async () => {
  receiver.react((_, response) => void response.socket?.destroy());
  const send = createSend({ ca: receiver.ca });
  const why = await failure(send(to('127.0.0.1'), true));
  expect(why).toBeInstanceOf(NoAnswer);
  expect(why).toMatchObject({ written: true });
});

test('whoever takes the connection and says nothing has nothing', async () => {
  const silent = createPlainServer(() => undefined).listen(0, '127.0.0.1');
  open.push(silent);
  await new Promise((resolve) => silent.once('listening', resolve));
  const { port } = silent.address() as AddressInfo;
  const send = createSend({ deadlineMs: 300 });
  expect(await failure(send(to('127.0.0.1', port), true))).toMatchObject({
    code: 'ETIMEDOUT',
    written: false,
  });
});

test('a resolver that never answers is given up, and asked once by all who wait for it', async () => {
  let asked = 0;
  const send = createSend({
    deadlineMs: 200,
    resolve: () => {
      asked += 1;
      return new Promise(() => undefined);
    },
  });
  const both = await Promise.all([
    failure(send(to('pager.test'), true)),
    failure(send(to('pager.test'), true)),
  ]);
  for (const why of both) expect(why).toMatchObject({ code: 'ETIMEDOUT', written: false });
  expect(asked).toBe(1);
});

test('of an answer that never ends no more is read than is bearable', async () => {
  let written = 0;
  let closed = false;
  receiver.react((_, response) => {
    response.writeHead(200);
    response.on('close', () => {
      closed = true;
    });
    const more = (): void => {
      while (!closed && written < 64 * 1024 * 1024) {
        written += 16 * 1024;
        if (!response.write(Buffer.alloc(16 * 1024))) return void response.once('drain', more);
      }
    };
    more();
  });
  const send = createSend({ ca: receiver.ca });
  expect(await send(to('127.0.0.1'), true)).toEqual({ status: 200, retryAfter: null });
  expect(written).toBeLessThan(16 * 1024 * 1024);
});

test('an answer that dribbles counts by its status, at the deadline', async () => {
  receiver.react((_, response) => {
    response.writeHead(202);
    const dribble = setInterval(() => response.write('.'), 20);
    response.on('close', () => clearInterval(dribble));
  });
  const send = createSend({ ca: receiver.ca, deadlineMs: 1000 });
  expect(await send(to('127.0.0.1'), true)).toMatchObject({ status: 202 });
});

test('headers without end are no answer', async () => {
  receiver.react((_, response) => {
    response.socket?.end(`HTTP/1.1 200 OK\r\nx: ${'y'.repeat(100_000)}\r\n\r\n`);
  });
  const send = createSend({ ca: receiver.ca });
  expect(await failure(send(to('127.0.0.1'), true))).toMatchObject({ written: true });
});
