import { request } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectInvariants } from '../support/invariants.ts';
import { createStory, type Story } from '../support/story.ts';

let story: Story;

beforeAll(async () => {
  story = await createStory();
  await story.opens('ana', 'sev1 Checkout is down');
});

afterAll(async () => {
  expect(await story.type('ana', '/incident list')).toContain('INC-1');
  await expectInvariants(story);
  await story.stop();
});

const FORM = 'application/x-www-form-urlencoded';
const JSON_TYPE = 'application/json';

const fields = (text: string): Record<string, string> => ({
  command: '/incident',
  team_id: story.workspace.teamId,
  api_app_id: story.workspace.appId,
  channel_id: story.channel().id,
  user_id: 'U0ANA',
  trigger_id: story.workspace.trigger('U0ANA'),
  response_url: '',
  text,
});

const form = (given: Record<string, string>): string => new URLSearchParams(given).toString();

async function signed(
  body: string,
  type: string = FORM,
  more: Record<string, string> = {},
): Promise<{ status: number; body: unknown }> {
  const headers = { 'content-type': type, ...story.workspace.sign(body), ...more };
  const { status, body: said } = await story.workspace.rawRequest({ body, headers });
  return { status, body: said };
}

const texts = async (): Promise<string[]> => (await story.entries()).map(({ text }) => text);

/** Writes bytes to the port and gives what comes back until the connection ends. */
function bytes(text: string, withinMs: number): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ port: story.apps[0]?.port ?? 0, host: '127.0.0.1' });
    let said = '';
    socket.on('data', (chunk) => {
      said += String(chunk);
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(said));
    socket.setTimeout(withinMs, () => socket.destroy());
    socket.write(text);
  });
}

describe('a signed request that no Slack would send', () => {
  test.each([
    ['no type', ''],
    ['plain text', 'text/plain'],
    ['a multipart form', 'multipart/form-data; boundary=x'],
    ['XML', 'application/xml'],
  ])('with %s as its content is not taken for a command', async (name, type) => {
    const { status } = await signed(form(fields(`log with ${name}`)), type);
    expect(status).toBeLessThan(500);
    expect(await texts()).not.toContain(`with ${name}`);
  });

  test('with a field twice is answered, and does one thing at most', async () => {
    const twice = `${form(fields('log first of two'))}&text=log+second+of+two&user_id=U0EVE`;
    const { status } = await signed(twice);
    expect(status).toBeLessThan(500);
    const kept = (await texts()).filter((text) => text.includes('of two'));
    expect(kept.length).toBeLessThanOrEqual(1);
    const authors = (await story.entries()).map(({ author }) => author);
    expect(authors.every((one) => one === null || one.startsWith('U0ANA'))).toBe(true);
  });

  test('with broken percent signs keeps what can be read', async () => {
    const body = `${form(fields(''))}&`.replace('text=&', 'text=log+caf%C3%A9+%E0%A4%A+100%25&');
    expect((await signed(body)).status).toBe(200);
    expect((await texts()).some((text) => text.startsWith('café '))).toBe(true);
  });

  test.each(['user_id', 'channel_id', 'team_id', 'trigger_id', 'command', 'text'])(
    'without %s harms nobody',
    async (name) => {
      const { [name]: _, ...rest } = fields(`log without ${name}`);
      const { status } = await signed(form(rest));
      expect(status).toBeLessThan(500);
    },
  );

  test('of ten thousand objects in each other is refused or passed over', async () => {
    const deep = `${'{"event":'.repeat(10_000)}1${'}'.repeat(10_000)}`;
    expect((await signed(deep, JSON_TYPE)).status).toBeLessThan(500);
  });

  test.each([
    ['a payload of an unknown type', { type: 'telepathy' }],
    ['a button without actions', { type: 'block_actions', user: { id: 'U0ANA' } }],
    ['a form without a state', { type: 'view_submission', user: { id: 'U0ANA' }, view: {} }],
    [
      'a form with a forged memory',
      {
        type: 'view_submission',
        user: { id: 'U0ANA' },
        view: { id: 'V1', callback_id: 'form:entry', private_metadata: '{"incident":', state: {} },
      },
    ],
    ['a shortcut by nobody', { type: 'shortcut', callback_id: 'incident_declare' }],
  ])('%s is answered', async (_, payload) => {
    const body = `payload=${encodeURIComponent(JSON.stringify(payload))}`;
    const { status } = await signed(body);
    expect(status).toBeGreaterThanOrEqual(200);
    // 500 is Bolt's own answer to what has not even the fields that it reads.
    expect(status).toBeLessThanOrEqual(500);
    expect(await story.type('ana', '/incident list')).toContain('INC-1');
  });

  test.each(['GET', 'PUT', 'DELETE'])('%s finds nothing there', async (method) => {
    const status = await new Promise<number>((resolve) => {
      const port = story.apps[0]?.port ?? 0;
      request({ port, host: '127.0.0.1', path: '/slack/events', method }, (answer) => {
        answer.resume();
        resolve(answer.statusCode ?? 0);
      }).end();
    });
    expect(status).toBe(404);
  });
});

