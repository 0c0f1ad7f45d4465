import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createOutbox } from '../../src/db/outbox.ts';
import { outboxKey } from '../../src/db/write.ts';
import type { Notice } from '../../src/domain/decision.ts';
import type { Ping } from '../../src/domain/ping.ts';
import { say } from '../../src/domain/text.ts';
import type { Delivered } from '../../src/ports.ts';
import { createStoreBench, START, type StoreBench } from '../support/store-bench.ts';
import { eventually } from '../support/town.ts';

let bench: StoreBench;

beforeEach(async () => {
  bench = await createStoreBench();
});

afterEach(() => bench.stop());

test('the outbox lends one row per destination, oldest first, and nobody gets it twice', async () => {
  await bench.opened();
  const mine = createOutbox(bench.pool, 'me');
  const both = await Promise.all([mine.claim(), createOutbox(bench.pool, 'you').claim()]);
  const taken = both.flat().map(({ id }) => id);
  const later = await createOutbox(bench.pool, 'they').claim();
  const open = await bench.sql`select what->>'type' as type, state from outbox order by id`;
  expect(taken.length).toBeGreaterThan(0);
  expect(new Set(taken).size).toBe(taken.length);
  expect(later).toEqual([]);
  expect(open.filter(({ state }) => state === 'sending').map(({ type }) => type)).toContain(
    'create channel',
  );
});

test('what needs the channel waits for it, and comes in its order', async () => {
  const id = await bench.opened();
  const outbox = createOutbox(bench.pool, 'me');
  const claimed = await outbox.claim();
  const create = claimed.find(({ what }) => what.type === 'create channel');
  expect(claimed.every(({ to }) => to.type !== 'incident')).toBe(true);
  if (!create) throw new Error('nothing makes the channel');
  await outbox.settle(create, { type: 'done', channel: { id: 'C1', name: 'inc-1-checkout' } });
  expect((await bench.store.inChannel('T1', 'C1'))?.id).toBe(id);
  const next = await outbox.claim();
  expect(next.some(({ to }) => to.type === 'incident')).toBe(true);
});

test('a row whose sender died is taken again when its lease runs out, as one that may have arrived', async () => {
  await bench.opened();
  const [row] = await createOutbox(bench.pool, 'dead').claim();
  expect(await createOutbox(bench.pool, 'me').claim()).toEqual([]);
  await bench.clock.forward(11_000);
  const again = (await createOutbox(bench.pool, 'me').claim()).find(({ id }) => id === row?.id);
  expect(row?.unsureSince).toBeNull();
  expect(again?.unsureSince).toBe(START);
  expect(again?.attempts).toBe(2);
});

test('a process that stood still for longer than its lease knows that a row is not its own', async () => {
  await bench.opened();
  const outbox = createOutbox(bench.pool, 'me');
  const [row] = await outbox.claim();
  if (!row) throw new Error('nothing claimed');
  expect(row.ours?.()).toBe(true);
  const begun = performance.now();
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => begun + 7000);
  await outbox.renew(row);
  clock.mockImplementation(() => begun + 14_000);
  expect(row.ours?.()).toBe(true);
  clock.mockImplementation(() => begun + 15_001);
  expect(row.ours?.()).toBe(false);
  clock.mockRestore();
});

test('what is wanted no more is withdrawn, and counts as neither sent nor failed', async () => {
  await bench.opened();
  const outbox = createOutbox(bench.pool, 'me');
  const [row] = await outbox.claim();
  if (!row) throw new Error('nothing claimed');
  await outbox.settle(row, { type: 'done', unwanted: true });
  const [settled] = await bench.sql`select state, sent_at from outbox where id = ${row.id}`;
  expect(settled).toEqual({ state: 'superseded', sent_at: null });
});

test('whoever lost the lease cannot settle any more', async () => {
  await bench.opened();
  const dead = createOutbox(bench.pool, 'dead');
  const [row] = await dead.claim();
  if (!row) throw new Error('nothing claimed');
  await bench.clock.forward(11_000);
  await createOutbox(bench.pool, 'me').claim();
  await dead.settle(row, { type: 'failed', reason: 'too late' });
  const [state] = await bench.sql`select state, lease_owner from outbox where id = ${row.id}`;
  expect(state).toEqual({ state: 'sending', lease_owner: 'me' });
});

