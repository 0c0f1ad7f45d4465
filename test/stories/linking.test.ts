import { expect, test } from 'vitest';
import { storyteller } from '../support/backends.ts';
import { expectInvariants } from '../support/invariants.ts';
import type { Story } from '../support/story.ts';

const begin = storyteller();

/** INC-1 of last week, and INC-2. */
async function two(): Promise<Story> {
  const story = await begin({ answerWithinMs: 10_000 });
  await story.opens('ana', 'sev2 Checkout is down');
  await story.opens('bo', 'sev2 Payments time out');
  return story;
}

const linksOf = async (story: Story, number: number) => {
  const [row] = await story.sql<
    { links: { sort: string; back: boolean; there: number | null }[] }[]
  >`
    select links from incident where number = ${number} and not drill`;
  return (row?.links ?? []).map(({ sort, back, there }) => ({ sort, back, there }));
};

const standing = async (story: Story, number: number): Promise<string[]> => {
  const rows = await story.entries(number);
  return rows.filter(({ struck }) => struck === null).map(({ text }) => text);
};

test('a link shows in both incidents: card, brief, draft, and it is taken back in both', async () => {
  const story = await two();
  const two_ = story.channel(2).id;
  const said = await story.type('bo', '/incident link 1 recurrence', two_);
  expect(said).toContain('A recurrence of INC-1: Checkout is down');
  expect(said).toContain('INC-1 shows it too.');
  expect(story.card(2)).toContain('A recurrence of INC-1');
  expect(story.card(1)).toContain('Happened again as INC-2');
  expect(story.messages(1).at(-1)).toMatch(/linked INC-2 · Payments time out with this incident/);
  expect(await story.type('cy', '/incident brief', two_)).toContain('A recurrence of INC-1');
  expect(await story.type('cy', '/incident 1 brief', 'C0GENERAL')).toContain(
    'Happened again as INC-2: Payments time out',
  );
  await story.type('bo', '/incident ack', two_);
  await story.type('bo', '/incident resolve', two_);
  expect(story.draft()).toContain('A recurrence of INC-1: Checkout is down [#');
  expect(story.draft()).not.toContain('Not recorded: whether it happened before');

  await story.type('ana', '/incident ack');
  await story.type('ana', '/incident resolve');
  expect(story.draft()).toContain('Happened again as INC-2: Payments time out');
  expect(story.draft()).toContain('Not recorded: whether it happened before.');

  // Struck at the end where nobody typed it, it is gone at the other one too.
  const [mirrored] = (await story.entries(1)).filter(({ text }) => text.startsWith('Happened'));
  await story.type('ana', `/incident strike ${mirrored?.no} wrong one`);
  expect([await linksOf(story, 1), await linksOf(story, 2)]).toEqual([[], []]);
  expect((await standing(story, 2)).join()).not.toContain('recurrence');
  await story.click('ana', 'Bring it back');
  expect([await linksOf(story, 1), await linksOf(story, 2)]).toMatchObject([
    [{ back: true }],
    [{ back: false }],
  ]);
  await story.type('bo', '/incident undo', two_);
  await expectInvariants(story);
});

test('undo takes back a link at both ends, and only whoever typed it has it as their last entry', async () => {
  const story = await two();
  await story.type('ana', '/incident link 2 related');
  expect(await story.type('ana', '/incident undo', story.channel(2).id)).toContain(
    'no entry here that could be undone',
  );
  await story.type('ana', '/incident undo');
  expect([await linksOf(story, 1), await linksOf(story, 2)]).toEqual([[], []]);
  await expectInvariants(story);
});

test('linking twice is one link, also when both do it in the same second from either side', async () => {
  const story = await two();
  const [one, other] = [story.channel(1).id, story.channel(2).id];
  await Promise.all([
    story.workspace.type(story.idOf('ana'), one, '/incident link 2 related'),
    story.workspace.type(story.idOf('bo'), other, '/incident link 1 related'),
    story.workspace.type(story.idOf('cy'), one, '/incident link INC-2 related'),
  ]);
  await story.settle();
  expect(await linksOf(story, 1)).toHaveLength(1);
  expect(await linksOf(story, 2)).toHaveLength(1);
  const written = [...(await standing(story, 1)), ...(await standing(story, 2))];
  expect(written.filter((text) => text.startsWith('Related to'))).toHaveLength(2);
  expect(await story.type('ana', '/incident link 2 related', one)).toContain('linked already');

  // Another word takes the place of the first one, at both ends.
  await story.type('ana', '/incident link duplicate of 2', one);
  expect(await linksOf(story, 1)).toMatchObject([{ sort: 'duplicate', back: false }]);
  expect(await linksOf(story, 2)).toMatchObject([{ sort: 'duplicate', back: true }]);
  expect((await standing(story, 2)).filter((text) => /INC-1/.test(text))).toEqual([
    'Also declared as INC-1: Checkout is down',
  ]);
  await expectInvariants(story);
});

