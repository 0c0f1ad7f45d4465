import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { startWorkspace } from '../../src/demo/workspace/index.ts';
import { SHORTCUTS } from '../../src/slack/listeners/shortcut.ts';
import { REQUEST_PATH } from '../../src/slack/receiver.ts';
import { BOT_EVENTS, BOT_SCOPES } from '../../src/slack/scopes.ts';
import { delivering, delivery, incident } from './support.ts';

const path = new URL('../../docs/slack-manifest.yaml', import.meta.url);
const manifest = parse(readFileSync(path, 'utf8'));

test('the manifest asks for the scopes and events that are used, and for no others', () => {
  expect(manifest.oauth_config.scopes.bot.toSorted()).toEqual(BOT_SCOPES.toSorted());
  expect(manifest.settings.event_subscriptions.bot_events).toEqual(BOT_EVENTS);
});

test('the manifest names the shortcuts and the address that the code listens to', () => {
  const ids = manifest.features.shortcuts.map((one: { callback_id: string }) => one.callback_id);
  expect(ids).toEqual(Object.values(SHORTCUTS));
  const { request_url: url } = manifest.settings.interactivity;
  expect(url).toBe(`https://HOST${REQUEST_PATH}`);
  expect(manifest.features.slash_commands[0].url).toBe(url);
  expect(manifest.settings.event_subscriptions.request_url).toBe(url);
});

test("the manifest keeps to Slack's lengths", () => {
  const { display_information: shown, features } = manifest;
  expect(shown.name.length).toBeLessThanOrEqual(35);
  expect(shown.description.length).toBeLessThanOrEqual(140);
  for (const { name, description } of features.shortcuts) {
    expect(name.length).toBeLessThanOrEqual(24);
    expect(description.length).toBeLessThanOrEqual(150);
  }
});

test('an incident can be opened and announced with these scopes alone', async () => {
  const workspace = await startWorkspace({
    scopes: BOT_SCOPES,
    users: [{ id: 'U0ANA', name: 'ana' }],
    channels: [{ id: 'C0INCIDENTS', name: 'incidents' }],
  });
  const channel = { id: null, name: 'inc-42-checkout-down', state: 'wanted' } as const;
  const { deliver } = delivering(workspace, incident({ channel, private: true }));
  const made = await deliver(
    delivery({ what: { type: 'create channel' }, to: { type: 'chores' }, unsureSince: 0 }),
  );
  const id = made.type === 'done' ? (made.channel?.id ?? '') : '';
  const opened = delivering(workspace, incident({ channel: { ...channel, id, state: 'ready' } }));
  const announced = { type: 'channel', id: 'C0INCIDENTS' } as const;
  for (const one of [
    delivery({ what: { type: 'card' }, unsureSince: 0 }),
    delivery({ what: { type: 'topic' }, to: { type: 'chores' } }),
    delivery({ what: { type: 'invite', targets: [{ type: 'declarer' }] }, to: { type: 'chores' } }),
    delivery({ what: { type: 'announcement' }, to: announced }),
    delivery({ what: { type: 'file', format: 'json' }, to: { type: 'user', id: 'U0ANA' } }),
  ]) {
    expect(await opened.deliver(one)).toMatchObject({ type: 'done' });
  }
  await workspace.close();
});
