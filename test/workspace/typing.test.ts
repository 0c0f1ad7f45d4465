import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Workspace } from '../../src/demo/workspace/index.ts';
import { office } from './support.ts';

let workspace: Workspace;

beforeAll(async () => {
  workspace = await office();
  // Nobody listens there: what counts is what Slack would have sent.
  workspace.connect('http://127.0.0.1:1/slack/events');
});

afterAll(() => workspace.close());

async function sent(user: string, typed: string): Promise<string | null> {
  await workspace.type(user, 'incidents', `/incident ${typed}`);
  return new URLSearchParams(workspace.deliveries.at(-1)?.body).get('text');
}

test.each([
  ['lead @ana', 'lead <@U0ANA>'],
  ['lead @ana, now (@bo)', 'lead <@U0ANA>, now (<@U0BO>)'],
  ['lead @ana.', 'lead <@U0ANA>.'],
  ['lead @nobody or ana@bo.example', 'lead @nobody or ana@bo.example'],
  ['page @sre', 'page <!subteam^S012SRE|@sre>'],
  ['log told them #comms', 'log told them <#C0COMMS|comms>'],
  ['log told them #action', 'log told them #action'],
  ['log @channel @here', 'log <!channel> <!here>'],
  ['log a < b && <@U0BO>', 'log a &lt; b &amp;&amp; &lt;@U0BO&gt;'],
  ['log see https://a.example/x?y=1&z=2.', 'log see <https://a.example/x?y=1&amp;z=2>.'],
])('Slack turns "%s" into "%s"', async (typed, text) => {
  expect(await sent('U0ANA', typed)).toBe(text);
});

test('a private channel is a token without a name, for its members only', async () => {
  expect(await sent('U0ANA', 'log #board')).toBe('log <#C0BOARD|>');
  expect(await sent('U0BO', 'log #board')).toBe('log #board');
  await expect(workspace.type('U0BO', 'board', '/incident')).rejects.toThrow('not a member');
});

test('a command carries what Slack sends with it', async () => {
  await sent('U0ANA', 'list');
  const { body = '', headers } = workspace.deliveries.at(-1) ?? {};
  expect(headers?.['content-type']).toBe('application/x-www-form-urlencoded');
  expect(Object.fromEntries(new URLSearchParams(body))).toMatchObject({
    team_id: 'T0MUSTER',
    channel_id: 'C0INCIDENTS',
    channel_name: 'incidents',
    user_id: 'U0ANA',
    command: '/incident',
    text: 'list',
    is_enterprise_install: 'false',
    response_url: expect.stringContaining('http://127.0.0.1:'),
    trigger_id: expect.any(String),
  });
});
