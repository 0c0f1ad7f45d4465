import { expect, test } from 'vitest';
import { connect } from '../../src/db/connect.ts';
import { createVitals } from '../../src/db/vitals.ts';
import { storyteller } from '../support/backends.ts';
import { expectInvariants } from '../support/invariants.ts';
import { LADDER, type Story } from '../support/story.ts';

const begin = storyteller();

/** A policy that calls everything that can be called, on three levels and twice. */
const CALLS_EVERYTHING = `${LADDER.replace(
  'notify: [channel]',
  'notify: [channel, "schedule:platform", "channel:C0GENERAL"]',
).replace('notify: ["user:U0MAX"]', 'notify: ["user:U0MAX", "webhook:pager", "policy:second"]')}
  second:
    levels:
      - { after: 0m, notify: ["user:U0ADA"] }
drill: { speed: 60 }
schedules:
  platform:
    time_zone: UTC
    rotation: { every: week, handoff: Monday 09:00, members: [U0CY] }
webhooks:
  pager: { format: muster, url: "https://pager.example.com/hook", key: $PAGER_KEY }
`;

const EVERYBODY = ['ana', 'bo', 'cy', 'max', 'ada'];

const drillChannel = (story: Story) => {
  const found = [...story.workspace.channels.values()].find(({ name }) =>
    name.startsWith('drill-'),
  );
  if (found === undefined) throw new Error('the drill has no channel');
  return found;
};

/** How many incidents count as open: what the metric says. */
async function countedOpen({ databaseUrl }: Story): Promise<number> {
  const sql = connect({ url: databaseUrl, max: 1, name: 'test', statementTimeout: 5000 });
  try {
    return (await createVitals(sql).read()).open;
  } finally {
    await sql.end();
  }
}

/** What the drill's channel shows. */
const shown = (story: Story): string[] => drillChannel(story).messages.map(story.seen);

test('a drill goes through the whole policy, and nothing of it leaves its channel', async () => {
  const story = await begin({ config: CALLS_EVERYTHING });
  const said = await story.type('ana', '/incident drill sev1 Checkout is down', 'C0GENERAL');
  const { id } = drillChannel(story);
  // What is told in the channel says who is next; a briefing too.
  await story.type('ana', '/incident lead me', id);
  await story.type('ana', '/incident snooze policy 2 min we are slow typists', id);
  expect(said).toContain('DRILL-1 is open: Checkout is down, sev1.');
  expect(said).toContain('A drill: an hour of it takes 1 min.');
  await story.fastForward(2);
  const channel = drillChannel(story);
  expect(channel.name).toBe('drill-1-checkout-is-down');
  expect(channel.topic).toContain('DRILL | sev1 | investigating | commander @ana |');
  const all = shown(story).join('\n');
  expect(all).toContain('In an incident this would go to');
  for (const whom of ['cy (on call in platform)', 'sre', 'max', 'ada', 'the webhook pager'])
    expect(all, whom).toContain(whom);
  expect(all).toContain('everybody in the policy');
  // Nobody is told, called in or mentioned but whoever started it.
  for (const name of EVERYBODY) expect(story.told(name), name).toEqual([]);
  for (const elsewhere of ['C0GENERAL', 'C0INCIDENTS'])
    expect(story.workspace.channel(elsewhere)?.messages, elsewhere).toEqual([]);
  const others = channel.members.filter((id) => EVERYBODY.map(story.idOf).includes(id));
  expect(others).toEqual(['U0ANA']);
  const raw = JSON.stringify(channel.messages);
  for (const id of ['U0BO', 'U0CY', 'U0MAX', 'U0ADA', 'S0SRE', 'C0GENERAL'])
    expect(raw, id).not.toContain(id);
  const left = await story.sql`select "to", what->>'type' as type from outbox
    where "to"->>'type' not in ('incident', 'chores')`;
  expect([...left]).toEqual([]);
  await expectInvariants(story);
});

