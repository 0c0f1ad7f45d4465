import { expect, test } from 'vitest';
import { storyteller } from '../support/backends.ts';
import { home, look, opens, press } from '../support/home.ts';
import { expectInvariants } from '../support/invariants.ts';
import { startProxy } from '../support/proxy.ts';
import { eventually, LADDER } from '../support/story.ts';

const tell = storyteller();

/** A busy machine is no outage. */
const begin = (options: Parameters<typeof tell>[0] = {}) =>
  tell({ answerWithinMs: 10_000, ...options });

test('who was pinged acknowledges on the Home, and reads the answer there', async () => {
  const story = await begin();
  await story.opens('ana', 'sev1 Checkout is down');
  expect(await look(story, 'bo')).toContain('Nothing waits for you.');
  expect(home(story, 'bo')).toContain('Open incidents');
  await story.fastForward(5);
  const told = story.told('bo').length;
  const shown = await look(story, 'bo');
  expect(shown).toContain('INC-1 sev1 Checkout is down. You were pinged, and nobody has');
  expect(shown).toContain('[ Acknowledge INC-1 ]');
  expect(shown).toContain('Your incidents');
  const after = await press(story, 'bo', 'Acknowledge INC-1', 'Acknowledged: INC-1');
  expect(after).toContain('Still running:');
  expect(after).not.toContain('You were pinged');
  expect(story.told('bo')).toHaveLength(told);
  // Pressed, it is looked at anew: what was answered is read by then.
  expect(await press(story, 'bo', 'Refresh', 'As of')).toBeTruthy();
  await eventually(() => !home(story, 'bo').includes('Acknowledged: INC-1'), 'the answer goes');
  expect(await look(story, 'cy')).not.toContain('You were pinged');
  await expectInvariants(story);
});

test('whoever leads sees the clocks, fills in a form from there and is answered there', async () => {
  const story = await begin();
  await story.opens('ana', 'sev1 Checkout is down');
  expect(await look(story, 'ana')).toContain('Commander by');
  const led = await press(story, 'ana', 'Take command of INC-1', '@ana is commander');
  expect(led).toContain('Next update due');
  expect(led).toContain('Mitigate by');
  await opens(story, 'Update INC-1');
  await story.workspace.submit('U0ANA', { text: 'Rolling back.' });
  await eventually(() => home(story, 'ana').includes('Update posted'), 'the form is answered');
  expect(story.told('ana').join()).not.toContain('Update posted');
  expect(story.messages().join()).toContain('Rolling back.');
  // Resolving asks, as nobody has acknowledged: on the Home, too.
  await opens(story, 'Resolve INC-1');
  await story.workspace.submit('U0ANA', { text: 'over' });
  await eventually(() => home(story, 'ana').includes('Resolve it all the same?'), 'the question');
  await press(story, 'ana', 'Yes, resolve INC-1', 'Resolved: INC-1');
  await expectInvariants(story);
});

test('a question of the Home that nobody answers is reminded of in a direct message', async () => {
  const story = await begin();
  await story.opens('ana', 'sev1 Checkout is down');
  await story.type('ana', '/incident lead me');
  await look(story, 'ana');
  await opens(story, 'Resolve INC-1');
  await story.workspace.submit('U0ANA', { text: 'over' });
  await eventually(() => home(story, 'ana').includes('Resolve it all the same?'), 'the question');
  await story.jump(2);
  expect(story.told('ana').join()).toContain('You were asked about INC-1 and have not answered.');
  await expectInvariants(story);
});

test('drafts and action items wait for whoever has them, and are ticked off there', async () => {
  const story = await begin();
  await story.opens('ana', 'sev1 Checkout is down');
  await story.type('ana', '/incident ack');
  await story.type('ana', '/incident action Alert on pool usage <@U0BO> due 2026-03-09');
  await story.type('ana', '/incident action Write it down <@U0BO>');
  await story.type('ana', '/incident resolve rolled back');
  await story.type('ana', '/incident postmortem review <@U0BO>');
  const owner = await look(story, 'ana');
  expect(owner).toContain('Its postmortem is yours: in review');
  expect(owner).toContain('[ Draft of INC-1 ]');
  const bo = await look(story, 'bo');
  expect(bo).toContain('You are asked to review its postmortem');
  expect(bo).toContain('Your action items');
  expect(bo.indexOf('Alert on pool usage')).toBeLessThan(bo.indexOf('Write it down'));
  await story.jump(3 * 24 * 60);
  expect(await look(story, 'bo')).toContain('(overdue)');
  const done = await press(story, 'bo', 'INC-1 a1 is done', 'Action item a1 is done');
  expect(done.split('Your action items')[1]).not.toContain('Alert on pool usage');
  expect(done).toContain('INC-1 a2 is done');
  const reviewed = await press(story, 'bo', 'Reviewed INC-1', 'eviewed');
  expect(reviewed).not.toContain('You are asked to review');
  await story.type('ana', '/incident postmortem published https://wiki.example/inc-1');
  await story.click('ana', 'Publish all the same');
  expect(await look(story, 'ana')).toContain('Nothing waits for you.');
  await expectInvariants(story);
});

