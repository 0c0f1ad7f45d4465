import { afterEach, beforeEach, expect, test } from 'vitest';
import { createExamination } from '../../src/db/examination.ts';
import { createMending } from '../../src/db/mending.ts';
import { createOutbox } from '../../src/db/outbox.ts';
import { createPulse } from '../../src/db/pulse.ts';
import { say } from '../../src/domain/text.ts';
import { createStoreBench, type StoreBench } from '../support/store-bench.ts';

const MINUTES = 60_000;
let bench: StoreBench;

beforeEach(async () => {
  bench = await createStoreBench();
});

afterEach(() => bench.stop());

const telling = {
  workspace: 'T1',
  administrators: ['U0ADA', 'U0BEA'],
  words: (news: readonly string[], over: readonly string[]) => [
    ...(news.length > 0 ? [say(`new: ${news.join()}`)] : []),
    ...(over.length > 0 ? [say(`over: ${over.join()}`)] : []),
  ],
};

const told = async (): Promise<string[]> =>
  (
    await bench.sql<{ dest: string; said: string }[]>`
      select dest, what->'message'->'summary'->>0 as said from outbox where dest like 'dm:%' order by id`
  ).map(({ dest, said }) => `${dest} ${said}`);

test('replicas that see the same at the same time tell it once, to every administrator', async () => {
  const replicas = ['one', 'two', 'three'].map((name) => createPulse(bench.pool, name));
  const look = (found: readonly string[]) =>
    Promise.all(replicas.map((pulse) => pulse.observe(found, [], telling)));
  await look(['no-card:a', 'disk-low']);
  expect(await told()).toEqual([]);
  await bench.clock.forward(30_000);
  await look(['disk-low', 'no-card:a']);
  await bench.clock.forward(30_000);
  await look(['no-card:a', 'disk-low']);
  const news = await told();
  expect(news).toEqual([
    expect.stringMatching(/^dm:U0ADA new: (no-card:a,disk-low|disk-low,no-card:a)$/),
    expect.stringMatching(/^dm:U0BEA new: /),
  ]);
  await bench.clock.forward(49_000);
  // One replica alone still sees it: it is not over.
  await replicas[0]?.observe(['no-card:a'], [], telling);
  await bench.clock.forward(2000);
  await look([]);
  expect((await told()).slice(2)).toEqual(['dm:U0ADA over: disk-low', 'dm:U0BEA over: disk-low']);
  await bench.clock.forward(MINUTES);
  await look([]);
  expect((await told()).slice(4)).toEqual(['dm:U0ADA over: no-card:a', 'dm:U0BEA over: no-card:a']);
  await look(['disk-low']);
  await bench.clock.forward(30_000);
  await look(['disk-low']);
  expect((await told()).slice(6)).toEqual(['dm:U0ADA new: disk-low', 'dm:U0BEA new: disk-low']);
});

test('what passes within a look is nobody’s business, and what is looked at seldom is not over so soon', async () => {
  const pulse = createPulse(bench.pool, 'one');
  await pulse.observe(['queue-unreachable', 'missing-scopes'], ['missing-scopes'], telling);
  await bench.clock.forward(30_000);
  await pulse.observe(['missing-scopes'], ['missing-scopes'], telling);
  await bench.clock.forward(10 * MINUTES);
  await pulse.observe([], ['missing-scopes'], telling);
  expect((await told()).filter((line) => line.startsWith('dm:U0ADA'))).toEqual([
    'dm:U0ADA new: missing-scopes',
  ]);
  await bench.clock.forward(11 * MINUTES);
  await pulse.observe([], ['missing-scopes'], telling);
  expect((await told()).at(-1)).toBe('dm:U0BEA over: missing-scopes');
});