test('the address is verified for Slack, and for nobody else', async () => {
  const body = JSON.stringify({ type: 'url_verification', challenge: 'c0ffee' });
  const answer = await signed(body, JSON_TYPE);
  expect(answer.status).toBe(200);
  expect(JSON.stringify(answer.body)).toContain('c0ffee');
  const headers = { 'content-type': JSON_TYPE };
  expect((await story.workspace.rawRequest({ body, headers })).status).toBe(401);
});

test('headers that Slack adds to a repeated request change nothing', async () => {
  const body = form(fields('log retried'));
  const retried = { 'x-slack-retry-num': '2', 'x-slack-retry-reason': 'http_timeout' };
  expect((await signed(body)).status).toBe(200);
  expect((await signed(body, FORM, retried)).status).toBe(200);
  expect((await texts()).filter((text) => text === 'retried')).toHaveLength(1);
});

test('without a right signature the database is not asked anything', async () => {
  // What nobody else does: nobody is known by this name, so the first question would be for him.
  const body = form({ ...fields('log forged'), user_id: 'U0FORGED', channel_id: 'C0FORGED' });
  const bad = { 'x-slack-signature': `v0=${'0'.repeat(64)}` };
  const asked = story.workspace.calls.length;
  for (let n = 0; n < 20; n += 1) expect((await signed(body, FORM, bad)).status).toBe(401);
  await story.settle();
  expect(
    story.workspace.calls.slice(asked).filter(({ method }) => method === 'users.info'),
  ).toEqual([]);
  const [row] = await story.sql<{ n: number }[]>`
    select count(*)::int as n from inbound where actor = 'U0FORGED'`;
  expect(row?.n).toBe(0);
});

test('a header that never ends, and half of one, end the connection', async () => {
  const endless = await bytes(`POST /slack/events HTTP/1.1\r\nx: ${'y'.repeat(80_000)}`, 8000);
  expect(endless).toMatch(/^HTTP\/1\.1 431/);
  expect(await bytes('NONSENSE\r\n\r\n', 8000)).toMatch(/^HTTP\/1\.1 400/);
});

test('a body that is shorter than it says is answered with nothing, and nobody waits for it', async () => {
  const head = 'POST /slack/events HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\ntext=';
  // The connection is ours to end here; a slow one is ended by the server.
  expect(await bytes(head, 500)).toBe('');
  expect(await story.type('ana', '/incident list')).toContain('INC-1');
});

/** Fifteen seconds of waiting are for the long tier; what is not run there is no skipped test. */
if (process.env.LONG !== undefined)
  test('a body that comes too slowly is cut off within its fifteen seconds', async () => {
    const head = 'POST /slack/events HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\ntext=';
    const began = Date.now();
    expect(await bytes(head, 40_000)).toMatch(/^HTTP\/1\.1 408/);
    expect(Date.now() - began).toBeGreaterThan(14_000);
  });
