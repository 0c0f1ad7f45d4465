import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  blocksMarkdown,
  inline,
  lineMarkdown,
  messageMarkdown,
} from '../../../src/domain/markdown.ts';
import { bold, code, instant, say, user } from '../../../src/domain/text.ts';

test.each([
  ['# not a heading', '\\# not a heading'],
  ['#12 is an entry', '#12 is an entry'],
  ['- not a list', '\\- not a list'],
  ['+ nor this', '\\+ nor this'],
  ['1. nor this', '1\\. nor this'],
  ['2) nor this', '2\\) nor this'],
  ['--- no rule', '\\--- no rule'],
  ['===', '\\==='],
  ['    no code block', 'no code block'],
  ['> no quote', '&gt; no quote'],
  ['[x] no task', '\\[x] no task'],
  ['*not* **bold**', '\\*not\\* \\*\\*bold\\*\\*'],
  ['_not_ italic', '_not\\_ italic'],
  ['save_user_state', 'save_user_state'],
  ['`rm -rf`', '\\`rm -rf\\`'],
  ['a | b', 'a \\| b'],
  ['![x](http://evil/x.png)', '\\![x\\](http://evil/x.png)'],
  ['[x](javascript:alert(1))', '\\[x\\](javascript:alert(1))'],
  ['[x]: http://evil', '\\[x\\]: http://evil'],
  ['<!channel> <script>', '&lt;!channel&gt; &lt;script&gt;'],
  ['AT&amp;T and A & B', 'AT&amp;amp;T and A & B'],
  ['~~gone~~ ~14:05', '\\~\\~gone\\~\\~ ~14:05'],
  ['back\\slash', 'back\\\\slash'],
  ['one\ntwo\r\nthree\u2028four', 'one<br>two<br>three<br>four'],
])('leaves %j text', (typed, expected) => {
  expect(lineMarkdown([typed])).toBe(expected);
});

test('a mention is a name where it is known, an instant stands in every zone', () => {
  const options = { zones: ['UTC', 'Asia/Kolkata', 'Australia/Sydney'], people: { U1: 'Ann *B*' } };
  expect(lineMarkdown([user('U1'), ' and ', user('U2')], options)).toBe('@Ann \\*B\\* and @U2');
  const at = Date.parse('2026-05-07T14:49:00Z');
  expect(lineMarkdown([instant(at)], options)).toBe(
    '7 May 2026 14:49 UTC (20:19 IST, 8 May 00:49 AEST)',
  );
});

test('code holds backticks and pipes, in a table too', () => {
  expect(lineMarkdown([code('a `b` | c')])).toBe('`` a `b` | c ``');
  const table = blocksMarkdown([{ type: 'table', head: ['x'], rows: [[[code('a | b')]]] }]);
  expect(table.split('\n')[2]).toBe('| `a \\| b` |');
});

test('only addresses that a browser may open become links', () => {
  const link = (url: string) => lineMarkdown([{ type: 'link', url, text: 'here' }]);
  expect(link('https://example.org/a|b')).toBe('[here](<https://example.org/a%7Cb>)');
  expect(link('javascript:alert(1)')).toBe('here (javascript:alert(1))');
});

test('a message is a document; its buttons are what to type', () => {
  const message = {
    ...say(bold('Down'), ' since noon'),
    blocks: [
      ...say(bold('Down')).blocks,
      { type: 'buttons', buttons: [{ label: 'Ack', command: '42 ack' }] } as const,
    ],
  };
  expect(messageMarkdown(message)).toBe('**Down**\n\n- Ack: `/incident 42 ack`\n');
});

/** Splits a row as GitHub does: at pipes that no backslash shields. */
const cellsOf = (row: string): readonly string[] =>
  row
    .replace(/^\| ?/, '')
    .replace(/ ?\|$/, '')
    .split(/(?<!\\)(?:\\\\)*\|/);

const nasty = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(
      fc.constantFrom(
        '|',
        '\\',
        '`',
        '\n',
        '\r',
        '*',
        '_',
        '[',
        ']',
        '(',
        '<',
        '>',
        '&',
        '#',
        '-',
        'a',
        ' ',
        '~',
        '!',
        '\u2028',
        '\0',
      ),
      { maxLength: 30 },
    )
    .map((parts) => parts.join('')),
);

test('no text breaks a table', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(nasty, nasty), { maxLength: 6 }), (rows) => {
      const table = blocksMarkdown([
        { type: 'table', head: ['a', 'b'], rows: rows.map(([a, b]) => [[a], [code(b), bold(a)]]) },
      ]);
      const lines = table.split('\n');
      expect(lines).toHaveLength(rows.length + 2);
      for (const line of lines) expect(cellsOf(line)).toHaveLength(2);
    }),
    { numRuns: 500 },
  );
});

test('no text begins a block, opens html or notifies anybody', () => {
  fc.assert(
    fc.property(nasty, (text) => {
      const line = lineMarkdown([text]);
      expect(line).not.toMatch(/^(?:#{1,6}(?:\s|$)|[-+=>*] |\d+[.)] | {4}|\t|\[[ xX!^])/);
      expect(line.replaceAll('<br>', '')).not.toMatch(/[<>]/);
      expect(inline(text)).not.toMatch(/[\n\r]/);
    }),
    { numRuns: 500 },
  );
});
