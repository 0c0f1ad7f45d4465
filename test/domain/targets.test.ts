import { expect, test } from 'vitest';
import type { Target } from '../../src/domain/settings.ts';
import { expanded } from '../../src/domain/targets.ts';
import { settings } from '../commands/settings.ts';

const user = (id: string): Target => ({ type: 'user', id });
const policy = (name: string): Target => ({ type: 'policy', name });
const level = (after: number, ...notify: readonly Target[]) => ({ after, notify });
const named = (name: string, ...levels: readonly ReturnType<typeof level>[]) => ({
  [name]: { name, levels, repeat: 0, repeatAfter: 0 },
});

const configured = {
  ...settings,
  policies: {
    ...named('platform', level(60_000, user('U3')), level(0, user('U1'), policy('helpers'))),
    ...named('helpers', level(0, user('U2'), user('U1'), policy('platform'))),
    ...named('empty'),
  },
};

test('a policy stands for everybody on its first level, whatever the order of its levels', () => {
  expect(expanded([user('U9'), policy('platform')], configured)).toEqual([
    user('U9'),
    user('U1'),
    user('U2'),
  ]);
});

test('policies that name each other end where they began', () => {
  expect(expanded([policy('helpers')], configured)).toEqual([user('U2'), user('U1')]);
});

test('a policy without levels, or one that is gone, is nobody', () => {
  expect(expanded([policy('empty'), policy('nowhere')], configured)).toEqual([]);
});
