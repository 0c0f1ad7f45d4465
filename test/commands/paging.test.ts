import { expect, test } from 'vitest';
import { escalate, page } from '../../src/commands/page.ts';
import { ME, settings } from './settings.ts';

const layer = {
  members: ['U1', 'U2'],
  turn: { unit: 'week', count: 1 },
  handoff: { weekday: 1, hour: 9, minute: 0 },
  start: '2026-01-05',
  only: [],
  zone: 'UTC',
} as const;
const schedule = (name: string) => ({ name, zone: 'UTC', layers: [layer] });
const webhook = {
  name: 'pager',
  format: 'muster',
  url: '',
  keyFrom: 'KEY',
  internal: false,
} as const;

/** `platform` is a policy and a schedule, as in the documentation's own example. */
const context = {
  settings: {
    ...settings,
    schedules: { platform: schedule('platform'), data: schedule('data') },
    webhooks: { pager: webhook },
  },
  actor: ME,
};

test.each([
  ['schedule platform', [{ type: 'schedule', name: 'platform' }], null],
  ['policy platform', [{ type: 'policy', name: 'platform' }], null],
  ['Webhook pager the site burns', [{ type: 'webhook', name: 'pager' }], 'the site burns'],
  ['data replication is broken', [{ type: 'schedule', name: 'data' }], 'replication is broken'],
  [
    '<@U7|ana> schedule data look',
    [
      { type: 'user', id: 'U7' },
      { type: 'schedule', name: 'data' },
    ],
    'look',
  ],
  // A name in a sentence is a word of it: nobody else is pinged.
  ['<@U7|ana> platform is down', [{ type: 'user', id: 'U7' }], 'platform is down'],
])('page %s', (rest, targets, reason) => {
  const action = { type: 'page', targets, reason, confirmed: false };
  expect(page.parse(rest, context)).toEqual({ ok: true, value: { type: 'change', action } });
  expect(escalate.parse(`to ${rest}`, context)).toMatchObject({ value: { action } });
});

test.each([
  [
    'platform please look',
    ['page schedule platform please look', 'page policy platform please look'],
  ],
  ['oncall', ['page schedule platform', 'page schedule data']],
  ['on-call help', ['page schedule platform help', 'page schedule data help']],
])('page %s asks which is meant, and every answer works', (rest, commands) => {
  const parsed = page.parse(rest, context);
  if (parsed.ok) throw new Error('guessed');
  expect(parsed.refusal.reason).toContain('means more than one');
  expect(parsed.refusal.choices?.map(({ command }) => command)).toEqual(commands);
  for (const command of commands) {
    expect(page.parse(command.replace(/^page /, ''), context)).toMatchObject({ ok: true });
  }
});

test('the only schedule is simply on call', () => {
  const one = {
    ...context,
    settings: { ...context.settings, schedules: { data: schedule('data') } },
  };
  expect(page.parse('oncall it burns', one)).toMatchObject({
    value: { action: { targets: [{ type: 'schedule', name: 'data' }], reason: 'it burns' } },
  });
});

test.each([
  ['data-eu', 'page @data-eu'],
  ['dta replication is broken', 'page data replication is broken'],
  ['@dta', 'page data'],
  ['platfrom please look', 'page schedule platform please look'],
  ['policy platfrom please look', 'page policy platform please look'],
  ['schedule pager look', 'page @somebody look'],
  ['pagr it burns', 'page pager it burns'],
  ['bo the database is yours', 'page @bo the database is yours'],
  ['@bo the database is yours', 'page @somebody the database is yours'],
  ['the database is down', 'page @somebody the database is down'],
])('page %s is refused with what was typed, corrected', (rest, example) => {
  const parsed = page.parse(rest, context);
  expect(parsed).toMatchObject({ ok: false, refusal: { example } });
  const [, ...words] = example.split(' ');
  // Slack makes a mention of the name that is picked.
  const picked = words.join(' ').replace(/@\S+/, '<@U7|bo>');
  expect(page.parse(picked, context)).toMatchObject({ ok: true });
  expect(escalate.parse(rest, context)).toMatchObject({
    refusal: { example: example.replace('page', 'escalate') },
  });
});

test('what is nobody is refused with what there is', () => {
  const parsed = page.parse('everybody in the office', context);
  expect(parsed).toMatchObject({
    refusal: { reason: expect.stringContaining('Schedules: platform, data. Policies: platform.') },
  });
});
