import { request } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectInvariants } from '../support/invariants.ts';
import { createStory, eventually, type Story } from '../support/story.ts';

let story: Story;

beforeAll(async () => {
  story = await createStory();
  await story.opens('ana', 'sev1 Checkout is down');
});

afterAll(async () => {
  await expectInvariants(story);
  await story.stop();
});

const FORM = 'application/x-www-form-urlencoded';
const JSON_TYPE = 'application/json';

/** A command of Ana's in the incident's channel, as Slack's form has it. */
function command(fields: Record<string, string>): string {
  return new URLSearchParams({
    command: '/incident',
    team_id: story.workspace.teamId,
    api_app_id: story.workspace.appId,
    channel_id: story.channel().id,
    user_id: 'U0ANA',
    trigger_id: story.workspace.trigger('U0ANA'),
    response_url: '',
    ...fields,
  }).toString();
}

interface Posted {
  readonly status: number;
  readonly body: unknown;
}

async function post(
  body: string,
  headers: Record<string, string>,
  type: string = FORM,
): Promise<Posted> {
  const { status, body: said } = await story.workspace.rawRequest({
    body,
    headers: { 'content-type': type, ...headers },
  });
  return { status, body: said };
}

const signed = (body: string, type = FORM, at = Date.now()): Promise<Posted> =>
  post(body, story.workspace.sign(body, at), type);

const logged = async (text: string): Promise<number> =>
  (await story.entries()).filter((entry) => entry.text === text).length;

const SECOND = 1000;

describe('a request is believed only when Slack signed it just now', () => {
  test.each([
    ['299 seconds old', -299 * SECOND, 200],
    ['301 seconds old', -301 * SECOND, 401],
    ['four minutes ahead', 240 * SECOND, 200],
    ['an hour ahead', 3_600 * SECOND, 401],
  ])('%s', async (name, offset, status) => {
    const body = command({ text: `log ${name}` });
    expect((await signed(body, FORM, Date.now() + offset)).status).toBe(status);
    expect(await logged(name)).toBe(status === 200 ? 1 : 0);
  });

  test.each([
    ['no signature', { 'x-slack-signature': '' }],
    ['another version', { 'x-slack-signature': `v1=${'0'.repeat(64)}` }],
    ['a wrong one', { 'x-slack-signature': `v0=${'0'.repeat(64)}` }],
    ['a short one', { 'x-slack-signature': 'v0=12' }],
    ['a time that is none', { 'x-slack-request-timestamp': 'abc' }],
    ['an empty time', { 'x-slack-request-timestamp': '' }],
  ])('%s is refused', async (name, wrong) => {
    const body = command({ text: `log ${name}` });
    const { status } = await post(body, { ...story.workspace.sign(body), ...wrong });
    expect(status).toBe(401);
    expect(await logged(name)).toBe(0);
  });

  test('nothing without the two headers is believed', async () => {
    expect((await post(command({ text: 'log unsigned' }), {})).status).toBe(401);
    expect(await logged('unsigned')).toBe(0);
  });

  test('a body that was changed after signing is refused', async () => {
    const body = command({ text: 'log original' });
    const headers = story.workspace.sign(body);
    expect((await post(body.replace('original', 'forged'), headers)).status).toBe(401);
  });
});

