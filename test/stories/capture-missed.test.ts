import { expect, test } from 'vitest';
import { storyteller } from '../support/backends.ts';
import { expectInvariants } from '../support/invariants.ts';
import { captured, marked, opened } from '../support/pinning.ts';
import { eventually } from '../support/story.ts';

const begin = storyteller();

test('what happened to messages while no Muster ran is found when one starts', async () => {
  const { story, say, react, unreact } = await opened(begin);
  const [edited, gone, struck, untouched] = [
    await say('bo', 'pool of 20 is full'),
    await say('bo', 'it is DNS'),
    await say('bo', 'never mind'),
    await say('bo', 'restarted it'),
  ];
  for (const message of [edited, gone, struck, untouched]) {
    await react('cy', message);
    await marked(story, message);
  }
  const no = (await captured(story)).find(({ text }) => text === 'never mind')?.no;
  await story.type('cy', `/incident strike ${no} not about this`);
  const [app] = story.apps;
  await app?.stop();

  const missed = await say('ana', 'failover began');
  const reply = await story.workspace.say('U0BO', story.channel().id, 'done', {
    threadTs: missed.ts,
  });
  const away = async (act: Promise<unknown>): Promise<void> => {
    // Nobody is there to be told: Slack gives up after a while.
    await act.catch(() => undefined);
  };
  await away(react('cy', missed));
  await away(react('ana', reply));
  await away(story.workspace.edit(edited, 'pool of 200 is full'));
  await away(story.workspace.erase(gone));
  await away(unreact('cy', untouched));

  const next = await story.startReplica();
  story.through(next);
  const now = async () =>
    (await captured(story)).map((one) => `${one.text}${one.struck === null ? '' : ' (struck)'}`);
  const wanted = [
    'pool of 200 is full',
    'it is DNS (struck)',
    // Somebody struck it by hand, and the pin that is still there is no reason to bring it back.
    'never mind (struck)',
    // A reaction that went may be one that means nothing any more: it takes nothing away.
    'restarted it',
    'done',
    'failover began',
  ];
  await eventually(
    async () => (await now()).toSorted().join() === wanted.toSorted().join(),
    'what was missed is found',
    40_000,
  );
  const found = (await captured(story)).find(({ text }) => text === 'failover began');
  expect(found).toMatchObject({ author: 'U0ANA', source: 'message' });
  await marked(story, missed);
  await expectInvariants(story);
}, 90_000);
