import { expect, test } from 'vitest';
import { COMMANDS, commandNamed, VERBS } from '../../src/commands/index.ts';
import { platform } from '../support/rota.ts';
import { context } from './settings.ts';

const onCall = { ...context, settings: { ...context.settings, schedules: { platform } } };

test.each(COMMANDS)(
  '$name says how to use it, every form beginning with its own name',
  ({ name, usage }) => {
    expect(usage.length).toBeGreaterThan(0);
    for (const form of usage) expect(form.split(' ')[0]).toBe(name);
  },
);

test.each(COMMANDS)('the example of $name works as it stands', ({ name, example, parse }) => {
  const [verb, ...words] = example.split(' ');
  expect(verb).toBe(name);
  expect(parse(words.join(' '), onCall)).toMatchObject({ ok: true });
});

test.each(COMMANDS)('$name is explained in sentences that fit on a line', ({ summary }) => {
  expect(summary).toMatch(/^[A-Z].*\.$/);
  expect(summary.length).toBeLessThanOrEqual(100);
});

test('no word names two commands', () => {
  const words = COMMANDS.flatMap(({ name, aliases }) => [name, ...aliases]);
  expect(words.filter((word, place) => words.indexOf(word) !== place)).toEqual([]);
});

test.each([
  ['declare', 'open'],
  ['new', 'open'],
  ['create', 'open'],
  ['start', 'open'],
  ['backfill', 'record'],
  ['note', 'log'],
  ['add', 'log'],
  ['event', 'log'],
  ['amend', 'edit'],
  ['solution', 'fix'],
  ['severity', 'sev'],
  ['upgrade', 'sev'],
  ['downgrade', 'sev'],
  ['identified', 'status'],
  ['monitoring', 'status'],
  ['acknowledge', 'ack'],
  ['assign', 'role'],
  ['commander', 'lead'],
  ['task', 'action'],
  ['todo', 'action'],
  ['followup', 'action'],
  ['close', 'resolve'],
  ['pm', 'postmortem'],
  ['retro', 'postmortem'],
  ['draft', 'postmortem'],
  ['catchup', 'brief'],
  ['pause', 'snooze'],
  ['LOG', 'log'],
  ['Log:', 'log'],
])('%s means %s', (word, name) => {
  expect(commandNamed(word)?.command.name).toBe(name);
});

test('what only buttons type is not offered', () => {
  expect(VERBS).not.toContain('confirm');
  expect(VERBS).not.toContain('restore');
  expect(VERBS).not.toContain('next');
});

test.each(COMMANDS)(
  '$name takes whatever is typed without throwing, and refuses in a sentence',
  (command) => {
    for (const rest of HOSTILE) {
      const parsed = command.parse(rest, context);
      if (parsed.ok) continue;
      expect(parsed.refusal.reason).toMatch(/^[\p{Lu}“].*[.?]$/su);
      expect(parsed.refusal.reason.length).toBeLessThan(400);
      if (parsed.refusal.example === undefined) continue;
      const [verb = '', ...words] = parsed.refusal.example.split(' ');
      // Slack makes a mention of the name that is picked.
      const picked = words.join(' ').replace(/(?<=^|\s)@\S+/, '<@U012|bo>');
      expect(commandNamed(verb)?.command.parse(picked, context)).toMatchObject({
        ok: true,
      });
    }
  },
);

const HOSTILE = [
  '',
  ' ',
  '\n\n',
  '\u0000',
  '\ud800',
  '#',
  '+',
  '#cause',
  '--:--',
  'at',
  'at 14:31',
  '99999999999999999999',
  '0',
  '-1',
  '3',
  '<@U012ABC>',
  '<@U012ABC|ana>',
  '<@',
  '<!channel>',
  '<#C012|comms>',
  '<!subteam^S012|@sre>',
  '__proto__',
  'constructor',
  'toString x',
  '@everyone everyone',
  "'; drop table incident; --",
  '🔥'.repeat(500),
  'a'.repeat(10_000),
  ' '.repeat(10_000),
  '#'.repeat(10_000),
  '# '.repeat(5_000),
  '<'.repeat(10_000),
  '<@U1|'.repeat(2_000),
  'since '.repeat(2_000),
  'from 1 to '.repeat(1_000),
  'due '.repeat(2_500),
  'ref '.repeat(2_500),
  'by '.repeat(3_000),
  '1'.repeat(10_000),
  '1 '.repeat(5_000),
  '1h '.repeat(3_000),
  'x 1:'.repeat(2_500),
];

test.each(COMMANDS)('$name reads ten thousand characters in no time', ({ parse }) => {
  const started = performance.now();
  for (const rest of HOSTILE) parse(rest, context);
  expect(performance.now() - started).toBeLessThan(1500);
});
