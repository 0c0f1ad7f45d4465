import type { App } from '@slack/bolt';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Workspace } from '../../src/demo/workspace/index.ts';
import { soon } from '../support/soon.ts';
import { boltApp, office, socketApp } from './support.ts';

let workspace: Workspace;
let app: App;

const MODAL = {
  type: 'modal' as const,
  callback_id: 'declare',
  title: { type: 'plain_text' as const, text: 'Declare' },
  submit: { type: 'plain_text' as const, text: 'Open' },
  blocks: [
    {
      type: 'input' as const,
      block_id: 'title',
      label: { type: 'plain_text' as const, text: 'Title' },
      element: { type: 'plain_text_input' as const, action_id: 'text', max_length: 20 },
    },
    {
      type: 'input' as const,
      block_id: 'severity',
      label: { type: 'plain_text' as const, text: 'Severity' },
      element: {
        type: 'static_select' as const,
        action_id: 'pick',
        options: [{ text: { type: 'plain_text' as const, text: 'SEV 1' }, value: 'sev1' }],
      },
    },
  ],
};

const CARD = [
  { type: 'header' as const, text: { type: 'plain_text' as const, text: 'INC-1' } },
  {
    type: 'actions' as const,
    elements: [
      {
        type: 'button' as const,
        action_id: 'ack',
        text: { type: 'plain_text' as const, text: 'Acknowledge' },
        value: '1',
      },
    ],
  },
];

function listen(muster: App): void {
  muster.command('/incident', async ({ command, ack, client, respond }) => {
    if (command.text === 'form') {
      await ack();
      await client.views.open({ trigger_id: command.trigger_id, view: MODAL });
      return;
    }
    await ack({ response_type: 'ephemeral', text: `Heard: ${command.text}`, blocks: CARD });
    await respond({ response_type: 'ephemeral', text: 'And later this' });
  });
  muster.action('ack', async ({ ack, body, client, respond }) => {
    await ack();
    if (body.channel) await client.chat.postMessage({ channel: body.user.id, text: 'You have it' });
    await respond({ replace_original: true, text: 'Acknowledged' });
  });
  muster.view('declare', async ({ ack, view }) => {
    const title = view.state.values.title?.text?.value;
    if (title === 'bad') await ack({ response_action: 'errors', errors: { title: 'Say more' } });
    else await ack();
  });
  muster.shortcut('timeline_add', async ({ ack, shortcut, client }) => {
    await ack();
    if (shortcut.type !== 'message_action') return;
    const { channel, message } = shortcut;
    const text = `Kept: ${message.text}`;
    await client.chat.postMessage({ channel: channel.id, thread_ts: message.ts, text });
  });
  muster.event('reaction_added', async ({ event, client }) => {
    await client.chat.postMessage({ channel: event.item.channel, text: `saw ${event.reaction}` });
  });
}

const texts = (channel: string) => workspace.channel(channel)?.messages.map(({ text }) => text);

beforeEach(async () => {
  workspace = await office();
});

afterEach(async () => {
  await app.stop();
  await workspace.close();
});

