import { expect, test } from 'vitest';
import { storyteller } from '../support/backends.ts';
import { expectInvariants } from '../support/invariants.ts';

const begin = storyteller();

test('an action item is tracked, moved, begun, dropped and taken back, each as a revision', async () => {
  const story = await begin({ answerWithinMs: 10_000 });
  await story.opens('ana', 'sev1 Checkout is down');
  await story.type('ana', '/incident action Alert on pool size <@U0BO> due 2026-03-20');
  const tracked = await story.type('bo', '/incident action 1 tracker JIRA-1 OPS-2');
  expect(tracked).toContain('JIRA-1, OPS-2');
  expect(await story.type('bo', '/incident action 1 tracker OPS-2 OPS-3')).toContain(
    'JIRA-1, OPS-2, OPS-3',
  );
  const moved = await story.type('bo', '/incident action 1 due 2026-04-02');
  expect(moved).toMatch(/Was: .*2026-03-20[\s\S]*Now: .*2026-04-0/);
  expect(await story.type('bo', '/incident action 1 in progress')).toContain('in progress');
  expect(await story.type('bo', '/incident action 1 due yesterday')).toContain(
    '/incident action 1 due',
  );
  expect(await story.type('bo', '/incident action 7 due Friday')).toContain('no action item a7');
  const dropped = await story.type('bo', '/incident action drop 1 the vendor <b>did</b> it');
  expect(dropped).toContain('dropped: the vendor <b>did</b> it');
  await story.type('ana', '/incident ack');
  await story.type('ana', '/incident resolve');
  expect(story.draft()).toMatch(/dropped: the vendor .*did.* it/);
  expect(story.draft()).toContain('1 dropped');
  const [open] = await story.sql<{ open: object }[]>`select open_actions as open from incident`;
  expect(open?.open).toEqual({});
  await story.click('bo', 'Take it back', story.workspace.seenBy('U0BO').at(-1));
  const [again] = await story.sql<{ open: object }[]>`select open_actions as open from incident`;
  expect(Object.keys(again?.open ?? {})).toEqual(['1']);
  const revisions = await story.sql<{ change: string; reason: string | null }[]>`
    select r.change, r.reason from revision r join entry e on e.incident_id = r.incident_id
      and e.no = r.entry where e.detail->>'type' = 'action' order by r.revision`;
  expect(revisions.map(({ change }) => change)).toEqual([
    ...Array.from({ length: 5 }, () => 'edited'),
    'taken back',
  ]);
  expect(revisions[4]?.reason).toBe('the vendor <b>did</b> it');
  await expectInvariants(story);
});

test('the list shows what is to be done here, and elsewhere all that the reader may see', async () => {
  const story = await begin({ answerWithinMs: 10_000 });
  await story.opens('ana', 'sev1 Checkout is down');
  await story.opens('bo', 'sev2 private: Insider took the keys');
  const [open, hidden] = [story.channel(1).id, story.channel(2).id];
  await story.type(
    'ana',
    '/incident action Alert on pool size <@U0BO> due 2026-03-09 ref OPS-1',
    open,
  );
  await story.type('ana', '/incident action Split the migration', open);
  await story.type('ana', '/incident action Test the restore <@U0CY> due 2026-03-20', open);
  await story.type('ana', '/incident action 3 in progress', open);
  await story.type('ana', '/incident action Not needed', open);
  await story.type('ana', '/incident action done 4', open);
  await story.type('bo', '/incident action Change every key due 2026-03-08', hidden);
  await story.type('ana', '/incident action List the hosts that are left', open);

  const here = await story.type('max', '/incident action list', open);
  expect(here).toContain('4 action items to do in INC-1 · Checkout is down, 1 done');
  expect(here).toMatch(
    /a1 Alert on pool size, @bo, due [^\n]*, OPS-1\n[^\n]*a3 Test the restore, @cy, due [^\n]*, in progress\n[^\n]*a2 Split the migration, no owner, no due date\n/,
  );
  expect(here).not.toContain('Change every key');

  const outside = await story.type('max', '/incident action list', 'C0GENERAL');
  expect(outside).toContain('4 action items to do');
  expect(outside).not.toMatch(/Change every key|INC-2|Insider/);
  expect(await story.type('cy', '/incident 2 action list', 'C0GENERAL')).toContain(
    'There is no INC-2',
  );

  // By then everybody was pinged for both.
  await story.jump(3 * 24 * 60);
  const all = await story.type('max', '/incident action list', 'C0GENERAL');
  expect(all).toContain('5 action items to do, 2 overdue');
  expect(all).toMatch(/INC-1 a1 Alert on pool size, @bo, due [^\n]*\(overdue\), OPS-1, #inc-1/);
  const bos = await story.type('bo', '/incident action list mine overdue', 'C0GENERAL');
  expect(bos).toContain('2 action items to do of yours, 2 overdue');
  // What somebody types who looks for them is no action item.
  for (const typed of ['action mine', 'action list all'])
    expect(await story.type('bo', `/incident ${typed}`, 'C0GENERAL')).toContain('to do');
  expect(bos).toContain('Done: /incident 2 action done a1');
  expect(bos).toContain('[ INC-2 a1 is done ]');
  // What has no owner is the commander's, else whoever's who declared.
  expect(await story.type('ana', '/incident action list mine', 'C0GENERAL')).toContain(
    'Split the migration',
  );
  expect(await story.type('max', '/incident action list mine', 'C0GENERAL')).toContain(
    'There is nothing for you to do.',
  );
  expect(await story.type('cy', '/incident action done 3', 'C0GENERAL')).toContain(
    'not the channel of an incident',
  );
});

test('whoever is to do something in a private incident is in it from then on, and is told nothing elsewhere', async () => {
  const story = await begin({ answerWithinMs: 10_000 });
  await story.opens('ana', 'sev2 private: Insider took the keys');
  const members = () => story.channel().members;
  expect(members()).not.toContain('U0BO');
  const said = await story.type('ana', '/incident action Change every key <@U0BO>');
  expect(said).toContain('The incident is private: @bo is invited to its channel');
  expect(members()).toContain('U0BO');
  expect(story.told('bo').join()).not.toMatch(/Insider|Change every key/);
  expect(await story.type('bo', '/incident 1 action list', 'C0GENERAL')).toContain(
    'Change every key',
  );
  expect(await story.type('cy', '/incident 1', 'C0GENERAL')).toContain('There is no INC-1');
  const given = await story.type('ana', '/incident action 1 <@U0CY>');
  expect(given).toContain('@cy is invited to its channel');
  expect(members()).toContain('U0CY');
  expect(await story.type('ana', '/incident action Look at the logs <@U0ANA>')).not.toContain(
    'invited',
  );
  await expectInvariants(story);
});
