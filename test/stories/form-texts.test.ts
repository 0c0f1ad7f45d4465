import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectInvariants } from '../support/invariants.ts';
import { createStory, eventually, type Story } from '../support/story.ts';

let story: Story;

beforeAll(async () => {
  // A busy machine is no outage.
  story = await createStory({ answerWithinMs: 15_000 });
  await story.opens('ana', 'sev1 Checkout is down');
}, 60_000);
afterAll(() => story.stop());

const form = () => story.workspace.viewOf('U0ANA');

async function opens(line: string): Promise<void> {
  await story.workspace.type('U0ANA', story.channel().id, `/incident ${line}`);
  await eventually(form, 'a form opens');
}

test.each([
  ['nothing but blanks', 'log', { text: '   ' }, 'text', 'Write something, or cancel.'],
  ['a reason of dashes', 'snooze', { timer: 'resolve', reason: '--' }, 'reason', 'Say why'],
  ['a visibility alone', 'open', { title: 'private:' }, 'title', 'cannot be read as it stands'],
  ['a person for a role', 'role', { own: '<@U0CY>', person: 'U0BO' }, 'own', 'a word or two'],
])('%s stays in the form, with why at its field', async (_, line, values, field, why) => {
  await opens(line);
  expect((await story.fill('ana', values)).errors[field]).toContain(why);
  expect(form()).toBeDefined();
  await story.workspace.dismiss('U0ANA');
});

test('what a page is for may begin like a name: only who was chosen is paged', async () => {
  await opens('page');
  const reason = 'policy platform pages nobody, @here';
  const { said } = await story.fill('ana', { people: ['U0BO'], reason });
  expect(said).toContain('Paged');
  expect(story.told('bo').join()).toContain(reason);
  expect(story.told('max')).toEqual([]);
  await expectInvariants(story);
});