test('a private incident is on the Home of those who take part, and of nobody else', async () => {
  const story = await begin();
  await story.opens('ana', 'sev1 private: Somebody read the orders');
  await story.type('ana', '/incident action Rotate the keys <@U0BO>');
  await story.workspace.openHome('U0CY', 'messages');
  expect(await look(story, 'ana')).toContain('Somebody read the orders');
  expect(await look(story, 'bo'), 'its owner').toContain('Rotate the keys');
  for (const name of ['max', 'ada']) {
    const shown = await look(story, name);
    expect(shown, name).not.toContain('Somebody read the orders');
    expect(shown, name).not.toContain('INC-1');
    expect(shown, name).not.toContain('Rotate the keys');
    expect(shown, name).toContain('No incident is open.');
  }
  expect(home(story, 'cy')).toBe('');
  await expectInvariants(story);
});

const ON_CALL = `${LADDER}
schedules:
  platform:
    time_zone: Europe/Amsterdam
    rotation: { every: week, handoff: Monday 09:00, members: [U0BO, U0CY] }
`;

test('an administrator sees how Muster is, others do not; everybody sees who is on call', async () => {
  const story = await begin({ config: ON_CALL });
  const ada = await look(story, 'ada');
  await eventually(() => home(story, 'ada').includes('How Muster is'), 'the findings');
  expect(ada).toMatch(/platform: now @\w+ until .*; next @\w+ from /);
  const bo = await look(story, 'bo');
  expect(bo).toContain('On call');
  expect(bo).not.toContain('How Muster is');
  await expectInvariants(story);
});

test('where there is nothing it says so, and what can be done', async () => {
  const story = await begin();
  const shown = await look(story, 'cy');
  expect(shown).toContain('Nothing waits for you.');
  expect(shown).toContain('No incident is open.');
  expect(shown).not.toContain('Your action items');
  const view = story.workspace.homeOf('U0CY');
  if (view === undefined) throw new Error('no Home');
  await story.workspace.click('U0CY', view, 'Declare an incident');
  await eventually(() => story.workspace.viewOf('U0CY'), 'the form opens');
  await story.workspace.submit('U0CY', { title: 'Search is slow', severity: 'sev2' });
  await eventually(() => home(story, 'cy').includes('INC-1 is open: Search is slow'), 'declared');
  await story.settle();
  await expectInvariants(story);
});

test('a guest’s Home has no button of which every press would be refused', async () => {
  const story = await begin();
  await look(story, 'gus');
  await eventually(() => !home(story, 'gus').includes('Declare an incident'), 'it is gone');
  expect(home(story, 'gus')).toContain('[ Refresh ]');
  expect(await look(story, 'cy')).toContain('Declare an incident');
});

test('what others do shows on a Home that is looked at, without a press', async () => {
  const story = await begin({ replicas: 2 });
  await look(story, 'cy');
  const [, other] = story.apps;
  if (other) story.through(other);
  await story.opens('ana', 'sev2 Search is slow');
  await eventually(() => home(story, 'cy').includes('Search is slow'), 'it shows', 15_000);
  await story.type('bo', '/incident resolve');
  await expectInvariants(story);
});

test('of two processes the one that comes later reads once more', async () => {
  const story = await begin({ replicas: 2 });
  const [first, second] = story.apps;
  await look(story, 'ana');
  if (second) story.through(second);
  await look(story, 'ana');
  if (first) story.through(first);
  await story.opens('ana', 'sev2 Search is slow');
  expect(await look(story, 'ana')).toContain('Search is slow');
  const answers = story.workspace.calls.filter(({ method }) => method === 'views.publish');
  expect(answers.some(({ error }) => error === 'hash_conflict')).toBe(true);
  await expectInvariants(story);
});

test('a long answer goes into a message, and so does one that Slack does not show', async () => {
  const story = await begin();
  await story.opens('ana', 'sev1 Checkout is down');
  await story.type('ana', '/incident ack');
  await story.type('ana', '/incident resolve');
  await look(story, 'ana');
  const view = story.workspace.homeOf('U0ANA');
  if (view === undefined) throw new Error('no Home');
  const told = story.told('ana').length;
  await story.workspace.click('U0ANA', view, 'Draft of INC-1');
  await eventually(() => story.told('ana').length > told, 'the draft comes by message');
  expect(story.told('ana').join()).toContain('Postmortem draft');
  story.workspace.faults.push({
    method: /^views\.publish$/,
    times: 1,
    mode: 'error',
    error: 'not_enabled',
  });
  await story.workspace.click('U0ANA', view, 'Edit the draft of INC-1');
  await eventually(
    () => story.told('ana').join().includes('Which section of the draft'),
    'the answer comes by message',
  );
});

test('while the database is away the Home says so, and shows everything when it is back', async () => {
  const story = await begin();
  await story.opens('ana', 'sev1 Checkout is down');
  const way = await startProxy(story.databaseUrl);
  story.through(await story.startReplica(way.url));
  await look(story, 'ana');
  way.cut();
  await story.workspace.openHome('U0ANA');
  await eventually(
    () => home(story, 'ana').includes('database does not answer'),
    'it says so',
    30_000,
  );
  expect(home(story, 'ana')).toContain('[ Declare an incident ]');
  way.restore();
  await eventually(() => home(story, 'ana').includes('Checkout is down'), 'it is back', 30_000);
  await story.settle();
  await way.close();
});
