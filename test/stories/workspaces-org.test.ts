import { afterEach, expect, test } from 'vitest';
import type { Workspace } from '../../src/demo/workspace/index.ts';
import { createTenants, type Tenants } from '../support/tenants.ts';
import { eventually } from '../support/town.ts';

let tenants: Tenants | undefined;

afterEach(async () => {
  await tenants?.close();
  tenants = undefined;
});

/** Muster, installed by an organisation for its two workspaces, each of which has used it. */
async function organisation(): Promise<Tenants> {
  tenants = await createTenants();
  const { one, two, install, type } = tenants;
  await install({ id: 'E0ORG', name: 'The organisation', workspaces: [one, two] });
  for (const workspace of [one, two]) {
    workspace.enterprise = 'E0ORG';
    await type(workspace, 'U0ANA', 'list');
  }
  return tenants;
}

/** Sends an event with a wrapper of its own, as Slack's documents show it. */
function tell(workspace: Workspace, wrapper: object, event: object) {
  const body = JSON.stringify({
    ...{ token: 'XXYYZZ', api_app_id: 'A0MUSTER', type: 'event_callback' },
    ...{ event_id: `Ev${crypto.randomUUID()}`, event_time: 1_772_000_000, event, ...wrapper },
  });
  const headers = { 'content-type': 'application/json', ...workspace.sign(body) };
  return workspace.rawRequest({ body, headers });
}

const wiped = ({ sql }: Tenants) =>
  sql`select id from installation where bot_token is null order by id`;

test('an uninstallation that names a workspace, and no organisation, is the organisation’s', async () => {
  const all = await organisation();
  // https://docs.slack.dev/reference/events/app_uninstalled shows no more than this.
  await tell(all.one, { team_id: 'T0ONE' }, { type: 'app_uninstalled' });
  await eventually(
    () => all.lines.some((line) => line.includes('app still installed')),
    'Slack still takes the token',
  );
  expect(await wiped(all)).toEqual([]);
  all.slack.revoke('E0ORG');
  await tell(all.one, { team_id: 'T0ONE' }, { type: 'app_uninstalled' });
  await eventually(async () => (await wiped(all)).length > 0, 'the tokens are wiped');
  expect(await wiped(all)).toEqual([{ id: 'E0ORG' }]);
});

test('a workspace that removes its own installation goes on with its organisation’s', async () => {
  const all = await organisation();
  const { two, install, type, slack, sql } = all;
  await install(two);
  slack.revoke('T0TWO');
  await tell(two, { team_id: 'T0TWO', enterprise_id: 'E0ORG' }, { type: 'app_uninstalled' });
  await eventually(async () => (await wiped(all)).length > 0, 'the tokens are wiped');
  expect(await wiped(all)).toEqual([{ id: 'T0TWO' }]);
  expect(await type(two, 'U0BO', 'list')).toContain('No incident');
  expect(await sql`select 1 from installation where id = 'E0ORG' and bot_token is null`).toEqual(
    [],
  );
});

test('a workspace that the organisation takes Muster out of is served no more, until it is let in again', async () => {
  const all = await organisation();
  const { one, two, type, sql, slack } = all;
  // https://docs.slack.dev/reference/events/team_access_revoked
  const wrapper = {
    ...{ team_id: null, enterprise_id: 'E0ORG' },
    authorizations: [
      { enterprise_id: 'E0ORG', team_id: null, is_bot: true, is_enterprise_install: true },
    ],
  };
  await tell(one, wrapper, { type: 'team_access_revoked', team_ids: ['T0TWO'] });
  const served = async () =>
    (await sql<{ workspace: string }[]>`select workspace from org_workspace order by 1`).map(
      ({ workspace }) => workspace,
    );
  await eventually(async () => (await served()).length === 1, 'T0TWO is out');
  // The event is about no workspace: none without a name is joined.
  expect(await served()).toEqual(['T0ONE']);
  const before = slack.seen.length;
  await sql`insert into outbox (workspace, dest, "to", what, key, state, attempts, next_at, created_at)
    values ('T0TWO', 'dm:U0BO', '{"type":"user","id":"U0BO"}',
      '{"type":"message","message":{"summary":["It waited."],"blocks":[]}}', 'waited', 'pending', 0, now(), now())`;
  await eventually(
    async () => (await sql`select 1 from gate where scope = 'ws:T0TWO' and until > now()`).length,
    'it is held back',
  );
  expect(slack.seen.slice(before).filter(({ team }) => team === 'T0TWO')).toEqual([]);
  expect(await type(one, 'U0ANA', 'list')).toContain('No incident');
  expect(await wiped(all)).toEqual([]);

  await tell(one, wrapper, { type: 'team_access_granted', team_ids: ['T0TWO'] });
  await eventually(() => two.directMessages('U0BO').length > 0, 'what waited is said');
  expect(await served()).toEqual(['T0ONE', 'T0TWO']);
});

test('a reaction of another company’s person in a shared channel counts where Muster is installed', async () => {
  tenants = await createTenants();
  const { one, two, install, type, incidentChannel, sql } = tenants;
  await install(one);
  await install(two);
  await type(one, 'U0ANA', 'open sev1 checkout down');
  const channel = await incidentChannel(one);
  await eventually(() => channel.messages.length > 0, 'the card is there');
  const said = await one.say('U0BO', channel.id, 'we see it too');
  said.reactions.push({ name: 'pushpin', users: ['U0BO'] });
  await tell(
    one,
    {
      ...{ team_id: 'T0TWO', context_team_id: 'T0ONE', is_ext_shared_channel: true },
      authorizations: [
        { enterprise_id: null, team_id: 'T0ONE', is_bot: true, is_enterprise_install: false },
      ],
    },
    {
      ...{ type: 'reaction_added', user: 'U0BO', reaction: 'pushpin', item_user: 'U0BO' },
      item: { type: 'message', channel: channel.id, ts: said.ts },
    },
  );
  await eventually(
    async () => (await sql`select 1 from entry where text like '%we see it too%'`).length,
    'it is on the timeline',
  );
});
