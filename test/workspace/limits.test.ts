import { expect, test } from 'vitest';
import { blockProblems, viewProblems } from '../../src/demo/workspace/assert-limits.ts';
import {
  actions,
  button,
  cell,
  dataTable,
  type Json,
  long,
  many,
  mrkdwn,
  option,
  plain,
  rich,
  section,
  select,
  table,
} from './payloads.ts';

const GOOD: [string, unknown[]][] = [
  ['nothing', []],
  ['50 blocks', many(50, () => section())],
  [
    'a section at its limits',
    [{ type: 'section', text: mrkdwn(long(3000)), fields: many(10, () => plain(long(2000))) }],
  ],
  ['25 buttons', [actions(...many(25, () => button({ value: long(2000), url: long(3000) })))]],
  [
    'a confirmed button',
    [
      actions(
        button({
          style: 'danger',
          confirm: {
            title: plain('Sure?'),
            text: mrkdwn('It ends'),
            confirm: plain('Yes'),
            deny: plain('No'),
          },
        }),
      ),
    ],
  ],
  ['a header', [{ type: 'header', text: plain(long(150)) }]],
  [
    'rich text of every kind',
    [
      rich(
        { type: 'text', text: 'a', style: { bold: true } },
        { type: 'user', user_id: 'U1' },
        { type: 'usergroup', usergroup_id: 'S1' },
        { type: 'channel', channel_id: 'C1' },
        { type: 'link', url: 'https://a.b' },
        { type: 'emoji', name: 'wave' },
        { type: 'date', timestamp: 1, format: '{time}', fallback: '00:00 UTC' },
        { type: 'broadcast', range: 'here' },
      ),
    ],
  ],
  [
    'a list, a quote, code',
    [
      {
        type: 'rich_text',
        elements: [
          {
            type: 'rich_text_list',
            style: 'bullet',
            elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'a' }] }],
          },
          { type: 'rich_text_quote', elements: [{ type: 'text', text: 'a' }] },
          { type: 'rich_text_preformatted', elements: [{ type: 'text', text: 'a' }] },
        ],
      },
    ],
  ],
  ['a table at its limits', [{ ...table(100, 20), column_settings: [{ align: 'right' }, null] }]],
  [
    'a data table',
    [
      dataTable(
        many(101, () => [cell(), { type: 'raw_number', value: 1.5, text: '1.5' }]),
        { page_size: 100 },
      ),
    ],
  ],
  ['markdown', [{ type: 'markdown', text: long(12_000) }]],
  ['an image from a URL', [{ type: 'image', image_url: 'https://a.b/c.png', alt_text: 'a' }]],
  [
    'an image from a file',
    [{ type: 'image', slack_file: { id: 'F1' }, alt_text: 'a', title: plain('t') }],
  ],
  ['a context', [{ type: 'context', elements: many(10, () => mrkdwn('small')) }]],
  [
    'a menu beside a section',
    [section('a', { accessory: select({ options: many(100, (i) => option(`${i}`)) }) })],
  ],
];

test.each(GOOD)('takes %s', (_, blocks) => {
  expect(blockProblems(blocks)).toEqual([]);
});

const modal = (more: Json = {}) => ({
  type: 'modal',
  title: plain('Declare'),
  submit: plain('Open'),
  blocks: [{ type: 'input', label: plain('Title'), element: { type: 'plain_text_input' } }],
  ...more,
});
const inputs = (element: Json, more: Json = {}) =>
  modal({ blocks: [{ type: 'input', label: plain('Title'), element, ...more }] });

test('takes a form and a Home tab', () => {
  expect(viewProblems(modal({ private_metadata: long(3000), callback_id: 'declare' }))).toEqual([]);
  expect(viewProblems({ type: 'home', blocks: many(100, () => section()) })).toEqual([]);
});

const BAD_VIEWS: [string, unknown, RegExp][] = [
  ['no type', { blocks: [] }, /unsupported type/],
  ['a title of 25', modal({ title: plain(long(25)) }), /title\/text: must be at most 24/],
  ['a submit of 25', modal({ submit: plain(long(25)) }), /submit\/text: must be at most 24/],
  ['a close of 25', modal({ close: plain(long(25)) }), /close\/text: must be at most 24/],
  ['no title', { type: 'modal', blocks: [] }, /title: is required/],
  ['an input without submit', { ...modal(), submit: undefined }, /submit is required/],
  ['3,001 of private_metadata', modal({ private_metadata: long(3001) }), /at most 3000/],
  ['a callback_id of 256', modal({ callback_id: long(256) }), /at most 255/],
  ['an external_id of 256', modal({ external_id: long(256) }), /at most 255/],
  ['101 blocks', modal({ blocks: many(101, () => section()) }), /at most 100/],
  ['a table in a modal', modal({ blocks: [table(1)] }), /unsupported type: table/],
  [
    'a label of 2,001',
    inputs({ type: 'plain_text_input' }, { label: plain(long(2001)) }),
    /at most 2000/,
  ],
  [
    'a hint of 2,001',
    inputs({ type: 'plain_text_input' }, { hint: plain(long(2001)) }),
    /at most 2000/,
  ],
  [
    'a max_length of 3,001',
    inputs({ type: 'plain_text_input', max_length: 3001 }),
    /between 1 and 3000/,
  ],
  [
    'a value over its own limit',
    inputs({ type: 'plain_text_input', max_length: 3, initial_value: 'four' }),
    /longer than max_length/,
  ],
  [
    'a button as input',
    inputs(button()),
    /unsupported type: overflow|unsupported type: button|must/,
  ],
];

test.each(BAD_VIEWS)('objects to a view with %s', (_, view, reason) => {
  expect(viewProblems(view).join('\n')).toMatch(reason);
});
