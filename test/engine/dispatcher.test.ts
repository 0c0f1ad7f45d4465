import { expect, test, vi } from 'vitest';
import { createDispatcher } from '../../src/engine/dispatcher.ts';
import type { Delivered, Delivery } from '../../src/ports.ts';

const row = (n: number, to: Delivery['to']): Delivery => ({
  id: String(n),
  key: `k${n}`,
  workspace: 'T1',
  incident: `incident-${n}`,
  to,
  what: { type: 'card' },
  attempts: 1,
  unsureSince: null,
});

const DONE: Delivered = { type: 'done' };

test('webhooks that hang take no turn away from Slack', async () => {
  const hanging = Array.from({ length: 100 }, (_, n) => row(n, { type: 'webhook', name: 'dead' }));
  const toSlack = Array.from({ length: 60 }, (_, n) => row(1000 + n, { type: 'incident' }));
  const waiting = [...hanging, ...toSlack];
  const sent: Delivery[] = [];
  let letGo = (): void => undefined;
  const hang = new Promise<Delivered>((resolve) => {
    letGo = () => resolve(DONE);
  });
  let allSent = (): void => undefined;
  const everything = new Promise<void>((resolve) => {
    allSent = resolve;
  });
  const dispatcher = createDispatcher({
    claim: async () => waiting.splice(0, 20),
    settle: async (delivery) => {
      if (delivery.to.type === 'incident') sent.push(delivery);
      if (sent.length === 60) allSent();
    },
    renew: async () => undefined,
    deliver: async ({ to }) => (to.type === 'webhook' ? hang : DONE),
    onDelivered: () => undefined,
    onError: (error) => {
      throw error;
    },
  });
  dispatcher.kick();
  await everything;
  expect(sent).toHaveLength(60);
  letGo();
  await dispatcher.stop();
});

test('nothing more is claimed while forty calls of Slack are under way', async () => {
  const waiting = Array.from({ length: 200 }, (_, n) => row(n, { type: 'incident' }));
  let under = 0;
  let most = 0;
  const dispatcher = createDispatcher({
    claim: async () => waiting.splice(0, 20),
    settle: async () => undefined,
    renew: async () => undefined,
    deliver: async () => {
      under += 1;
      most = Math.max(most, under);
      await new Promise((resolve) => setImmediate(resolve));
      under -= 1;
      return DONE;
    },
    onDelivered: () => undefined,
    onError: (error) => {
      throw error;
    },
  });
  while (waiting.length > 0) {
    dispatcher.kick();
    await new Promise((resolve) => setImmediate(resolve));
  }
  await dispatcher.stop();
  // The last claim begins below forty and brings up to twenty.
  expect(most).toBeLessThan(60);
});

test('a delivery that never ends keeps its row for two minutes, and no longer', async () => {
  vi.useFakeTimers();
  try {
    const waiting = [row(1, { type: 'incident' })];
    let renewed = 0;
    const dispatcher = createDispatcher({
      claim: async () => waiting.splice(0),
      settle: async () => undefined,
      renew: async () => {
        renewed += 1;
      },
      deliver: () => new Promise(() => undefined),
      onDelivered: () => undefined,
      onError: () => undefined,
    });
    dispatcher.kick();
    await vi.advanceTimersByTimeAsync(119_000);
    expect(renewed).toBe(39);
    await vi.advanceTimersByTimeAsync(600_000);
    expect(renewed).toBe(40);
  } finally {
    vi.useRealTimers();
  }
});
