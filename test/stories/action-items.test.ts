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
