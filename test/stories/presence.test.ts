import { expect, test } from 'vitest';
import { storyteller } from '../support/backends.ts';
import { expectInvariants } from '../support/invariants.ts';

const begin = storyteller();

const ASKED = 'Are you still on INC-1?';

test('whoever acknowledged is asked in private, answers with a button, and is not asked for a while', async () => {
  const story = await begin();
  await story.opens('ana', 'sev1 Checkout is down');
  await story.type('bo', '/incident ack');
  await story.type('ana', '/incident lead <@U0CY|cy>');
  await story.fastForward(31);
  for (const name of ['bo', 'cy'])
    expect(story.heard(name).filter((line) => line.includes(ASKED))).toHaveLength(1);
  expect(story.heardHere().filter((line) => line.includes(ASKED))).toEqual([]);
  const question = story.workspace.directMessages('U0CY').find(({ text }) => text.includes(ASKED));
  const said = await story.click('cy', 'Still on it', question);
  expect(said).toContain('Noted that you are still on it: @bo acknowledged INC-1 at 14:00');
  for (const name of ['bo', 'cy']) {
    const [ping] = story.told(name).filter((each) => each.includes('the acknowledgement stands'));
    expect(ping).not.toContain('[ Still on it ]');
  }
  await story.fastForward(29);
  expect(story.heard('max')).not.toContainEqual(expect.stringContaining('Nobody has acknowledged'));
  await story.type('bo', '/incident log restore is at 40 %');
  await story.fastForward(29);
  expect(story.heard('bo').filter((line) => line.includes(ASKED))).toHaveLength(1);
  await expectInvariants(story);
});

test('silence voids the acknowledgement: the channel reads why, and the levels are called again', async () => {
  const story = await begin({ replicas: 2 });
  await story.opens('ana', 'sev1 Checkout is down');
  await story.fastForward(1);
  await story.type('bo', '/incident ack');
  await story.fastForward(42);
  const here = story.heardHere();
  expect(here).toContain(
    '36: Nothing was heard from <@U0BO> for 35 min, so the acknowledgement is void and the escalation starts anew.',
  );
  const levels = here.filter((line) => line.includes('level'));
  expect(levels.map((line) => line.split(':')[0])).toEqual(['36', '41']);
  expect(story.heard('cy').filter((line) => line.includes('level 2'))).toHaveLength(1);
  expect(story.card()).toContain('nobody yet');
  expect(await story.type('cy', '/incident ack')).toContain('Acknowledged: INC-1');
  await story.fastForward(20);
  expect(story.heardHere().filter((line) => line.includes('level'))).toHaveLength(2);
  await expectInvariants(story);
});
