import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Workspace } from '../../src/demo/workspace/index.ts';
import type { Handled } from '../../src/handle.ts';
import type { SlackEdge } from '../../src/slack/app.ts';
import { done, edgeIn, office } from './support.ts';

let workspace: Workspace;
let edge: SlackEdge | undefined;

beforeEach(async () => {
  workspace = await office();
});
afterEach(async () => {
  await edge?.stop(1000);
  edge = undefined;
  expect(workspace.violations).toEqual([]);
  await workspace.close();
});

const reply = (...words: string[]): Handled => ({ type: 'reply', reply: done(...words) });
async function start(...args: Parameters<typeof edgeIn> extends [unknown, ...infer R] ? R : never) {
  const started = await edgeIn(workspace, ...args);
  edge = started.edge;
  return started;
}

/** The body of a command as Slack sends it. */
const command = (fields: Record<string, string> = {}): string =>
  new URLSearchParams({
    team_id: workspace.teamId,
    api_app_id: workspace.appId,
    channel_id: 'C0WAR',
    user_id: 'U0ANA',
    command: '/incident',
    text: 'ack',
    trigger_id: workspace.trigger('U0ANA'),
    ...fields,
  }).toString();
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

test.each<[string, () => { body: string; at?: number; headers?: Record<string, string> }, number]>([
  ['a command', () => ({ body: command() }), 200],
  [
    'a charset in the content type',
    () => ({
      body: command(),
      headers: { 'content-type': `${FORM['content-type']}; charset=utf-8` },
    }),
    200,
  ],
  ['a clock 299 s behind', () => ({ body: command(), at: Date.now() - 298_000 }), 200],
  ['a clock 301 s behind', () => ({ body: command(), at: Date.now() - 302_000 }), 401],
  ['a clock 299 s ahead', () => ({ body: command(), at: Date.now() + 298_000 }), 200],
  ['a clock 301 s ahead', () => ({ body: command(), at: Date.now() + 302_000 }), 401],
  ['JSON null', () => ({ body: 'null', headers: { 'content-type': 'application/json' } }), 400],
  ['a JSON list', () => ({ body: '[]', headers: { 'content-type': 'application/json' } }), 400],
  ['no JSON', () => ({ body: '{', headers: { 'content-type': 'application/json' } }), 400],
  ['a null payload', () => ({ body: 'payload=null' }), 400],
  ['another app', () => ({ body: command({ api_app_id: 'A0OTHER' }) }), 401],
  ['a body beyond a megabyte', () => ({ body: command({ text: 'x'.repeat(1 << 20) }) }), 413],
])('%s', async (_, request, status) => {
  await start(async () => reply('Fine.'));
  const { body, at, headers = {} } = request();
  const answer = await workspace.rawRequest({
    body,
    headers: { ...FORM, ...workspace.sign(body, at), ...headers },
  });
  expect(answer.status).toBe(status);
});

test('a request without a signature is refused, whatever it contains', async () => {
  await start(async () => reply('Fine.'));
  expect(await workspace.rawRequest({ body: command(), headers: FORM })).toMatchObject({
    status: 401,
  });
  const json = { 'content-type': 'application/json' };
  expect(await workspace.rawRequest({ body: 'null', headers: json })).toMatchObject({
    status: 401,
  });
});

test('a repeated request keeps its key', async () => {
  const { inputs } = await start(async () => reply('Once.'));
  await workspace.type('U0ANA', 'C0WAR', '/incident ack');
  const [sent] = workspace.deliveries;
  if (!sent) throw new Error('nothing sent');
  expect(await workspace.rawRequest(sent)).toMatchObject({ status: 200 });
  expect(inputs[0]?.key).toBe(inputs[1]?.key);
});
