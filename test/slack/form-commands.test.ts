import type { types } from '@slack/bolt';
import { expect, test } from 'vitest';
import type { FormName } from '../../src/commands/command.ts';
import { commandNamed } from '../../src/commands/index.ts';
import { isTime } from '../../src/commands/when.ts';
import { viewProblems } from '../../src/demo/workspace/assert-limits.ts';
import { heading, paragraph } from '../../src/domain/text.ts';
import { inUtc } from '../../src/slack/blocks/instants.ts';
import { choices } from '../../src/slack/forms/fields.ts';
import type { Answers } from '../../src/slack/forms/form.ts';
import { FORMS } from '../../src/slack/forms/index.ts';
import { partsOf, together, tooLong } from '../../src/slack/forms/section-parts.ts';
import { formView, memoryOf } from '../../src/slack/forms/view.ts';
import { incident, SETTINGS } from './support.ts';

const answers = (filled: Record<string, string | readonly string[]>): Answers => ({
  text: (field) => String(filled[field] ?? ''),
  chosen: (field) => {
    const value = filled[field] ?? [];
    return typeof value === 'string' ? [value] : value;
  },
  fields: Object.keys(filled),
});

/** What the command that a form types means. */
function meant(
  form: FormName,
  filled: Record<string, string | readonly string[]>,
  kept: Record<string, string> = {},
): unknown {
  const [verb = '', ...rest] = FORMS[form].text(answers(filled), kept).split(' ');
  const named = commandNamed(verb);
  const parsed = named?.command.parse(rest.join(' '), { settings: SETTINGS, actor: 'U0ANA' });
  return parsed?.ok && parsed.value.type === 'change' ? parsed.value.action : parsed;
}

test.each<[FormName, Record<string, string | readonly string[]>, object, Record<string, string>?]>([
  [
    'declare',
    { title: 'Checkout down', severity: 'sev2', since: '14:31', visibility: ['private'] },
    { type: 'open', title: 'Checkout down', severity: 'sev2', private: true, since: '14:31' },
  ],
  ['update', { text: 'All is\nwell.' }, { type: 'update', text: 'All is\nwell.' }],
  [
    'severity',
    { severity: 'sev1', reason: 'all regions' },
    { type: 'severity', to: 'sev1', reason: 'all regions' },
  ],
  [
    'escalate',
    { people: ['U0BO'], groups: ['<!subteam^S012SRE>'], reason: 'yours' },
    {
      type: 'page',
      targets: [
        { type: 'user', id: 'U0BO' },
        { type: 'usergroup', id: 'S012SRE' },
      ],
      reason: 'yours',
    },
  ],
  [
    'entry',
    { text: 'restarted, twice', time: '10:51, April 24, 2024', kinds: ['action', 'dead-end'] },
    {
      type: 'log',
      text: 'restarted, twice',
      when: expect.stringContaining('10:51'),
      kinds: ['action', 'dead-end'],
    },
  ],
  [
    'snooze',
    { timer: 'update', length: '30', reason: '2 h of logs to read' },
    { type: 'snooze', timer: 'update', ms: 1_800_000, reason: '2 h of logs to read' },
  ],
  [
    'snooze',
    { timer: 'policy', length: '30', own: '1:15 h', reason: 'asleep' },
    { type: 'snooze', timer: 'policy', ms: 4_500_000, reason: 'asleep' },
  ],
  [
    'import',
    { date: '2026-03-08', zone: 'Europe/Berlin', lines1: '14:05 A', lines2: '14:06 B #cause' },
    {
      type: 'import',
      date: '2026-03-08',
      zone: 'Europe/Berlin',
      lines: [
        { line: 1, text: '14:05 A', kinds: [] },
        { line: 2, text: '14:06 B', kinds: ['cause'] },
      ],
    },
  ],
  [
    'section',
    { text1: 'Instead of orders\nwe lost carts.', text2: 'None came back.', place: 'instead' },
    {
      type: 'section text',
      section: 'summary',
      place: 'instead',
      text: 'Instead of orders\nwe lost carts.\nNone came back.',
      seen: { written: { entry: 31, revision: 2 }, seq: 57, next: 33 },
    },
    { section: 'summary', seen: '31.2/57/33' },
  ],
  [
    'section',
    { text1: 'seen:-/1/1 is what it said.' },
    {
      type: 'section text',
      section: 'actions',
      place: 'beside',
      text: 'seen:-/1/1 is what it said.',
      seen: { written: null, seq: 5, next: 4 },
    },
    { section: 'actions', seen: '-/5/4' },
  ],
  [
    'role',
    { role: 'commander', person: ['U0BO'], note: 'half way, call me' },
    { type: 'role', role: 'commander', user: 'U0BO', note: 'half way, call me' },
  ],
  [
    'role',
    { role: 'scribe', own: 'database expert', person: ['U0BO'] },
    { type: 'role', role: 'database expert', user: 'U0BO', note: null },
  ],
  [
    'action',
    {
      ...{ text: 'Drop 3 old tables', owner: ['U0BO'], due: '2026-03-20', sort: 'corrective' },
      ...{ trackers: 'OPS-12 OPS-13', addresses: 'c2' },
    },
    {
      type: 'action item',
      text: 'Drop 3 old tables',
      due: '2026-03-20',
      item: { owner: 'U0BO', refs: ['OPS-12', 'OPS-13'], addresses: 'c2', sort: 'corrective' },
    },
  ],
  ['action', { text: 'done 2' }, { type: 'action item', text: 'done 2' }],
  [
    'status',
    { status: 'identified', time: '10:51, April 24, 2024', text: 'a lock, it seems' },
    {
      type: 'status',
      to: 'identified',
      when: '10:51, April 24, 2024',
      text: 'a lock, it seems',
    },
  ],
  ['resolve', {}, { type: 'resolve', when: null, text: null, confirmed: false }],
  [
    'resolve',
    { time: '15:28', text: 'rolled back' },
    { type: 'resolve', when: '15:28', text: 'rolled back' },
  ],
])('the form %s means what was filled in', (form, filled, action, kept) => {
  expect(meant(form, filled, kept)).toMatchObject(action);
});

