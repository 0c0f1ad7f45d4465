import { expect, test } from 'vitest';
import { commandNamed } from '../../../src/commands/index.ts';
import { announcement, topic } from '../../../src/domain/views/announcement.ts';
import { card } from '../../../src/domain/views/card.ts';
import { incidentList } from '../../../src/domain/views/list.ts';
import { settings } from '../../commands/settings.ts';
import { wordsOf } from '../../handle/desk.ts';
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
    '[Acknowledge: 42 ack] [Update: 42 update] [Change severity: 42 sev] [Take command: 42 lead me] [Escalate: 42 page] [Add entry: 42 log] [Timeline: 42 timeline] [Resolve: 42 resolve]',
  ]);
  expect(message.summary).toEqual(['INC-42 · Checkout fails: sev2, investigating']);
});

test('resolving asks before it acts; acknowledging stands out', () => {
  const { blocks } = card({ incident: incident(), timers, asOf: NOW }, settings);
  const pressable = blocks.flatMap((block) => (block.type === 'buttons' ? block.buttons : []));
  expect(pressable[0]).toMatchObject({ label: 'Acknowledge', style: 'primary' });
  expect(pressable.at(-1)).toMatchObject({
    style: 'danger',
    confirm: { title: 'Resolve INC-42?' },
  });
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
  ['resolved', '[Reopen: 42 reopen] [Timeline: 42 timeline] [Draft: 42 postmortem show]'],
  ['cancelled', '[Reopen: 42 reopen] [Timeline: 42 timeline]'],
] as const)('when it is %s only what makes sense can be pressed', (status, expected) => {
  const shown = wordsOf(card({ incident: incident({ status }), timers: [], asOf: NOW }, settings));
  expect(shown.split('\n').at(-1)).toBe(expected);
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
    'Channel: @C042',
  ]);
});

test('a topic fits, whatever people are called', () => {
  expect(topic(incident(), 'ana')).toBe('sev2 | investigating | lead @ana');
  expect(topic(incident(), null)).toBe('sev2 | investigating | lead nobody');
  expect(topic(incident(), '👩‍👩‍👧‍👦'.repeat(90)).length).toBeLessThanOrEqual(250);
});

test('a list begins with the newest and says how many it leaves out', () => {
  const many = Array.from({ length: 23 }, (_, place) =>
    incident({ number: place + 1, title: 'x' }),
  );
  const lines = wordsOf(incidentList(many, 'open')).split('\n');
  expect(lines[0]).toBe('23 open incidents');
  expect(lines[1]).toBe(
    '- INC-23 · x sev2, investigating, lead nobody, opened 10/04/2024, 12:40, @C042',
  );
  expect(lines.at(-1)).toBe('3 older ones are not shown.');
  expect(wordsOf(incidentList([], 'open'))).toContain('/incident open <title>');
});
