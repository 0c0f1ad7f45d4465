import { expect, test } from 'vitest';
import type { FormName } from '../../src/commands/command.ts';
import { commandNamed } from '../../src/commands/index.ts';
import { isTime } from '../../src/commands/when.ts';
import { viewProblems } from '../../src/demo/workspace/assert-limits.ts';
import { inUtc } from '../../src/slack/blocks/instants.ts';
import { choices } from '../../src/slack/forms/fields.ts';
import type { Answers } from '../../src/slack/forms/form.ts';
import { FORMS } from '../../src/slack/forms/index.ts';
import { formView } from '../../src/slack/forms/view.ts';
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
function meant(form: FormName, filled: Record<string, string | readonly string[]>): unknown {
  const [verb = '', ...rest] = FORMS[form].text(answers(filled)).split(' ');
  const named = commandNamed(verb);
  const parsed = named?.command.parse(rest.join(' '), { settings: SETTINGS, actor: 'U0ANA' });
  return parsed?.ok && parsed.value.type === 'change' ? parsed.value.action : parsed;
}

test.each<[FormName, Record<string, string | readonly string[]>, object]>([
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
])('the form %s means what was filled in', (form, filled, action) => {
  expect(meant(form, filled)).toMatchObject(action);
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
        text: 'x'.repeat(5000),
        time: 'x'.repeat(500),
        title: '👩‍👩‍👧‍👦'.repeat(500),
        lines: '漢'.repeat(50_000),
      },
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
