import { expect, test } from 'vitest';
import { DAY, HOUR } from '../../../src/domain/instant.ts';
import type { Ping } from '../../../src/domain/ping.ts';
import { code, plainText } from '../../../src/domain/text.ts';
import { brief } from '../../../src/domain/views/brief.ts';
import { whoIsNext } from '../../../src/domain/views/next.ts';
import { pingMessage } from '../../../src/domain/views/ping.ts';
import { refusalMessage, refusalReply } from '../../../src/domain/views/refusal.ts';
import { NOBODY_KNOWN, rosterFacts } from '../../../src/domain/views/roster-facts.ts';
import { settings } from '../../commands/settings.ts';
import { wordsOf } from '../../handle/desk.ts';
import { clock, entry, incident, NOW, record, timer } from './given.ts';

const timers = [timer('update', clock(13, 10)), timer('policy', clock(12, 55), { step: 1 })];

test('a late joiner is told what is known, done, awaited and next', () => {
  const item = { owner: null, due: null, refs: [], addresses: null, sort: null, done: false };
  const entries = [
    entry(1, { detail: { type: 'effect', n: 1 }, text: 'EU logins fail', at: null }),
    entry(2, { detail: { type: 'cause', n: 1, role: 'root' }, text: 'a lock', at: null }),
    entry(3, { kinds: ['action'], text: 'restarted the pool' }),
    entry(4, { kinds: ['action', 'failed'], text: 'flushed the cache' }),
    entry(5, { kinds: ['hypothesis'], text: 'DNS?' }),
    entry(6, { kinds: ['hypothesis', 'dead-end'], text: 'the network' }),
    entry(7, { detail: { type: 'action', n: 1, item }, text: 'Add an alert', at: null }),
  ];
  const words = wordsOf(brief(record({ entries, timers }), 'U012LATE', settings));
  expect(words.split('\n')).toEqual([
    'INC-42 · Checkout fails',
    'sev2, investigating. Commander: nobody yet. Opened 10/04/2024, 12:40. @C042',
    'Known',
    '- Effect: EU logins fail #1',
    '- Root cause: a lock #2',
    '- 10/04/2024, 12:46 Ruled out: the network #6',
    'Doing',
    '- 10/04/2024, 12:43 restarted the pool #3',
    '- 10/04/2024, 12:44 Failed: flushed the cache #4',
    '- 10/04/2024, 12:45 Hypothesis: DNS? #5',
    'Waiting for',
    '- Nobody has acknowledged it.',
    '- Nobody leads it.',
    '- To do: Add an alert #7 no owner',
    'Next',
    '- Next update due 10/04/2024, 13:10 (10/04/2024, 13:10)',
    '- Next to be pinged for INC-42 is level 2: @U012BOSS, at 10/04/2024, 12:55 (10/04/2024, 12:55).',
    '[Timeline: 42 timeline] [Add entry: 42 log] [Who is next: 42 next]',
  ]);
});

test('a brief says that it is private, when it was resolved, and that an imported one stands still', () => {
  const over = [{ name: 'resolved', round: 0, entry: 3, at: clock(12, 48) }] as const;
  const resolved = record({
    incident: incident({ status: 'resolved', private: true, milestones: over }),
  });
  expect(
    wordsOf(brief(resolved, 'U1', settings))
      .split('\n')
      .slice(1, 5),
  ).toEqual([
    'sev2, resolved, private. Commander: nobody yet. Opened 10/04/2024, 12:40. Resolved 10/04/2024, 12:48. @C042',
    'Next',
    '- INC-42 is resolved: nobody is pinged any more.',
    '[Timeline: 42 timeline] [Draft: 42 postmortem show]',
  ]);
  const resting = record({ timers: timers.map((one) => ({ ...one, state: 'resting' as const })) });
  expect(wordsOf(brief(resting, 'U1', settings))).toContain(
    'It was imported: its clocks stand still until somebody changes it.',
  );
});

test('who is next is said with when, and when it is nobody, why', () => {
  const next = (more = {}, given = timers) =>
    wordsOf(whoIsNext({ incident: incident(more), timers: given, asOf: NOW }, settings)).split(
      '\n',
    )[0];
  expect(next()).toBe(
    'Next to be pinged for INC-42 is level 2: @U012BOSS, at 10/04/2024, 12:55 (10/04/2024, 12:55).',
  );
  expect(next({ acknowledgedBy: 'U012ANA' }, [])).toBe(
    '@U012ANA acknowledged INC-42: nobody else is pinged by the policy.',
  );
  expect(next({ status: 'resolved' })).toBe('INC-42 is resolved: nobody is pinged any more.');
  expect(next({}, [])).toContain('No policy is running for INC-42');
});

const ping: Ping = {
  timer: 'policy',
  level: 1,
  why: ['Nobody has acknowledged it for 5 min.'],
  who: [{ type: 'usergroup', id: 'S012SRE' }, { type: 'declarer' }],
  stops: ['Acknowledge, or type ', code('/incident ack')],
  next: { who: [{ type: 'user', id: 'U012BOSS' }], at: clock(12, 55) },
  lateMs: 0,
};

