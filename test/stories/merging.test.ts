import { expect, test } from 'vitest';
import { storyteller } from '../support/backends.ts';
import { expectInvariants } from '../support/invariants.ts';
import { captured, marked, PIN } from '../support/pinning.ts';
import { eventually, type Story } from '../support/story.ts';

const begin = storyteller();

const statusOf = async (story: Story, number: number): Promise<string> => {
  const [row] = await story.sql<{ status: string }[]>`
    select status from incident where number = ${number} and not drill`;
  return row?.status ?? 'gone';
};

const detailed = (story: Story, number: number) =>
  story.sql<
    {
      no: number;
      text: string;
      at: Date | null;
      author: string;
      detail: {
        type: string;
        n?: number;
        origin?: object;
        item?: { addresses: string | null };
      } | null;
    }[]
  >`
    select e.no, e.text, e.at, e.author, e.detail from entry e join incident i on i.id = e.incident_id
    where i.number = ${number} and not i.drill order by e.no`;

test('an incident that was declared twice becomes one: entries, people, link, and its timers stop', async () => {
  const story = await begin({ answerWithinMs: 10_000 });
  await story.opens('ana', 'sev2 Checkout is down');
  await story.opens('bo', 'sev1 Payments time out since 13:40 UTC');
  const [one, two] = [story.channel(1).id, story.channel(2).id];
  await story.type('ana', '/incident cause root a full disk', one);
  await story.type('bo', '/incident log at 13:45 UTC, restarted the pool #mitigation', two);
  await story.type('bo', '/incident cause root a lock on orders', two);
  await story.type('cy', '/incident action Split the migration for c1 due 2026-03-20', two);
  await story.type('bo', '/incident lead <@U0BO>', two);
  await story.fastForward(1);

  const asked = await story.type('ana', '/incident merge 2', one);
  expect(asked).toContain('Merge INC-2 · Payments time out into INC-1 · Checkout is down?');
  expect(asked).toContain('INC-2 is cancelled');
  expect(await statusOf(story, 2)).toBe('investigating');
  const done = await story.click('ana', 'Yes, merge it into INC-1');
  expect(done).toContain('INC-2 is merged into INC-1: 5 entries brought over.');
  const offers = story.workspace.seenBy('U0ANA').at(-1);
  expect(done).toContain('INC-2 was sev1, this is sev2.');
  expect(done).toMatch(/“impact started” is not recorded here; there it was #2, now #\d+\./);
  expect(done).toMatch(/bo led it; nobody leads this one yet/);

  const brought = (await detailed(story, 1)).filter(({ detail }) => detail?.origin !== undefined);
  expect(brought.map(({ text, author }) => [text, author])).toEqual([
    ['Declared sev1: Payments time out', 'U0BO'],
    ['Impact started.', 'U0BO'],
    ['restarted the pool', 'U0BO'],
    ['a lock on orders', 'U0BO'],
    ['Split the migration', 'U0CY'],
  ]);
  expect(brought[2]?.at?.toISOString()).toBe('2026-03-08T13:45:00.000Z');
  expect(brought[3]?.detail).toMatchObject({ type: 'cause', n: 2 });
  expect(brought[4]?.detail).toMatchObject({ type: 'action', item: { addresses: 'c2' } });
  expect(await story.type('cy', '/incident timeline', one)).toMatch(
    /restarted the pool #mitigation .*from INC-2 #4/,
  );

  expect(await statusOf(story, 2)).toBe('cancelled');
  expect(story.card(2)).toContain('A duplicate of INC-1');
  expect(story.card(1)).toContain('Also declared as INC-2');
  expect(story.messages(2).at(-1)).toMatch(
    /merged this incident into INC-1 · Checkout is down[\s\S]*Go on in #inc-1/,
  );
  expect(story.channel(1).members).toEqual(expect.arrayContaining(['U0ANA', 'U0BO', 'U0CY']));
  const running = await story.sql`select t.name from timer t join incident i on i.id = t.incident_id
    where i.number = 2 and t.state = 'pending'`;
  expect(running).toEqual([]);

  // A milestone is taken over by its button, and the copy still says where it is from.
  await story.click('ana', 'Set “impact started”', offers);
  expect(story.card(1)).toContain('Impact since');
  await story.type('ana', '/incident ack', one);
  await story.type('ana', '/incident resolve', one);
  expect(story.draft()).toContain('restarted the pool (from INC-2 #4)');
  expect(story.draft()).toContain('Impact started. (from INC-2 #2)');
  await expectInvariants(story);
});

test('merged both ways in the same second, one is merged and the other one is told', async () => {
  const story = await begin({ answerWithinMs: 10_000 });
  await story.opens('ana', 'sev2 Checkout is down');
  await story.opens('bo', 'sev2 Payments time out');
  await story.type('ana', '/incident merge 2', story.channel(1).id);
  await story.type('bo', '/incident merge 1', story.channel(2).id);
  const [mine, theirs] = ['U0ANA', 'U0BO'].map((id) => story.workspace.seenBy(id).at(-1));
  if (!mine || !theirs) throw new Error('nobody was asked');
  await Promise.all([
    story.workspace.click('U0ANA', mine, 'Yes, merge it into INC-1'),
    story.workspace.click('U0BO', theirs, 'Yes, merge it into INC-2'),
  ]);
  await story.settle();
  const statuses = [await statusOf(story, 1), await statusOf(story, 2)];
  expect(statuses.toSorted()).toEqual(['cancelled', 'investigating']);
  const into = statuses[0] === 'cancelled' ? 2 : 1;
  const said = story.workspace
    .seenBy(into === 1 ? 'U0BO' : 'U0ANA')
    .map(story.seen)
    .join('\n');
  expect(said).toContain(`INC-${3 - into} is merged into INC-${into} already.`);
  const copies = await story.sql`select 1 from entry where detail ? 'origin'`;
  expect(copies).toHaveLength(1);
  const owner = into === 1 ? 'ana' : 'bo';
  expect(await story.type(owner, `/incident merge ${3 - into}`, story.channel(into).id)).toContain(
    'already',
  );
  await expectInvariants(story);
});

test('what must stay apart stays apart: private from public, drill from real, ended from open', async () => {
  const story = await begin({ answerWithinMs: 10_000 });
  await story.opens('ana', 'sev2 Checkout is down');
  await story.opens('ana', 'sev2 private: Insider took the keys');
  await story.type('ana', '/incident drill sev2 Practise', 'C0GENERAL');
  const [open, hidden] = [story.channel(1).id, story.channel(2).id];
  await story.type('bo', '/incident log taking a look', open);
  expect(await story.type('bo', '/incident merge 2', open)).toContain('There is no INC-2.');
  expect(await story.type('ana', '/incident merge 2', open)).toContain('INC-2 is private');
  expect(await story.type('ana', '/incident merge 1', hidden)).toContain('would learn of it');
  expect(await story.type('ana', '/incident merge DRILL-1', open)).toContain('DRILL-1 is a drill');
  expect(await story.type('ana', '/incident merge 1', open)).toContain('this incident itself');
  await story.opens('bo', 'sev2 Payments time out');
  await story.type('bo', '/incident cancel false alarm', story.channel(3).id);
  expect(await story.type('ana', '/incident merge 3', open)).toContain(
    'INC-3 is cancelled already',
  );
  expect(await story.type('bo', '/incident merge 1', story.channel(3).id)).toContain(
    'Reopen INC-3 first',
  );
  const copies = await story.sql`select 1 from entry where detail ? 'origin'`;
  expect(copies).toEqual([]);
  expect(JSON.stringify(story.messages(1))).not.toMatch(/INC-2|Insider/);
  await expectInvariants(story);
});

test('whoever goes on writing in a merged incident is told where people look', async () => {
  const story = await begin({ answerWithinMs: 10_000 });
  await story.opens('ana', 'sev2 Checkout is down');
  await story.opens('bo', 'sev2 Payments time out');
  await story.type('ana', '/incident merge 2');
  await story.click('ana', 'Yes, merge it into INC-1');
  const two = story.channel(2).id;
  for (const [typed, instead] of [
    ['log still here', 'log …'],
    ['ack', 'ack'],
    ['resolve', 'resolve'],
    ['update still down', 'update still down'],
  ]) {
    const said = await story.type('bo', `/incident ${typed}`, two);
    expect(said).toContain('INC-2 is merged into INC-1');
    expect(said).toContain(`/incident 1 ${instead}`);
    expect(said).not.toContain('reopen');
  }
  await expectInvariants(story);
});

test('an impact that began earlier in the other one is offered: the duration hangs on it', async () => {
  const story = await begin({ answerWithinMs: 10_000 });
  await story.opens('ana', 'sev2 Checkout is down since 13:50 UTC');
  await story.opens('bo', 'sev2 Payments time out since 13:40 UTC');
  await story.type('ana', '/incident merge 2');
  const done = await story.click('ana', 'Yes, merge it into INC-1');
  expect(done).toMatch(/“impact started” was earlier there: #\d+, now #(\d+)\./);
  const [, no = ''] = /earlier there: #\d+, now #(\d+)/.exec(done) ?? [];
  expect(await story.click('ana', `Move “impact started” to #${no}`)).toContain(
    `“impact started” is now #${no}`,
  );
  await expectInvariants(story);
});

test('what was taken from a message follows it after a merge, too', async () => {
  const story = await begin({ answerWithinMs: 10_000 });
  await story.opens('ana', 'sev2 Checkout is down');
  await story.opens('bo', 'sev2 Payments time out');
  const [one, two] = [story.channel(1).id, story.channel(2).id];
  const message = await story.workspace.say('U0CY', two, 'pool of 20 is full');
  await story.workspace.react('U0BO', message, PIN);
  await marked(story, message);
  await story.type('ana', '/incident merge 2', one);
  await story.click('ana', 'Yes, merge it into INC-1');
  const brought = async () =>
    (await captured(story, 1)).map(({ text, struck }) => [text, struck?.reason]);
  expect(await brought()).toEqual([['pool of 20 is full', undefined]]);
  await story.workspace.edit(message, 'pool of 200 is full');
  await eventually(async () => (await brought())[0]?.[0] === 'pool of 200 is full', 'it follows');
  expect((await captured(story, 2))[0]?.text).toBe('pool of 200 is full');
  await story.workspace.erase(message);
  await eventually(async () => (await brought())[0]?.[1] === 'deleted in Slack', 'it is struck');
  await story.settle();
  await expectInvariants(story);
});