test('a Retry-After holds the destination back for every replica, and counts as nothing done', async () => {
  await bench.opened();
  const outbox = createOutbox(bench.pool, 'me');
  const [row] = await outbox.claim();
  if (!row) throw new Error('nothing claimed');
  await outbox.settle(row, { type: 'wait', ms: 30_000, scope: 'channel', reason: 'ratelimited' });
  await bench.clock.forward(29_000);
  expect((await createOutbox(bench.pool, 'you').claim()).map(({ id }) => id)).not.toContain(row.id);
  await bench.clock.forward(2000);
  const again = (await createOutbox(bench.pool, 'you').claim()).find(({ id }) => id === row.id);
  expect(again?.unsureSince).toBeNull();
});

test('acknowledging takes back pings that nobody has been sent yet', async () => {
  const id = await bench.opened();
  await bench.fireAll();
  await bench.ask({ type: 'ack', when: null }, { incident: id });
  const pings = await bench.sql<
    { state: string }[]
  >`select state from outbox where what->>'type' = 'ping'`;
  expect(pings.length).toBeGreaterThan(0);
  expect(pings.every(({ state }) => state === 'superseded')).toBe(true);
});

test('taking command takes back the calls for a commander, and no others', async () => {
  const id = await bench.opened();
  await bench.clock.forward(21 * 60_000);
  await bench.fireAll();
  await bench.ask({ type: 'role', role: 'commander', user: 'U0BO', note: null }, { incident: id });
  const pings = await bench.sql<{ timer: string; state: string }[]>`
    select distinct what->'ping'->>'timer' as timer, state from outbox
    where what->>'type' = 'ping' order by timer`;
  const states = new Map(pings.map(({ timer, state }) => [timer, state]));
  expect(states.get('commander')).toBe('superseded');
  expect(states.get('acknowledge')).toBe('pending');
});

test('members who are found after their clock was settled are not pinged; of another clock they are', async () => {
  const id = await bench.opened();
  const outbox = createOutbox(bench.pool, 'me');
  const pingOf = (timer: Ping['timer']) => ({
    timer,
    level: 0,
    why: ['Somebody is needed.'],
    who: [],
    stops: [],
    next: null,
    lateMs: 0,
  });
  for (const timer of ['policy', 'update'] as const) {
    const what = { type: 'ping group', group: 'S1', ping: pingOf(timer) };
    await bench.sql`insert into outbox (workspace, incident_id, dest, "to", what, key, state, attempts,
      next_at, created_at) values ('T1', ${id}, ${`lookup:${timer}`},
      ${bench.sql.json({ type: 'lookup', name: timer })}, ${bench.sql.json(what)}, ${timer},
      'pending', 0, now(), now())`;
  }
  const groups = (await outbox.claim()).filter(({ what }) => what.type === 'ping group');
  expect(groups).toHaveLength(2);
  await bench.ask({ type: 'ack', when: null }, { incident: id });
  for (const row of groups) {
    const ping = 'ping' in row.what ? row.what.ping : null;
    const next: Notice[] =
      ping === null
        ? []
        : [{ key: `${row.key}:U1`, to: { type: 'user', id: 'U1' }, what: { type: 'ping', ping } }];
    await outbox.settle(row, { type: 'done', next });
  }
  const members = await bench.sql<{ timer: string }[]>`
    select what->'ping'->>'timer' as timer from outbox where "to"->>'id' = 'U1'`;
  expect(members.map(({ timer }) => timer)).toEqual(['update']);
});

