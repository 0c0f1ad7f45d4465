import { describe, expect, test } from 'vitest';
import { HOUR, MINUTE } from '../../src/domain/instant.ts';
import { action, typed } from './typed.ts';

const snoozed = (timer: string, ms: number, reason: string) => ({
  type: 'snooze',
  timer,
  ms,
  reason,
});
const asked = (filled: Record<string, string>) => ({ type: 'form', form: 'snooze', filled });

describe('snooze', () => {
  test.each([
    [
      'snooze update 30m waiting for the vendor',
      snoozed('update', 30 * MINUTE, 'waiting for the vendor'),
    ],
    ['snooze status update for 1 h: vendor', snoozed('update', HOUR, 'vendor')],
    [
      'pause the Mitigate timer 90 min, restore is running',
      snoozed('mitigate', 90 * MINUTE, 'restore is running'),
    ],
    [
      'snooze ack half an hour asleep on the train',
      snoozed('acknowledge', 30 * MINUTE, 'asleep on the train'),
    ],
    [
      'snooze escalation 10 min: 2 h of logs to read',
      snoozed('policy', 10 * MINUTE, '2 h of logs to read'),
    ],
    ['snooze take command 1:30h handing over', snoozed('commander', 90 * MINUTE, 'handing over')],
    [
      'snooze action items 2 h <@U012ANA|ana> is on a plane',
      snoozed('actions', 2 * HOUR, '@ana is on a plane'),
    ],
  ])('%s', (line, expected) => {
    expect(action(line)).toEqual(expected);
  });

  test.each([
    ['snooze', asked({})],
    ['snooze update', asked({ timer: 'update' })],
    ['snooze update 45 min', asked({ timer: 'update', length: '45 min' })],
    [
      'snooze update waiting for the vendor',
      asked({ timer: 'update', reason: 'waiting for the vendor' }),
    ],
    ['snooze 20 min lunch', asked({ length: '20 min', reason: 'lunch' })],
  ])('“%s” asks in a form for what is missing, and keeps what was typed', (line, expected) => {
    expect(action(line)).toEqual(expected);
  });

  test.each([
    ['snooze update 30 vendor', 'snooze update 30 min vendor'],
    ['snooze update for 1:30 vendor', 'snooze update 1h30m vendor'],
    ['snooze alarm 30 min vendor', 'snooze update 30 min waiting for the vendor'],
  ])('“%s” is refused with what would work', (line, example) => {
    expect(typed(line)).toMatchObject({ ok: false, refusal: { example } });
  });

  test('a word that is no timer is answered with those of an open incident, and how to see which run', () => {
    const read = typed('snooze updat 30 min vendor');
    const reason = read.ok ? '' : read.refusal.reason;
    expect(reason).toContain(
      'There is no timer “updat”. Choose one that runs with /incident snooze.',
    );
    expect(reason).not.toContain('action items');
  });
});

describe('postmortem publish', () => {
  test.each([
    ['postmortem publish', { type: 'publish', link: null }],
    [
      'pm published https://wiki.example.com/inc-42',
      { type: 'publish', link: 'https://wiki.example.com/inc-42' },
    ],
    [
      'pm publish <https://wiki.example.com/inc-42?a=1|INC-42, what happened>',
      { type: 'publish', link: 'https://wiki.example.com/inc-42?a=1' },
    ],
    ['pm published at http://wiki/42', { type: 'publish', link: 'http://wiki/42' }],
    ['pm publish http://[::1]:8080/x', { type: 'publish', link: 'http://[::1]:8080/x' }],
  ])('%s', (line, expected) => {
    expect(action(line)).toEqual(expected);
  });

  test.each([
    ['wiki.example.com/inc-42', 'https://wiki.example.com/inc-42'],
    ['htps://wiki.example.com/inc-42', 'https://wiki.example.com/inc-42'],
    ['on the wiki: https://wiki.example.com/inc-42', 'https://wiki.example.com/inc-42'],
    ['https://wiki.example.com/a page', 'https://wiki.example.com/a'],
    ['<https://wiki.example.com/x|wiki> soon', 'https://wiki.example.com/x'],
    ['tomorrow', ''],
    ['https://', ''],
    ['https://.', ''],
    ['https://999.999.999.999/', ''],
    ['javascript:alert(1)', ''],
    ['mailto:ana', ''],
    ['<@U012|ana>', ''],
  ])('%s is no link, and is repeated', (text, near) => {
    const parsed = typed(`postmortem publish ${text}`);
    if (parsed.ok) throw new Error('published');
    expect(parsed.refusal.reason).toContain(`“${text.replace('<@U012|ana>', '@ana')}” is no link`);
    expect(parsed.refusal.example).toBe(`postmortem publish ${near}`.trim());
    expect(typed(parsed.refusal.example ?? '')).toMatchObject({ ok: true });
  });
});
