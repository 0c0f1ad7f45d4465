import { expect, test } from 'vitest';
import { importOf } from '../../../src/commands/import-line.ts';
import { entriesOf, readImport } from '../../../src/domain/import/index.ts';

/** Lines copied out of Slack on 10 March, of 6 March unless they say more. */
function read(pasted: string, answers: Record<number, string> = {}) {
  const asked = importOf({ date: '2026-03-06', zone: 'UTC', pasted, answers, proposed: false });
  const now = Date.parse('2026-03-10T12:00:00Z');
  const reading = readImport(asked, 'UTC', { now, first: null });
  if (!reading.ok) throw new Error(reading.refusal.reason);
  return reading.value;
}

const told = (pasted: string, answers: Record<number, string> = {}): string[] =>
  entriesOf(read(pasted, answers), false).map(
    ({ at, text, kinds }) =>
      `${at === null ? '--' : new Date(at).toISOString().slice(8, 16)} ${[text, ...kinds].join(' #')}`,
  );

const open = (pasted: string, answers: Record<number, string> = {}) =>
  read(pasted, answers)
    .questions.filter(({ answer }) => answer === null)
    .map(({ line, offers }) => [line, ...offers.map(({ value }) => value)]);

test.each<[string, string, string[]]>([
  [
    'a name, and its clock below',
    'Ana Ruiz\n  2:31 PM\nrolling back checkout\n2:33\nerror rate falls\nBo Chen  [11:58 PM]\nfound it',
    [
      '06T14:31 Ana Ruiz: rolling back checkout',
      '06T14:33 Ana Ruiz: error rate falls',
      '06T23:58 Bo Chen: found it',
    ],
  ],
  [
    'clocks of twelve hours that run over noon and over midnight',
    'Ana Ruiz  11:58 AM\none\n12:03\ntwo\nAna Ruiz  11:59 PM\nthree\n12:01\nfour',
    ['06T11:58', '06T12:03', '06T23:59', '07T00:01'].map(
      (at, index) => `${at} Ana Ruiz: ${['one', 'two', 'three', 'four'][index]}`,
    ),
  ],
  [
    'a clock in brackets with the text behind it',
    'Bo [11:58 PM]: found it\nin the pool #cause',
    ['06T23:58 Bo: found it\nin the pool #cause'],
  ],
  [
    'a clock before the name',
    '[9:05 AM] Ana: up\n[9:06 AM] Bo: too',
    ['06T09:05 Ana: up', '06T09:06 Bo: too'],
  ],
  [
    'a clock of 24 hours behind a name that occurs again',
    'Bo Chen 14:31\nfound it\nand fixed it\nBo Chen 14:35\ndone',
    ['06T14:31 Bo Chen: found it\nand fixed it', '06T14:35 Bo Chen: done'],
  ],
  [
    'a status, a badge, and names of all kinds',
    'Ana Ruiz:spiral_calendar_pad: 2:31 PM\none\nPagerBot\nAPP\n  2:40 PM\ntwo\nEva van den Berg  2:41 PM\nthree\n佐藤  2:42 PM\nfour',
    [
      '06T14:31 Ana Ruiz: one',
      '06T14:40 PagerBot: two',
      '06T14:41 Eva van den Berg: three',
      '06T14:42 佐藤: four',
    ],
  ],
  [
    'what Slack shows besides',
    'Ana Ruiz  2:31 PM\nback up (edited)\n:eyes: 2\n:tada:\n3\n2 replies\nLast reply today at 2:40 PM\nNew\nBo Chen  2:45 PM\nNew',
    ['06T14:31 Ana Ruiz: back up', '06T14:45 Bo Chen: New'],
  ],
  [
    'days between the messages',
    'Ana Ruiz  11:31 PM\none\nSaturday, March 7th\nBo Chen  9:05 AM\ntwo',
    ['06T23:31 Ana Ruiz: one', '07T09:05 Bo Chen: two'],
  ],
  [
    'code, whatever it says',
    'Ana Ruiz  9:05 AM\nlook\n```\n14:05 fatal\n  at x #cause\n- y\nBo Chen  9:06 AM\n```\nbad',
    ['06T09:05 Ana Ruiz: look\n```\n14:05 fatal\n  at x #cause\n- y\nBo Chen  9:06 AM\n```\nbad'],
  ],
  [
    'lists within a message',
    'Ana Ruiz  9:05 AM\nplan\n- drain\n- restart',
    ['06T09:05 Ana Ruiz: plan\n• drain\n• restart'],
  ],
])('%s', (_, pasted, entries) => {
  expect(told(pasted)).toEqual(entries);
  expect(open(pasted)).toEqual([]);
});

