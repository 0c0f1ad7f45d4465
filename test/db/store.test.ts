import { afterEach, beforeEach, expect, test } from 'vitest';

import {
  createStoreBench,
  log,
  OPEN,
  open,
  START,
  type StoreBench,
} from '../support/store-bench.ts';

let bench: StoreBench;

beforeEach(async () => {
  bench = await createStoreBench();
});

afterEach(() => bench.stop());

test('numbers follow each other without gaps, also when twenty people open at once', async () => {
  const outcomes = await Promise.all(
    Array.from({ length: 20 }, (_, n) => bench.ask(open(`Incident ${n}`))),
  );
  const numbers = outcomes.map(({ incident }) => incident?.number ?? 0).sort((a, b) => a - b);
  expect(numbers).toEqual(Array.from({ length: 20 }, (_, n) => n + 1));
});

test('two people who open the same thing within a minute get one incident', async () => {
  const [first, second] = await Promise.all([
    bench.ask(OPEN, { by: 'U0ANA' }),
    bench.ask(OPEN, { by: 'U0BO' }),
  ]);
  expect(first.incident?.id).toBe(second.incident?.id);
  expect(await bench.count('incident')).toBe(1);
  await bench.clock.forward(61_000);
  expect((await bench.ask(OPEN)).incident?.number).toBe(2);
});

test('a repeated request has one effect and gets the same reply', async () => {
  const id = await bench.opened();
  const before = await bench.count('entry');
  const first = await bench.ask(log('rollback started'), { key: 'k1', incident: id });
  const again = await bench.ask(log('rollback started'), { key: 'k1', incident: id });
  expect(again.reply).toEqual(first.reply);
  expect(again.repeated).toBe(true);
  expect(await bench.count('entry')).toBe(before + 1);
});

test('the same request twenty times at once has one effect', async () => {
  const id = await bench.opened();
  const before = await bench.count('entry');
  await Promise.all(
    Array.from({ length: 20 }, () =>
      bench.ask(log('rollback started'), { key: 'k2', incident: id }),
    ),
  );
  expect(await bench.count('entry')).toBe(before + 1);
});

test('of fifty people who acknowledge at once one does, and the others hear who', async () => {
  const id = await bench.opened();
  const outcomes = await Promise.all(
    Array.from({ length: 50 }, (_, n) =>
      bench.ask({ type: 'ack', when: null }, { by: `U${n}`, incident: id }),
    ),
  );
  const record = await bench.store.record(id);
  const acks = record?.entries.filter(({ detail }) => detail?.type === 'acknowledged') ?? [];
  expect(acks).toHaveLength(1);
  const others = outcomes.filter(({ reply }) =>
    JSON.stringify(reply.message).includes('lready acknowledged'),
  );
  expect(others).toHaveLength(49);
});

test('every accepted change has its row in the audit, numbered without gaps', async () => {
  const id = await bench.opened();
  await Promise.all(
    Array.from({ length: 10 }, (_, n) => bench.ask(log(`line ${n}`), { incident: id })),
  );
  const rows = await bench.sql<
    { seq: number }[]
  >`select seq from audit where incident_id = ${id} order by seq`;
  expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_, n) => n + 1));
  expect(rows).toHaveLength(11);
});

test('what is written is what is read', async () => {
  const id = await bench.opened();
  const text = 'كل شيء 👩‍👩‍👧 `<!channel>` \\ " \' 日本語';
  await bench.ask(log(text), { incident: id });
  const record = await bench.store.record(id);
  const entry = record?.entries.find((one) => one.author === 'U0ANA' && one.text === text);
  expect(entry).toMatchObject({ at: START, recordedAt: START, source: 'command', struck: null });
  expect(record?.incident.milestones).toContainEqual(
    expect.objectContaining({ name: 'declared', at: START }),
  );
});

test('a milestone follows the time of its entry, which is kept once', async () => {
  const id = await bench.opened();
  await bench.ask(
    { type: 'milestone', milestone: 'detected', when: '14:50', by: null, text: null },
    { incident: id },
  );
  const found = (await bench.store.glance(id))?.incident.milestones.find(
    ({ name }) => name === 'detected',
  );
  await bench.ask(
    { type: 'edit', entry: found?.entry ?? 0, when: '14:45', text: null, kinds: [] },
    { incident: id },
  );
  const moved = (await bench.store.glance(id))?.incident.milestones.find(
    ({ name }) => name === 'detected',
  );
  expect(new Date(found?.at ?? 0).toISOString()).toBe('2026-03-08T13:50:00.000Z');
  expect(new Date(moved?.at ?? 0).toISOString()).toBe('2026-03-08T13:45:00.000Z');
});

