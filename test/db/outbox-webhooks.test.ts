import { afterEach, beforeEach, expect, test } from 'vitest';
import { createOutbox } from '../../src/db/outbox.ts';
import { writeNotices } from '../../src/db/write.ts';
import type { Notice, NoticeBody } from '../../src/domain/decision.ts';
import { say } from '../../src/domain/text.ts';
import type { Delivery } from '../../src/ports.ts';
import { createStoreBench, START, type StoreBench } from '../support/store-bench.ts';

type Call = Extract<NoticeBody, { type: 'call webhook' }>;

let bench: StoreBench;
let incident: string;

beforeEach(async () => {
  bench = await createStoreBench();
  incident = await bench.opened();
});

afterEach(() => bench.stop());

const call = (key: string, event: Call['event'] = 'trigger'): Notice => ({
  key,
  to: { type: 'webhook', name: 'pager' },
  what: {
    type: 'call webhook',
    event,
    alert: 1,
    at: START,
    ping: { timer: 'policy', level: 1, why: [], who: [], stops: [], next: null, lateMs: 0 },
  },
});

const write = (...notices: Notice[]): Promise<unknown> =>
  bench.pool.begin((tx) =>
    writeNotices(
      tx,
      notices.map((notice) => ({ incident: { id: incident, workspace: 'T1' }, notice })),
      START,
    ),
  );

const calls = (claimed: readonly Delivery[]): string[] =>
  claimed.flatMap(({ what }) => (what.type === 'call webhook' ? [what.event] : []));

const TELL: Notice = {
  key: 'pager:unreached',
  to: { type: 'user', id: 'U0ADA' },
  what: { type: 'message', message: say('The pager cannot be reached.') },
};

test('a workspace that Slack refuses holds back Slack and not the pager', async () => {
  await write(call('a'));
  const outbox = createOutbox(bench.pool, 'me');
  const [slack] = (await outbox.claim()).filter(({ to }) => to.type !== 'webhook');
  if (!slack) throw new Error('nothing for Slack');
  await outbox.settle(slack, { type: 'wait', ms: 60_000, scope: 'workspace', reason: 'refused' });
  await write(call('b'));
  await bench.clock.forward(15_000);
  const claimed = await createOutbox(bench.pool, 'you').claim();
  expect(claimed.map(({ to }) => to.type)).toEqual(['webhook']);
});

test('the events of one webhook and incident go out in their order, one at a time', async () => {
  await write(call('a'), call('b', 'acknowledge'), call('c', 'resolve'));
  const outbox = createOutbox(bench.pool, 'me');
  const order: string[] = [];
  for (let n = 0; n < 3; n += 1) {
    const claimed = (await outbox.claim()).filter(({ to }) => to.type === 'webhook');
    order.push(...calls(claimed));
    for (const row of claimed) await outbox.settle(row, { type: 'done' });
  }
  expect(order).toEqual(['trigger', 'acknowledge', 'resolve']);
});

test('an acknowledgement takes back a call that nothing has come of', async () => {
  await write(call('a'));
  const outbox = createOutbox(bench.pool, 'me');
  const row = (await outbox.claim()).find(({ to }) => to.type === 'webhook');
  if (!row) throw new Error('no call');
  const refused = { type: 'wait', ms: 1000, scope: 'channel', reason: 'down' } as const;
  await outbox.settle(row, refused);
  await bench.ask({ type: 'ack', when: null }, { incident });
  await bench.clock.forward(5000);
  expect(calls(await outbox.claim())).toEqual([]);
});

test('a call that may have arrived is not taken back: it has to be followed to its end', async () => {
  await write(call('a'));
  const outbox = createOutbox(bench.pool, 'me');
  const row = (await outbox.claim()).find(({ to }) => to.type === 'webhook');
  if (!row) throw new Error('no call');
  await outbox.settle(row, { type: 'unsure', reason: 'no answer' });
  await bench.ask({ type: 'ack', when: null }, { incident });
  await bench.clock.forward(5000);
  expect(calls(await outbox.claim())).toEqual(['trigger']);
});

test('what follows from waiting is said once, however long it lasts', async () => {
  await write(call('a'));
  const outbox = createOutbox(bench.pool, 'me');
  for (const type of ['wait', 'unsure', 'wait'] as const) {
    const row = (await outbox.claim()).find(({ to }) => to.type === 'webhook');
    if (!row) throw new Error('no call');
    const next = [TELL];
    const outcome = { ms: 1000, scope: 'channel', reason: 'down', next } as const;
    await outbox.settle(row, { type, ...outcome });
    await bench.clock.forward(5000);
  }
  const told = await bench.sql`select 1 from outbox where dest = 'dm:U0ADA'`;
  expect(told).toHaveLength(1);
});