describe('a body that makes no sense', () => {
  test.each([
    ['broken JSON', '{"type":', JSON_TYPE, 400],
    ['null', 'null', JSON_TYPE, 400],
    ['a list', '[]', JSON_TYPE, 400],
    ['a number', '42', JSON_TYPE, 400],
    ['a broken payload', 'payload=%7B%22type', FORM, 400],
    ['a payload of null', 'payload=null', FORM, 400],
  ])('%s is refused and harms nobody', async (_, body, type, status) => {
    expect((await signed(body, type)).status).toBe(status);
    expect(await story.type('ana', '/incident list')).toContain('INC-1');
  });

  test('unsigned nonsense is not even read', async () => {
    expect((await post('null', {}, JSON_TYPE)).status).toBe(401);
  });

  test('keys that would change every object change none', async () => {
    const evil = '{"type":"event_callback","__proto__":{"polluted":1},"event":{"type":"x"}}';
    await signed(evil, JSON_TYPE);
    await signed(`${command({ text: 'log harmless' })}&__proto__[polluted]=1&constructor=1`);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
    expect(await logged('harmless')).toBe(1);
  });

  test('five megabytes are cut off', async () => {
    const { hostname, port } = new URL(`http://127.0.0.1:${story.apps[0]?.port}`);
    const status = await new Promise<number>((resolve) => {
      const sending = request({ hostname, port, path: '/slack/events', method: 'POST' }, (answer) =>
        resolve(answer.statusCode ?? 0),
      );
      sending.on('error', () => resolve(0));
      sending.end('x'.repeat(5 * 1024 * 1024));
    });
    expect([413, 0]).toContain(status);
    expect(await story.type('ana', '/incident list')).toContain('INC-1');
  });
});

describe('what other clients send', () => {
  test('a charset in the content type changes nothing', async () => {
    const body = command({ text: 'log with a charset' });
    expect((await signed(body, `${FORM}; charset=UTF-8`)).status).toBe(200);
    expect(await logged('with a charset')).toBe(1);
  });

  test('an ssl_check is answered unsigned and does nothing else', async () => {
    const { status } = await post(command({ ssl_check: '1', text: 'log smuggled' }), {});
    expect(status).toBe(200);
    expect(await logged('smuggled')).toBe(0);
  });

  test('a command that is none of ours, and things nobody listens to, are answered in time', async () => {
    const began = Date.now();
    const bodies = [
      command({ command: '/weather', text: 'help' }),
      `payload=${encodeURIComponent('{"type":"block_actions","user":{"id":"U0ANA"},"actions":[]}')}`,
      `payload=${encodeURIComponent('{"type":"something_new","user":{"id":"U0ANA"}}')}`,
    ];
    const answers = await Promise.all(bodies.map((body) => signed(body)));
    expect(answers.map(({ status }) => status).every((status) => status < 500)).toBe(true);
    expect(Date.now() - began).toBeLessThan(3000);
  });

  test('an event that Slack repeats is taken once', async () => {
    const { workspace } = story;
    const message = await workspace.say('U0ANA', story.channel().id, 'said once');
    await workspace.react('U0ANA', message, 'pushpin');
    await eventually(async () => (await logged('said once')) === 1, 'it is an entry');
    const changes = async (): Promise<number> => {
      const [row] = await story.sql<{ n: number }[]>`select count(*)::int as n from audit`;
      return row?.n ?? 0;
    };
    const before = await changes();
    const { body, headers } = workspace.deliveries.findLast(({ kind }) => kind === 'event') ?? {};
    for (const retry of ['1', '2', '3']) {
      const repeated = {
        ...headers,
        'x-slack-retry-num': retry,
        'x-slack-retry-reason': 'http_timeout',
      };
      const answer = await workspace.rawRequest({ body: body ?? '', headers: repeated });
      expect(answer.status).toBe(200);
    }
    // Events are answered first and done in turn: what comes after them tells that they are done.
    await workspace.edit(message, 'said once, and edited');
    await eventually(async () => (await logged('said once, and edited')) > 0, 'the entry follows');
    expect(await logged('said once')).toBe(0);
    expect(await logged('said once, and edited')).toBe(1);
    expect(await changes()).toBe(before + 1);
  });

  test('connections that say nothing do not keep anybody waiting', async () => {
    const port = story.apps[0]?.port ?? 0;
    const idle = Array.from({ length: 300 }, () => connect({ port, host: '127.0.0.1' }));
    for (const socket of idle) socket.on('error', () => undefined);
    await eventually(() => idle.every(({ connecting }) => !connecting), 'all are connected');
    const began = Date.now();
    expect(await story.type('ana', '/incident list')).toContain('INC-1');
    expect(Date.now() - began).toBeLessThan(2500);
    for (const socket of idle) socket.destroy();
  });
});
