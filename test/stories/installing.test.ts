import { describe, expect, test } from 'vitest';
import { landlord } from '../support/tenants.ts';

const begin = landlord();

describe('installing', () => {
  test('two workspaces install Muster by browser, and each gets its own incidents', async () => {
    const { one, two, install, type, incidentChannel, slack, details } = await begin();
    expect(await details()).toContain('no workspace is served');
    const page = await install(one);
    expect(page.status).toBe(200);
    expect(page.html).toContain('Type /incident');
    expect(page.headers.get('referrer-policy')).toBe('no-referrer');
    await install(two);
    await type(one, 'U0ANA', 'open sev1 checkout down');
    await type(two, 'U0BO', 'open sev2 payroll late');
    const [here, there] = [await incidentChannel(one), await incidentChannel(two)];
    expect(here.name).toContain('checkout-down');
    expect(there.name).toContain('payroll-late');
    // Numbers are each workspace's own, and nothing of one is seen in the other.
    expect(await type(two, 'U0ANA', 'list')).not.toContain('checkout');
    expect([...two.channels.values()].map(({ name }) => name).join()).not.toContain('checkout');
    expect(slack.seen.filter(({ method }) => method === 'conversations.create')).toMatchObject([
      { team: 'T0ONE' },
      { team: 'T0TWO' },
    ]);
    expect([...one.violations, ...two.violations, ...slack.violations]).toEqual([]);
    expect(await details()).not.toContain('no workspace is served');
  });

  test('a state is good for the browser it was made for, and once', async () => {
    const { one, two, slack, browser, publicUrl, sql } = await begin();
    const [mine, theirs] = [browser(), browser()];
    const { link } = await mine.open(`${publicUrl}/slack/install`);
    const back = slack.agree(link, { workspace: one });
    // Somebody lures another browser onto the end of my installation.
    const lured = await theirs.open(back);
    expect(lured.status).toBe(400);
    expect(lured.html).toContain('Start again');
    const forged = browser();
    const bad = new URL(back);
    bad.searchParams.set('state', 'aaaa.bbbb.cccc');
    forged.cookies.set('muster-install', 'aaaa.bbbb.cccc');
    expect((await forged.open(bad.href)).status).toBe(400);
    expect(await sql`select id from installation`).toEqual([]);
    const cookies = [...mine.cookies];
    expect((await mine.open(back)).status).toBe(200);
    // The same state again, with its cookie put back and a code that Slack would take.
    for (const [name, value] of cookies) mine.cookies.set(name, value);
    const again = new URL(slack.agree(link, { workspace: two }));
    expect((await mine.open(again.href)).status).toBe(400);
    expect(await sql`select id from installation`).toEqual([{ id: 'T0ONE' }]);
  });

  test('whoever says no is told so, and where to begin again', async () => {
    const { one, slack, browser, publicUrl, sql } = await begin();
    const by = browser();
    const { link } = await by.open(`${publicUrl}/slack/install`);
    const page = await by.open(slack.agree(link, { workspace: one }, 'U0ANA', 'no'));
    expect(page.status).toBe(400);
    expect(page.html).toContain('not installed');
    expect(page.link).toBe(`${publicUrl}/slack/install`);
    expect((await by.open(`${publicUrl}/slack/oauth_redirect`)).status).toBe(400);
    expect(await sql`select id from installation`).toEqual([]);
  });

  test('a token that Slack says is somebody else’s is not kept', async () => {
    const { one, install, sql } = await begin();
    one.faults.push({ method: /^auth\.test$/, times: 1, mode: 'error', error: 'invalid_auth' });
    const page = await install(one);
    expect(page.status).toBe(400);
    expect(page.html).toContain('did not confirm');
    expect(await sql`select id from installation`).toEqual([]);
  });
});

test('no token is found in the database, in the log or on the administrators’ page', async () => {
  const { one, two, install, type, incidentChannel, slack, sql, lines, details } = await begin({
    rotation: true,
  });
  await install(one);
  await install(two);
  await type(one, 'U0ANA', 'open sev1 checkout down');
  await incidentChannel(one);
  const tables = await sql<{ name: string }[]>`
    select format('%I.%I', table_schema, table_name) as name from information_schema.tables
    where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`;
  const dumps = await Promise.all(
    tables.map(({ name }) =>
      sql.unsafe(`select coalesce(string_agg(t::text, '\n'), '') as all from ${name} t`),
    ),
  );
  const everything = [...dumps.map(([row]) => String(row?.all)), ...lines, await details()].join(
    '\n',
  );
  expect(everything).toContain('checkout down');
  expect(slack.secrets().length).toBeGreaterThan(3);
  for (const secret of slack.secrets()) expect(everything).not.toContain(secret);
  expect(everything).not.toMatch(/xox[abpe][.-]/);
});