test('the time of a message can be read back from the form that it fills', () => {
  expect(isTime(inUtc(Date.UTC(2026, 10, 21, 14, 31), 'full'))).toBe(true);
});

test.each(Object.keys(FORMS) as FormName[])(
  'the form %s fits Slack, however much there is',
  (name) => {
    const groups = Array.from({ length: 450 }, (_, at) => ({ id: `S${at}`, handle: `team-${at}` }));
    const context = {
      settings: SETTINGS,
      incident: incident(),
      groups,
      filled: {
        text: '漢'.repeat(20_000),
        time: 'x'.repeat(500),
        title: '👩‍👩‍👧‍👦'.repeat(500),
        lines: '漢'.repeat(50_000),
        replaces: 'yes',
      },
      offers: {
        addresses: Array.from({ length: 300 }, (_, at) => ({
          value: `c${at}`,
          label: `c${at}: ${'漢'.repeat(200)}`,
        })),
      },
      above: [
        heading('x'.repeat(400)),
        {
          type: 'table',
          head: ['a'],
          rows: Array.from({ length: 400 }, () => [['漢'.repeat(900)]]),
        },
        ...Array.from({ length: 300 }, () => paragraph('漢'.repeat(900))),
      ] as const,
    };
    const memory = {
      incident: '42',
      channel: 'C0WAR',
      responseUrl: `https://hooks.slack.com/${'x'.repeat(200)}`,
    };
    const view = formView(name, context, memory);
    expect(viewProblems(view)).toEqual([]);
  },
);

test('more than a hundred choices come in groups of a hundred, and none is left out', () => {
  const all = Array.from({ length: 250 }, (_, at) => ({ value: `v${at}`, label: `choice ${at}` }));
  const groups = choices(all).option_groups ?? [];
  expect(groups.map(({ options }) => options.length)).toEqual([100, 100, 50]);
});

const LONG: readonly (readonly [string, string])[] = [
  ['paragraphs', `${'a'.repeat(2000)}\n\n${'b'.repeat(2000)}\n\n\n  - ${'c'.repeat(2500)}`],
  ['sentences', 'word '.repeat(3999).trim()],
  ['one word', 'x'.repeat(20_000)],
  ['a wide gap', `before${'\n'.repeat(100)}${' '.repeat(500)}after${'y'.repeat(2999)}`],
  ['short lines', 'A line of fifty-odd characters, as people write it.\n'.repeat(390).trim()],
];

test.each(LONG)('a section form holds %s and gives the same text back', (_, text) => {
  const filled = { section: 'summary', seen: '31.2/57/33', text };
  const context = { settings: SETTINGS, incident: incident(), groups: [], filled, above: [] };
  const view = formView('section', context, { incident: '42', channel: 'C0', responseUrl: null });
  expect(tooLong(filled)).toBeNull();
  expect(viewProblems(view)).toEqual([]);
  const inputs = view.blocks.filter((block) => block.type === 'input') as types.InputBlock[];
  const fields = inputs.map(({ block_id: id = '', element }) => [
    id,
    element.type === 'plain_text_input' ? (element.initial_value ?? '') : '',
  ]);
  const kept = memoryOf({ private_metadata: view.private_metadata ?? '' }).kept;
  expect(meant('section', Object.fromEntries(fields), kept)).toMatchObject({ text });
});

test('of the fields of a section one that is emptied leaves the gap beside it, and a new one begins a line', () => {
  expect(together(['a', '', 'c', 'd'], ['', '\n\n'])).toBe('a\n\nc\nd');
  expect(together(['', 'b'], ['\n'])).toBe('b');
});

test('a text that no form holds is refused with the way to edit it', () => {
  const text = '👩‍👩‍👧‍👦'.repeat(5000);
  expect(tooLong({ section: 'summary', seen: '31.2/57/33', text })?.instead).toMatch(/^edit 31 /);
  expect(together(partsOf(text).parts, partsOf(text).joints)).toBe(text);
  const gap = `before${' '.repeat(9000)}after`;
  expect(tooLong({ section: 'summary', text: gap })?.instead).toMatch(
    /^postmortem section summary /,
  );
  expect(together(partsOf(gap).parts, partsOf(gap).joints)).toBe(gap);
});