test('what a delivery finds out leaves no drill either, whatever put it there', async () => {
  const story = await begin({ config: CALLS_EVERYTHING });
  await story.type('ana', '/incident drill sev1 Checkout is down', 'C0GENERAL');
  await story.fastForward(1);
  // No rule of ours calls a group or a schedule for a drill: somebody else's mistake, or a future one.
  await story.sql`insert into outbox
      (workspace, incident_id, key, dest, "to", what, state, attempts, next_at, created_at)
    select o.workspace, o.incident_id, 'strayed:' || x.kind, 'strayed:' || x.kind,
      jsonb_build_object('type', 'lookup', 'name', x.kind),
      x.body || jsonb_build_object('ping', o.what->'ping'), 'pending', 0, now(), now()
    from (values ('group', '{"type":"ping group","group":"S0SRE"}'::jsonb),
      ('schedule', '{"type":"ping schedule","schedule":"platform"}'::jsonb)) as x(kind, body),
      lateral (select * from outbox where what->>'type' = 'ping' order by id limit 1) o`;
  await story.fastForward(1);
  const strays = await story.sql`select state from outbox where key like 'strayed:%'`;
  expect(strays.map(({ state }) => state)).toEqual(['sent', 'sent']);
  const outside = await story.sql`select "to", what->>'type' as type from outbox
    where "to"->>'type' not in ('incident', 'chores', 'lookup')`;
  expect([...outside]).toEqual([]);
  for (const name of EVERYBODY) expect(story.told(name), name).toEqual([]);
  const members = drillChannel(story).members.filter((id) =>
    EVERYBODY.map(story.idOf).includes(id),
  );
  expect(members).toEqual(['U0ANA']);
});

test('a drill is answered like an incident, and says at its end how it went', async () => {
  const story = await begin({ config: CALLS_EVERYTHING });
  await story.type('ana', '/incident drill sev1 Checkout is down', 'C0GENERAL');
  const { id } = drillChannel(story);
  await story.clock.forward(6000);
  expect(await story.type('bo', '/incident DRILL-1 ack', 'C0GENERAL')).toContain(
    'Acknowledged: DRILL-1',
  );
  await story.type('ana', '/incident lead me', id);
  await story.type('ana', '/incident page <@U0MAX|max> the database is yours', id);
  await story.type('ana', '/incident update Rolling back', id);
  await story.type('ana', '/incident resolve', id);
  const all = shown(story);
  const report = all.find((message) => message.includes('How DRILL-1')) ?? '';
  expect(report).toMatch(/after 6 min, not within 5 min/);
  expect(report).toMatch(/after 6 min, within 10 min/);
  expect(report).toMatch(/at once: level 1: .*cy \(on call in platform\)/);
  expect(report).toMatch(/paged by hand: @max/);
  expect(all.join('\n')).toContain('Postmortem draft');
  expect(story.draft()).toContain('# Postmortem: DRILL-1 · Checkout is down');
  expect(story.draft()).toContain('this was practised; nothing was broken');
  for (const name of EVERYBODY) expect(story.told(name), name).toEqual([]);
  expect(drillChannel(story).members).not.toContain('U0MAX');
  await expectInvariants(story);
});

test('drills are numbered, listed and counted apart', async () => {
  const story = await begin();
  await story.type('ana', '/incident drill sev1 The first', 'C0GENERAL');
  await story.opens('ana', 'sev1 Checkout is down');
  const second = await story.type('ana', '/incident drill sev2 The second', 'C0GENERAL');
  expect(second).toContain('DRILL-2 is open');
  expect(story.channel(1).name).toBe('inc-1-checkout-is-down');
  const listed = await story.type('bo', '/incident list', 'C0GENERAL');
  expect(listed).toContain('INC-1 · Checkout is down');
  expect(listed).not.toContain('DRILL');
  const drills = await story.type('bo', '/incident list drills', 'C0GENERAL');
  expect(drills).toContain('DRILL-2 · The second');
  expect(drills).not.toContain('INC-1');
  expect(await story.type('bo', '/incident 2', 'C0GENERAL')).toContain('There is no INC-2.');
  expect(await story.type('bo', '/incident drill 2', 'C0GENERAL')).toContain(
    'DRILL-2 · The second',
  );
  expect(await countedOpen(story)).toBe(1);
  // The same title is no twin where the one is practised and the other is real.
  expect(await story.opens('cy', 'sev1 The first')).toContain('INC-2 is open');
  await expectInvariants(story);
});

test('a preview tells what then really happens, minute by minute', async () => {
  const story = await begin();
  const foretold = await story.type('ana', '/incident preview sev1', 'C0GENERAL');
  expect(foretold).toContain('If sev1 were opened now');
  const minutes = [...foretold.matchAll(/(at once|after (\d+) min): /g)]
    .map(([, , after]) => Number(after ?? 0))
    .filter((minute) => minute < 40);
  await story.opens('ana', 'sev1 Checkout is down');
  await story.fastForward(39);
  const happened = story.heardHere().map((line) => Number(line.split(':')[0]));
  expect(happened).toEqual(minutes);
  expect(minutes.length).toBeGreaterThan(8);
  const drill = await story.type('ana', '/incident drill sev1', 'C0GENERAL');
  expect(drill).toContain('DRILL-1 is open: Exercise, sev1.');
});