async function tellTheWholeStory() {
  listen(app);
  const typed = await workspace.type('U0ANA', 'incidents', '/incident open @bo #comms a < b');
  expect(typed).toMatchObject({
    status: 200,
    reply: { text: 'Heard: open <@U0BO> <#C0COMMS|comms> a &lt; b', responseType: 'ephemeral' },
  });
  await soon(() => expect(workspace.replies).toHaveLength(1));
  expect(workspace.seenBy('U0ANA').map(({ via }) => via)).toEqual(['ack', 'response_url']);
  expect(workspace.seenBy('U0BO')).toEqual([]);

  if (!typed.reply) throw new Error('no reply');
  expect(await workspace.click('U0ANA', typed.reply, 'Acknowledge')).toMatchObject({ status: 200 });
  await soon(() => expect(workspace.replies.at(-1)?.text).toBe('Acknowledged'));
  expect(workspace.replies.at(-1)).toMatchObject({ replaceOriginal: true, ts: typed.reply.ts });
  expect(workspace.directMessages('U0ANA').map(({ text }) => text)).toEqual(['You have it']);

  await workspace.type('U0BO', 'incidents', '/incident form');
  await soon(() => expect(workspace.viewOf('U0BO')?.title).toBe('Declare'));
  expect(await workspace.submit('U0BO', { Title: 'bad' })).toMatchObject({
    status: 0,
    response: { errors: { severity: 'Please complete this required field.' } },
  });
  expect(await workspace.submit('U0BO', { Title: 'bad', pick: 'SEV 1' })).toMatchObject({
    status: 200,
    response: { response_action: 'errors', errors: { title: 'Say more' } },
  });
  expect(workspace.viewOf('U0BO')).toBeDefined();
  await workspace.submit('U0BO', { Title: 'down', 'severity/pick': 'sev1' });
  expect(workspace.viewOf('U0BO')).toBeUndefined();

  const message = await workspace.say('U0BO', 'incidents', 'pool is full');
  await workspace.shortcut('U0BO', 'timeline_add', message);
  await workspace.react('U0BO', message, 'pushpin');
  await soon(() =>
    expect(texts('incidents')).toEqual(
      expect.arrayContaining(['pool is full', 'Kept: pool is full', 'saw pushpin']),
    ),
  );
  const kept = workspace.channel('incidents')?.messages.find(({ text }) => text.startsWith('Kept'));
  expect(kept?.threadTs).toBe(message.ts);
  expect(workspace.violations).toEqual([]);
}

test('a Bolt app over HTTP is typed to, clicked, filled in and answers', async () => {
  app = await boltApp(workspace);
  await tellTheWholeStory();
});

test('the same app works by Socket Mode, and comes back after a disconnect', async () => {
  app = await socketApp(workspace);
  await soon(() => expect(workspace.socketConnected).toBe(true));
  await tellTheWholeStory();
  workspace.disconnectSocket();
  await soon(() => expect(workspace.socketConnected).toBe(false));
  await soon(() => expect(workspace.socketConnected).toBe(true));
  const before = workspace.replies.length;
  expect(await workspace.type('U0ANA', 'incidents', '/incident again')).toMatchObject({
    status: 200,
  });
  await soon(() => expect(workspace.replies).toHaveLength(before + 1));
});

test('a request with a wrong or stale signature is turned away, a replay is byte for byte', async () => {
  app = await boltApp(workspace);
  let heard = 0;
  app.command('/incident', async ({ ack }) => {
    heard += 1;
    await ack();
  });
  await workspace.type('U0ANA', 'incidents', '/incident list');
  const [original] = workspace.deliveries;
  if (!original) throw new Error('nothing was sent');
  expect((await workspace.rawRequest(original)).status).toBe(200);
  const stale = { ...original.headers, ...workspace.sign(original.body, Date.now() - 400_000) };
  expect((await workspace.rawRequest({ ...original, headers: stale })).status).toBe(401);
  expect((await workspace.rawRequest({ ...original, body: `${original.body}&x=1` })).status).toBe(
    401,
  );
  expect(heard).toBe(2);
});

test('an event may be retried and Muster sees that it is', async () => {
  app = await boltApp(workspace);
  const seen: unknown[] = [];
  app.event('app_uninstalled', async ({ context, body }) => {
    seen.push([body.event_id, context.retryNum]);
  });
  await workspace.event({ type: 'app_uninstalled' }, { eventId: 'Ev1' });
  await workspace.event({ type: 'app_uninstalled' }, { eventId: 'Ev1', retry: 1 });
  await soon(() =>
    expect(seen).toEqual([
      ['Ev1', undefined],
      ['Ev1', 1],
    ]),
  );
});

test('nobody there is not a violation, a late answer is', async () => {
  await workspace.close();
  workspace = await office({ ackTimeoutMs: 100 });
  app = await boltApp(workspace);
  app.command('/slow', async () => {});
  expect(await workspace.type('U0ANA', 'incidents', '/slow')).toMatchObject({
    status: 0,
    error: 'operation_timeout',
  });
  expect(workspace.violations.map(({ rule }) => rule)).toEqual(['operation_timeout']);
  workspace.connect('http://127.0.0.1:1/slack/events');
  expect(await workspace.type('U0ANA', 'incidents', '/slow')).toMatchObject({
    status: 0,
    error: 'dispatch_failed',
  });
  expect(workspace.violations).toHaveLength(1);
});
