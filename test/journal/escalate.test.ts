import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { MINUTE } from '../../src/domain/instant.ts';
import { createEscalation } from '../../src/journal/escalate.ts';
import { createMemory } from '../../src/journal/memory.ts';
import { createOutage } from '../../src/journal/outage.ts';
import type { Delivery, Posts, Store } from '../../src/ports.ts';
import type { Found, Kept, Slate } from '../../src/slate.ts';
import { declared } from '../support/clockwork.ts';
import { SETTINGS, START } from '../support/ladder.ts';

const CHANNEL = { id: 'C1', name: 'inc-42', state: 'ready' } as const;

/** One replica without a database, six minutes after an incident was declared. */
function replica(shown?: () => Found[]) {
  const kept: Found[] = [];
  let now = START + 4 * MINUTE;
  const story = declared();
  story.passes(MINUTE);
  const incident = { ...story.incident, channel: CHANNEL };
  const memory = createMemory();
  memory.learn([{ state: '1', glance: { incident, timers: story.timers, asOf: START } }], START);
  const outage = createOutage(() => now);
  outage.began();
  now = START + 6 * MINUTE;
  const sent: Delivery[] = [];
  const keep = (one: Kept, done = false): void =>
    void kept.push({ kept: one, channel: 'C1', posts: [`${kept.length}`], done });
  const slate: Partial<Slate> = {
    since: async () => shown?.() ?? kept,
    write: async (_channel, _message, one) => {
      if (!kept.some(({ kept: { key } }) => key === one.key)) keep(one);
    },
  };
  const faults: unknown[] = [];
  const escalation = createEscalation({
    ...{ memory, outage, settings: SETTINGS, afterMs: 0, jitterMs: 0, takeOverMs: 50 },
    slate: slate as Slate,
    store: {} as Store & Posts,
    outboxKey: (id, key) => `${id}:${key}`,
    deliverFrom: () => async (delivery) => {
      sent.push(delivery);
      return { type: 'done' };
    },
    onEscalated: () => undefined,
    onFired: () => undefined,
    onError: (error) => void faults.push(error),
  });
  const look = async (): Promise<void> => {
    escalation.look();
    await pause(150);
    expect(faults).toEqual([]);
  };
  return { incident, kept, keep, sent, outage, look };
}

const pinged = ({ sent }: ReturnType<typeof replica>): string[] => sent.map(({ to }) => to.type);

test('what is due is pinged from memory, in the channel first', async () => {
  const here = replica();
  await here.look();
  expect(pinged(here)).toEqual(['incident', 'lookup', 'incident']);
});

test('an escalation of an earlier outage that is in the record holds up none of a later one', async () => {
  const here = replica();
  const { id: incident } = here.incident;
  here.keep({ type: 'escalation', key: 'old', at: START + MINUTE, incident, by: 'x' }, true);
  await here.look();
  expect(pinged(here)).toEqual(['incident', 'lookup', 'incident']);
});

test('nobody is pinged for one that died, once somebody has acknowledged', async () => {
  const first = replica();
  await first.look();
  const claimed = first.kept.filter(({ kept: { type } }) => type === 'escalation');
  const ack: Kept = {
    ...{ type: 'line', key: 'ack', at: START + 6 * MINUTE, actor: 'UBO' },
    ...{ source: 'command', place: 'C1', text: 'ack', opens: false },
  };
  const acked: Found = { kept: ack, channel: 'C1', posts: ['9'], done: false };
  // It has written that it escalates a moment after we looked, and then died.
  const looks = [[], claimed, [...claimed, acked]];
  const second = replica(() => looks.shift() ?? []);
  await second.look();
  expect(second.sent).toEqual([]);
});

test('what is not out when the database is back is left to the outbox', async () => {
  const here = replica();
  const { sent } = here;
  const push = sent.push.bind(sent);
  sent.push = (...deliveries) => {
    here.outage.ended();
    return push(...deliveries);
  };
  await here.look();
  expect(pinged(here)).toEqual(['incident']);
});
