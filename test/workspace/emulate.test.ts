import { once } from 'node:events';
import { createServer } from 'node:http';
import { WebClient } from '@slack/web-api';
import { createEmulator } from 'emulate';
import { expect, test } from 'vitest';
import { clientOf, office, SILENT } from './support.ts';

/** `emulate` cannot pick a port by itself. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

const TOKEN = 'xoxb-test';
const BOT = { app_id: 'A0INC', bot_id: 'B0INC', bot_user_id: 'U0INC' };

async function emulated() {
  const oauth = {
    ...BOT,
    client_id: '1.1',
    client_secret: 's',
    name: 'muster',
    bot_name: 'muster',
  };
  const token = { ...BOT, token: TOKEN, type: 'bot', user: 'U0INC', scopes: [] };
  const emulator = await createEmulator({
    service: 'slack',
    port: await freePort(),
    seed: {
      tokens: {},
      slack: { oauth_apps: [{ ...oauth, redirect_uris: [], scopes: [] }], tokens: [token] },
    },
  });
  const slackApiUrl = `${emulator.url}/api/`;
  const slack = new WebClient(TOKEN, { slackApiUrl, retryConfig: { retries: 0 }, logger: SILENT });
  return { slack, close: () => emulator.close() };
}

const code = (call: Promise<unknown>) =>
  call.then(
    () => 'ok',
    (error: { data?: { error?: string } }) => error.data?.error ?? String(error),
  );

/** An incident's life, as the error codes that Slack would answer. */
async function live(slack: WebClient): Promise<Record<string, string>> {
  const { channel: made } = await slack.conversations.create({ name: 'inc-1' });
  const channel = made?.id ?? '';
  const { ts = '' } = await slack.chat.postMessage({ channel, text: 'opened' });
  const pin = () => code(slack.pins.add({ channel, timestamp: ts }));
  const react = () => code(slack.reactions.add({ channel, timestamp: ts, name: 'eyes' }));
  const bookmark = { channel_id: channel, title: 'a', type: 'link' } as const;
  const update = (at: string) =>
    code(slack.chat.update({ channel, ts: at, text: 'b', parse: 'none' }));
  return {
    'the same name': await code(slack.conversations.create({ name: 'inc-1' })),
    'a name too long': await code(slack.conversations.create({ name: 'x'.repeat(81) })),
    'a topic': await code(slack.conversations.setTopic({ channel, topic: 'sev1' })),
    'a topic too long': await code(
      slack.conversations.setTopic({ channel, topic: 'x'.repeat(251) }),
    ),
    'an update': await update(ts),
    'an update of nothing': await update('1.000001'),
    'a pin': await pin(),
    'the same pin': await pin(),
    'a reaction': await react(),
    'the same reaction': await react(),
    'a bookmark': await code(slack.bookmarks.add({ ...bookmark, link: 'https://a.example' })),
    'a strange bookmark': await code(slack.bookmarks.add({ ...bookmark, link: 'nowhere' })),
    'an unknown channel': await code(slack.chat.postMessage({ channel: 'C0NONE', text: 'a' })),
    'no text': await code(slack.apiCall('chat.postMessage', { channel })),
    'an unknown person': await code(slack.users.info({ user: 'U0NONE' })),
    'the archive': await code(slack.conversations.archive({ channel })),
    'the archive again': await code(slack.conversations.archive({ channel })),
    'a late post': await code(slack.chat.postMessage({ channel, text: 'late' })),
  };
}

test('an independent double of Slack answers the same to the life of an incident', async () => {
  const [workspace, other] = await Promise.all([office(), emulated()]);
  try {
    expect(await live(clientOf(workspace))).toEqual(await live(other.slack));
  } finally {
    await Promise.all([workspace.close(), other.close()]);
  }
});
