import { expect, test } from 'vitest';
import { storyteller } from '../support/backends.ts';
import { expectInvariants } from '../support/invariants.ts';
import { eventually, type Story } from '../support/story.ts';

const begin = storyteller();

const POST = /^chat\.postMessage$/;

const strike = (story: Story, method: RegExp, error: string, match = ''): void =>
  void story.workspace.faults.push({
    method,
    mode: 'error',
    error,
    times: 1,
    match: (args) => JSON.stringify(args).includes(match),
  });

/** What the doctor says to somebody, in the channel of announcements. */
const asked = (story: Story, name: string, where = 'C0GENERAL'): Promise<string> =>
  story.type(name, '/incident doctor', where);

const button = async (story: Story, label: string): Promise<string> => {
  const said = await story.click('ada', label);
  await story.settle();
  return said;
};

test('who is well hears so, what was looked at, and that nobody is called outside of Slack', async () => {
  const story = await begin();
  await story.opens('ana', 'sev1 Checkout is down');
  story.workspace.faults.push({ method: /users\.info/, mode: 'slow', hangMs: 1500, times: 2 });
  const answer = await story.workspace.type('U0BO', 'C0GENERAL', '/incident doctor');
  expect(answer.ms).toBeLessThan(2500);
  const said = await eventually(
    () =>
      story.workspace
        .seenBy('U0BO')
        .map(story.seen)
        .find((text) => text.includes('Looked at')),
    'the doctor answers',
  );
  expect(said).toContain('Hint: No pager outside of Slack');
  expect(said).toMatch(/1 replica, 1 open incident, the queue in PostgreSQL/);
  expect(said).toMatch(/2 people, 1 group and 1 channel of the configuration/);
  expect(said).not.toMatch(/to mend/);
  expect(await story.type('bo', '/incident doctor')).toContain('INC-1 is whole.');
  await expectInvariants(story);
});

test('an incident without a channel gets one, and with it what had to wait', async () => {
  const story = await begin();
  strike(story, /conversations\.create/, 'restricted_action');
  await story.opens('ana', 'sev1 Checkout is down');
  await story.jump(3);
  expect(story.findChannel(1)).toBeUndefined();
  expect(await asked(story, 'bo')).toContain('An administrator sees buttons here');
  expect(await story.type('bo', '/incident 1 doctor repair no-channel', 'C0GENERAL')).toContain(
    'whoever takes command may repair what is missing of it',
  );
  expect(await asked(story, 'ada')).toMatch(/INC-1 got no channel: restricted_action/);
  expect(await button(story, 'Make the channel')).toContain('The channel of INC-1 is being made');
  expect(story.card()).toContain('Checkout is down');
  expect(story.messages().join('\n')).toContain('New incident, opened by @ana');
  expect(await asked(story, 'ada')).not.toContain('got no channel');
  const [audit] = await story.sql`select actor, action from audit where action->>'type' = 'repair'`;
  expect(audit).toEqual({ actor: 'U0ADA', action: { type: 'repair', what: 'channel' } });
  await expectInvariants(story, { dead: 1 });
});

test('a record that somebody changed past Muster is told of, with what was found first', async () => {
  const story = await begin();
  await story.opens('ana', 'sev1 Checkout is down');
  expect(await asked(story, 'bo')).not.toContain('not as they were recorded');
  await story.sql`update incident set title = 'Nothing was wrong'`;
  const said = await asked(story, 'bo');
  expect(said).toContain('Records that are not as they were recorded');
  expect(said).toMatch(
    /INC-1: 1 finding: The incident itself is not what was recorded with change \d/,
  );
  expect(said).toContain('npm start -- verify');
  await story.sql`update incident set title = 'Checkout is down'`;
  expect(await asked(story, 'bo')).not.toContain('not as they were recorded');
  await expectInvariants(story);
});

test('a ping that was given up is sent again, and the repair is audited', async () => {
  const story = await begin();
  await story.opens('ana', 'sev1 Checkout is down');
  strike(story, POST, 'restricted_action', '"channel":"U0BO"');
  await story.fastForward(5);
  expect(story.heard('bo')).toEqual([]);
  expect(await asked(story, 'ada')).toMatch(/a ping to @bo, not delivered: restricted_action/);
  expect(await button(story, 'Send again')).toContain('1 delivery on the way again');
  expect(story.heard('bo')).toHaveLength(1);
  expect(await asked(story, 'ada')).not.toContain('Deliveries given up');
  const [audit] = await story.sql`select actor, action from audit where action->>'type' = 'repair'`;
  expect(audit).toMatchObject({ actor: 'U0ADA', action: { check: 'given-up', how: 'send' } });
  await expectInvariants(story);
});

test('what was given up may be let go, and a card and clocks that are gone come back', async () => {
  const story = await begin();
  await story.opens('ana', 'sev1 Checkout is down');
  strike(story, POST, 'restricted_action', '"channel":"U0BO"');
  await story.fastForward(5);
  await story.sql`delete from post where name = 'card'`;
  await story.sql`update timer set state = 'cancelled' where name in ('policy', 'resolve')`;
  const sick = await story.type('ada', '/incident doctor');
  expect(sick).toMatch(
    /“Resolve by”, “Next ping” should be running|“Next ping”, “Resolve by” should/,
  );
  expect(sick).toContain('INC-1 has a channel but no card');
  expect(await story.type('ada', '/incident doctor repair given-up drop')).toContain(
    '1 delivery let go',
  );
  expect(await story.type('ada', '/incident doctor repair missing-clocks')).toContain(
    'planned anew',
  );
  expect(await story.type('ada', '/incident doctor repair no-card')).toContain('is being posted');

  expect(await story.type('ada', '/incident doctor')).toContain('INC-1 is whole.');
  expect(story.messages().filter((text) => text.includes('Resolve by'))).toHaveLength(2);
  await story.fastForward(5);
  expect(story.heard('max').filter((line) => line.includes('level 3'))).toHaveLength(1);
  await expectInvariants(story);
});

