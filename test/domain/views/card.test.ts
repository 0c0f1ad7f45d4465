import { expect, test } from 'vitest';
import { commandNamed } from '../../../src/commands/index.ts';
import { onCall } from '../../../src/domain/schedules/on-call.ts';
import { announcement, topic } from '../../../src/domain/views/announcement.ts';
import { card } from '../../../src/domain/views/card.ts';
import { incidentList } from '../../../src/domain/views/list.ts';
import { whoIsNext } from '../../../src/domain/views/next.ts';
import { NOBODY_KNOWN } from '../../../src/domain/views/roster-facts.ts';
import { settings } from '../../commands/settings.ts';
import { wordsOf } from '../../handle/desk.ts';
import { platform as rota } from '../../support/rota.ts';
import { clock, incident, NOW, timer } from './given.ts';

const timers = [
  timer('acknowledge', clock(12, 45)),
  timer('update', clock(13, 10)),
  timer('policy', clock(12, 55)),
];

test('a new card says what is known and what can be pressed', () => {
  const message = card({ incident: incident(), timers, asOf: NOW }, settings);
  expect(wordsOf(message).split('\n')).toEqual([
    'INC-42 · Checkout fails',
    'Severity: sev2',
    'Status: investigating',
    'Commander: nobody yet',
    'Acknowledged by: nobody yet',
    'Next ping: one more person, 10/04/2024, 12:55 (10/04/2024, 12:55)',
    'Acknowledge by: overdue since 10/04/2024, 12:45 (10/04/2024, 12:45)',
    'Next update due: 10/04/2024, 13:10 (10/04/2024, 13:10)',
    'Channel: @C042',
    'Opened by @U012OPENER 10/04/2024, 12:40',
    '[Acknowledge: 42 ack] [Update: 42 update] [Change severity: 42 sev] [Take command: 42 lead me] [Escalate: 42 page] [Add entry: 42 log] [Timeline: 42 timeline] [Resolve: 42 form resolve] … [Change status: 42 status] [Give a role: 42 role] [Action item: 42 action] [Snooze a timer: 42 snooze] [Brief me: 42 brief]',
  ]);
  expect(message.summary).toEqual(['INC-42 · Checkout fails: sev2, investigating']);
});

const platform = {
  ...settings,
  policies: {
    default: {
      name: 'default',
      levels: [{ after: 0, notify: [{ type: 'schedule', name: 'platform' } as const] }],
      repeat: 0,
      repeatAfter: 0,
    },
  },
  severities: settings.severities.map((each) => ({ ...each, policy: 'default' })),
  schedules: { platform: rota },
};

test('whoever is on call is named, or nothing is said of them', () => {
  const facts = { incident: incident(), timers: [], asOf: NOW };
  const { overrides } = NOBODY_KNOWN;
  const id = onCall(rota, overrides, NOW).user ?? '';
  const named = wordsOf(card(facts, platform, { overrides, names: { [id]: 'bo' } }));
  expect(named).toContain('On call: @bo (platform)');
  expect(wordsOf(card(facts, platform))).not.toMatch(/On call|somebody/);
});

test('a group whose name Slack does not tell shows no id, and is never mentioned', () => {
  const levels = [{ after: 0, notify: [{ type: 'usergroup', id: 'S012SRE' } as const] }];
  const policies = { default: { name: 'default', levels, repeat: 0, repeatAfter: 0 } };
  const held = [timer('policy', clock(13, 10), { step: 0 })];
  const facts = { incident: incident(), timers: held, asOf: NOW };
  expect(wordsOf(card(facts, { ...platform, policies }))).toContain('Next ping: a group, ');
});

test('a clock that the quiet hours hold says so', () => {
  const hours = [{ days: [1, 2, 3, 4, 5, 6, 7], from: 22 * 60, to: 13 * 60 + 10 }];
  const quiet = { ...platform, quietHours: { zone: 'UTC', hours, below: 'sev1' } };
  const held = [timer('update', clock(13, 10)), timer('policy', clock(13, 10), { step: 0 })];
  const facts = { incident: incident(), timers: held, asOf: NOW };
  const shown = wordsOf(card(facts, quiet));
  const until = 'held by quiet hours until 10/04/2024, 13:10';
  expect(shown).toContain(`Next update due: ${until}`);
  expect(shown).toContain(`Next ping: whoever is on call in platform, ${until}`);
  const next = wordsOf(whoIsNext(facts, quiet));
  expect(next).toMatch(/is level 1: @\w+ \(on call in platform\), held by quiet hours until /);
  expect(wordsOf(card(facts, platform))).not.toContain('quiet');
});

