import { expect, test } from 'vitest';
import { oncall } from '../../src/commands/oncall.ts';
import type { Schedule } from '../../src/domain/schedules/schedule.ts';
import { ME, settings } from './settings.ts';

const schedule = (name: string): Schedule => ({
  name,
  zone: 'Europe/Amsterdam',
  layers: [
    {
      members: ['U1', 'U2'],
      turn: { unit: 'week', count: 1 },
      handoff: { weekday: 1, hour: 9, minute: 0 },
      start: '2026-01-05',
      only: [],
      zone: 'Europe/Amsterdam',
    },
  ],
});

const withSchedules = (...names: string[]) => ({
  settings: {
    ...settings,
    schedules: Object.fromEntries(names.map((name) => [name, schedule(name)])),
  },
  actor: ME,
});

const two = withSchedules('platform', 'data-eu');

const override = (more: object) => ({
  ok: true,
  value: { type: 'on call', action: { type: 'override', schedule: 'platform', ...more } },
});

test.each([
  ['', null],
  ['platform', 'platform'],
  ['PLATFORM', 'platform'],
  [' data-eu ', 'data-eu'],
])('oncall %s shows it', (rest, schedule) => {
  expect(oncall.parse(rest, two)).toEqual({
    ok: true,
    value: { type: 'read', read: { type: 'oncall', schedule } },
  });
});

test.each([
  ['platform override <@U012|bo> until 18:00', { user: 'U012', from: null, until: '18:00' }],
  ['platform override me until Friday 09:00', { user: ME, from: null, until: 'Friday 09:00' }],
  [
    'platform override <@U012> from 22:00 until 06:00',
    { user: 'U012', from: '22:00', until: '06:00' },
  ],
  ['platform <@U012|bo> for 2 hours', { user: 'U012', from: null, until: '2 hours' }],
  [
    'Platform cover by <@U012|bo> from Monday to Tuesday 12:00 CET',
    { user: 'U012', from: 'Monday', until: 'Tuesday 12:00 CET' },
  ],
])('oncall %s lets somebody stand in', (rest, more) => {
  expect(oncall.parse(rest, two)).toMatchObject(override(more));
});

test('where there is one schedule it need not be named', () => {
  const one = withSchedules('platform');
  expect(oncall.parse('override me until 18:00', one)).toMatchObject(override({ user: ME }));
  expect(oncall.parse('<@U012|bo> until 18:00', one)).toMatchObject(override({ user: 'U012' }));
});

test.each([
  ['platform end', null],
  ['platform end 1a2b3c4d', '1a2b3c4d'],
  ['platform stop.', null],
])('oncall %s ends an override', (rest, id) => {
  expect(oncall.parse(rest, two)).toMatchObject({
    value: { type: 'on call', action: { type: 'end', schedule: 'platform', override: id } },
  });
});

test.each([
  [
    'override me until 18:00',
    'Which schedule? There is platform, data-eu.',
    'platform override me until 18:00',
  ],
  [
    'override <@U012|bo> from 22:00 until 06:00',
    'Which schedule?',
    'platform override @bo from 22:00 until 06:00',
  ],
  ['plattform', 'There is no schedule “plattform”. There is platform, data-eu.', 'platform'],
  [
    'data-us override <@U012|bo> for 2 hours',
    'There is no schedule “data-us”.',
    'data-eu override @bo for 2 hours',
  ],
  ['billing end', 'There is no schedule “billing”.', 'platform end'],
  [
    'platform override until Friday 09:00',
    'Who stands in?',
    'platform override @somebody until Friday 09:00',
  ],
  [
    'platform override @bo from 20:00 until 22:00',
    'Who stands in?',
    'platform override @somebody from 20:00 until 22:00',
  ],
  ['platform override <@U012|bo>', 'Until when?', 'platform override @bo until 18:00'],
  ['platform override <@U012|bo> 22:00', 'Until when?', 'platform override @bo until 22:00'],
  ['platform <@U012|bo> from 20:00', 'Until when?', 'platform override @bo from 20:00 until 18:00'],
  ['platform override me please', 'Until when?', 'platform override me until 18:00'],
  ['platform please', 'I cannot read “please”.', 'platform override @somebody until 18:00'],
  [
    'platform please let <@U012|bo> take over until 22:00',
    'I cannot read “please let @bo',
    'platform override @bo until 22:00',
  ],
])('oncall %s is refused with what was typed, corrected', (rest, reason, example) => {
  const parsed = oncall.parse(rest, two);
  if (parsed.ok) throw new Error('accepted');
  expect(parsed.refusal.reason).toContain(reason);
  expect(parsed.refusal.example).toBe(`oncall ${example}`);
  // Slack makes a mention of the name that is picked.
  const picked = example.replace(/@\S+/, '<@U012|bo>');
  expect(oncall.parse(picked, two)).toMatchObject({ ok: true });
});

test('which schedule is meant can be pressed, and nothing that was typed is lost', () => {
  const parsed = oncall.parse('override <@U012|bo> until 18:00', two);
  if (parsed.ok) throw new Error('guessed');
  expect(parsed.refusal.choices).toEqual([
    { label: 'platform', command: 'oncall platform override <@U012|bo> until 18:00' },
    { label: 'data-eu', command: 'oncall data-eu override <@U012|bo> until 18:00' },
  ]);
});

test('without any schedule it says so', () => {
  expect(oncall.parse('platform', { settings, actor: ME })).toMatchObject({
    refusal: { reason: 'No schedule is configured, so nobody is on call.', example: 'oncall' },
  });
});
