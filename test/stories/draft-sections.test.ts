import { expect, test } from 'vitest';
import { storyteller } from '../support/backends.ts';
import type { Story } from '../support/story.ts';

const begin = storyteller();

const view = (story: Story, name: string): string =>
  JSON.stringify(story.workspace.viewOf(story.idOf(name))?.blocks ?? []);

const drafts = (story: Story): string[] =>
  story.workspace.files.map(({ name }) => name).filter((name) => name.includes('postmortem-v'));

/** A resolved incident with an effect, and its first draft. */
async function resolved(what = 'sev1 Checkout is down'): Promise<Story> {
  const story = await begin();
  await story.opens('ana', what);
  await story.type('ana', '/incident ack');
  await story.type('ana', '/incident impact Orders failed');
  await story.type('ana', '/incident resolve rolled back');
  await story.fastForward(1);
  return story;
}

test('a section is edited in a form that shows what is generated, and the draft has the text', async () => {
  const story = await resolved();
  const which = await story.type('bo', '/incident postmortem section');
  expect(which).toContain('Which section of the draft of INC-1 · Checkout is down?');
  await story.click('bo', 'Impact');
  expect(view(story, 'bo')).toContain('Orders failed [#');
  await story.fill('bo', { text1: 'Carts were lost.\n- in Spain', place: 'instead' });
  await story.fastForward(1);
  expect(story.draft()).toMatch(/## Impact\n\nCarts were lost\.\n\n- in Spain\n\n.*Written by @bo/);
  expect(story.draft()).not.toContain('- Orders failed');
  expect(drafts(story)).toEqual(['INC-1-postmortem-v1.md', 'INC-1-postmortem-v2.md']);
});

test('a late correction refreshes what is generated, and marks the text that was written before', async () => {
  const story = await resolved();
  const said = await story.type('bo', '/incident postmortem section impact Carts were lost.');
  expect(said).toContain('Impact: your text stands beside what is generated (#');
  const effect = (await story.entries()).find(({ text }) => text === 'Orders failed')?.no;
  await story.type('bo', `/incident edit ${effect} Half of the orders failed`);
  await story.fastForward(1);
  expect(story.draft()).toContain('Carts were lost.');
  expect(story.draft()).toContain('- Half of the orders failed');
  expect(story.draft()).toContain(
    `Written before #${effect} changed; look again: \`/incident 1 postmortem section impact\``,
  );
  await story.type('bo', '/incident postmortem section impact');
  expect(view(story, 'bo')).toContain(`#${effect} changed since this was written.`);
  expect(view(story, 'bo')).toContain('"initial_value":"Carts were lost."');
  await story.fill('bo', {});
  await story.fastForward(1);
  expect(story.draft()).toContain('Written before');
  await story.type('bo', '/incident postmortem section impact');
  await story.fill('bo', { text1: 'Carts were lost, and half of the orders.' });
  await story.fastForward(1);
  expect(story.draft()).not.toContain('Written before');
});

test('of two who edit one section at once the second is shown both texts, and nothing is lost', async () => {
  const story = await resolved();
  await story.type('ana', '/incident postmortem section summary');
  await story.type('bo', '/incident postmortem section summary');
  await story.fill('ana', { text1: 'Ana was first.' });
  const { said } = await story.fill('bo', { text1: 'Bo was second.' });
  expect(said).toContain('@ana wrote for “Summary” what you had not seen');
  expect(said).toContain('Ana was first.');
  expect(said).toContain('Bo was second.');
  const texts = async (): Promise<string[]> =>
    (await story.entries()).flatMap(({ text }) =>
      /was (?:first|second)/.test(text) ? [text] : [],
    );
  expect(await texts()).toEqual(['Ana was first.']);
  // Ana changes hers again before bo answers: what he was shown is not what is there.
  await story.type('ana', '/incident postmortem section summary');
  await story.fill('ana', { text1: 'Ana was first, twice.' });
  const again = await story.click('bo', 'Put mine in its place');
  expect(again).toContain('Ana was first, twice.');
  expect(await texts()).toEqual(['Ana was first, twice.']);
  const kept = await story.click('bo', 'Put mine in its place');
  expect(kept).toContain('Summary: your text stands beside what is generated');
  expect(await texts()).toEqual(['Bo was second.']);
  const [undone] = [await story.click('bo', 'Take it back')];
  expect(undone).toContain('Ana was first, twice.');
});

test('a text is in the audit, in its chain and in the export', async () => {
  const story = await resolved();
  await story.type('bo', '/incident postmortem section summary instead: Carts were lost.');
  const rows = await story.sql<{ action: { type: string }; hash: string | null }[]>`
    select action, hash from audit where action->>'type' = 'section text'`;
  expect(rows).toHaveLength(1);
  expect(rows[0]?.hash).toMatch(/^[\w-]{43}$/);
  await story.type('bo', '/incident postmortem export json');
  const json = story.workspace.files.at(-1)?.content.toString() ?? '';
  const { records } = JSON.parse(json);
  expect(records[0].entries).toContainEqual(
    expect.objectContaining({
      text: 'Carts were lost.',
      author: 'U0BO',
      detail: expect.objectContaining({ type: 'section', section: 'summary', place: 'instead' }),
    }),
  );
  expect(records[0]).not.toHaveProperty('corrected');
});

test('before there is a draft, a text waits for it', async () => {
  const story = await begin();
  await story.opens('ana', 'sev1 Checkout is down');
  await story.type('ana', '/incident ack');
  const said = await story.type('ana', '/incident postmortem section lessons Ask earlier.');
  expect(said).toContain(
    'The draft is written when the incident is resolved; your text is in it then.',
  );
  await story.type('ana', '/incident resolve');
  expect(await story.type('ana', '/incident postmortem show classic')).toContain('Ask earlier.');
});

test('of a private incident nobody outside can see or write a section', async () => {
  const story = await resolved('sev1 private: Somebody read the orders');
  await story.type('ana', '/incident postmortem section summary A secret.');
  for (const typed of ['', ' summary', ' summary Mine.']) {
    const said = await story.type('cy', `/incident 1 postmortem section${typed}`, 'C0GENERAL');
    expect(said).toContain('There is no INC-1.');
    expect(said).not.toContain('secret');
  }
});

test('a text that is longer than a field comes back whole, in several', async () => {
  const story = await resolved();
  const long = Array.from({ length: 60 }, (_, n) => `${n} ${'x'.repeat(98)}`).join('\n');
  await story.type('ana', `/incident postmortem section lessons ${long}`);
  await story.type('ana', '/incident postmortem section lessons');
  expect(view(story, 'ana')).toContain('More of your text');
  await story.fill('ana', { text4: 'the end' });
  const [entry] = (await story.entries()).slice(-1);
  expect(entry?.text).toBe(`${long}\nthe end`);
});

test('a new version says in its thread what changed; what changes nothing makes none', async () => {
  const story = await resolved();
  // The later parts of a long message say which they are.
  const inThread = (): string[] =>
    story
      .channel()
      .messages.filter(({ threadTs }) => threadTs !== undefined)
      .map(({ text }) => text)
      .filter((text) => text.startsWith('Postmortem draft'));
  await story.type('bo', '/incident impact Refunds failed');
  await story.type('bo', '/incident impact Mails were late');
  await story.fastForward(1);
  expect(inThread()).toHaveLength(1);
  expect(inThread()[0]).toMatch(
    /^Postmortem draft, version 2: .* Changed since version 1: .*Impact/,
  );
  const last = (await story.entries()).at(-1)?.no;
  await story.type('bo', `/incident edit ${last} Mails were very late`);
  await story.type('bo', `/incident restore ${last}`);
  await story.fastForward(1);
  expect(drafts(story)).toHaveLength(2);
  await story.type('bo', '/incident postmortem refresh');
  await story.fastForward(1);
  expect(inThread()[1]).toContain('Nothing changed since version 2.');
});

test('a long text that is saved as it was opened stays as it is, and one too long is not opened', async () => {
  const story = await resolved();
  const paragraphs = `${'a'.repeat(2000)}\n\n${'b'.repeat(2000)}`;
  await story.type('ana', `/incident postmortem section lessons ${paragraphs}`);
  await story.type('ana', '/incident postmortem section lessons');
  const { said } = await story.fill('ana', {});
  expect(said).toContain('says so already');
  const families = '👩‍👩‍👧‍👦'.repeat(5000);
  const entry = (await story.entries()).at(-1);
  expect(entry?.text).toBe(paragraphs);
  await story.sql`update entry set text = ${families} where no = ${entry?.no ?? 0}`;
  const refused = await story.type('ana', '/incident postmortem section lessons');
  expect(refused).toContain('This text is longer than a form in Slack can hold');
  expect(refused).toContain(`/incident 1 edit ${entry?.no} What you want it to say`);
  await story.type('ana', `/incident 1 edit ${entry?.no} Shorter.`);
  await story.type('ana', '/incident postmortem section lessons');
  expect(view(story, 'ana')).toContain('"initial_value":"Shorter."');
});
