import { expect, test } from 'vitest';
import { type RenderOptions, renderMessage, renderView } from '../../src/demo/workspace/render.ts';
import { cells } from '../../src/demo/workspace/terminal/measure.ts';
import type { Message, View } from '../../src/demo/workspace/types.ts';

const plain = (text: string) => ({ type: 'plain_text', text });
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
const cell = (text: string) => ({ type: 'raw_text', text });
const button = (text: string, style?: string) => ({
  type: 'button',
  action_id: text,
  text: plain(text),
  ...(style && { style }),
});

// 2026-11-21 07:00:00 UTC
const SEVEN = 1_795_244_400;

const message = (more: Partial<Message>): Message => ({
  channel: 'C0INC',
  ts: `${SEVEN}.000100`,
  user: 'U0MUSTER',
  botId: 'B0MUSTER',
  text: 'INC-42',
  blocks: [],
  metadata: undefined,
  threadTs: undefined,
  edited: undefined,
  files: [],
  reactions: [],
  tombstone: false,
  username: undefined,
  broadcast: false,
  ...more,
});

const VIEWER: RenderOptions = {
  width: 64,
  zone: 'Europe/Madrid',
  now: (SEVEN + 600) * 1000,
  users: new Map([
    ['U0MUSTER', { name: 'muster', realName: 'Muster' }],
    ['U0ANA', { name: 'ana', realName: 'Ana Ruiz' }],
  ]),
  channels: new Map([['C0INC', { name: 'inc-42-checkout' }]]),
  userGroups: new Map([['S012SRE', { handle: 'sre' }]]),
};

const CARD = message({
  blocks: [
    { type: 'header', text: plain(':rotating_light: INC-42 Checkout down') },
    {
      type: 'section',
      fields: [
        mrkdwn('*Severity* sev1'),
        mrkdwn('*Status* investigating'),
        mrkdwn(`*Since* <!date^${SEVEN}^{date_short_pretty} {time}|07:00 UTC>`),
        mrkdwn('*Lead* <@U0ANA>'),
      ],
    },
    {
      type: 'rich_text',
      elements: [
        {
          type: 'rich_text_section',
          elements: [
            { type: 'text', text: 'Pinged ' },
            { type: 'usergroup', usergroup_id: 'S012SRE' },
            { type: 'text', text: ' at ' },
            { type: 'date', timestamp: SEVEN, format: '{time}', fallback: '07:00 UTC' },
            {
              type: 'text',
              text: ', because a < b in #all & nobody answered within the time allowed',
            },
          ],
        },
        {
          type: 'rich_text_list',
          style: 'ordered',
          elements: [
            { type: 'rich_text_section', elements: [{ type: 'text', text: 'roll back' }] },
            { type: 'rich_text_section', elements: [{ type: 'channel', channel_id: 'C0INC' }] },
          ],
        },
      ],
    },
    { type: 'divider' },
    {
      type: 'table',
      column_settings: [{ align: 'right' }],
      rows: [
        [cell('#'), cell('UTC'), cell('What happened')],
        [cell('9'), cell('07:00'), cell('データベース down')],
        [cell('10'), cell('07:05'), cell('Rolled back the configuration change that was deployed')],
      ],
    },
    {
      type: 'actions',
      elements: [
        button('Acknowledge', 'primary'),
        button('Escalate now'),
        button('Resolve', 'danger'),
      ],
    },
    { type: 'context', elements: [mrkdwn('Stops when somebody acknowledges')] },
  ],
  files: [
    {
      id: 'F1',
      name: 'inc-42.md',
      length: 2048,
      title: 'inc-42.md',
      content: Buffer.alloc(2048),
      channel: 'C0INC',
      threadTs: undefined,
      user: 'U0MUSTER',
    },
  ],
  reactions: [{ name: 'white_check_mark', users: ['U0ANA'] }],
});

test('a card reads as its person sees it, in their zone', () => {
  expect(renderMessage(CARD, VIEWER).split('\n')).toEqual([
    'Muster APP  08:00',
    '  🚨 INC-42 Checkout down',
    '  Severity sev1                   Status investigating',
    '  Since today 08:00               Lead @ana',
    '  Pinged @sre at 08:00, because a < b in #all & nobody answered',
    '  within the time allowed',
    '  1. roll back',
    '  2. #inc-42-checkout',
    `  ${'─'.repeat(62)}`,
    '   #  UTC    What happened',
    `  ──  ─────  ${'─'.repeat(51)}`,
    '   9  07:00  データベース down',
    '  10  07:05  Rolled back the configuration change that was',
    '             deployed',
    '  [ Acknowledge ]  [ Escalate now ]  [ Resolve ]',
    '  Stops when somebody acknowledges',
    '  📎 inc-42.md (2 KB)',
    '  ✅ 1',
  ]);
});

test('no line is wider than the terminal, in any width, with colour or without', () => {
  for (const width of [40, 64, 100]) {
    for (const color of [false, true]) {
      const lines = renderMessage(CARD, { ...VIEWER, width, color }).split('\n');
      expect(lines.filter((line) => cells(line) > width)).toEqual([]);
    }
  }
});

test('colour is styling only', () => {
  const styled = renderMessage(CARD, { ...VIEWER, color: true });
  expect(styled).toContain('\u001b[32;1m[');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: this is what terminal styling is made of
  const bare = styled.replace(/\u001b\[[0-9;]*m/g, '');
  expect(bare).toBe(renderMessage(CARD, VIEWER));
});

test.each([
  ['*bold* _it_ ~no~ `a<b`', 'bold it no a<b'],
  ['snake_case_name and 2*3*4', 'snake_case_name and 2*3*4'],
  ['&lt;!channel&gt; &amp;amp;', '<!channel> &amp;'],
  ['<!channel> <!subteam^S012SRE> <#C0INC>', '@channel @sre #inc-42-checkout'],
  ['<https://a.b|the graph> <https://c.d>', 'the graph https://c.d'],
  ['<@U0NONE|old> at 10:14:30 :unknown:', '@old at 10:14:30 :unknown:'],
  [`<!date^${SEVEN}^{ago}|x>`, '10 minutes ago'],
  ['<!date^1^{moon}|the moon>', 'the moon'],
])('shows %s as %s', (text, shown) => {
  expect(renderMessage(message({ text }), VIEWER).split('\n').slice(1)).toEqual([`  ${shown}`]);
});

test('a form shows its fields, what is chosen, and its buttons', () => {
  const view: View = {
    id: 'V1',
    rootId: 'V1',
    previousId: undefined,
    user: 'U0ANA',
    type: 'modal',
    hash: 'h',
    title: 'Declare',
    submit: 'Open',
    close: undefined,
    callbackId: 'declare',
    externalId: '',
    privateMetadata: '',
    notifyOnClose: false,
    clearOnClose: false,
    blocks: [
      {
        type: 'input',
        label: plain('Title'),
        element: { type: 'plain_text_input', action_id: 't', placeholder: plain('What is wrong?') },
        optional: true,
      },
      {
        type: 'input',
        label: plain('Severity'),
        element: {
          type: 'static_select',
          action_id: 's',
          initial_option: { text: plain('SEV 1'), value: 'sev1' },
        },
      },
    ],
  };
  expect(renderView(view, { width: 30 }).split('\n')).toEqual([
    `╭─ Declare ${'─'.repeat(19)}`,
    '│ Title (optional)',
    '│   │ What is wrong?',
    '│ Severity',
    '│   [ SEV 1 ▾ ]',
    '│ ',
    '│ [ Cancel ]  [ Open ]',
    `╰${'─'.repeat(29)}`,
  ]);
});
