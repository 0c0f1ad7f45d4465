import { expect, test } from 'vitest';
import { blockProblems } from '../../src/demo/workspace/assert-limits.ts';
import { cell, dataTable, long, many, rich, table } from './payloads.ts';

const BAD: [string, unknown, RegExp][] = [
  [
    'an image without alt_text',
    [{ type: 'image', image_url: 'https://a.b' }],
    /alt_text: is required/,
  ],
  [
    'an alt_text of 2,001',
    [{ type: 'image', image_url: 'https://a.b', alt_text: long(2001) }],
    /at most 2000/,
  ],
  [
    'an image from two places',
    [{ type: 'image', image_url: 'https://a.b', slack_file: { id: 'F1' }, alt_text: 'a' }],
    /exactly one of image_url/,
  ],
  ['an image from nowhere', [{ type: 'image', alt_text: 'a' }], /exactly one of image_url/],
  ['rich text with an empty text', [rich({ type: 'text', text: '' })], /at least 1/],
  ['rich text that names no user', [rich({ type: 'user' })], /user_id: is required/],
  ['a user by name', [rich({ type: 'user', user_id: 'ana' })], /a user id/],
  ['a link without url', [rich({ type: 'link', text: 'a' })], /url: is required/],
  ['a date without format', [rich({ type: 'date', timestamp: 1 })], /format: is required/],
  [
    'a date in milliseconds and parts',
    [rich({ type: 'date', timestamp: 1.5, format: '{time}' })],
    /must be a number/,
  ],
  ['an unknown rich text element', [rich({ type: 'blink', text: 'a' })], /unsupported type: blink/],
  ['a broadcast to nobody', [rich({ type: 'broadcast', range: 'all' })], /one of here/],
  ['an empty section of rich text', [rich()], /at least 1/],
  [
    '12,001 characters of markdown in two blocks',
    [
      { type: 'markdown', text: long(6001) },
      { type: 'markdown', text: long(6000) },
    ],
    /together, the limit is 12,000/,
  ],
  ['101 table rows', [table(101)], /at most 100/],
  ['21 columns', [table(1, 21)], /at most 20/],
  ['an empty cell', [table(1, 1, '')], /at least 1/],
  ['10,001 characters in a table', [table(1, 2, long(5001))], /at most 10000/],
  [
    '10,001 characters in two tables',
    [table(1, 1, long(5001)), table(1, 1, long(5000))],
    /together, the limit is 10,000/,
  ],
  [
    'a data table without a caption',
    [{ type: 'data_table', rows: [[cell()], [cell()]] }],
    /caption: is required/,
  ],
  ['a data table with only a header', [dataTable([[cell()]])], /at least 2/],
  ['102 data table rows', [dataTable(many(102, () => [cell()]))], /at most 101/],
  ['uneven data rows', [dataTable([[cell(), cell()], [cell()]])], /same number of cells/],
  [
    'a rich header cell',
    [dataTable([[rich({ type: 'text', text: 'a' })], [cell()]])],
    /must not be rich_text/,
  ],
  ['101 rows a page', [dataTable([[cell()], [cell()]], { page_size: 101 })], /between 1 and 100/],
  [
    'a file that is not remote',
    [{ type: 'file', source: 'local', external_id: 'a' }],
    /one of remote/,
  ],
];

test.each(BAD)('objects to %s', (_, blocks, reason) => {
  expect(blockProblems(blocks).join('\n')).toMatch(reason);
});
