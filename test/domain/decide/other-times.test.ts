import { expect, test } from 'vitest';
import { MINUTE } from '../../../src/domain/instant.ts';
import { declared } from '../../support/clockwork.ts';

interface Line {
  readonly when: string | null;
  readonly text?: string;
  readonly otherReading?: { readonly when: string | null; readonly text: string };
  /** How long after the declaration at 14:00 UTC on 8 March it is typed. */
  readonly passed?: number;
}

/** The buttons under the echo of a line, by what they say and type. It is 14:30 UTC on 8 March. */
function offers({ when, text = 'x', otherReading, passed }: Line, zone: string | null): string[] {
  const story = declared('sev1');
  story.passes(passed ?? 30 * MINUTE);
  const action = {
    type: 'log',
    when,
    text,
    kinds: [],
    after: null,
    otherReading: otherReading ?? null,
  } as const;
  const decided = story.attempt(action, 'UANA', zone);
  if (!decided.ok) throw new Error(decided.refusal.reason);
  return decided.value.reply.message.blocks
    .flatMap((block) => (block.type === 'buttons' && block.menu === undefined ? block.buttons : []))
    .filter(({ label }) => /^(?:I meant|It was at|The text is|It is all|Yes|No)/.test(label))
    .map(({ label, command }) => `${label}: ${command.replace(/^42 edit \d+ at /, '')}`);
}

const offered = (when: string, zone: string | null): string[] => offers({ when }, zone);

test.each([
  ['14:05', 'UTC', ['I meant 14:05 CET: 2026-03-08 14:05 Europe/Amsterdam']],
  [
    '10:05',
    'America/New_York',
    [
      'I meant 10:05 UTC: 2026-03-08 10:05 UTC',
      'I meant 10:05 CET: 2026-03-08 10:05 Europe/Amsterdam',
    ],
  ],
  // A day before anything happened was not meant.
  ['14:05 UTC', 'Europe/Amsterdam', []],
  // What was written is not doubted, and what has not come yet was not meant.
  ['2026-03-08 15:05', 'Europe/Amsterdam', []],
  ['2026-03-08 14:05 UTC', 'UTC', []],
  ['10m ago', 'Europe/Amsterdam', []],
])('%s typed in %s offers %j', (when, zone, expected) => {
  expect(offered(when, zone)).toEqual(expected);
});

test('the same clock on the day before is offered where the incident is near', () => {
  const night = { when: '02:10', passed: 12.5 * 60 * MINUTE };
  expect(offers(night, 'UTC')).toContain('I meant 8 Mar 02:10 UTC: 2026-03-08 02:10 UTC');
});

test.each<[Line, string[]]>([
  // Ten seconds later it is the same minute, tomorrow it is not: the button says the day.
  [
    { when: null, text: '0830 restarted', otherReading: { when: '0830', text: 'restarted' } },
    ['I meant 08:30 UTC: 2026-03-08 08:30 UTC, restarted'],
  ],
  // Not before 22:45.
  [
    {
      when: '1:45pm PT',
      text: 'outage',
      otherReading: { when: '10:45pm', text: 'PT outage' },
    },
    [],
  ],
  [
    { when: '14:05 GMT', text: 'x', otherReading: { when: '14:05', text: 'GMT x' } },
    ['The text is “GMT x”: 2026-03-08 14:05 UTC, GMT x'],
  ],
  [
    { when: '0805', text: 'errors', otherReading: { when: null, text: '0805 errors' } },
    ['It is all text: 2026-03-08 14:30 UTC, 0805 errors'],
  ],
])('%j offers only what can have been meant', (line, expected) => {
  expect(offers(line, 'UTC')).toEqual(expect.arrayContaining(expected));
  if (expected.length === 0) expect(offers(line, 'UTC').join()).not.toContain('45');
});

test.each([
  ['rolled back at 14:20', ['It was at 14:20 UTC: 2026-03-08 14:20 UTC']],
  ['restarted pool (14:10 CET)', ['It was at 14:10 CET: 2026-03-08 13:10 UTC']],
  // It has not come yet, and yesterday nothing had happened.
  ['deploy is due at 18:20', []],
  ['ratio 3:1', []],
])('%j is logged now, and offers its own time', (text, expected) => {
  expect(offers({ when: null, text }, 'UTC')).toEqual(expected);
});

test('no time inside a text is offered where the line has its time already', () => {
  expect(offers({ when: '2026-03-08 14:05 UTC', text: 'rolled back at 14:20' }, 'UTC')).toEqual([]);
});

test('log and edit both ask about a bare time half a day before the incident, and keep the text', () => {
  const story = declared('sev1');
  story.passes(9 * 60 * MINUTE);
  const typed = { type: 'log', when: '1:10', kinds: [], after: null, otherReading: null } as const;
  // It is 23:00: 1:10 was 13 hours before the declaration, and 1:10 PM is nearer.
  const said = story.does({ ...typed, text: 'pool full' });
  expect(said).toContain('2026-03-08 01:10 UTC is more than 12 hours before anything else');
  expect(said).toContain('[Yes, 2026-03-08 01:10 UTC]');
  expect(said).toContain('[No, 2026-03-08 13:10 UTC]');
  const entry = story.entries.at(-1);
  expect([entry?.text, entry?.at, entry?.question?.code]).toEqual(['pool full', null, 'far-past']);
  const no = entry?.no ?? 0;
  story.does({ type: 'edit', entry: no, when: '2026-03-08 01:10 UTC', text: null, kinds: [] });
  expect(story.entries.at(-1)?.at).toBe(Date.parse('2026-03-08T01:10Z'));
  story.does({ ...typed, when: '22:50', text: 'pool empty' });
  const later = (story.entries.at(-1)?.no ?? 0) as number;
  story.does({ type: 'edit', entry: later, when: '1:10', text: null, kinds: [] });
  expect(story.entries.at(-1)?.question?.reason).toContain('more than 12 hours before');
});

test('a bare time within half a day before the incident is taken as it is', () => {
  const story = declared('sev1');
  const typed = { type: 'log', when: '07:00', kinds: [], after: null, otherReading: null } as const;
  story.does({ ...typed, text: 'nightly migration' });
  expect(story.entries.at(-1)).toMatchObject({
    question: null,
    at: Date.parse('2026-03-08T07:00Z'),
  });
});

test('a line can be given its kind afterwards, and the kind offers its milestone', () => {
  const story = declared('sev1');
  const action = { type: 'log', when: null, text: 'x', kinds: ['note'], after: null } as const;
  const decided = story.attempt({ ...action, otherReading: null });
  const blocks = decided.ok ? decided.value.reply.message.blocks : [];
  const menu = blocks.find((block) => block.type === 'buttons' && block.menu !== undefined);
  const items = menu?.type === 'buttons' ? menu.buttons : [];
  const no = story.entries.at(-1)?.no ?? 0;
  expect(items.map(({ label }) => label)).not.toContain('note');
  expect(items.find(({ label }) => label === 'cause')?.command).toBe(`42 edit ${no} #cause`);
  const said = story.does({ type: 'edit', entry: no, when: null, text: null, kinds: ['cause'] });
  expect(said).toContain(`[Set “cause found” to #${no}]`);
});
