import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { type Begin, storyteller } from '../support/backends.ts';
import { expectInvariants } from '../support/invariants.ts';
import { eventually, type Story } from '../support/story.ts';

const tell = storyteller();
const begin: Begin = (options) => tell({ answerWithinMs: 10_000, ...options });

/** Everybody's zone is known, so that nobody's first command waits for their profile. */
async function met(story: Story, names: readonly string[]): Promise<void> {
  for (const name of names) await story.type(name, '/incident list', 'C0GENERAL');
}

/** Many commands in the same instant, spread over the replicas; gives what each was answered. */
async function atOnce(
  story: Story,
  lines: readonly { who: string; text: string; where: string }[],
): Promise<string[]> {
  const replies = await Promise.all(
    lines.map(({ who, text, where }, n) => {
      const app = story.apps[n % story.apps.length];
      if (app) story.through(app);
      return story.workspace.type(story.idOf(who), where, text);
    }),
  );
  await story.settle();
  return replies.map(({ reply }) => (reply ? story.seen(reply) : ''));
}

const NAMES = ['ana', 'bo', 'cy', 'max', 'ada'];
const nth = (n: number): string => NAMES[n % NAMES.length] ?? 'ana';

test('thirty acknowledgements at once are one, and the others are told whose it was', async () => {
  const story = await begin({ replicas: 2 });
  await met(story, NAMES);
  await story.opens('ana', 'sev1 Checkout is down');
  const where = story.channel().id;
  const replies = await atOnce(
    story,
    Array.from({ length: 30 }, (_, n) => ({ who: nth(n), text: '/incident ack', where })),
  );
  expect(replies.filter((reply) => reply.includes('Acknowledged: INC-1'))).toHaveLength(1);
  expect(replies.filter((reply) => reply.includes('already acknowledged by'))).toHaveLength(29);
  const entries = (await story.entries()).filter(({ text }) => text === 'Acknowledged.');
  expect(entries).toHaveLength(1);
  expect(story.heardHere().filter((line) => line.includes('acknowledged INC-1 at'))).toHaveLength(
    1,
  );
  await expectInvariants(story);
});

test('an acknowledgement in the very moment a timer fires: one of them happens, never both', async () => {
  const story = await begin({ replicas: 2, sweepEveryMs: 5 });
  await met(story, ['bo']);
  const ROUNDS = 24;
  for (let n = 1; n <= ROUNDS; n += 1) await story.opens('ana', `sev1 Trouble ${n}`);
  const due = (await story.clock.now()) + 5 * 60_000;
  await story.clock.set(due - 1);
  await story.settle();
  const acks = Array.from({ length: ROUNDS }, (_, n) => ({
    who: 'bo',
    text: `/incident ${n + 1} ack`,
    where: 'C0GENERAL',
  }));
  // The clock jumps onto the deadline while the acknowledgements are on their way.
  const half = acks.splice(0, ROUNDS / 2);
  const early = atOnce(story, half);
  await story.clock.set(due);
  await Promise.all([early, atOnce(story, acks)]);
  await story.settle();
  const rows = await story.sql<{ fired: boolean; acknowledged: boolean }[]>`
    select exists (select 1 from entry e where e.incident_id = i.id
        and e.text like 'Pinged level 2%') as fired,
      (select min(seq) from audit a where a.incident_id = i.id and a.action->>'type' = 'ack')
        < coalesce((select min(seq) from audit a where a.incident_id = i.id
          and a.action->>'type' = 'fire' and a.at = to_timestamp(${due / 1000})), 1000000)
        as acknowledged from incident i`;
  expect(rows).toHaveLength(ROUNDS);
  for (const { fired, acknowledged } of rows) expect(fired).toBe(!acknowledged);
  await expectInvariants(story);
});

test('the same thing opened twice in the same second is one incident with one channel', async () => {
  const story = await begin({ replicas: 3 });
  await met(story, NAMES);
  const replies = await atOnce(
    story,
    Array.from({ length: 9 }, (_, n) => ({
      who: nth(n),
      text: '/incident open sev1 Checkout is down',
      where: 'C0GENERAL',
    })),
  );
  expect(replies.filter((reply) => reply.includes('INC-1 is open'))).toHaveLength(1);
  expect(replies.filter((reply) => reply.includes('was opened a moment ago'))).toHaveLength(8);
  expect(
    story.workspace.calls.filter(({ method }) => method === 'conversations.create'),
  ).toHaveLength(1);
  expect(story.findChannel(2)).toBeUndefined();
  await expectInvariants(story);
});

