import { describe, expect, test } from 'vitest';
import { ME } from '../commands/settings.ts';
import { createDesk, HERE, incident, NOW, said } from './desk.ts';

const ELSEWHERE = 'C0GENERAL';

describe('a change to another incident than the channel’s', () => {
  const both = [incident(42), incident(7)];

  test('is asked about first, reminded of, and done as typed, when it was typed', async () => {
    const desk = createDesk(both);
    const asked = await desk.type('7 resolve rolled back', { key: 'k1' });
    expect(asked).toMatchObject({ reply: { outcome: 'asked', to: 'asker' } });
    expect(said(asked)).toContain('Did you mean INC-7 · Trouble 7?');
    expect(said(asked)).toContain('/incident 7 resolve rolled back');
    expect(said(asked)).toContain('[Yes, INC-7: confirm k1]');
    expect(desk.changes).toEqual([]);
    const [reminder] = desk.answers.get('k1')?.notices ?? [];
    expect(reminder).toMatchObject({
      collapse: 'confirm:k1',
      notBefore: NOW + 60_000,
      to: { type: 'ephemeral', channel: HERE, user: ME },
    });
    expect(JSON.stringify(reminder)).toContain('/incident 7 resolve rolled back');

    expect(said(await desk.type('confirm k1', { source: 'button' }))).toBe('Done.');
    expect(desk.changes).toEqual([
      expect.objectContaining({
        key: 'confirm:k1',
        subject: { type: 'incident', id: 'id-7' },
        typedAt: NOW - 90_000,
        request: expect.objectContaining({
          typed: '7 resolve rolled back',
          action: { type: 'resolve', when: null, text: 'rolled back', confirmed: false },
        }),
      }),
    ]);
  });

  test('is not asked about when a button or the right channel says it', async () => {
    const desk = createDesk(both);
    await desk.type('7 ack', { source: 'button' });
    await desk.type('7 ack', { channel: 'C07' });
    await desk.type('7 ack', { channel: ELSEWHERE });
    expect(desk.changes.map(({ subject }) => subject)).toEqual([
      { type: 'incident', id: 'id-7' },
      { type: 'incident', id: 'id-7' },
      { type: 'incident', id: 'id-7' },
    ]);
  });

  test('looking is never asked about', async () => {
    const desk = createDesk(both);
    expect(await desk.type('7 timeline')).toMatchObject({ reply: { outcome: 'done' } });
  });

  test('only whoever was asked can say yes', async () => {
    const desk = createDesk(both);
    await desk.type('7 ack', { key: 'k1' });
    const other = { id: 'U012OTHER', zone: null };
    expect(said(await desk.type('confirm k1', { actor: other }))).toContain(
      'Only whoever was asked',
    );
    expect(desk.changes).toEqual([]);
  });
});

describe('questions of the rules', () => {
  test('get a button that confirms them, under the key of the change', async () => {
    const desk = createDesk([incident(42)], { asks: true });
    const asked = await desk.type('resolve', { key: 'k1' });
    expect(said(asked)).toContain('Resolve it all the same?');
    expect(said(asked)).toContain('[Yes, resolve INC-42: confirm k1]');
    expect(said(await desk.type('confirm k1'))).toBe('Done.');
    expect(desk.changes.at(-1)?.request.action).toMatchObject({ type: 'resolve', confirmed: true });
  });

  test('come second when the other channel was asked about first', async () => {
    const desk = createDesk([incident(42), incident(7)], { asks: true });
    await desk.type('7 resolve', { key: 'k1' });
    const second = await desk.type('confirm k1');
    expect(said(second)).toContain('[Yes, resolve INC-7: confirm confirm:k1]');
    expect(said(await desk.type('confirm confirm:k1'))).toBe('Done.');
    expect(desk.changes.at(-1)).toMatchObject({ typedAt: NOW - 90_000 });
  });

  test('that nobody asked cannot be confirmed', async () => {
    const desk = createDesk([incident(42)]);
    expect(said(await desk.type('confirm k9'))).toContain('There is no such question');
  });
});
