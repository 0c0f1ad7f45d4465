import { expect, test } from 'vitest';
import { storyteller } from '../support/backends.ts';
import { expectInvariants } from '../support/invariants.ts';

const begin = storyteller();

test('a ping is snoozed by its button: the form asks for how long and why, and everybody reads it', async () => {
  const story = await begin();
  await story.opens('ana', 'sev1 Checkout is down');
  await story.type('ana', '/incident ack');
  await story.type('ana', '/incident lead me');
  await story.fastForward(12);
  const warning = story.workspace.directMessages('U0ANA').at(-1);
  expect(warning?.text).toContain('needs a status update by');
  await story.click('ana', 'Snooze', warning);
  const wrong = await story.fill('ana', { own: 'a while', reason: 'restoring a backup' });
  expect(wrong.errors.own).toContain('cannot be read as a length of time');
  const { said } = await story.fill('ana', { length: '10', reason: '2 backups to restore' });
  expect(said).toContain('Snoozed for 10 min: status update.');
  expect(said).toContain('status update by 14:25');
  expect(story.heardHere().at(-1)).toBe(
    '12: @ana snoozed status update for 10 min: 2 backups to restore',
  );
  const settled = story.told('ana').find((each) => each.includes('Snoozed for 10 min by @ana'));
  expect(settled).not.toContain('[ Snooze ]');
  await story.fastForward(12);
  expect(story.heard('ana').filter((line) => line.includes('no status update'))).toEqual([]);
  await story.fastForward(2);
  expect(story.heard('ana').filter((line) => line.includes('no status update'))).toHaveLength(1);
  await expectInvariants(story);
});

test('a snooze is typed and taken back, and a newer reminder replaces the one before', async () => {
  const story = await begin();
  await story.opens('ana', 'sev1 Checkout is down');
  await story.type('ana', '/incident ack');
  await story.type('ana', '/incident lead me');
  const said = await story.type('bo', '/incident snooze status update 2 h on the phone with them');
  expect(said).toContain('status update by 16:15');
  expect(story.card()).toContain('16:15');
  expect(await story.click('bo', 'Undo')).toContain('due as before');
  expect(story.card()).not.toContain('16:15');
  await story.fastForward(20);
  await story.type('ana', '/incident log still restoring');
  await story.fastForward(27);
  await story.type('ana', '/incident log 80 %');
  const asked = story.workspace
    .directMessages('U0ANA')
    .filter(({ text }) => text.includes('has had no status update'))
    .map(story.seen);
  expect(asked).toHaveLength(2);
  expect(asked[0]).toContain('Replaced by a newer reminder.');
  expect(asked[0]).not.toContain('[ Update ]');
  expect(asked[1]).toContain('[ Update ]');
  // Another clock's ping is none of its business.
  await story.type('ana', '/incident update Restored, watching');
  const settled = story.workspace
    .directMessages('U0ANA')
    .filter((message) => story.seen(message).includes('Updated by @ana'));
  expect(settled.length).toBeGreaterThan(0);
  expect(settled.every(({ text }) => text.includes('status update'))).toBe(true);
  await expectInvariants(story);
});

test('action items are asked for by direct message until they are done, also after the end', async () => {
  const story = await begin();
  await story.opens('ana', 'sev1 Checkout is down');
  await story.type('ana', '/incident ack');
  await story.type('ana', '/incident action Add an alert on pool size <@U0BO|bo> due in 2 hours');
  await story.type('ana', '/incident action Raise the pool <@U0BO|bo> due in 2 hours');
  await story.type('ana', '/incident resolve');
  await story.fastForward(121);
  const [reminder] = story.told('bo').filter((each) => each.includes('2 action items of INC-1'));
  expect(reminder).toContain('a1 Add an alert on pool size');
  expect(reminder).toContain('/incident 1 action done <n>');
  const message = story.workspace.directMessages('U0BO').at(-1);
  await story.click('bo', 'a2 is done', message);
  await story.fastForward(24 * 60);
  const later = story.heard('bo').filter((line) => line.includes('An action item of INC-1 is due'));
  expect(later).toHaveLength(1);
  expect(
    await story.click('bo', 'a1 is done', story.workspace.directMessages('U0BO').at(-1)),
  ).toContain('Action item a1 is done');
  expect(story.told('bo').at(-1)).toContain('Done. Nothing else is due.');
  await story.fastForward(3 * 24 * 60);
  expect(story.heard('bo').filter((line) => line.includes('of INC-1'))).toHaveLength(2);
  await expectInvariants(story);
});
