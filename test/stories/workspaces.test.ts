import { describe, expect, test } from 'vitest';
import { keyOf, landlord } from '../support/tenants.ts';
import { eventually } from '../support/town.ts';

const begin = landlord();

const HOUR = 3_600_000;

test('what belongs to another workspace is not found, by number or by button', async () => {
  const { one, two, install, type, incidentChannel, sql } = await begin();
  await install(one);
  await install(two);
  await type(one, 'U0ANA', 'open sev1 checkout down');
  await incidentChannel(one);
  expect(await type(two, 'U0ANA', '1 log this should not be there')).toMatch(
    /no INC-1|not found|There is no/i,
  );
  const [own] = await sql<{ n: number }[]>`select count(*)::int as n from incident`;
  expect(own?.n).toBe(1);
  expect(await sql`select 1 from entry where text like '%should not be there%'`).toEqual([]);
  expect(await type(two, 'U0ANA', 'doctor')).not.toContain('checkout');
});

describe('tokens that end', () => {
  test('two replicas refresh one token once, before it ends, and nobody notices', async () => {
    const { one, install, start, slack, clock, sql, type, incidentChannel } = await begin({
      rotation: true,
    });
    await start();
    await install(one);
    await clock.forward(11 * HOUR);
    const refreshes = () =>
      slack.seen.filter(
        ({ method, args }) => method === 'oauth.v2.access' && args.grant_type === 'refresh_token',
      );
    await eventually(() => refreshes().length > 0, 'the token is refreshed', 20_000);
    await eventually(
      async () => (await sql`select 1 from installation where refreshing_by is null`).length,
      'the new token is kept',
    );
    await clock.forward(2 * HOUR);
    await type(one, 'U0ANA', 'open sev1 checkout down');
    await incidentChannel(one);
    expect(refreshes()).toHaveLength(1);
  });

  test('a refresh that Slack refuses is named by the doctor and by readiness', async () => {
    const { one, install, slack, clock, details, type } = await begin({ rotation: true });
    await install(one);
    slack.refuseToRefresh('invalid_refresh_token');
    await clock.forward(11 * HOUR);
    await eventually(
      async () => (await details()).includes('does not refresh'),
      'readiness says so',
      20_000,
    );
    expect(await type(one, 'U0ANA', 'doctor')).toContain('invalid_refresh_token');
  });
});

describe('removing Muster', () => {
  test('wipes the tokens at once, and what waits goes out after the next installation', async () => {
    const { one, two, install, type, slack, sql, lines, details, incidentChannel } = await begin();
    await install(one);
    await install(two);
    await type(one, 'U0ANA', 'open sev1 checkout down');
    const channel = await incidentChannel(one);
    await eventually(() => channel.messages.length > 0, 'the card is there');
    slack.revoke('T0ONE');
    await one.event({ type: 'app_uninstalled' });
    await eventually(
      async () =>
        (
          await sql`select 1 from installation where id = 'T0ONE' and bot_token is null and removed_at is not null`
        ).length,
      'the tokens are wiped',
    );
    expect(lines.some((line) => line.includes('app removed from workspace'))).toBe(true);
    await eventually(
      async () => (await details()).includes('T0ONE has removed Muster'),
      'readiness says so',
    );
    // The other workspace is served as before.
    expect(await type(two, 'U0ANA', 'list')).toContain('No incident');
    // A command that was under way is told why nothing happens.
    expect(JSON.stringify((await one.type('U0ANA', 'C0GENERAL', '/incident list')).body)).toContain(
      'not installed',
    );
    await sql`insert into outbox (workspace, dest, "to", what, key, state, attempts, next_at, created_at)
      values ('T0ONE', 'dm:U0ANA', '{"type":"user","id":"U0ANA"}',
        '{"type":"message","message":{"summary":["It waited."],"blocks":[]}}', 'waited', 'pending', 0, now(), now())`;
    await eventually(
      async () => (await sql`select 1 from gate where scope = 'ws:T0ONE' and until > now()`).length,
      'it is held back',
    );
    expect(one.directMessages('U0ANA')).toEqual([]);
    await install(one);
    await eventually(() => one.directMessages('U0ANA').length > 0, 'what waited is said');
  });

  test('an event that comes after the next installation wipes nothing', async () => {
    const { one, install, sql, lines } = await begin();
    await install(one);
    await one.event({ type: 'tokens_revoked', tokens: { oauth: [], bot: [one.botUserId] } });
    await eventually(
      () => lines.some((line) => line.includes('app still installed')),
      'it is looked at',
    );
    expect(await sql`select 1 from installation where bot_token is null`).toEqual([]);
  });
});