test('resolving opens its form before it acts; acknowledging stands out', () => {
  const { blocks } = card({ incident: incident(), timers, asOf: NOW }, settings);
  const pressable = blocks.flatMap((block) => (block.type === 'buttons' ? block.buttons : []));
  expect(pressable[0]).toMatchObject({ label: 'Acknowledge', style: 'primary' });
  expect(pressable.at(-1)).toMatchObject({ style: 'danger', command: '42 form resolve' });
});

test('who leads, who acknowledged and since when it hurts are on it', () => {
  const shown = wordsOf(
    card(
      {
        incident: incident({
          acknowledgedBy: 'U012ANA',
          roles: { commander: 'U012BO', scribe: 'U012CY' },
          milestones: [{ name: 'impact started', round: 0, entry: 2, at: clock(12, 31) }],
          private: true,
        }),
        timers: [],
        asOf: NOW,
      },
      settings,
    ),
  );
  expect(shown).toContain('Commander: @U012BO\nAcknowledged by: @U012ANA\nscribe: @U012CY');
  expect(shown).toContain('Impact since: 10/04/2024, 12:31');
  expect(shown).toContain('Visibility: private');
  expect(shown).not.toContain('[Acknowledge');
});

test.each([
  [
    'resolved',
    '[Reopen: 42 reopen] [Add entry: 42 log] [Timeline: 42 timeline] [Draft: 42 postmortem show] [Edit the draft: 42 postmortem section]',
  ],
  ['cancelled', '[Reopen: 42 reopen] [Add entry: 42 log] [Timeline: 42 timeline]'],
] as const)('when it is %s only what makes sense can be pressed', (status, expected) => {
  const shown = wordsOf(card({ incident: incident({ status }), timers: [], asOf: NOW }, settings));
  const more = '[Action item: 42 action] [Give a role: 42 role] [Brief me: 42 brief]';
  expect(shown.split('\n').at(-1)).toBe(`${expected} … ${more}`);
});

test('every button types a command that works', () => {
  const cards = ['investigating', 'resolved'].map((status) =>
    card(
      {
        incident: incident({ status: status === 'resolved' ? 'resolved' : 'investigating' }),
        timers,
        asOf: NOW,
      },
      settings,
    ),
  );
  const all = cards
    .flatMap(({ blocks }) => blocks)
    .flatMap((block) => (block.type === 'buttons' ? block.buttons : []));
  for (const { command } of all) {
    const [number, verb = '', ...words] = command.split(' ');
    expect(number).toBe('42');
    expect(commandNamed(verb)?.command.parse(words.join(' '), { settings, actor: 'U1' }).ok).toBe(
      true,
    );
  }
});

test('an announcement says no more than title, severity, status, commander and channel', () => {
  const shown = wordsOf(
    announcement(
      incident({ header: { service: 'secret' }, roles: { commander: 'U012BO', scribe: 'U012CY' } }),
    ),
  );
  expect(shown.split('\n')).toEqual([
    'INC-42 · Checkout fails',
    'Severity: sev2',
    'Status: investigating',
    'Commander: @U012BO',
    'Since: 10/04/2024, 12:40',
    'Channel: @C042',
  ]);
});

test('a topic fits, whatever people are called', () => {
  const since = 'since 10 Apr 12:40 UTC';
  expect(topic(incident(), 'ana')).toBe(`sev2 | investigating | commander @ana | ${since}`);
  expect(topic(incident(), null)).toBe(`sev2 | investigating | no commander | ${since}`);
  expect(topic(incident(), '👩‍👩‍👧‍👦'.repeat(90)).length).toBeLessThanOrEqual(250);
});

test('a list begins with the newest and says how many it leaves out', () => {
  const many = Array.from({ length: 23 }, (_, place) =>
    incident({ number: place + 1, title: 'x' }),
  );
  const lines = wordsOf(incidentList(many, 'open')).split('\n');
  expect(lines[0]).toBe('23 open incidents');
  expect(lines[1]).toBe(
    '- INC-23 · x sev2, investigating, no commander, opened 10/04/2024, 12:40, @C042',
  );
  expect(lines.at(-1)).toBe('3 older ones are not shown.');
  expect(wordsOf(incidentList([], 'open'))).toContain('/incident open <title>');
});
