import { expect, test } from 'vitest';
import { createStates } from '../../src/slack/installed/state.ts';

const OPTIONS = { scopes: ['commands'], redirectUri: 'https://muster.example.net/back' };
const NOW = new Date('2026-11-21T21:00:00Z');
const later = (minutes: number): Date => new Date(NOW.getTime() + minutes * 60_000);

function states(secret = 'a-state-secret') {
  const spent = new Set<string>();
  return createStates(secret, OPTIONS, {
    async spend(digest) {
      const isFirst = !spent.has(digest);
      spent.add(digest);
      return isFirst;
    },
  });
}

test('a state gives back what was asked for, for ten minutes', async () => {
  const store = states();
  const state = await store.generateStateParam(OPTIONS, NOW);
  expect(await store.verifyStateParam(later(10), state)).toBe(OPTIONS);
  const old = await store.generateStateParam(OPTIONS, NOW);
  await expect(store.verifyStateParam(later(10.1), old)).rejects.toThrow('too old');
  await expect(store.verifyStateParam(later(-11), old)).rejects.toThrow('too old');
});

test('a state is good once, also with something added to it', async () => {
  const store = states();
  const state = await store.generateStateParam(OPTIONS, NOW);
  await store.verifyStateParam(NOW, state);
  await expect(store.verifyStateParam(NOW, state)).rejects.toThrow('used before');
  for (const more of ['.', '.x', '='])
    await expect(store.verifyStateParam(NOW, state + more)).rejects.toThrow('not signed');
});

test('nobody makes a state without the secret, or a younger one of an old one', async () => {
  const store = states();
  const foreign = await states('another-secret').generateStateParam(OPTIONS, NOW);
  const state = await store.generateStateParam(OPTIONS, NOW);
  const [, random, signature] = state.split('.');
  const younger = `${later(60).getTime().toString(36)}.${random}.${signature}`;
  for (const bad of [foreign, younger, '', '..', 'a.b.c', '🙂.🙂.🙂'])
    await expect(store.verifyStateParam(NOW, bad)).rejects.toThrow('not signed');
});

test('no two states are the same', async () => {
  const store = states();
  const made = await Promise.all([1, 2, 3].map(() => store.generateStateParam(OPTIONS, NOW)));
  expect(new Set(made).size).toBe(3);
});