test('new keys encrypt what is there anew, and a key that is gone is named', async () => {
  const { one, install, start, use, type, sql, first, details } = await begin({
    keys: [keyOf('old')],
  });
  await install(one);
  const sealedWith = async () =>
    (await sql<{ id: string }[]>`select split_part(bot_token, '.', 1) as id from installation`)[0]
      ?.id;
  expect(await sealedWith()).toBe('old');
  await first.stop();
  const second = await start([keyOf('new'), keyOf('old')]);
  use(second);
  expect(await sealedWith()).toBe('new');
  await type(one, 'U0ANA', 'list');
  await second.stop();
  const third = await start([keyOf('other')]);
  use(third);
  expect(await details(third)).toContain('no key in ENCRYPTION_KEY opens');
});

const OWN = `
workspaces:
  T0TWO:
    announce: C0OTHER
    policies:
      platform: { levels: [{ after: 5m, notify: ["user:U0BO"] }] }
`;

test('a workspace announces and pages as its own section says, the others as the file does', async () => {
  const { one, two, install, type, incidentChannel, clock } = await begin({ config: OWN });
  await install(one);
  await install(two);
  await type(one, 'U0ANA', 'open sev1 checkout down');
  await type(two, 'U0ANA', 'open sev1 payroll late');
  await incidentChannel(one);
  await incidentChannel(two);
  const posts = ({ channel }: typeof one, id: string) => channel(id)?.messages.length;
  await eventually(() => posts(one, 'C0INCIDENTS') && posts(two, 'C0OTHER'), 'both are announced');
  expect(posts(one, 'C0OTHER')).toBe(0);
  expect(posts(two, 'C0INCIDENTS')).toBe(0);
  await clock.forward(6 * 60_000);
  await eventually(() => two.directMessages('U0BO').length > 0, 'U0BO is pinged there');
  expect(one.directMessages('U0BO')).toEqual([]);
});

test('one Socket Mode connection serves two workspaces, and browsers install by the public port', async () => {
  const { one, two, install, type, incidentChannel } = await begin({ socket: true });
  await eventually(() => one.socketConnected, 'the socket is connected');
  expect((await install(one)).status).toBe(200);
  expect((await install(two)).status).toBe(200);
  await type(two, 'U0BO', 'open sev2 payroll late');
  expect((await incidentChannel(two)).name).toContain('payroll-late');
  expect(await type(one, 'U0ANA', 'list')).not.toContain('payroll');
  // Of a workspace that never installed it Muster does nothing, and says so.
  await two.event({ type: 'app_uninstalled' });
});

test('an organisation’s token serves each of its workspaces, and says which one is meant', async () => {
  const { one, two, install, type, incidentChannel, slack, sql } = await begin();
  const org = { id: 'E0ORG', name: 'The organisation', workspaces: [one, two] };
  await install(org);
  one.enterprise = 'E0ORG';
  two.enterprise = 'E0ORG';
  await type(two, 'U0BO', 'open sev2 payroll late');
  await incidentChannel(two);
  await type(one, 'U0ANA', 'open sev1 checkout down');
  expect((await incidentChannel(one)).name).toContain('checkout-down');
  expect(slack.violations).toEqual([]);
  expect(await sql`select workspace from org_workspace order by 1`).toEqual([
    { workspace: 'T0ONE' },
    { workspace: 'T0TWO' },
  ]);
  slack.revoke('E0ORG');
  await one.event({ type: 'app_uninstalled' });
  await eventually(
    async () =>
      (await sql`select 1 from installation where id = 'E0ORG' and bot_token is null`).length,
    'the tokens are wiped',
  );
});
