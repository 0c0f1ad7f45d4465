import { expect, test, vi } from 'vitest';
import { MINUTE } from '../../src/domain/instant.ts';
import { createSearch, type Furniture } from '../../src/journal/furniture.ts';
import { createMemory } from '../../src/journal/memory.ts';
import { createOutage } from '../../src/journal/outage.ts';
import type { JournalParts } from '../../src/journal/parts.ts';
import { createRecovery } from '../../src/journal/recovery.ts';
import type { Glance } from '../../src/ports.ts';
import type { Found, Slate } from '../../src/slate.ts';
import { declared } from '../support/clockwork.ts';

const LINE: Found = {
  kept: {
    ...{ type: 'line', key: 'k', at: 1, actor: 'UANA', source: 'command', place: 'C1' },
    ...{ text: 'log one', opens: false },
  },
  channel: 'C1',
  posts: ['1.0'],
  done: false,
};

const slateOf = (part: Partial<Slate>): Slate => part as Slate;

test('a channel that Slack does not show for an hour is asked for less often, and imported then', async () => {
  let now = 0;
  let asked = 0;
  const importOne = vi.fn(async () => true);
  const recovery = createRecovery({
    slate: slateOf({
      since: async () => {
        asked += 1;
        if (now < 60 * MINUTE) throw new Error('ratelimited');
        return [LINE];
      },
    }),
    importOne,
    onFinished: () => undefined,
    onError: () => undefined,
    clock: () => now,
  });
  recovery.add('C1', 0);
  for (; now < 62 * MINUTE; now += 500) await recovery.run();
  expect(importOne).toHaveBeenCalledTimes(1);
  expect(asked).toBeLessThan(80);
  expect(recovery.isEmpty()).toBe(true);
});

test('a channel whose lines another process has imported is finished too', async () => {
  const finished: string[] = [];
  const importOne = vi.fn(async () => true);
  const recovery = createRecovery({
    slate: slateOf({ since: async () => [{ ...LINE, done: true }] }),
    importOne,
    onFinished: (channel) => finished.push(channel),
    onError: () => undefined,
  });
  recovery.add('C1', 0);
  await recovery.run();
  expect(importOne).not.toHaveBeenCalled();
  expect(finished).toEqual(['C1']);
});

/** As it is remembered, in a channel of its own. */
function glanceOf(id: string): Glance {
  const { incident } = declared();
  return {
    incident: { ...incident, id, channel: { id: `C${id}`, name: id, state: 'ready' } },
    timers: [],
    asOf: 0,
  };
}

function searching(since: Slate['since']) {
  const memory = createMemory();
  const recovery = createRecovery({
    slate: slateOf({ since }),
    importOne: async () => true,
    onFinished: () => undefined,
    onError: () => undefined,
    clock: () => 0,
  });
  const silent = [{ id: 'dead', seenAt: 1000 }];
  const replicas = { silent: vi.fn(async () => silent), forget: vi.fn(async () => undefined) };
  const parts = {
    slate: slateOf({ channels: async () => [] }),
    replicas,
  } as unknown as JournalParts;
  const furniture = {
    memory,
    recovery,
    outage: createOutage(),
    touched: new Map<string, number>(),
  };
  const search = createSearch(parts, furniture as unknown as Furniture);
  return { ...furniture, replicas, search };
}

test('what reaches Slack when the outage is over is looked for from when it was kept', async () => {
  const since = vi.fn(async () => []);
  const { touched, recovery, search } = searching(since);
  touched.set('C1', 90_000);
  search.late();
  await recovery.run();
  expect(since).toHaveBeenCalledWith('C1', 30_000);
  expect(touched.size).toBe(0);
});

test('a silent process is forgotten when what it kept is imported, and not before', async () => {
  const { memory, recovery, replicas, search } = searching(async () => []);
  memory.learn([{ state: '1', glance: glanceOf('one') }], 0);
  await search.silent();
  await search.forgetSilent();
  expect(replicas.forget).not.toHaveBeenCalled();
  await search.silent();
  await recovery.run();
  await search.forgetSilent();
  expect(replicas.forget).toHaveBeenCalledTimes(1);
});

test('of many channels those are looked at in which something went on lately', async () => {
  const looked: string[] = [];
  const { memory, recovery, search } = searching(async (channel) => {
    looked.push(channel);
    return [];
  });
  for (let n = 0; n < 250; n += 1) memory.learn([{ state: '1', glance: glanceOf(`${n}`) }], 0);
  await search.silent();
  await recovery.run();
  expect(looked).toHaveLength(200);
  expect(looked).toContain('C249');
  expect(looked).not.toContain('C0');
});

test('an outage has lasted since the database was reached the last time', () => {
  let now = 0;
  const outage = createOutage(() => now);
  outage.ended();
  now = 4900;
  outage.began();
  now = 6000;
  expect(outage.ended()).toEqual({ since: 4900, ms: 6000 });
  expect(outage.ended()).toBeNull();
});
