import { expect, test } from 'vitest';
import { storyteller } from '../support/backends.ts';
import { expectInvariants } from '../support/invariants.ts';

const begin = storyteller();

/** The line of the draft that begins so. */
const lineOf = (draft: string, start: string): string =>
  draft.split('\n').find((line) => line.startsWith(start)) ?? `no line begins with ${start}`;

test('a reopened incident is told with both its intervals, every hand-over and every severity', async () => {
  const story = await begin({ answerWithinMs: 10_000 });
  await story.opens('ana', 'sev2 Checkout is down since 13:50 UTC');
  await story.type('ana', '/incident detected 13:55 UTC by a customer');
  await story.type('ana', '/incident lead <@U0ANA>');
  await story.jump(5);
  await story.type('ana', '/incident ack');
  await story.type('ana', '/incident sev sev1 every customer is affected');
  await story.jump(5);
  await story.type('ana', '/incident handoff <@U0BO> I must sleep');
  await story.type('bo', '/incident mitigated');
  await story.type('bo', '/incident impact ended');
  await story.jump(10);
  await story.type('bo', '/incident sev sev2 only reports');
  await story.type('bo', '/incident resolve');
  await story.jump(60);
  await story.type('bo', '/incident reopen errors are back');
  await story.type('bo', '/incident impact started');
  await story.type('bo', '/incident detected by the alert');
  await story.jump(5);
  await story.type('cy', '/incident ack');
  await story.type('bo', '/incident handoff <@U0CY>');
  await story.type('cy', '/incident mitigated');
  await story.jump(10);
  await story.type('cy', '/incident impact ended');
  await story.type('cy', '/incident resolve');
  await story.jump(1);
  const draft = story.draft();
  expect(lineOf(draft, '- **State:**')).toContain('reopened once');
  expect(lineOf(draft, '- **Severity:**')).toMatch(
    /sev2 to sev1 .*: every customer is affected \[#\d+\]; sev1 to sev2 .*: only reports \[#\d+\]/,
  );
  expect(lineOf(draft, '- **Commander:**')).toMatch(
    /@ana .*; @ana to @bo .*, note: I must sleep .*; @bo to @cy /,
  );
  expect(lineOf(draft, '| impact duration')).toMatch(/\| 35 min \| .* = 20 min \+ .* = 15 min/);
  expect(lineOf(draft, '| incident duration')).toMatch(/\| 45 min \| .* = 30 min \+ .* = 15 min/);
  expect(draft).toContain('durations sum all intervals');
  expect(lineOf(draft, 'Acknowledged ')).toMatch(
    /14:05 UTC \[#\d+\]; again .*15:25 UTC \[#\d+\]\.$/,
  );
  expect(lineOf(draft, '- Detected by a customer')).toContain('13:55 UTC');
  expect(lineOf(draft, '- Detected again by the alert')).toContain('15:20 UTC');
  expect(draft).not.toContain('Tagged as detection');
  expect(lineOf(draft, '- Mitigated again')).toContain('15:25 UTC');

  await story.type('ana', '/incident postmortem export json');
  const file = story.workspace.files.findLast(({ name }) => name.endsWith('.json'));
  const [record] = JSON.parse(file?.content.toString('utf8') ?? '{}').records;
  const rounds = record.incident.milestones
    .filter(({ name }: { name: string }) => name === 'impact started' || name === 'resolved')
    .map(({ name, round }: { name: string; round: number }) => `${name} ${round}`);
  expect(rounds.toSorted()).toEqual([
    'impact started 0',
    'impact started 1',
    'resolved 0',
    'resolved 1',
  ]);
  const changes = record.entries.filter(({ detail }: { detail: { type: string } | null }) =>
    ['severity', 'role'].includes(detail?.type ?? ''),
  );
  expect(changes).toHaveLength(5);
  await expectInvariants(story);
});

test('an incident recorded afterwards pings nobody, and tells its ends with the lines of their minutes', async () => {
  const story = await begin({ answerWithinMs: 10_000 });
  await story.type(
    'ana',
    '/incident record Checkout was down from 2026-03-07 14:05 UTC to 2026-03-07 15:20 UTC',
    'C0GENERAL',
  );
  const { id } = story.channel(1);
  await story.type('ana', '/incident log at 2026-03-07 14:05 UTC, errors above 5% #alert', id);
  await story.type('ana', '/incident log at 2026-03-07 14:30 UTC, rolled back', id);
  await story.jump(1);
  const draft = story.draft();
  expect(draft).toMatch(/\| impact started, alert \| errors above 5% \| responder \| #4, #1 \|/);
  expect(draft).not.toContain('| Impact started. |');
  // Nobody wrote a line for the other end: there it stands by itself.
  expect(draft).toContain('| Impact ended. |');
  expect(lineOf(draft, '| impact duration')).toContain('1 h 15 min');
  const pings = await story.sql`select 1 from entry where detail->>'type' = 'ping'`;
  expect(pings).toEqual([]);
  expect([story.told('ana'), story.told('max'), story.announced()]).toEqual([[], [], []]);
  await story.type('ana', '/incident log at 2026-03-07 15:20 UTC, all clear', id);
  await story.jump(1);
  expect(story.draft()).toMatch(
    /\| impact ended, resolved \| all clear \| responder \| #6, #2, #3 \|/,
  );
  await expectInvariants(story);
});