test('a request replayed byte for byte, at once and to other replicas, has one effect and one reply', async () => {
  const story = await begin({ replicas: 3 });
  await met(story, ['bo']);
  await story.opens('ana', 'sev1 Checkout is down');
  await story.type('bo', '/incident log pool restarted');
  const delivery = story.workspace.deliveries.at(-1);
  if (!delivery) throw new Error('nothing was delivered');
  const original = story.workspace.seenBy('U0BO').at(-1)?.raw;
  const again = await Promise.all(
    Array.from({ length: 9 }, (_, n) => story.replay(delivery, story.apps[n % 3])),
  );
  for (const body of again) expect(body).toEqual(original);
  const logged = (await story.entries()).filter(({ text }) => text === 'pool restarted');
  expect(logged).toHaveLength(1);
  await expectInvariants(story);
});

test('a first request and its replays in the same instant have one effect', async () => {
  const story = await begin({ replicas: 3 });
  await met(story, ['bo']);
  await story.opens('ana', 'sev1 Checkout is down');
  await story.type('bo', '/incident timeline');
  const seen = story.workspace.deliveries.at(-1);
  if (!seen) throw new Error('nothing was delivered');
  const form = new URLSearchParams(seen.body);
  form.set('text', 'log pool restarted');
  form.set('trigger_id', story.workspace.trigger('U0BO'));
  const body = form.toString();
  const headers = { ...seen.headers, ...story.workspace.sign(body) };
  const replies = await Promise.all(
    Array.from({ length: 12 }, (_, n) =>
      story.replay({ kind: 'command', body, headers }, story.apps[n % 3]),
    ),
  );
  for (const reply of replies) expect(reply).toEqual(replies[0]);
  const logged = (await story.entries()).filter(({ text }) => text === 'pool restarted');
  expect(logged).toHaveLength(1);
  await expectInvariants(story);
});

test('two people who resolve in the same instant resolve it once, with one draft', async () => {
  const story = await begin({ replicas: 2 });
  await met(story, NAMES);
  await story.opens('ana', 'sev1 Checkout is down');
  await story.type('ana', '/incident ack');
  const where = story.channel().id;
  const replies = await atOnce(
    story,
    NAMES.map((who) => ({ who, text: '/incident resolve', where })),
  );
  expect(replies.filter((reply) => reply.includes('Resolved: INC-1'))).toHaveLength(1);
  expect(replies.filter((reply) => reply.includes('is already resolved'))).toHaveLength(4);
  expect(story.workspace.files.map(({ name }) => name)).toEqual([
    'INC-1-postmortem-v1.md',
    'INC-1-picture-v1.png',
  ]);
  await expectInvariants(story);
});

test('edits, notes, a severity change and a resolution in the same instant lose nothing', async () => {
  const story = await begin({ replicas: 3 });
  await met(story, NAMES);
  await story.opens('ana', 'sev2 Checkout is slow');
  await story.type('ana', '/incident ack');
  await story.type('ana', '/incident log first words');
  const no = (await story.entries()).at(-1)?.no;
  const where = story.channel().id;
  const words = NAMES.map((who) => `words of ${who}`);
  await atOnce(story, [
    ...NAMES.map((who, n) => ({ who, text: `/incident edit ${no} ${words[n]}`, where })),
    ...NAMES.map((who) => ({ who, text: `/incident log a note of ${who}`, where })),
    { who: 'bo', text: '/incident sev sev1 all of it', where },
    { who: 'cy', text: '/incident resolve', where },
  ]);
  const texts = (await story.entries()).map(({ text }) => text);
  expect(texts).toEqual(expect.arrayContaining(NAMES.map((who) => `a note of ${who}`)));
  const kept = await story.sql<{ text: string }[]>`
    select before->>'text' as text from revision where entry = ${no ?? 0}`;
  const now = texts[(no ?? 1) - 1] ?? '';
  expect([...kept.map(({ text }) => text), now].toSorted()).toEqual(
    ['first words', ...words].toSorted(),
  );
  await expectInvariants(story);
});

test('three replicas that start together on one database all come to serve', async () => {
  const story = await begin({ replicas: 0 });
  await Promise.all([story.startReplica(), story.startReplica(), story.startReplica()]);
  await eventually(async () => {
    const states = await Promise.all(
      story.apps.map(({ port }) => fetch(`http://127.0.0.1:${port}/readyz`)),
    );
    return states.every(({ status }) => status === 200);
  }, 'all three are ready');
});

test('a database that is only slow is waited for: no second channel, and nothing kept beside it', async () => {
  const story = await tell();
  await story.opens('ana', 'sev1 Checkout is down');
  const held = story.sql.begin(async (tx) => {
    await tx`select * from counter for update`;
    await pause(2800);
  });
  await pause(200);
  const said = await story.opens('bo', 'sev2 Login is down');
  await held;
  await story.settle();
  expect(said).toContain('INC-2 is open');
  const made = story.workspace.calls.filter(({ method }) => method === 'conversations.create');
  expect(made).toHaveLength(2);
  expect(story.messages().join('\n')).not.toContain('Recorded');
  await expectInvariants(story);
});