test('of a private incident the public one says nothing: not its number, not its title', async () => {
  const story = await begin({ answerWithinMs: 10_000 });
  await story.opens('ana', 'sev2 Checkout is down');
  await story.opens('ana', 'sev2 private: Insider took the keys');
  await story.opens('ana', 'sev2 private: Another secret');
  const [open, hidden] = [story.channel(1).id, story.channel(2).id];
  const outsider = await story.type('bo', '/incident link 2 related', open);
  const nobody = await story.type('bo', '/incident link 99 related', open);
  expect(outsider.replaceAll('INC-2', 'INC-99').replaceAll('link 2', 'link 99')).toBe(nobody);
  const member = await story.type('ana', '/incident link 2 related', open);
  expect(member).toContain('INC-2 is private: it must not be named in INC-1.');
  expect(await story.type('ana', '/incident link 3 related', hidden)).toContain(
    'neither may name the other',
  );

  expect(await story.type('ana', '/incident link 1 related', hidden)).toContain(
    'Only INC-2 shows it: it is private, and INC-1 is not.',
  );
  expect(story.card(2)).toContain('Related to INC-1');
  expect(await linksOf(story, 1)).toEqual([]);
  const shownOutside = JSON.stringify([story.messages(1), await story.entries(1)]);
  expect(shownOutside).not.toMatch(/INC-2|Insider/);
  const audit = await story.sql`select action from audit a join incident i on i.id = a.incident_id
    where i.number = 1`;
  expect(JSON.stringify(audit)).not.toMatch(/"number":2|Insider/);
  await expectInvariants(story);
});

test('says what would work where the line cannot be understood', async () => {
  const story = await two();
  expect(await story.type('ana', '/incident link 2')).toContain('/incident link 2 related');
  expect(await story.type('ana', '/incident link')).toContain('/incident link 41 recurrence');
  expect(await story.type('ana', '/incident link 1 related')).toContain('this incident itself');
  expect(await linksOf(story, 1)).toEqual([]);
});

test('a drill is named in no real incident', async () => {
  const story = await two();
  await story.type('ana', '/incident drill sev2 Practise the outage', 'C0GENERAL');
  expect(await story.type('ana', '/incident link DRILL-1 related')).toContain('DRILL-1 is a drill');
  const channel = [...story.workspace.channels.values()].find(({ name }) =>
    name.startsWith('drill-1-'),
  );
  const said = await story.type('ana', '/incident link 1 related', channel?.id);
  expect(said).toContain('Only DRILL-1 shows it: it is a drill, and INC-1 is not.');
  expect(await linksOf(story, 1)).toEqual([]);
});

test('a link whose other end is another incident by now is struck here, and nothing there', async () => {
  const story = await two();
  const second = story.channel(2).id;
  await story.type('bo', '/incident link 1 related', second);
  await story.type('cy', '/incident open sev2 private: Payroll leaked', 'C0GENERAL');
  for (const word of ['one', 'two', 'three', 'four'])
    await story.type('cy', `/incident log line ${word}`, story.channel(3).id);
  const before = await standing(story, 3);
  // As an import into another Muster leaves it.
  await story.sql`update incident set number = 91 where number = 1`;
  await story.sql`update incident set number = 1 where number = 3`;
  await story.fastForward(1);
  const [link] = (await story.entries(2)).filter(({ text }) => text.startsWith('Related'));
  const said = await story.type('bo', `/incident strike ${link?.no}`, second);
  expect(said).toContain('struck: “Related to INC-1');
  expect(await linksOf(story, 2)).toEqual([]);
  expect(await standing(story, 1)).toEqual(before);
});
