import fc from 'fast-check';
import { expect, test } from 'vitest';
import { blockProblems } from '../../src/demo/workspace/assert-limits.ts';
import { type Block, type Line, type Message, say } from '../../src/domain/text.ts';
import { renderMessage, renderReply } from '../../src/slack/render.ts';

const shown = (value: unknown): string =>
  renderMessage(value as Message)
    .map(({ blocks }) => JSON.stringify(blocks))
    .join('');

/** Everything a reader reads, without the direction marks that we add. */
function textsOf(value: unknown): string {
  if (typeof value === 'string') return '';
  if (Array.isArray(value)) return value.map(textsOf).join('');
  if (typeof value !== 'object' || value === null) return '';
  const isEscaped = 'type' in value && value.type === 'mrkdwn';
  const read = (text: string): string => (isEscaped ? decoded(text) : text);
  return Object.entries(value)
    .map(([key, one]) => (key === 'text' && typeof one === 'string' ? read(one) : textsOf(one)))
    .join('');
}

const decoded = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
const bare = (text: string): string => text.replaceAll(/[\u2066-\u2069]/g, '');

const HOSTILE = [
  '<!channel>',
  '<!here|x>',
  '<@U0EVIL>',
  '<!subteam^S0ALL>',
  '<https://evil.example|bank>',
  '*bold* _it_ ~no~ `code`',
  '&lt;!channel&gt;',
  '@here #general :boom:',
  '\u202Eevil\u2069 שלום',
  '👩‍👩‍👧‍👦'.repeat(50),
  'x'.repeat(4000),
  'word '.repeat(2500),
  'line\n'.repeat(800),
  '```',
  ' ',
  '',
  '\0nul',
  'e\u0301'.repeat(30),
];

const literal = fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'grapheme' }), fc.string());

const span: fc.Arbitrary<Line[number]> = fc.oneof(
  { weight: 4, arbitrary: literal },
  literal.map((text) => ({ type: 'bold' as const, text })),
  literal.map((text) => ({ type: 'code' as const, text })),
  fc.record({ type: fc.constant('user' as const), id: fc.constantFrom('U0ANA', 'bad id', '') }),
  fc.record({ type: fc.constant('group' as const), id: fc.constantFrom('S012SRE', '<!here>') }),
  fc.record({ type: fc.constant('channel' as const), id: fc.constantFrom('C0WAR', '') }),
  fc.record({
    type: fc.constant('link' as const),
    url: fc.constantFrom(
      'https://example.com/a?b=c',
      'javascript:alert(1)',
      'https://x.example/|>',
    ),
    text: literal,
  }),
  fc.record({
    type: fc.constant('instant' as const),
    at: fc.oneof(fc.constantFrom(-1e15, 0, 8.64e18), fc.integer({ min: 0, max: 4e12 })),
    style: fc.constantFrom('clock' as const, 'full' as const, 'ago' as const),
  }),
);
const line = fc.array(span, { maxLength: 6 });

const block: fc.Arbitrary<Block> = fc.oneof(
  literal.map((text): Block => ({ type: 'heading', text })),
  line.map((one): Block => ({ type: 'paragraph', line: one })),
  line.map((one): Block => ({ type: 'note', line: one })),
  literal.map((text): Block => ({ type: 'quote', text })),
  fc
    .record({ items: fc.array(line, { maxLength: 12 }), ordered: fc.boolean() })
    .map((list): Block => ({ type: 'list', ...list })),
  fc
    .array(fc.record({ label: literal, value: line }), { maxLength: 14 })
    .map((rows): Block => ({ type: 'facts', rows })),
  fc
    .record({
      head: fc.array(literal, { maxLength: 4 }),
      rows: fc.array(fc.array(line, { maxLength: 4 }), { maxLength: 30 }),
    })
    .map((table): Block => ({ type: 'table', ...table })),
  fc
    .array(fc.record({ label: literal, command: literal }), { maxLength: 30 })
    .map((buttons): Block => ({ type: 'buttons', buttons })),
  fc.constant<Block>({ type: 'divider' }),
);

const message = fc.record({ summary: line, blocks: fc.array(block, { maxLength: 8 }) });

test.each<Line>([[], [''], [{ type: 'bold', text: '' }], ['x'.repeat(4000)]])(
  'a message that is only its summary still shows something: %j',
  (...summary) => {
    for (const { blocks } of renderMessage({ summary, blocks: [] })) {
      expect(blockProblems(blocks)).toEqual([]);
      expect(textsOf(blocks)).not.toBe('');
    }
  },
);

test('any message fits Slack', () => {
  fc.assert(
    fc.property(message, (one) => {
      for (const { text, blocks } of renderMessage(one)) {
        expect(blockProblems(blocks)).toEqual([]);
        expect(text.length).toBeGreaterThan(0);
        expect(text.length).toBeLessThanOrEqual(3900);
        expect(blocks.length).toBeGreaterThan(0);
      }
    }),
    { numRuns: 150 },
  );
});