test('a restored backup is not blasted: what is old is held, and sent only where Slack has it not', async () => {
  const story = await begin();
  await story.opens('ana', 'sev1 Checkout is down');
  await story.type('ana', '/incident update Rolling back');
  await eventually(
    async () => (await story.sql`select 1 from gate where scope = 'pulse'`).length > 0,
    'somebody lives here',
  );
  await story.apps[0]?.stop();
  // As it was in the night: one thing had been said after the backup was made, one had not.
  await story.sql`update outbox set state = 'pending', unsure_since = null, attempts = 0
    where what->'message'->>'summary' like '%Rolling back%'`;
  await story.sql`insert into outbox (workspace, incident_id, dest, "to", what, key, state, attempts,
      next_at, created_at)
    select workspace, incident_id, dest, "to", replace(what::text, 'Rolling back', 'Failing over')::jsonb,
      'unsaid', 'pending', 0, next_at, created_at
    from outbox where what->'message'->>'summary' like '%Rolling back%'`;
  await story.sql`update timer set state = 'cancelled'`;
  await story.clock.forward(24 * 60 * 60_000);
  story.through(await story.startReplica());
  const held = () => story.sql`select 1 from outbox where state = 'held'`;
  await eventually(async () => (await held()).length === 2, 'they are held');
  const before = story.messages().length;
  expect(await asked(story, 'ada')).toContain('held back at the start');
  expect(story.messages()).toHaveLength(before);
  expect(await button(story, 'Send them')).toContain('2 deliveries on the way');
  const said = story.heardHere().filter((line) => /Rolling back|Failing over|Update/.test(line));
  expect(said.filter((line) => line.includes('Update by'))).toHaveLength(2);
  expect(await asked(story, 'ada')).not.toContain('held back');
});

test('administrators are told once by all replicas, and when it is over; /readyz and metrics follow', async () => {
  const story = await begin({ replicas: 2, auditEveryMs: 150 });
  await story.opens('ana', 'sev1 Checkout is down');
  await story.jump(3);
  await story.sql`delete from post where name = 'card'`;
  const { port = 0, adminPort = 0 } = story.apps[1] ?? {};
  const read = async (url: string): Promise<string> => (await fetch(url)).text();
  const count = () => read(`http://127.0.0.1:${adminPort}/metrics`);
  await eventually(
    async () => (await count()).includes('muster_findings{check="no-card"} 1'),
    'it is found',
  );
  await eventually(
    async () => (await read(`http://127.0.0.1:${port}/readyz`)).trim() === 'degraded',
    '/readyz follows',
  );
  expect(await read(`http://127.0.0.1:${adminPort}/details`)).toContain('Incidents without a card');
  const page = await fetch(`http://127.0.0.1:${adminPort}/doctor`);
  expect([page.status, await page.text()]).toEqual([
    503,
    expect.stringContaining('no-card, INC-1'),
  ]);
  expect(story.told('ada')).toEqual([]);
  await story.jump(0.4);
  await eventually(() => story.told('ada').length > 0, 'Ada is told');
  await story.jump(0.4);
  await eventually(async () => (await count()).includes('check="no-card"} 1'), 'it is still so');
  expect(story.told('ada')).toEqual([expect.stringContaining('Incidents without a card')]);
  await story.type('ada', '/incident doctor repair no-card');
  await eventually(async () => (await count()).includes('check="no-card"} 0'), 'it is mended');
  await story.jump(1);
  await eventually(
    () => story.told('ada').some((text) => text.includes('Is well again')),
    'Ada hears that it is well',
  );
  await story.jump(2);
  const told = story.told('ada').filter((text) => text.includes('Incidents without a card'));
  expect(told).toEqual([
    expect.stringContaining('Incidents without a card'),
    expect.stringContaining('Is well again: Incidents without a card.'),
  ]);
  await expectInvariants(story);
}, 30_000);

test('nothing of a private incident is told to those who take no part', async () => {
  const story = await begin();
  strike(story, /conversations\.create/, 'restricted_action');
  await story.opens('ana', 'sev1 private: Payroll leaked');
  await story.jump(3);
  expect(await asked(story, 'ana')).toContain('INC-1 got no channel');
  const said = await asked(story, 'ada');
  expect(said).not.toMatch(/INC-1|Payroll/);
  expect(said).toMatch(/1 finding about private incidents/);
  const { adminPort = 0 } = story.apps[0] ?? {};
  const page = await (await fetch(`http://127.0.0.1:${adminPort}/doctor`)).text();
  expect(page).toContain('no-channel');
  expect(page).not.toMatch(/INC-1|Payroll/);
});

test('whoever the configuration names and Slack does not know is named, and so are missing scopes', async () => {
  const story = await begin({
    config: `administrators: [U0ADA, U0GONE]
announce: C0NOWHERE
severities: { sev1: { policy: platform } }
policies: { platform: { levels: [{ after: 0m, notify: ["usergroup:S0LOST", channel] }] } }`,
  });
  story.workspace.scopes.delete('files:write');
  const said = await asked(story, 'ada');
  for (const text of ['U0GONE', 'S0LOST', 'C0NOWHERE', 'The token lacks files:write'])
    expect(said).toContain(text);
});
