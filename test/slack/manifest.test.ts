import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { startWorkspace } from '../../src/demo/workspace/index.ts';
import { writeManifest } from '../../src/manifest.ts';
import { REDIRECT_PATH } from '../../src/slack/installed/install.ts';
import { SHORTCUTS } from '../../src/slack/listeners/shortcut.ts';
import { appManifest, type ReachedBy, type Several } from '../../src/slack/manifest.ts';
import { REQUEST_PATH } from '../../src/slack/receiver.ts';
import { BOT_EVENTS, BOT_SCOPES, NEEDED_FOR_EVENTS, ORG_EVENTS } from '../../src/slack/scopes.ts';
import { MANIFEST_SCHEMA } from '../support/manifest-schema.ts';
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

const fits = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(MANIFEST_SCHEMA);
const REACHED: readonly ReachedBy[] = [
  { type: 'http', origin: 'https://muster.example.com' },
  { type: 'socket' },
];

const SEVERAL: readonly (Several | null)[] = [
  null,
  { publicUrl: 'https://muster.example.com', org: false, rotating: false },
  { publicUrl: 'https://example.com/muster', org: true, rotating: true },
];

test.each(REACHED)('Slack takes the manifest for $type', (reached) => {
  for (const several of SEVERAL) {
    fits(appManifest(reached, several));
    expect(fits.errors).toBeNull();
  }
});

test('for several workspaces it says where browsers come back to, and what they may', () => {
  const https = 'https://muster.example.com';
  const one = JSON.parse(writeManifest(['--host', https, '--json']).lines.join('\n'));
  expect(one.oauth_config.redirect_urls).toBeUndefined();
  expect(one.settings).toMatchObject({ org_deploy_enabled: false, token_rotation_enabled: false });

  for (const words of [
    ['--host', https, '--several', '--org', '--rotate', '--json'],
    ['--socket', '--several', '--host', https, '--rotate', '--org', '--json'],
  ]) {
    const several = JSON.parse(writeManifest(words).lines.join('\n'));
    expect(several.oauth_config.redirect_urls).toEqual([`${https}${REDIRECT_PATH}`]);
    expect(several.settings).toMatchObject({
      org_deploy_enabled: true,
      token_rotation_enabled: true,
      socket_mode_enabled: words.includes('--socket'),
    });
    const events = several.settings.event_subscriptions.bot_events;
    expect(events).toEqual([...BOT_EVENTS, ...ORG_EVENTS]);
  }
});

test('where PUBLIC_URL is set, it is for several workspaces without being told', () => {
  const env = { PUBLIC_URL: ' https://example.com/muster/ ' };
  for (const words of [['--socket'], ['--host', 'https://slack.example.com']]) {
    const text = writeManifest(words, env).lines.join('\n');
    expect(parse(text).oauth_config.redirect_urls).toEqual([
      `https://example.com/muster${REDIRECT_PATH}`,
    ]);
    expect(text).toContain('installed at https://example.com/muster/slack/install');
  }
  const odd = writeManifest(['--socket'], { PUBLIC_URL: 'http://muster.example.com' });
  expect(odd.ok).toBe(false);
  expect(odd.lines.join('\n')).toContain('PUBLIC_URL is “http://muster.example.com”');
});

test('a host that is still to be put in stands in the redirect too', () => {
  const text = writeManifest(['--several']).lines.join('\n');
  expect(parse(text).oauth_config.redirect_urls).toEqual([`https://HOST${REDIRECT_PATH}`]);
  expect(text).toContain('in place of HOST, wherever it stands');
});

test('what Slack would not take is noticed', () => {
  const good = appManifest({ type: 'socket' });
  const { display_information: shown } = good;
  for (const bad of [
    { ...good, display_information: { ...shown, name: 'x'.repeat(36) } },
    { ...good, display_information: {} },
    { ...good, settings: { ...good.settings, request_url: 'https://here' } },
    { ...good, features: { ...good.features, shortcuts: [] } },
  ])
    expect(fits(bad)).toBe(false);
});

test('the file in docs is what the command writes', () => {
  const { lines } = writeManifest([]);
  expect(
    readFileSync(path, 'utf8'),
    'Out of date. Write it with: npm start --silent -- manifest > docs/slack-manifest.yaml',
  ).toBe(`${lines.join('\n')}\n`);
});

test('for Socket Mode no address is in it, and a host is put in everywhere', () => {
  const socket = parse(writeManifest(['--socket']).lines.join('\n'));
  expect(JSON.stringify(socket)).not.toMatch(/https?:/);
  expect(socket.settings.socket_mode_enabled).toBe(true);
  for (const host of ['https://muster.example.com', 'muster.example.com']) {
    const json = writeManifest(['--host', host, '--json']).lines.join('\n');
    expect(json.match(/https:\/\/muster\.example\.com\/slack\/events/g)).toHaveLength(3);
    expect(JSON.parse(json).settings.socket_mode_enabled).toBe(false);
  }
});

test.each([
  [['--host', 'http://muster.example.com'], 'no address'],
  [['--host', 'https://muster.example.com/slack'], 'no address'],
  [['--host', 'https://user:pass@muster.example.com'], 'no address'],
  [['--host'], 'no address'],
  [['--sockets'], '--sockets makes no sense'],
  [['--socket', '--host', 'https://muster.example.com'], 'leave --host out'],
  [['--socket', '--several'], 'add --host'],
  [['--socket', '--org'], '--org is for several workspaces'],
  [['--host', 'https://muster.example.com', '--rotate'], '--rotate is for several workspaces'],
])('manifest %j is refused with what would work', (words, reason) => {
  const { ok, lines } = writeManifest(words);
  expect(ok).toBe(false);
  expect(lines.join('\n')).toContain(reason);
});

test('every event that needs a scope has it, and the table knows all of them', () => {
  const needed = Object.entries(NEEDED_FOR_EVENTS);
  expect(BOT_SCOPES).toEqual(expect.arrayContaining(needed.map(([scope]) => scope)));
  const free = ['app_home_opened', 'app_uninstalled', 'tokens_revoked'];
  // Who comes and goes is told of public and of private channels by the same event.
  const known = new Set([...needed.flatMap(([, events]) => events), ...free]);
  expect([...known].toSorted()).toEqual(BOT_EVENTS.toSorted());
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
