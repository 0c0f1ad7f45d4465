import type { WebClient } from '@slack/web-api';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Workspace } from '../../src/demo/workspace/index.ts';
import { clientOf, office } from './support.ts';

let workspace: Workspace;
let slack: WebClient;
const channel = 'C0INCIDENTS';

beforeEach(async () => {
  workspace = await office();
  slack = clientOf(workspace);
});

afterEach(() => workspace.close());

test('with rate limits on, a burst passes and then Slack minds', async () => {
  await workspace.close();
  workspace = await office({ rateLimits: true });
  slack = clientOf(workspace);
  const post = () => slack.chat.postMessage({ channel, text: 'a' });
  for (let index = 0; index < 4; index += 1) await post();
  await expect(post()).rejects.toMatchObject({ retryAfter: 1 });
  await slack.chat.postMessage({ channel: 'U0BO', text: 'another channel' });
});

const stored = () => workspace.channel(channel)?.messages.length;

test.each([
  ['500-after', 1],
  ['reset-after', 1],
  ['hang-after', 1],
  ['500-before', 0],
  ['reset-before', 0],
  ['hang', 0],
  ['429', 0],
  ['error', 0],
] as const)('a %s fault fails the call and leaves %i messages', async (mode, left) => {
  let hits = 0;
  const onHit = () => {
    hits += 1;
  };
  workspace.faults.push({ method: /^chat\.postMessage$/, times: 1, mode, hangMs: 20, onHit });
  await expect(slack.chat.postMessage({ channel, text: 'a' })).rejects.toThrow();
  expect([stored(), hits]).toEqual([left, 1]);
  expect(workspace.calls.at(-1)).toMatchObject({ ok: false, fault: mode });
  await slack.chat.postMessage({ channel, text: 'b' });
  expect(stored()).toBe(left + 1);
  expect(workspace.violations).toEqual([]);
});

test('a response URL is good for five uses', async () => {
  workspace.connect('http://127.0.0.1:1/slack/events');
  await workspace.type('U0ANA', 'incidents', '/incident list');
  const url = new URLSearchParams(workspace.deliveries[0]?.body).get('response_url') ?? '';
  const reply = () => fetch(url, { method: 'POST', body: JSON.stringify({ text: 'a' }) });
  const statuses: number[] = [];
  for (let index = 0; index < 6; index += 1) statuses.push((await reply()).status);
  expect(statuses).toEqual([200, 200, 200, 200, 200, 404]);
  expect(workspace.replies).toHaveLength(5);
  expect(workspace.violations.map(({ rule }) => rule)).toEqual(['used_url']);
});

test('users.info knows zones and roles', async () => {
  const { user } = await slack.users.info({ user: 'U0ANA' });
  expect(user).toMatchObject({ tz: 'Europe/Madrid', is_admin: true, is_restricted: false });
  expect([3600, 7200]).toContain(user?.tz_offset);
});

test('starting takes well under a second', async () => {
  const start = performance.now();
  const another = await office();
  await another.close();
  expect(performance.now() - start).toBeLessThan(1000);
});

test('a trigger is too old after three seconds, a response URL after thirty minutes', async () => {
  await workspace.close();
  let now = Date.now();
  workspace = await office({ now: () => now });
  slack = clientOf(workspace);
  workspace.connect('http://127.0.0.1:1/slack/events');
  await workspace.type('U0ANA', 'incidents', '/incident list');
  const sent = new URLSearchParams(workspace.deliveries[0]?.body);
  now += 31 * 60_000;
  const late = await fetch(sent.get('response_url') ?? '', {
    method: 'POST',
    body: '{"text":"a"}',
  });
  expect(late.status).toBe(404);
  const clock = vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 3100);
  const view = { type: 'modal', title: { type: 'plain_text', text: 'A' }, blocks: [] } as const;
  const opening = slack.apiCall('views.open', { trigger_id: sent.get('trigger_id'), view });
  await expect(opening).rejects.toThrow('expired_trigger_id');
  clock.mockRestore();
  expect(workspace.violations.map(({ rule }) => rule)).toEqual([
    'expired_url',
    'expired_trigger_id',
  ]);
});