test('due timers fire once, whoever comes first', async () => {
  for (let n = 0; n < 30; n += 1) await bench.opened(`Incident ${n}`);
  await bench.clock.forward(1000);
  const fired = await Promise.all([bench.fireAll(), bench.fireAll(), bench.fireAll()]);
  const pings = await bench.sql`select incident_id, count(*)::int as n from entry
    where detail->>'type' = 'ping' group by 1`;
  expect(fired.flatMap(({ late }) => late)).toHaveLength(30);
  expect(pings.map(({ n }) => n)).toEqual(Array.from({ length: 30 }, () => 1));
});

test('an acknowledgement racing a firing timer never yields both an ack before the due time and a ping after it', async () => {
  const ids = await Promise.all(
    Array.from({ length: 40 }, (_, n) => bench.opened(`Incident ${n}`)),
  );
  await bench.fireAll();
  await bench.clock.forward(5 * 60_000);
  await Promise.all([
    ...ids.map((id) => bench.ask({ type: 'ack', when: null }, { incident: id })),
    bench.fireAll(),
    bench.fireAll(),
  ]);
  await bench.fireAll();
  for (const id of ids) {
    const record = await bench.store.record(id);
    const acked = record?.entries.find(({ detail }) => detail?.type === 'acknowledged')?.no ?? 0;
    const pinged = record?.entries.filter(
      ({ detail, no }) => detail?.type === 'ping' && no > acked,
    );
    expect(pinged).toEqual([]);
    expect(record?.timers.find(({ name }) => name === 'policy')?.state).not.toBe('pending');
  }
});

test('striking an entry gives its milestone back to the entry before it, whose time is asked for again', async () => {
  const id = await bench.opened();
  const at = (when: string) =>
    bench.ask(
      { type: 'milestone', milestone: 'detected', when, by: null, text: null },
      { incident: id },
    );
  await at('14:40');
  await at('14:50');
  const detected = async () =>
    (await bench.store.glance(id))?.incident.milestones.find(({ name }) => name === 'detected');
  const second = await detected();
  await bench.ask({ type: 'strike', entry: second?.entry ?? 0, reason: null }, { incident: id });
  expect(new Date((await detected())?.at ?? 0).toISOString()).toBe('2026-03-08T13:40:00.000Z');
});

test('whoever joins an incident that was just opened is invited to its channel', async () => {
  await bench.ask(OPEN, { by: 'U0ANA' });
  await bench.ask(OPEN, { by: 'U0BO' });
  const invited = await bench.sql`
    select 1 from outbox where what->>'type' = 'invite' and what::text like '%U0BO%'`;
  expect(invited).toHaveLength(1);
});

test('a change that fails does not take others of its moment with it', async () => {
  const [first, second, third] = [
    await bench.opened('One'),
    await bench.opened('Two'),
    await bench.opened('Three'),
  ];
  const before = await bench.count('entry');
  const broken = bench.store.change(
    {
      workspace: 'T1',
      key: 'broken',
      subject: { type: 'incident', id: second },
      request: {
        action: log('never'),
        actor: { id: 'U0ANA', zone: 'UTC' },
        source: 'command',
        typed: 'log never',
      },
    },
    () => {
      throw new Error('a rule is broken');
    },
  );
  const settled = await Promise.allSettled([
    bench.ask(log('kept'), { incident: first }),
    broken,
    bench.ask(log('kept too'), { incident: third }),
    bench.ask(log('and this'), { incident: second }),
  ]);
  expect(settled.map(({ status }) => status)).toEqual([
    'fulfilled',
    'rejected',
    'fulfilled',
    'fulfilled',
  ]);
  expect(await bench.count('entry')).toBe(before + 3);
});

test('lines typed in one moment keep their order and their numbers', async () => {
  const id = await bench.opened();
  const texts = Array.from({ length: 60 }, (_, n) => `line ${n}`);
  await Promise.all(texts.map((text) => bench.ask(log(text), { incident: id })));
  const record = await bench.store.record(id);
  const lines = record?.entries.filter(({ text }) => text.startsWith('line ')) ?? [];
  expect(lines.map(({ text }) => text)).toEqual(texts);
  expect(lines.map(({ no }) => no)).toEqual(lines.map((_, n) => (lines[0]?.no ?? 0) + n));
});