test('what is told in one of several workspaces is kept apart from the others and from the operator', async () => {
  const pulse = createPulse(bench.pool, 'one');
  const inOne = { ...telling, workspace: 'T1', administrators: ['U0ONE'], apart: true };
  const inTwo = { ...telling, workspace: 'T2', administrators: ['U0TWO'], apart: true };
  const operator = { ...telling, workspace: '', administrators: [] };
  const look = async (one: readonly string[], two: readonly string[]) => {
    await pulse.observe(['given-up'], [], operator);
    await pulse.observe(one, ['missing-scopes'], inOne);
    await pulse.observe(two, ['missing-scopes'], inTwo);
  };
  await look(['missing-scopes'], ['no-card:a']);
  await bench.clock.forward(30_000);
  await look(['missing-scopes'], ['no-card:a']);
  expect(await told()).toEqual(['dm:U0ONE new: missing-scopes', 'dm:U0TWO new: no-card:a']);
  const rows = () =>
    bench.sql`select workspace, dest from outbox where dest like 'dm:%' order by id`;
  expect(await rows()).toEqual([
    { workspace: 'T1', dest: 'dm:U0ONE' },
    { workspace: 'T2', dest: 'dm:U0TWO' },
  ]);
  // A round through all of them takes its time: it is not over so soon.
  await bench.clock.forward(140_000);
  await look([], []);
  expect(await told()).toHaveLength(2);
  await bench.clock.forward(20_000);
  await look([], []);
  expect((await told()).slice(2)).toEqual(['dm:U0TWO over: no-card:a']);
  await bench.clock.forward(18 * MINUTES);
  await look([], []);
  expect((await told()).slice(3)).toEqual(['dm:U0ONE over: missing-scopes']);
  // What is left of a workspace that nobody looks at any more is forgotten.
  await look(['no-card:b'], []);
  await bench.clock.forward(25 * 60 * MINUTES);
  await pulse.beat(0);
  expect(await bench.sql`select 1 from gate where scope like 'finding@%'`).toEqual([]);
});

test('old deliveries are held only where nobody has lived meanwhile', async () => {
  await bench.opened();
  const pulse = createPulse(bench.pool, 'one');
  expect(await pulse.hold()).toBe(0);
  // Slack was away for two hours while Muster lived; then it is deployed.
  for (let n = 0; n < 8; n += 1) {
    await bench.clock.forward(15 * MINUTES);
    await pulse.beat(0);
  }
  expect(await createPulse(bench.pool, 'two').hold()).toBe(0);
  await bench.clock.forward(31 * MINUTES);
  const held = await createPulse(bench.pool, 'three').hold();
  expect(held).toBeGreaterThan(2);
  expect(await createOutbox(bench.pool, 'me').claim()).toEqual([]);
  const young = await bench.opened('Search is slow');
  const claimed = await createOutbox(bench.pool, 'me').claim();
  expect(claimed.map(({ incident }) => incident)).toContain(young);
});

test('what is sent again stands at the end of its line, in its old order, and is searched for first', async () => {
  const id = await bench.opened();
  await bench.ask({ type: 'update', text: 'first' }, { incident: id });
  await bench.ask({ type: 'update', text: 'second' }, { incident: id });
  await bench.sql`update outbox set state = 'dead' where what->>'type' = 'message' and dest like 'in:%'`;
  const lines = () => bench.sql<{ said: string; unsure: Date | null; state: string }[]>`
    select what->'message'->>'summary' as said, unsure_since as unsure, state from outbox
    where what->>'type' = 'message' and dest like 'in:%' order by id`;
  const before = (await lines()).map(({ said }) => said);
  expect(before.length).toBeGreaterThan(1);
  const highest = await bench.sql`select max(id) as id from outbox`;
  const mending = {
    workspace: 'T1',
    check: 'given-up',
    how: 'send',
    whose: 'all',
    by: 'U0ADA',
  } as const;
  expect(await createMending(bench.pool).deliveries(mending)).toBe(before.length);
  const after = await lines();
  expect(after.map(({ said }) => said)).toEqual(before);
  expect(after.every(({ unsure, state }) => unsure !== null && state === 'pending')).toBe(true);
  const [lowest] =
    await bench.sql`select min(id) as id from outbox where what->>'type' = 'message' and dest like 'in:%'`;
  expect(Number(lowest?.id)).toBeGreaterThan(Number(highest[0]?.id));
  expect(await createMending(bench.pool).deliveries(mending)).toBe(0);
  const [audited] = await bench.sql`select count(*)::int as rows, max(seq) as last from audit`;
  const [incident] = await bench.sql`select seq from incident`;
  expect(audited).toEqual({ rows: incident?.seq, last: incident?.seq });
  const [repair] = await bench.sql`select actor, action from audit order by seq desc limit 1`;
  const action = { type: 'repair', what: 'deliveries', check: 'given-up', how: 'send' };
  expect(repair).toEqual({ actor: 'U0ADA', action: { ...action, count: before.length } });
});

