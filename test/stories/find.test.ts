import { expect, test } from 'vitest';
import { storyteller } from '../support/backends.ts';
import { expectInvariants } from '../support/invariants.ts';

const begin = storyteller();

test('finds incidents and the lines of their timelines, with their numbers', async () => {
  const story = await begin();
  await story.opens('ana', 'sev1 Checkout is down');
  await story.type('bo', '/incident log 13:58 restarted the pool of connections #mitigation');
  await story.opens('cy', 'sev2 Search is slow');
  const said = await story.type('max', '/incident find pool', 'C0GENERAL');
  expect(said).toContain('1 hit for pool');
  expect(said).toMatch(/INC-1.*#\d+.*restarted the pool of connections #mitigation.*@bo/);
  expect(await story.type('max', '/incident find search', 'C0GENERAL')).toContain(
    'INC-2 · Search is slow',
  );
  const filtered = await story.type('max', '/incident find sev2 open', 'C0GENERAL');
  expect(filtered).toContain('1 hit for severity sev2, status investigating');
  expect(filtered).not.toContain('INC-1');
  expect(await story.type('bo', '/incident find by me since yesterday pool')).toContain(
    '1 hit for',
  );
  expect(await story.type('bo', '/incident find by <@U0ANA> pool')).toContain('Nothing found');
  await expectInvariants(story);
});

test('what is private is found only by those who take part, or in its own channel', async () => {
  const story = await begin();
  await story.opens('ana', 'sev1 private: Payroll leaked');
  await story.type('ana', '/incident log the zanzibar export was public');
  const outside = await story.type('bo', '/incident find zanzibar', 'C0GENERAL');
  expect(outside).toContain('Nothing found for zanzibar');
  const mistyped = await story.type('bo', '/incident find zanzibat payrol', 'C0GENERAL');
  expect(mistyped).not.toContain('zanzibar');
  expect(mistyped).not.toContain('payroll');
  expect(await story.type('bo', '/incident find in INC-1', 'C0GENERAL')).toContain('Nothing found');
  expect(await story.type('ana', '/incident find zanzibar', 'C0GENERAL')).toContain('1 hit');
  await story.workspace.join('U0CY', story.channel().id);
  expect(await story.type('cy', '/incident find zanzibar')).toContain('1 hit');
  await expectInvariants(story);
});

test('offers the word that was meant, and finds it at a press', async () => {
  const story = await begin();
  await story.opens('ana', 'sev1 Checkout is down');
  await story.type('bo', '/incident log the certificate of the gateway had expired');
  const said = await story.type('cy', '/incident find certificaet', 'C0GENERAL');
  expect(said).toContain('Nothing found for certificaet');
  expect(said).toContain('Searched: titles');
  expect(await story.click('cy', 'find certificate')).toContain('certificate of the gateway');
  await expectInvariants(story);
});

test('turns pages, and a line of the timeline is literal wherever it stands', async () => {
  const story = await begin();
  await story.opens('ana', 'sev1 Checkout is down');
  for (let n = 1; n <= 12; n += 1) {
    await story.type('bo', `/incident log step ${n} of "<!channel>" *plan* & <b>x</b>`);
  }
  const first = await story.type('cy', '/incident find step -"step 12"', 'C0GENERAL');
  expect(first).toContain('11 hits for step, not “step 12”'.replace(', not', ' not'));
  expect(first).toContain('Page 1 of 2');
  expect(first).toContain('<b>x</b>');
  const second = await story.click('cy', 'More');
  expect(second).toContain('Page 2 of 2');
  expect(second).toContain('step 1 of');
  expect(await story.click('cy', 'Back')).toContain('Page 1 of 2');
  await expectInvariants(story);
});

test('drills are found apart, and a refused line is repeated', async () => {
  const story = await begin();
  await story.opens('ana', 'sev1 Checkout is down');
  await story.type('bo', '/incident drill sev2 Checkout practice', 'C0GENERAL');
  const real = await story.type('cy', '/incident find checkout', 'C0GENERAL');
  expect(real).toContain('INC-1');
  expect(real).not.toContain('DRILL-1');
  const drills = await story.type('cy', '/incident find drills checkout', 'C0GENERAL');
  expect(drills).toContain('DRILL-1');
  expect(drills).not.toContain('INC-1');
  const refused = await story.type('cy', '/incident find pool since tomorrow', 'C0GENERAL');
  expect(refused).toContain('still to come');
  expect(refused).toContain('/incident find pool since tomorrow');
});
