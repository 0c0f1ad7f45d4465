import { expect, test } from 'vitest';
import { storyteller } from '../support/backends.ts';

const begin = storyteller();

test('publishing asks about grave questions and a missing owner, and does as it is told', async () => {
  const story = await begin();
  await story.opens('ana', 'sev1 Checkout is down');
  await story.type('ana', '/incident ack');
  await story.type('ana', '/incident resolve rolled back');
  await story.fastForward(1);
  const asked = await story.type('ana', '/incident postmortem publish https://wiki.example.com/1');
  expect(asked).toMatch(
    /Publish the postmortem of INC-1 as it is\? (?:A question about facts, times and figures is|\d+ questions about facts, times and figures are) open, and nobody owns it\./,
  );
  expect(asked).toContain('/incident 1 impact started');
  expect(asked).toContain('I own it');
  expect(story.heardHere().join()).not.toContain('published');
  const said = await story.click('ana', 'Publish all the same');
  expect(said).toContain('Published: the postmortem of INC-1, version 1.');
  const entry = (await story.entries()).at(-1)?.text;
  expect(entry).toBe('Postmortem published, version 1: https://wiki.example.com/1');
  expect(story.announced().join('\n')).toContain(
    'The postmortem of INC-1 · Checkout is down is published: https://wiki.example.com/1.',
  );
  const outside = await story.click('ana', 'Look at the public version');
  expect(outside).toContain('For readers outside (public)');
});

test('an owner sees a private incident, is told what to do, and what is reviewed says so', async () => {
  const story = await begin();
  await story.opens('ana', 'sev1 private: Somebody read the orders');
  await story.type('ana', '/incident ack');
  await story.type('ana', '/incident resolve');
  expect(await story.type('bo', '/incident 1 postmortem', 'C0GENERAL')).toContain(
    'There is no INC-1.',
  );
  await story.type('ana', '/incident postmortem owner <@U0BO|bo>');
  expect(await story.type('bo', '/incident 1 postmortem show classic', 'C0GENERAL')).toContain(
    'Somebody read the orders',
  );
  await story.type('ana', '/incident postmortem review <@U0BO|bo>');
  expect(story.told('bo').join('\n')).toContain('asks you to review the postmortem of INC-1');
  await story.type('bo', '/incident 1 postmortem reviewed', 'C0GENERAL');
  await story.fastForward(1);
  expect(story.draft()).toMatch(/\*\*Status:\*\* reviewed by @bo /);
  const said = await story.type('ana', '/incident postmortem publish');
  expect(said).not.toContain('nobody owns it');
  expect(story.announced()).toEqual([]);
});

test('a later version, or a new link, is published without striking what was published before', async () => {
  const story = await begin();
  await story.opens('ana', 'sev1 Checkout is down');
  await story.type('ana', '/incident ack');
  await story.type('ana', '/incident resolve rolled back');
  await story.type('ana', '/incident postmortem owner me');
  await story.fastForward(1);
  const newest = () => story.messages().findLast((one) => one.includes('The complete document'));
  await story.type('ana', '/incident postmortem publish https://wiki.example.com/1');
  await story.click('ana', 'Publish all the same');
  await story.fastForward(1);
  expect(newest()).toMatch(/Published, version \d+\. The complete/);
  const first = /version (\d+)/.exec((await story.entries()).at(-1)?.text ?? '')?.[1];
  expect(await story.type('ana', '/incident postmortem publish')).toContain('published already');
  const again = '/incident postmortem publish https://wiki.example.com/1';
  expect(await story.type('ana', again)).toContain('published already');

  const moved = await story.type('ana', '/incident postmortem publish https://wiki.example.com/2');
  expect(moved).toContain('Published: the postmortem of INC-1');
  expect((await story.entries()).at(-1)?.text).toBe(
    `Postmortem published, version ${first}: https://wiki.example.com/2`,
  );
  expect(story.announced().join('\n')).toContain('https://wiki.example.com/2');

  await story.type('ana', '/incident impact Orders failed');
  await story.fastForward(1);
  expect(newest()).toContain(`Published is version ${first}; this is version`);
  await story.type('ana', '/incident postmortem publish');
  const later = await story.click('ana', 'Publish all the same');
  expect(later).toMatch(/Published: the postmortem of INC-1, version \d+\./);
  const lines = (await story.entries()).filter(({ text }) => text.startsWith('Postmortem publ'));
  expect(lines.at(-1)?.text).toMatch(/version [2-9]: https:\/\/wiki\.example\.com\/2$/);
  expect(lines.every(({ struck }) => struck === null)).toBe(true);
  expect(story.announced().join('\n')).toMatch(/is published, version \d+, anew: /);
  await story.click('ana', 'Undo');
  await story.fastForward(1);
  expect(newest()).toContain(`Published is version ${first}; this is version`);
  await story.type('ana', '/incident reopen it is back');
  await story.type('ana', '/incident ack');
  await story.type('ana', '/incident resolve');
  await story.fastForward(1);
  expect(newest()).toContain(`; version ${first} was published before the incident was reopened`);
});
