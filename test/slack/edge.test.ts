import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Workspace } from '../../src/demo/workspace/index.ts';
import type { Handled } from '../../src/handle.ts';
import type { SlackEdge } from '../../src/slack/app.ts';
import { soon } from '../support/soon.ts';
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

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

test('a command is answered in its acknowledgement', async () => {
  const { inputs } = await start(async () => reply('Acknowledged.'));
  const typed = await workspace.type('U0ANA', 'C0WAR', '/incident 42 ack <!channel> & more');
  expect(typed.reply?.text).toBe('Acknowledged.');
  expect(inputs).toEqual([
    {
      workspace: workspace.teamId,
      key: expect.any(String),
      actor: { id: 'U0ANA', zone: 'Europe/Madrid', standing: 'administrator' },
      channel: 'C0WAR',
      text: '42 ack &lt;!channel&gt; &amp; more',
      source: 'command',
    },
  ]);
});

test('a slow command is acknowledged in time, and the answer follows', async () => {
  await start(
    async () => {
      await pause(250);
      return reply('Here it is.');
    },
    { deadlineMs: 100 },
  );
  const typed = await workspace.type('U0ANA', 'C0WAR', '/incident timeline');
  expect(typed.reply?.text).toContain('Still working on it');
  await soon(() => expect(workspace.replies.map(({ text }) => text)).toEqual(['Here it is.']));
});

test('a fault gets a number, and what was typed is repeated', async () => {
  await start(async () => {
    throw new Error('the database is on fire');
  });
  const typed = await workspace.type('U0ANA', 'C0WAR', '/incident log the pool is full');
  expect(typed.reply?.text).toMatch(/error \([0-9a-f]{8}\)/);
  expect(typed.reply?.text).not.toContain('fire');
  expect(JSON.stringify(typed.reply?.blocks)).toContain('/incident log the pool is full');
});

test('somebody never seen is acknowledged first, then asked about, then answered', async () => {
  const { inputs, people } = await start(async () => reply('Read in your zone.'));
  people.delete('U0BO');
  const typed = await workspace.type('U0BO', 'C0WAR', '/incident log 14:31 restarted');
  expect(typed.reply).toBeNull();
  await soon(() => expect(workspace.replies).toHaveLength(1));
  expect(inputs[0]?.actor).toEqual({
    id: 'U0BO',
    zone: 'America/New_York',
    standing: 'member',
  });
  expect(people.get('U0BO')).toMatchObject({ name: 'bo', zone: 'America/New_York' });
});

test('a button types its command, and its answer comes privately', async () => {
  const { inputs } = await start(async () => reply('Acknowledged.'));
  const { blocks, text } = {
    text: 'card',
    blocks: [
      {
        type: 'actions',
        elements: [
          {
            type: 'button',
            action_id: 'do:0:abc',
            text: { type: 'plain_text', text: 'Acknowledge' },
            value: '42 ack',
          },
        ],
      },
    ],
  };
  await edge?.one?.client.chat.postMessage({ channel: 'C0WAR', text, blocks });
  const [message] = workspace.channel('C0WAR')?.messages ?? [];
  if (!message) throw new Error('no card');
  expect(await workspace.click('U0BO', message, 'Acknowledge')).toMatchObject({ status: 200 });
  await soon(() => expect(workspace.replies.map((one) => one.text)).toEqual(['Acknowledged.']));
  expect(workspace.replies[0]).toMatchObject({ responseType: 'ephemeral', replaceOriginal: false });
  expect(inputs).toMatchObject([{ text: '42 ack', source: 'button', channel: 'C0WAR' }]);
});

test('a button in a private answer is replaced by what came of it', async () => {
  const asked: Handled = {
    type: 'reply',
    reply: {
      message: {
        summary: ['Sure?'],
        blocks: [{ type: 'buttons', buttons: [{ label: 'Yes', command: 'confirm k1' }] }],
      },
      to: 'asker',
      outcome: 'asked',
    },
  };
  await start(async ({ text }) => (text === 'resolve' ? asked : reply('Resolved.')));
  const typed = await workspace.type('U0ANA', 'C0WAR', '/incident resolve');
  if (!typed.reply) throw new Error('no question');
  await workspace.click('U0ANA', typed.reply, 'Yes');
  await soon(() => expect(workspace.replies).toMatchObject([{ replaceOriginal: true }]));
});

test('what is none of ours is acknowledged all the same', async () => {
  await start(async () => reply('Known.'));
  const payload = (fields: object) =>
    new URLSearchParams({
      payload: JSON.stringify({
        api_app_id: workspace.appId,
        team: { id: workspace.teamId },
        user: { id: 'U0ANA' },
        trigger_id: workspace.trigger('U0ANA'),
        ...fields,
      }),
    }).toString();
  const view = {
    callback_id: 'strange',
    id: 'V1',
    hash: 'h',
    state: { values: {} },
    private_metadata: '',
  };
  for (const fields of [
    {
      type: 'block_actions',
      actions: [{ type: 'button', action_id: 'x', block_id: 'b', value: 'v' }],
    },
    { type: 'view_submission', view },
    { type: 'view_closed', view },
    { type: 'shortcut', callback_id: 'strange' },
    { type: 'block_suggestion', action_id: 'x', block_id: 'b', value: '' },
  ]) {
    const body = payload(fields);
    const answer = await workspace.rawRequest({
      body,
      headers: { ...FORM, ...workspace.sign(body) },
    });
    expect(answer).toMatchObject({ status: 200 });
    expect(answer.ms).toBeLessThan(1000);
  }
});

test('events are acknowledged, repeated ones too', async () => {
  await start(async () => reply('Fine.'));
  const event = { type: 'app_uninstalled' };
  expect(await workspace.event(event)).toMatchObject({ status: 200 });
  expect(await workspace.event(event, { retry: 2 })).toMatchObject({ status: 200 });
});

test('the public routes answer GET and HEAD', async () => {
  const { url } = await start(async () => reply('Fine.'));
  expect(await (await fetch(`${url}/healthz`)).text()).toBe('alive\n');
  expect((await fetch(`${url}/healthz`, { method: 'HEAD' })).status).toBe(200);
  expect((await fetch(`${url}/elsewhere`)).status).toBe(404);
});

test('stopping waits for what is under way', async () => {
  let finished = false;
  const { edge: running } = await start(async () => {
    await pause(300);
    finished = true;
    return reply('Done.');
  });
  const typed = workspace.type('U0ANA', 'C0WAR', '/incident ack');
  await pause(100);
  await running.stop(2000);
  edge = undefined;
  expect(finished).toBe(true);
  expect((await typed).reply?.text).toBe('Done.');
});

test('Socket Mode answers commands, and serves the routes', async () => {
  const { url } = await start(async () => reply('By socket.'), { socket: true });
  await soon(() => expect(workspace.socketConnected).toBe(true));
  const typed = await workspace.type('U0ANA', 'C0WAR', '/incident ack');
  expect(typed.reply?.text).toBe('By socket.');
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
});

test('boot goes on through an outage of Slack', async () => {
  workspace.faults.push({ method: /^auth\.test$/, times: 1, mode: '500-before' });
  await start(async () => reply('Here.'));
  expect(await edge?.one?.identity()).toEqual({
    workspace: workspace.teamId,
    botUserId: workspace.botUserId,
    botId: 'B0MUSTER',
  });
});
