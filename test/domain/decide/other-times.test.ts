import { expect, test } from 'vitest';
import { MINUTE } from '../../../src/domain/instant.ts';
import { declared } from '../../support/clockwork.ts';

/** The buttons under the echo of a line, by what they say and type. It is 14:30 UTC on 8 March. */
function offered(when: string, zone: string | null): string[] {
  const story = declared('sev1');
  story.passes(30 * MINUTE);
  const action = {
    type: 'log',
    when,
    text: 'x',
    kinds: [],
    after: null,
    otherReading: null,
  } as const;
  const decided = story.attempt(action, 'UANA', zone);
  if (!decided.ok) throw new Error(decided.refusal.reason);
  return decided.value.reply.message.blocks
    .flatMap((block) => (block.type === 'buttons' && block.menu === undefined ? block.buttons : []))
    .filter(({ label }) => label.startsWith('I meant'))
    .map(({ label, command }) => `${label}: ${command.replace(/^42 edit \d+ at /, '')}`);
}

test.each([
  [
    '14:05',
    'UTC',
    [
      'I meant 7 Mar 14:05 UTC: 2026-03-07 14:05 UTC',
      'I meant 14:05 CET: 2026-03-08 14:05 Europe/Amsterdam',
    ],
  ],
  [
    '10:05',
    'America/New_York',
    [
      'I meant 7 Mar 10:05 EST: 2026-03-07 10:05 America/New_York',
      'I meant 10:05 UTC: 2026-03-08 10:05 UTC',
      'I meant 10:05 CET: 2026-03-08 10:05 Europe/Amsterdam',
    ],
  ],
  ['14:05 UTC', 'Europe/Amsterdam', ['I meant 7 Mar 14:05 UTC: 2026-03-07 14:05 UTC']],
  // What was written is not doubted, and what has not come yet was not meant.
  ['2026-03-08 15:05', 'Europe/Amsterdam', []],
  ['2026-03-08 14:05 UTC', 'UTC', []],
  ['10m ago', 'Europe/Amsterdam', []],
])('%s typed in %s offers %j', (when, zone, expected) => {
  expect(offered(when, zone)).toEqual(expected);
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