test('a ping says what, why, to whom, what stops it and who is next', () => {
  expect(wordsOf(pingMessage(ping, incident())).split('\n')).toEqual([
    'INC-42 sev2: Checkout fails',
    'Nobody has acknowledged it for 5 min.',
    'Sent to @S012SRE, @U012OPENER.',
    'To stop it: Acknowledge, or type /incident 42 ack',
    'Next: one more person at 10/04/2024, 12:55.',
    'Channel: @C042',
    '[Acknowledge: 42 ack] [Escalate now: 42 escalate] [Who is next: 42 next] [Snooze: 42 snooze policy]',
  ]);
});

test('a page after an acknowledgement asks to come and help, for there is nothing to stop or to take over', () => {
  const taking: Ping = {
    ...ping,
    timer: 'page',
    stops: ['Press I am on it, or type ', code('/incident ack too')],
    next: null,
    acknowledgedBy: 'U012ANA',
  };
  const words = wordsOf(pingMessage(taking, incident({ acknowledgedBy: 'U012ANA' })));
  expect(words).toContain(
    '@U012ANA acknowledged it. To help: come to @C042. Press I am on it, or type /incident 42 ack too\n',
  );
  expect(words).toContain('[I am on it: 42 ack too] [Escalate now');
  expect(words).not.toMatch(/To stop it|Acknowledge|ake command|Nobody is pinged/);
});

test('without administrators nobody is next, and it says why; another day comes with its date', () => {
  const at = clock(12, 55);
  const told = (next: Ping['next']) => pingMessage({ ...ping, next }, incident());
  expect(wordsOf(told({ who: [], at, level: 0 }))).toContain(
    'Next: nobody but its channel at 10/04/2024, 12:55: no administrators are configured.',
  );
  const byAClock = wordsOf(told({ who: [], at }));
  expect(byAClock).toContain('Next: nobody but its channel at 10/04/2024, 12:55.');
  const style = (asOf: number) => JSON.stringify(told({ who: [], at, asOf })).includes('"full"');
  expect([style(at - HOUR), style(at - DAY)]).toEqual([false, true]);
  const exhausted = [timer('policy', at, { step: 1000 })];
  const bare = { ...settings, administrators: [] };
  const facts = { incident: incident(), timers: exhausted, asOf: NOW };
  expect(wordsOf(whoIsNext(facts, bare))).toMatch(
    /^Next for INC-42: nobody but its channel at .*: no administrators are configured\.$/m,
  );
  const [row] = rosterFacts(facts, bare, NOBODY_KNOWN);
  expect(plainText(row?.value ?? [])).toMatch(
    /^nobody but its channel, .*: no administrators are configured$/,
  );
});

test('whoever is next is named and never mentioned', () => {
  const facts = { names: { U012BOSS: 'bo' }, onCall: {}, onCallNext: {} };
  const message = pingMessage(ping, incident(), facts);
  expect(wordsOf(message)).toContain('Next: @bo at ');
  expect(JSON.stringify(message)).not.toContain('U012BOSS');
});

test('the title is told once, and the notification stands alone', () => {
  const why = ['Nobody has acknowledged it since 14:00: level 1.'];
  const message = pingMessage({ ...ping, why }, incident());
  expect(plainText(message.summary)).toBe(`INC-42 sev2: Checkout fails. ${why[0]}`);
  expect(wordsOf(message).split('Checkout fails')).toHaveLength(2);
});

test('a late ping says how late it is; the last one says that nobody follows', () => {
  const words = wordsOf(pingMessage({ ...ping, next: null, lateMs: 185_000 }, incident()));
  expect(words).toContain('Sent 3 min late');
  expect(words).toContain('Nobody is pinged after this.');
});

test('a refusal repeats what was typed, unless it was one word', () => {
  const refusal = { reason: 'No.', example: 'log hi' };
  expect(wordsOf(refusalMessage(refusal, 'lgo hi\nyou'))).toBe(
    'No.\nThis would work: /incident log hi\nWhat you typed, ready to resend:\n/incident lgo hi\nyou',
  );
  // What was put right stands ready, and not what would be refused again.
  const right = refusalMessage({ reason: 'No.', example: 'log hi you' }, 'lgo hi you');
  expect(wordsOf(right)).toBe(
    'No.\nThis would work:\n/incident log hi you\nWhat you typed: /incident lgo hi you',
  );
  const handing = refusalMessage({ reason: 'No.', example: 'handoff <@U012ANA>' }, 'undo');
  expect(wordsOf(handing)).toContain('This would work: /incident handoff @U012ANA');
  const echoed = refusalMessage({ reason: 'No.', example: 'page <@U012ANA> it' }, 'pge <@U012ANA>');
  expect(JSON.stringify(echoed)).not.toContain('"type":"user"');
  expect(wordsOf(refusalMessage({ reason: 'No.' }, 'cancel'))).toBe('No.');
  const long = wordsOf(refusalMessage(refusal, `log ${'x'.repeat(9000)}`));
  expect(long).toContain('Only its beginning fits here.');
  expect(long.length).toBeLessThan(3000);
});

test.each([
  ['42 status identified', 'reopen', '42 reopen'],
  ['#42 status identified', 'reopen', '#42 reopen'],
  ['status identified', 'reopen', 'reopen'],
  ['42 reopen', 'open it is back', 'open it is back'],
])('the rules’ refusal of "%s" shows "%s" as "%s"', (typed, example, shown) => {
  const { message } = refusalReply({ reason: 'No.', example }, typed);
  expect(wordsOf(message)).toContain(`This would work: /incident ${shown}`);
});
