import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { createClients } from '../../src/slack/clients.ts';
import { classify, type Verdict } from '../../src/slack/outcome.ts';
import { quiet } from './support.ts';

let server: Server | undefined;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function errorFrom(answer: RequestListener | null, host = '127.0.0.1'): Promise<unknown> {
  server = createServer(answer ?? (() => undefined)).listen(0, '127.0.0.1');
  await new Promise((resolve) => server?.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  if (!answer) await new Promise((resolve) => server?.close(resolve));
  const address = { token: 'xoxb-1', apiUrl: `http://${host}:${port}/api/` };
  const { client } = createClients(address, quiet);
  return client.chat
    .postMessage({ channel: 'C1', text: 'x' })
    .then(() => null)
    .catch((error: unknown) => error);
}

const json =
  (body: object): RequestListener =>
  (_, response) =>
    void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
const limited =
  (header?: string): RequestListener =>
  (_, response) =>
    void response.writeHead(429, header === undefined ? {} : { 'retry-after': header }).end();

const status =
  (code: number): RequestListener =>
  (_, response) =>
    void response.writeHead(code).end('<html>nope</html>');

const wait = (ms: number, scope = 'channel'): Partial<Verdict> =>
  ({ type: 'wait', ms, scope }) as Partial<Verdict>;

test.each<[string, RequestListener, Partial<Verdict>]>([
  ['429 with Retry-After 30', limited('30'), wait(30_000)],
  ['429 without Retry-After', limited(), wait(5_000)],
  ['429 with nonsense', limited('soon'), wait(5_000)],
  ['429 with a negative wait', limited('-4'), wait(1_000)],
  ['429 with a huge wait', limited('86400'), wait(300_000)],
  ['a rate limit inside a 200', json({ ok: false, error: 'ratelimited' }), wait(5_000)],
  ['500', status(500), { type: 'unsure' }],
  ['503', status(503), { type: 'unsure' }],
  ['404 from a proxy', status(404), wait(30_000, 'method')],
  ['413', status(413), { type: 'failed' }],
  [
    'a reset after the request was written',
    (request) => void request.socket.destroy(),
    { type: 'unsure' },
  ],
  [
    'an HTML page with status 200',
    (_, response) => void response.writeHead(200).end('<html>maintenance</html>'),
    { type: 'unsure' },
  ],
  [
    'JSON that breaks off',
    (_, response) => void response.writeHead(200).end('{"ok":tr'),
    { type: 'unsure' },
  ],
  ['internal_error', json({ ok: false, error: 'internal_error' }), { type: 'unsure' }],
  ['fatal_error', json({ ok: false, error: 'fatal_error' }), { type: 'unsure' }],
  ['already_in_channel', json({ ok: false, error: 'already_in_channel' }), { type: 'done' }],
  ['already_pinned', json({ ok: false, error: 'already_pinned' }), { type: 'done' }],
  ['is_archived', json({ ok: false, error: 'is_archived' }), { type: 'archived' }],
  ['channel_not_found', json({ ok: false, error: 'channel_not_found' }), { type: 'failed' }],
  ['not_in_channel', json({ ok: false, error: 'not_in_channel' }), { type: 'failed' }],
  ['restricted_action', json({ ok: false, error: 'restricted_action' }), { type: 'failed' }],
  ['msg_too_long', json({ ok: false, error: 'msg_too_long' }), { type: 'failed' }],
  ['an error nobody has seen', json({ ok: false, error: 'flux_error' }), { type: 'failed' }],
  ['invalid_auth', json({ ok: false, error: 'invalid_auth' }), wait(60_000, 'workspace')],
  ['token_revoked', json({ ok: false, error: 'token_revoked' }), wait(60_000, 'workspace')],
  ['token_expired', json({ ok: false, error: 'token_expired' }), wait(60_000, 'workspace')],
  ['account_inactive', json({ ok: false, error: 'account_inactive' }), wait(60_000, 'workspace')],
  ['missing_scope', json({ ok: false, error: 'missing_scope' }), wait(60_000, 'workspace')],
])('%s', async (_, answer, expected) => {
  expect(classify(await errorFrom(answer), 'channel')).toMatchObject(expected);
});

test('a server that hangs leaves it open whether it did it', async () => {
  expect(classify(await errorFrom(() => undefined))).toMatchObject({ type: 'unsure' });
});

test('a closed port never saw the request', async () => {
  expect(classify(await errorFrom(null))).toMatchObject(wait(2_000, 'workspace'));
});

test('a name that does not resolve never saw the request', async () => {
  expect(classify(await errorFrom(null, 'no-such-host.invalid'))).toMatchObject(
    wait(2_000, 'workspace'),
  );
});

test('rate limits of other methods are counted by method', async () => {
  expect(classify(await errorFrom(limited('7')))).toMatchObject(wait(7_000, 'method'));
});
