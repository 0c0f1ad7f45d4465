import { expect, test } from 'vitest';
import { createMembers } from '../../src/slack/members.ts';
import { quiet } from './support.ts';

/** A workspace with one group, of which the database knows nothing yet. */
function workspace(fails = false) {
  const saved: string[] = [];
  let asked = 0;
  const calls = {
    profile: async () => null,
    groups: async () => {
      asked += 1;
      if (fails) throw new Error('missing_scope');
      return [{ id: 'S0SRE', handle: 'sre' }];
    },
  };
  const store = {
    names: async () => ({}),
    saveGroup: async (_: string, id: string, handle: string) => {
      saved.push(`${id} ${handle}`);
    },
  };
  return { members: createMembers(calls, store, quiet), saved, asked: () => asked };
}

test('a group that was never read is asked for before the first card names it', async () => {
  const { members, saved, asked } = workspace();
  expect(await members.names('T0', ['S0SRE', 'U0BO'])).toEqual({ S0SRE: 'sre' });
  expect(saved).toEqual(['S0SRE sre']);
  await members.names('T0', ['S0SRE']);
  expect(asked()).toBe(1);
});

test('people alone ask for no group, and a group that Slack does not know only once in a while', async () => {
  const { members, asked } = workspace();
  await members.names('T0', ['U0BO']);
  expect(asked()).toBe(0);
  for (const _ of [1, 2, 3]) expect(await members.names('T0', ['S0GONE'])).toEqual({});
  expect(asked()).toBe(1);
});

test('a card does not wait for a list that cannot be read', async () => {
  const { members } = workspace(true);
  expect(await members.names('T0', ['S0SRE'])).toEqual({});
});