test('nobody can be mentioned by what somebody typed', () => {
  fc.assert(
    fc.property(message, (one) => {
      for (const { text, blocks } of renderMessage(one)) {
        const said = `${text}${JSON.stringify(blocks.filter(hasMrkdwn))}`;
        expect(said).not.toMatch(
          /<!(channel|here|everyone)|<@U0EVIL|<!subteam\^S0ALL|<https:..evil/,
        );
        expect(JSON.stringify(blocks)).not.toContain('"broadcast"');
      }
    }),
    { numRuns: 150 },
  );
});

const hasMrkdwn = (one: object): boolean => JSON.stringify(one).includes('"type":"mrkdwn"');

const typed: fc.Arbitrary<(text: string) => Block> = fc.constantFrom(
  (text: string): Block => ({ type: 'paragraph', line: [text] }),
  (text: string): Block => ({ type: 'note', line: [text] }),
  (text: string): Block => ({ type: 'heading', text }),
  (text: string): Block => ({ type: 'quote', text }),
  (text: string): Block => ({ type: 'list', items: [[text]] }),
  (text: string): Block => ({ type: 'facts', rows: [{ label: 'Title', value: [text] }] }),
  (text: string): Block => ({ type: 'table', head: ['§'], rows: [[[text]]] }),
);

test('no character that somebody typed is lost', () => {
  const content = literal.filter((text) => text.trim() !== '');
  fc.assert(
    fc.property(typed, content, (blockOf, text) => {
      const said = renderMessage({ summary: ['s'], blocks: [blockOf(text)] })
        .map(({ blocks }) => textsOf(blocks))
        .join('');
      const wanted = bare(text.replaceAll('\0', '').replaceAll(/[\uD800-\uDFFF]/gu, '\uFFFD'));
      // A table repeats its head where it goes on.
      expect(bare(said).replaceAll('§', '')).toContain(wanted.replaceAll('§', ''));
    }),
    { numRuns: 250 },
  );
});

test('a timeline of 200 long entries goes on over several messages, each row once', () => {
  const rows = Array.from({ length: 200 }, (_, no) => [
    [`#${no}`],
    [{ type: 'instant' as const, at: 1.7e12 + no * 60_000, style: 'clock' as const }],
    [`entry ${no}: ${'restarted the pool '.repeat(10)}`],
  ]);
  const parts = renderMessage({
    summary: ['Timeline'],
    blocks: [{ type: 'table', head: ['No', 'When', 'What'], rows }],
  });
  expect(parts.length).toBeGreaterThan(3);
  for (const { blocks } of parts) expect(blockProblems(blocks)).toEqual([]);
  const said = parts.map(({ blocks }) => textsOf(blocks)).join('');
  for (const [no] of rows.entries()) {
    expect(said.split(`entry ${no}: `).length - 1).toBe(1);
  }
});

test('a note of 10,000 characters is complete', () => {
  const note = Array.from({ length: 1600 }, (_, word) => `w${word}`)
    .join(' ')
    .slice(0, 10_000);
  expect(textsOf(renderMessage(say(note)).map(({ blocks }) => blocks))).toBe(note);
});

test('an instant is a Slack date whose fallback names the zone, with UTC beside it', () => {
  const at = Date.UTC(2026, 10, 21, 14, 31);
  const [{ text, blocks }] = renderMessage(say('at ', { type: 'instant', at, style: 'clock' }));
  expect(text).toBe(`at <!date^${at / 1000}^{time}|14:31 UTC> (14:31 UTC)`);
  expect(blocks).toEqual([
    {
      type: 'rich_text',
      elements: [
        {
          type: 'rich_text_section',
          elements: [
            { type: 'text', text: 'at ' },
            { type: 'date', timestamp: at / 1000, format: '{time}', fallback: '14:31 UTC' },
            { type: 'text', text: ' (14:31 UTC)' },
          ],
        },
      ],
    },
  ]);
});

test('facts stand in two columns, and one below the other where columns would eat an underscore', () => {
  const facts = (value: string): Block => ({
    type: 'facts',
    rows: [{ label: 'Title', value: [value] }],
  });
  expect(shown({ summary: ['s'], blocks: [facts('plain title')] })).toContain('"fields"');
  expect(shown({ summary: ['s'], blocks: [facts('db_pool_size')] })).not.toContain('"fields"');
});

test('a command too long for a button is shown to be copied', () => {
  const command = `log at 0830, ${'x'.repeat(2500)}`;
  const [{ blocks }] = renderMessage({
    summary: ['s'],
    blocks: [{ type: 'buttons', buttons: [{ label: 'As a time', command }] }],
  });
  expect(textsOf(blocks)).toBe(`As a time: /incident ${command}`);
});

test('what does not fit into an acknowledgement follows, and what does not fit at all is announced', () => {
  const blocks: Block[] = Array.from({ length: 300 }, () => ({ type: 'divider' }));
  const reply = { message: { summary: ['s'], blocks }, to: 'asker', outcome: 'done' } as const;
  const { blocks: first, more } = renderReply(reply);
  expect(first).toHaveLength(50);
  expect(more).toHaveLength(3);
  expect(JSON.stringify(more.at(-1)?.blocks.at(-1))).toContain('2 more parts');
  for (const part of more) expect(blockProblems(part.blocks)).toEqual([]);
});
