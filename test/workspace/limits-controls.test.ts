import { expect, test } from 'vitest';
import { blockProblems } from '../../src/demo/workspace/assert-limits.ts';
import { actions, button, long, many, mrkdwn, option, plain, section, select } from './payloads.ts';

const BAD: [string, unknown, RegExp][] = [
  ['blocks that are no list', {}, /must be a list/],
  ['51 blocks', many(51, () => section()), /at most 50/],
  ['an unknown type', [{ type: 'hologram' }], /unsupported type/],
  ['a block without a type', [{}], /unsupported type/],
  ['an unknown field', [section('a', { colour: 'red' })], /colour: is not a field/],
  ['an empty section', [{ type: 'section' }], /needs text or fields/],
  ['an empty text', [section('')], /at least 1/],
  ['3,001 characters in a section', [section(long(3001))], /at most 3000/],
  ['11 fields', [{ type: 'section', fields: many(11, () => plain('a')) }], /at most 10/],
  ['no fields', [{ type: 'section', fields: [] }], /at least 1/],
  [
    '2,001 characters in a field',
    [{ type: 'section', fields: [plain(long(2001))] }],
    /at most 2000/,
  ],
  ['a bare string as text', [{ type: 'section', text: 'hello' }], /must be an object/],
  ['a mrkdwn header', [{ type: 'header', text: mrkdwn('a') }], /unsupported type: mrkdwn/],
  ['a header of 151', [{ type: 'header', text: plain(long(151)) }], /at most 150/],
  [
    '11 context elements',
    [{ type: 'context', elements: many(11, () => plain('a')) }],
    /at most 10/,
  ],
  ['no context elements', [{ type: 'context', elements: [] }], /at least 1/],
  [
    'a button in a context',
    [{ type: 'context', elements: [button()] }],
    /unsupported type: button/,
  ],
  ['26 buttons', [actions(...many(26, () => button()))], /at most 25/],
  ['no buttons', [actions()], /at least 1/],
  ['a text input among buttons', [actions({ type: 'plain_text_input' })], /unsupported type/],
  ['a button text of 76', [actions(button({ text: plain(long(76)) }))], /at most 75/],
  ['a mrkdwn button', [actions(button({ text: mrkdwn('a') }))], /unsupported type: mrkdwn/],
  ['a button without text', [actions({ type: 'button' })], /text: is required/],
  ['a button value of 2,001', [actions(button({ value: long(2001) }))], /at most 2000/],
  ['an empty button value', [actions(button({ value: '' }))], /at least 1/],
  ['a button url of 3,001', [actions(button({ url: long(3001) }))], /at most 3000/],
  [
    'an accessibility label of 76',
    [actions(button({ accessibility_label: long(76) }))],
    /at most 75/,
  ],
  ['a green button', [actions(button({ style: 'green' }))], /one of primary, danger/],
  ['an action_id of 256', [actions(button({ action_id: long(256) }))], /at most 255/],
  ['a block_id of 256', [section('a', { block_id: long(256) })], /at most 255/],
  [
    'a block_id twice',
    [section('a', { block_id: 'b' }), section('a', { block_id: 'b' })],
    /block_id "b" is used twice/,
  ],
  [
    'an action_id twice',
    [actions(button({ action_id: 'b' })), actions(button({ action_id: 'b' }))],
    /action_id "b" is used twice/,
  ],
  [
    'a confirm title of 101',
    [actions(button({ confirm: { title: plain(long(101)), text: plain('a') } }))],
    /at most 100/,
  ],
  [
    'a confirm text of 301',
    [actions(button({ confirm: { text: plain(long(301)) } }))],
    /at most 300/,
  ],
  [
    'a confirm button of 31',
    [actions(button({ confirm: { text: plain('a'), confirm: plain(long(31)) } }))],
    /at most 30/,
  ],
  [
    'a deny button of 31',
    [actions(button({ confirm: { text: plain('a'), deny: plain(long(31)) } }))],
    /at most 30/,
  ],
  ['101 options', [actions(select({ options: many(101, (i) => option(`${i}`)) }))], /at most 100/],
  ['no options', [actions(select({ options: [] }))], /at least 1/],
  ['neither options nor groups', [actions(select({}))], /exactly one of options/],
  ['an option text of 76', [actions(select({ options: [option('v', long(76))] }))], /at most 75/],
  ['an option value of 76', [actions(select({ options: [option(long(76))] }))], /at most 75/],
  [
    'an option description of 76',
    [actions(select({ options: [option('v', 't', { description: plain(long(76)) })] }))],
    /at most 75/,
  ],
  [
    'a placeholder of 151',
    [actions(select({ options: [option()], placeholder: plain(long(151)) }))],
    /at most 150/,
  ],
  [
    '11 checkboxes',
    [actions({ type: 'checkboxes', options: many(11, (i) => option(`${i}`)) })],
    /at most 10/,
  ],
  [
    '11 radio buttons',
    [actions({ type: 'radio_buttons', options: many(11, (i) => option(`${i}`)) })],
    /at most 10/,
  ],
  [
    '6 overflow items',
    [actions({ type: 'overflow', options: many(6, (i) => option(`${i}`)) })],
    /at most 5/,
  ],
  [
    'a date that is none',
    [actions({ type: 'datepicker', initial_date: 'today' })],
    /must be a date/,
  ],
];

test.each(BAD)('objects to %s', (_, blocks, reason) => {
  expect(blockProblems(blocks).join('\n')).toMatch(reason);
});