test('a repair of one incident leaves the others alone', async () => {
  const [one] = [await bench.opened(), await bench.opened('Search is slow')];
  await bench.sql`update outbox set state = 'dead' where what->>'type' = 'invite'`;
  const mending = { workspace: 'T1', check: 'uninvited', how: 'invite', by: 'U0ADA' } as const;
  const count = await createMending(bench.pool).deliveries({
    ...mending,
    whose: { incident: one ?? '' },
  });
  expect(count).toBe(1);
  const left = await bench.sql`select incident_id as id from outbox where state = 'dead'`;
  expect(left.map(({ id }) => id)).not.toContain(one);
  expect(left).toHaveLength(1);
});

test('trying at once opens our own gates and not Slack’s', async () => {
  const id = await bench.opened();
  const outbox = createOutbox(bench.pool, 'me');
  const [row] = await outbox.claim();
  if (!row) throw new Error('nothing claimed');
  await outbox.settle(row, {
    type: 'wait',
    ms: 60_000,
    scope: 'workspace',
    reason: 'token_revoked',
  });
  await bench.sql`insert into gate values (${`in:${id}`}, now() + interval '1 minute', 'rate limited by Slack')`;
  // Another workspace's wait is not ours to end.
  expect(await createMending(bench.pool).tryNow('T2')).toBe(0);
  expect(await createMending(bench.pool).tryNow('T1')).toBe(1);
  expect((await outbox.claim()).map(({ id: claimed }) => claimed)).toContain(row.id);
  const gates = await bench.sql`select reason from gate where until > now()`;
  expect(gates.map(({ reason }) => reason)).toEqual(['rate limited by Slack']);
});

test('the examination tells what waits and why, of one moment', async () => {
  const id = await bench.opened();
  const outbox = createOutbox(bench.pool, 'me');
  const [row] = await outbox.claim();
  if (!row) throw new Error('nothing claimed');
  await outbox.settle(row, { type: 'unsure', reason: 'HTTP 500' });
  await bench.sql`update outbox set state = 'sent' where id <> ${row.id}`;
  await bench.clock.forward(61_000);
  await createPulse(bench.pool, 'box:1').beat(750);
  const elsewhere = await createExamination(bench.pool)('T2');
  expect(elsewhere).toMatchObject({ stale: [], open: [], drafts: [], overdue: { count: 0 } });
  expect(elsewhere.replicas).toHaveLength(1);
  expect((await createExamination(bench.pool)('T1')).open).toHaveLength(1);
  const { stale, open, replicas, overdue, aheadMs } = await createExamination(bench.pool)(null);
  expect(stale).toMatchObject([{ error: 'HTTP 500', attempts: 1, gate: null, incident: { id } }]);
  expect(stale[0]?.ageMs).toBeGreaterThanOrEqual(61_000);
  expect(open).toMatchObject([{ incident: { id }, card: 'missing' }]);
  expect(open[0]?.timers.length).toBeGreaterThan(3);
  expect(replicas).toEqual([{ name: 'box:1', seenAgoMs: 0, sweptAgoMs: 750 }]);
  expect(overdue.count).toBeGreaterThan(0);
  // The machine's clock, which the test does not turn.
  expect(Math.abs(aheadMs)).toBeLessThan(3000);
});