test.each<[string, string[]]>([
  [
    '14:05\nRelease Done\n14:09\nRollback Begun',
    ['06T14:05 Release Done', '06T14:09 Rollback Begun'],
  ],
  [
    '2:05 PM\nRelease Done\n2:09 PM\nRelease Done',
    ['06T14:05 Release Done', '06T14:09 Release Done'],
  ],
  ['14:05 Ana Ruiz paged\n2 replies', ['06T14:05 Ana Ruiz paged', '-- 2 replies']],
  ['- Ana Ruiz 14:05\n- Bo Chen 14:06', ['-- Ana Ruiz 14:05', '-- Bo Chen 14:06']],
  ['Errors [14:31] rising\nfast', ['-- Errors [14:31] rising fast']],
  [
    '14:05 it said ```\nfatal\n14:06 x\n```\n14:07 restarted',
    ['06T14:05 it said ```\nfatal\n14:06 x\n```', '06T14:07 restarted'],
  ],
  // A fence that nothing closes hides no line.
  ['14:05 it said ```\n14:06 restarted', ['06T14:05 it said ```', '06T14:06 restarted']],
])('%j was not copied out of Slack, and is read as before', (pasted, entries) => {
  expect(told(pasted)).toEqual(entries);
  expect(open(pasted)).toEqual([]);
});

test('whether a line names an author is asked where it may be a text, and either answer keeps all words', () => {
  const pasted = 'Bo Chen 14:31\nfound it';
  expect(open(pasted)).toEqual([[1, 'author', 'text']]);
  expect(told(pasted, { 1: 'author' })).toEqual(['06T14:31 Bo Chen: found it']);
  expect(told(pasted, { 1: 'text' })).toEqual(['-- Bo Chen 14:31 found it']);
});

test('no line is asked about twice: the time of a doubted message is asked at its text', () => {
  const pasted = '14:40 Restarted\nBo Chen 14:31\nfound it';
  const questions = open(pasted, { 2: 'author' });
  expect(questions.map(([line]) => line)).toEqual([3]);
  expect(told(pasted, { 2: 'author', 3: '2026-03-06 14:31 UTC' })).toContain(
    '06T14:31 Bo Chen: found it',
  );
  expect(told(pasted, { 2: 'author', 3: 'no time' })).toContain('-- Bo Chen 14:31: found it');
});

test('a line of a message that begins with a time is asked about, and may go on', () => {
  const pasted = 'Ana Ruiz  2:00 PM\nlook\n14:10 pods died\nlater';
  expect(open(pasted)).toEqual([[3, 'goes on', '2026-03-06 14:10 UTC', 'no time', 'left out']]);
  expect(told(pasted, { 3: 'goes on' })).toEqual([
    '06T14:00 Ana Ruiz: look\n14:10 pods died\nlater',
  ]);
  expect(told(pasted, { 3: '2026-03-06 14:10 UTC' })).toEqual([
    '06T14:00 Ana Ruiz: look',
    '06T14:10 pods died\nlater',
  ]);
});

test('a message of which nothing was copied but who and when is asked about', () => {
  const pasted = 'Ana Ruiz  2:31 PM\nBo Chen  2:32 PM\nhi';
  expect(open(pasted)).toEqual([[1, 'no time', 'left out']]);
  expect(told(pasted, { 1: 'no time' })).toEqual(['-- Ana Ruiz  2:31 PM', '06T14:32 Bo Chen: hi']);
});

test('Today is a question, unless it is the day that was chosen', () => {
  const pasted = 'Today\nAna Ruiz  9:05 AM\nup';
  expect(open(pasted)).toEqual([[1, 'date 2026-03-10', 'date 2026-03-06', 'no time', 'left out']]);
  expect(told(pasted, { 1: 'date 2026-03-10' })).toEqual(['10T09:05 Ana Ruiz: up']);
});

test('mentions are read as a typed command reads them', () => {
  const typed = '14:05 <@U1|ana> in <#C12|ops>: <!here> <!subteam^S1|@sre> up <#C13|cause>';
  expect(told(typed)).toEqual(['06T14:05 @ana in #ops: @here @sre up #cause']);
});
