import { describe, expect, test } from 'vitest';
import { DEFAULTS } from '../../src/config/defaults.ts';
import { createThrottle, throttled } from '../../src/handle/throttling.ts';
import type { Handled, Input } from '../../src/handle.ts';
import { type Answer, StoreUnavailable } from '../../src/ports.ts';
import { settings } from '../commands/settings.ts';
import { said } from './desk.ts';

const LIMITS = { person: 5, workspace: 20 };

function desk(answer: (answer: Answer) => Promise<Answer['reply']> = async ({ reply }) => reply) {
  let now = 0;
  let presses = 0;
  const kept: Answer[] = [];
  const done: string[] = [];
  const store = {
    answer: (given: Answer) => {
      kept.push(given);
      return answer(given);
    },
  };
  const ports = { store, settings: { ...settings, limits: LIMITS } } as unknown as Parameters<
    typeof throttled
  >[1];
  const handle = throttled(
    async (input): Promise<Handled> => {
      done.push(input.text);
      return {
        type: 'reply',
        reply: { message: { summary: ['Done.'], blocks: [] }, to: 'asker', outcome: 'done' },
      };
    },
    ports,
    () => now,
  );
  const type = (text: string, more: Partial<Input> = {}): Promise<Handled> => {
    presses += 1;
    return handle({
      workspace: 'T1',
      key: `${presses}`,
      actor: { id: 'UME', zone: null },
      channel: 'C1',
      text,
      source: 'command',
      ...more,
    });
  };
  return {
    type,
    kept,
    done,
    pass: (ms: number) => {
      now += ms;
    },
  };
}

const five = ['one', 'two', 'three', 'four', 'five'].map((word) => `log ${word}`);

test('what is too much is not done, is kept, and says when there is room again', async () => {
  const { type, kept, done, pass } = desk();
  for (const line of five) await type(line);
  const text = said(await type('log the sixth line'));
  expect(done).toEqual(five);
  expect(text).toContain('Nothing was done. Try again in 2 seconds.');
  expect(text).toContain('/incident log the sixth line');
  expect(kept).toMatchObject([{ typed: 'log the sixth line', reply: { outcome: 'refused' } }]);
  pass(2000);
  await type('log the sixth line');
  expect(done.at(-1)).toBe('log the sixth line');
});

test('an acknowledgement is always taken, by whatever word, number or button', async () => {
  const { type, done } = desk();
  for (const line of five) await type(line);
  const acks = ['ack', '42 acknowledge', 'INC-42 ack 14:05'];
  for (const line of acks) await type(line);
  await type('42 ack', { source: 'button' });
  expect(done.slice(five.length)).toEqual([...acks, '42 ack']);
});

test('one person’s haste is not another’s', async () => {
  const { type, done } = desk();
  for (const line of five) await type(line);
  await type('log by somebody else', { actor: { id: 'UBO', zone: null } });
  expect(done).toContain('log by somebody else');
});

test('buttons and forms count like what is typed', async () => {
  const { type, done } = desk();
  for (const line of five) await type(line, { source: 'button' });
  await type('update we are on it', { source: 'form' });
  expect(done).not.toContain('update we are on it');
});

test('without the database it is still said, with the text', async () => {
  const { type } = desk(async () => {
    throw new StoreUnavailable('gone', 'away');
  });
  for (const line of five) await type(line);
  expect(said(await type('log the sixth line'))).toContain('/incident log the sixth line');
});

describe('the buckets', () => {
  test('a workspace has one too, and workspaces do not share it', () => {
    const take = createThrottle(LIMITS, () => 0);
    const taken = Array.from({ length: 21 }, (_, n) => take('T1', `U${n}`));
    expect(taken.slice(0, 20).every((one) => one === null)).toBe(true);
    expect(taken[20]).toMatchObject({ whose: 'workspace' });
    expect(take('T2', 'U0')).toBe(null);
  });

  test('a refusal takes nothing: whoever waits as told has room', () => {
    let now = 0;
    const take = createThrottle(LIMITS, () => now);
    for (let n = 0; n < 5; n += 1) take('T1', 'UME');
    const first = take('T1', 'UME');
    for (let n = 0; n < 50; n += 1) take('T1', 'UME');
    now += first?.waitMs ?? 0;
    expect(take('T1', 'UME')).toBe(null);
  });

  test('never more than the limit after a long silence', () => {
    let now = 0;
    const take = createThrottle(LIMITS, () => now);
    take('T1', 'UME');
    now += 60 * 60_000;
    const taken = Array.from({ length: 6 }, () => take('T1', 'UME'));
    expect(taken.filter((one) => one === null)).toHaveLength(5);
  });

  test('the defaults are no less than five for a person and twenty for a workspace', () => {
    expect(DEFAULTS.limits.person).toBeGreaterThanOrEqual(5);
    expect(DEFAULTS.limits.workspace).toBeGreaterThanOrEqual(20);
  });
});
