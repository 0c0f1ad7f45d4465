import { afterEach, expect, test } from 'vitest';
import { createTenants, type Tenants, type TenantsOptions } from '../support/tenants.ts';
import { eventually } from '../support/town.ts';

let tenants: Tenants | undefined;
const begin = async (options?: TenantsOptions): Promise<Tenants> => {
  tenants = await createTenants(options);
  return tenants;
};

afterEach(async () => {
  await tenants?.close();
  tenants = undefined;
});

/** Ana administers the first workspace; Bo the second, which also names somebody who is not there. */
const TWO_HOUSES = `
workspaces:
  T0ONE:
    administrators: [U0ANA]
    policies: { platform: { levels: [{ after: 5m, notify: ["user:U0ANA"] }] } }
  T0TWO:
    administrators: [U0BO, U0GONE]
    policies: { platform: { levels: [{ after: 5m, notify: ["user:U0BO", "usergroup:S0NONE"] }] } }
`;

test('the auditor tells each workspace what is wrong there, and nobody of another one’s trouble', async () => {
  const { one, two, install, clock, slack, lines } = await begin({
    config: TWO_HOUSES,
    auditEveryMs: 150,
  });
  await install(one);
  await install(two);
  const told = () => JSON.stringify(two.directMessages('U0BO'));
  await eventually(
    async () => {
      await clock.forward(25_000);
      return told().includes('People who are not there');
    },
    'Bo is told',
    20_000,
  );
  expect(told()).toContain('U0GONE');
  await eventually(
    () => lines.some((line) => line.includes('"found"') && line.includes('unknown-people:T0TWO')),
    'the log says of which workspace',
  );
  expect(JSON.stringify(one.directMessages('U0ANA'))).not.toContain('U0GONE');
  // Slack does not know that one there, so nothing is sent to them.
  expect(two.directMessages('U0GONE')).toEqual([]);
  // Slack is asked about it once, however often the auditor looks.
  const asked = slack.seen.filter(
    ({ method, args }) => method === 'usergroups.list' && args.include_count === 'true',
  );
  expect(asked).toHaveLength(1);
});

test('tokens that Slack has revoked are wiped although its event never came', async () => {
  const { one, two, install, slack, sql, doctor, type } = await begin({ config: TWO_HOUSES });
  await install(one);
  await install(two);
  slack.revoke('T0ONE');
  await doctor();
  await eventually(
    async () => (await sql`select 1 from installation where bot_token is null`).length,
    'the tokens are wiped',
  );
  expect(await sql`select id, removed_why from installation where bot_token is null`).toEqual([
    { id: 'T0ONE', removed_why: 'token_revoked' },
  ]);
  expect(await doctor()).toContain('T0ONE) has removed Muster; its tokens are wiped');
  expect(await type(two, 'U0BO', 'list')).toContain('No incident');
});

test('muster doctor goes through all workspaces, a line each; in Slack each sees its own', async () => {
  const { one, two, install, type, doctor } = await begin({ config: TWO_HOUSES });
  await install(one);
  await install(two);
  await type(one, 'U0ANA', 'open sev1 checkout down');
  const text = await doctor();
  expect(text).toMatch(/^Workspace T0ONE, Workspace T0ONE: all is well; looked at: Slack’s token/m);
  expect(text).toMatch(/^Workspace T0TWO, Workspace T0TWO: 2 things to mend: People who are not/m);
  expect(text).toContain('T0TWO: @U0GONE is not in this workspace');
  expect(text).not.toContain('Slack was not asked');

  const inOne = await type(one, 'U0ANA', 'doctor');
  expect(inOne).toContain('Slack’s token and scopes');
  expect(inOne).not.toMatch(/U0GONE|T0TWO/);
  const inTwo = await type(two, 'U0BO', 'doctor');
  expect(inTwo).toContain('U0GONE');
  expect(inTwo).not.toMatch(/checkout|T0ONE/);
});