test('who was pinged for a schedule is recorded once, and not after somebody has acted', async () => {
  const id = await bench.opened();
  const outbox = createOutbox(bench.pool, 'me');
  const ping: Ping = {
    ...{ timer: 'policy', level: 1, why: ['level 1'], who: [], stops: [], next: null, lateMs: 0 },
    entry: 1,
  };
  const deliver = async (schedule: string, acknowledged: boolean): Promise<void> => {
    await bench.store.tell('T1', schedule, id, {
      key: schedule,
      to: { type: 'lookup', name: schedule },
      what: { type: 'ping schedule', schedule, ping },
    });
    const row = (await outbox.claim()).find(({ to }) => to.type === 'lookup');
    if (!row) throw new Error('nothing is looked up');
    if (acknowledged) await bench.ask({ type: 'ack', when: null }, { incident: id });
    const done: Delivered = {
      type: 'done',
      answered: { schedule, entry: 1, user: 'U0BO', because: null, names: { U0BO: 'bo' } },
      next: [
        { key: `${schedule}:dm`, to: { type: 'user', id: 'U0BO' }, what: { type: 'ping', ping } },
      ],
    };
    await outbox.settle(row, done);
    // Whoever held it up settles it as well.
    await createOutbox(bench.pool, 'late').settle(row, done);
  };
  const said = async (): Promise<string[]> =>
    ((await bench.store.record(id))?.entries ?? [])
      .filter(({ detail }) => detail?.type === 'on call')
      .map(({ text }) => text);
  await deliver('platform', false);
  expect(await said()).toEqual(['Pinged @bo, on call in platform.']);
  await deliver('office', true);
  expect(await said()).toEqual(['Pinged @bo, on call in platform.']);
  const audited = await bench.sql`select actor from audit where action->>'type' = 'on call'`;
  expect(audited.map(({ actor }) => actor)).toEqual([null]);
});

test('a card that still waits keeps its place and is the only one', async () => {
  const id = await bench.opened();
  await bench.ask(
    { type: 'severity', to: 'sev2', reason: 'fewer users than thought' },
    { incident: id },
  );
  await bench.ask({ type: 'status', to: 'identified', when: null, text: null }, { incident: id });
  const cards = await bench.sql<{ state: string }[]>`
    select state from outbox where collapse = 'card' order by id`;
  expect(cards.map(({ state }) => state)).toEqual(['pending']);
});

test('a card that is being sent is followed by another, for it may show less', async () => {
  const id = await bench.opened();
  await bench.sql`update outbox set state = 'sending' where collapse = 'card'`;
  await bench.ask({ type: 'status', to: 'identified', when: null, text: null }, { incident: id });
  const cards = await bench.sql<{ state: string }[]>`
    select state from outbox where collapse = 'card' order by id`;
  expect(cards.map(({ state }) => state)).toEqual(['sending', 'pending']);
});

test('what follows a delivery takes its place behind what is being decided at that moment', async () => {
  const id = await bench.opened();
  const outbox = createOutbox(bench.pool, 'me');
  const [create] = await outbox.claim();
  if (!create) throw new Error('nothing makes the channel');
  await outbox.settle(create, { type: 'done', channel: { id: 'C1', name: 'inc-1-checkout' } });
  const [row] = await outbox.claim();
  if (!row) throw new Error('nothing claimed');
  const follower: Notice = {
    key: 'follower',
    to: { type: 'incident' },
    what: { type: 'message', message: say('U1 could not be invited.') },
  };
  let follows: Promise<void> = Promise.resolve();
  await bench.sql.begin(async (tx) => {
    await tx`select 1 from incident where id = ${id} for update`;
    follows = outbox.settle(row, { type: 'failed', reason: 'gone', next: [follower] });
    await eventually(
      async () =>
        (
          await bench.sql`select pid from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`
        ).length > 0,
      'the settlement to wait for the incident',
    );
    await tx`insert into outbox (workspace, incident_id, dest, "to", what, key, state, attempts,
      next_at, created_at) select workspace, incident_id, dest, "to", what, 'decided', 'pending', 0,
      next_at, created_at from outbox where id = ${row.id}`;
  });
  await follows;
  const order = await bench.sql<{ key: string }[]>`
    select key from outbox where key in ('decided', ${outboxKey(id, 'follower')}) order by id`;
  expect(order.map(({ key }) => key)).toEqual(['decided', outboxKey(id, 'follower')]);
});
