import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { storyteller } from '../support/backends.ts';
import { eventually, type Story } from '../support/story.ts';

const begin = storyteller();

/** Two resolved incidents, the second with an action item. */
async function two(second = 'sev2 Refunds fail'): Promise<Story> {
  const story = await begin({ answerWithinMs: 10_000 });
  await story.opens('ana', 'sev1 Checkout is down');
  await story.type('ana', '/incident ack');
  await story.type('ana', '/incident impact Orders failed');
  await story.type('ana', '/incident resolve rolled back');
  await story.fastForward(30);
  await story.opens('ana', second);
  await story.type('ana', '/incident 2 ack', 'C0GENERAL');
  await story.type('ana', '/incident 2 action Alarm on lock waits', 'C0GENERAL');
  await story.type('ana', '/incident 2 resolve', 'C0GENERAL');
  await story.fastForward(1);
  return story;
}

const draftOf = (story: Story, number: number): string =>
  story.workspace.files
    .findLast(({ name }) => name.startsWith(`INC-${number}-postmortem-v`))
    ?.content.toString('utf8') ?? '';

test('one report is about several incidents, and follows what is corrected in any of them', async () => {
  const story = await two();
  const said = await story.type('ana', '/incident postmortem with 2');
  expect(said).toContain('The report of INC-1 is about INC-2 too now.');
  await story.fastForward(1);
  const draft = draftOf(story, 1);
  expect(draft).toMatch(/^# Postmortem: INC-1 · Checkout is down \+ INC-2 · Refunds fail\n/);
  expect(draft).toContain('This report is about 2 incidents: INC-1 (');
  expect(draft).toContain('### INC-2: Refunds fail');
  expect(draft.match(/Alarm on lock waits/g)).toHaveLength(1);
  expect(draftOf(story, 2)).not.toContain('Checkout');
  await story.type('ana', '/incident 2 impact Refunds were late', 'C0GENERAL');
  await story.fastForward(1);
  expect(draftOf(story, 1)).toContain('Refunds were late [INC-2 #');
  await story.type('ana', '/incident postmortem export json');
  const json = JSON.parse(story.workspace.files.at(-1)?.content.toString() ?? '');
  expect(json.records.map((one: { incident: { number: number } }) => one.incident.number)).toEqual([
    1, 2,
  ]);
  const chain = await story.type('ana', '/incident 2 postmortem with 1', 'C0GENERAL');
  expect(chain).toContain('INC-1 has a report of its own, over INC-2 too. Take that apart first.');
});

test('nothing private gets into a report, and what is not seen is not there', async () => {
  const story = await two('sev2 private: Somebody read the orders');
  const theirs = await story.type('bo', '/incident postmortem with 2');
  expect(theirs).toContain('There is no INC-2.');
  const own = await story.type('ana', '/incident postmortem with 2');
  expect(own).toContain('INC-2 is private: what is in it stays in its channel.');
  const there = await story.type('ana', '/incident 2 postmortem with 1', 'C0GENERAL');
  expect(there).toContain('It is private, so the report stays in its channel');
  await story.fastForward(1);
  expect(draftOf(story, 2)).toContain('Orders failed');
  // Whatever the header says.
  await story.sql`update incident set header = header || '{"postmortem with": "2"}' where number = 1`;
  await story.type('ana', '/incident postmortem refresh');
  await story.fastForward(1);
  expect(draftOf(story, 1)).not.toContain('Somebody read');
  const shown = await story.type('bo', '/incident postmortem show classic');
  expect(shown).not.toContain('Somebody read');
});

test('a report follows an incident that is still open, quietly: what happens gathers for a while', async () => {
  const story = await begin({ answerWithinMs: 10_000 });
  await story.opens('ana', 'sev1 Checkout is down');
  await story.type('ana', '/incident ack');
  await story.type('ana', '/incident resolve rolled back');
  await story.opens('ana', 'sev2 Refunds fail');
  await story.type('ana', '/incident 2 ack', 'C0GENERAL');
  const said = await story.type('ana', '/incident 1 postmortem with 2', 'C0GENERAL');
  expect(said).toContain('within five minutes in one that is open');
  expect(said).toContain('/incident 1 postmortem refresh');
  await story.fastForward(1);
  await story.type('ana', '/incident 2 impact Refunds were late', 'C0GENERAL');
  await story.fastForward(1);
  expect(draftOf(story, 1)).toContain('INC-2');
  expect(draftOf(story, 1)).not.toContain('Refunds were late');
  await story.type('ana', '/incident 2 impact Invoices were late', 'C0GENERAL');
  const versions = story.draftFiles().length;
  await story.fastForward(5);
  expect(draftOf(story, 1)).toContain('Refunds were late');
  expect(draftOf(story, 1)).toContain('Invoices were late');
  expect(story.draftFiles()).toHaveLength(versions + 1);
  await story.type('ana', '/incident 2 impact Statements were late', 'C0GENERAL');
  await story.type('ana', '/incident 1 postmortem refresh', 'C0GENERAL');
  await story.fastForward(1);
  expect(draftOf(story, 1)).toContain('Statements were late');
  await story.type('ana', '/incident 2 impact Mails were late', 'C0GENERAL');
  await story.type('ana', '/incident 2 resolve', 'C0GENERAL');
  await story.fastForward(1);
  expect(draftOf(story, 1)).toContain('Mails were late');
  const alone = await story.type('ana', '/incident 1 postmortem with none', 'C0GENERAL');
  expect(alone).not.toContain('in one that is open');
});

test('whether an incident has a report of its own is looked at under its lock', async () => {
  const story = await two();
  await story.opens('ana', 'sev2 Mails are late');
  const ids = await story.sql<{ id: string }[]>`select id::text from incident order by number`;
  const [, second] = ids;
  // Somebody gives INC-2 a report of its own, and has not committed yet.
  const theirs = await story.sql.reserve();
  await theirs`begin`;
  await theirs`update incident set header = header || '{"postmortem with": "3"}'
    where id = ${second?.id ?? ''}`;
  const asked = story.type('ana', '/incident postmortem with 2');
  const waits = async () => (await story.sql`select 1 from pg_locks where not granted`).length > 0;
  await eventually(waits, 'it waits for the lock');
  await theirs`commit`;
  theirs.release();
  expect(await asked).toContain('INC-2 has a report of its own, over INC-3 too.');
});

test('the migration finds what reports are and once were about, by what their people said', async () => {
  const story = await two();
  await story.type('ana', '/incident postmortem with 2');
  await story.type('ana', '/incident postmortem with none');
  const members = () =>
    story.sql`select number, drill from report_member`.then((rows) => [...rows]);
  expect(await members()).toEqual([{ number: 2, drill: false }]);
  await story.sql`delete from report_member`;
  const file = new URL('../../drizzle/0008_followed_reports.sql', import.meta.url);
  const backfill = readFileSync(file, 'utf8').split('--> statement-breakpoint').at(-1) ?? '';
  await story.sql.unsafe(backfill);
  await story.sql.unsafe(backfill);
  expect(await members()).toEqual([{ number: 2, drill: false }]);
});
