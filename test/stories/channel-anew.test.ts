import { expect, test } from 'vitest';
import { storyteller } from '../support/backends.ts';
import { LOST, opened, recorded, said } from '../support/behind-our-back.ts';
import { eventually, type Story } from '../support/story.ts';

const begin = storyteller();

/** The channel that is made in place of the first. */
const another = (story: Story) =>
  eventually(
    () => [...story.workspace.channels.values()].find(({ name }) => name.endsWith('-down-2')),
    'another channel is made',
  );

test('a new channel is made in place of a deleted one, with card and topic', async () => {
  const { story, id } = await opened(begin);
  await story.workspace.remove('U0ADA', id);
  await recorded(story, 'The channel was deleted.');
  await story.click('bo', 'Make a new channel', story.workspace.directMessages('U0BO').at(-1));
  const made = await another(story);
  await story.settle();
  expect(made.messages[0] && story.seen(made.messages[0])).toContain('INC-1 · Checkout is down');
  expect(made.topic).toContain('sev1 | investigating | commander @bo');
  expect(made.members).toEqual(expect.arrayContaining(['U0ANA', 'U0BO']));
  expect(await story.type('bo', '/incident ack', made.id)).toContain('Acknowledged: INC-1');
  expect(story.workspace.violations.filter(({ rule }) => !LOST.includes(rule))).toEqual([]);
});

test('reopened where Slack lets no bot unarchive, it goes on in a new channel at the press of a button', async () => {
  const { story, id } = await opened(begin);
  await story.type('bo', '/incident ack');
  await story.type('bo', '/incident resolve');
  await story.workspace.archive('U0CY', id);
  await recorded(story, 'The channel was archived.');
  const refused = { mode: 'error', error: 'not_in_channel', times: 99 } as const;
  story.workspace.faults.push({ method: /^conversations\.unarchive$/, ...refused });
  await story.type('bo', '/incident 1 reopen it is back', 'C0GENERAL');
  await eventually(() => said(story, 'bo').includes('Slack says not_in_channel'), 'Bo is told');
  await story.settle();
  expect(said(story, 'bo')).toContain('unarchive #inc-1-checkout-is-down by hand');
  const told = story.workspace
    .directMessages('U0BO')
    .findLast(({ blocks }) => JSON.stringify(blocks).includes('Make a new channel'));
  await story.click('bo', 'Make a new channel', told);
  const made = await another(story);
  await story.settle();
  const here = (): string => made.messages.map(story.seen).join('\n');
  expect(made.members).toEqual(expect.arrayContaining(['U0ANA', 'U0BO']));
  expect(here()).toContain('INC-1 · Checkout is down');
  expect(here()).toContain('What was said before stays in #inc-1-checkout-is-down.');
  // The escalation that began anew rings there.
  await story.fastForward(6);
  expect(here()).toContain('Nobody has acknowledged');
  expect(await story.type('bo', '/incident ack', made.id)).toContain('Acknowledged: INC-1');
  expect(story.workspace.violations.filter(({ rule }) => !LOST.includes(rule))).toEqual([]);
});
