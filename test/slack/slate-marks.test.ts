import { expect, test } from 'vitest';
import { keptMessage } from '../../src/journal/wording.ts';
import { renderMessage } from '../../src/slack/render.ts';
import { joined, markOf, type RawMessage, readMark } from '../../src/slack/slate-marks.ts';
import type { TypedLine } from '../../src/slate.ts';

const line = (text: string): TypedLine => ({
  type: 'line',
  key: 'T1.trigger',
  at: 1000,
  actor: 'U0ANA',
  source: 'command',
  place: 'C1',
  text,
  opens: false,
});

/** A line as Slack's history gives it back. */
function posted(kept: TypedLine): RawMessage[] {
  const parts = renderMessage(keptMessage(kept.actor, kept.text, kept.at, 500));
  return parts.map(({ text, blocks }, part) => ({
    ts: `${part + 1}.000`,
    text,
    blocks,
    bot_id: 'B1',
    metadata: markOf(kept, part, parts.length),
  }));
}

const readBack = (messages: readonly RawMessage[]) =>
  joined(
    'C1',
    messages.flatMap((message) => readMark(message) ?? []),
  );

test.each([
  ['markup', 'log *bold* _it_ `code` <@U0BO|bo> <!channel> & &lt; > http://x.y/?a=b&c'],
  ['a very long line', `log ${'word '.repeat(2000)}end`],
  ['one long word', `log ${'x'.repeat(9996)}`],
  ['lines', 'log first\n  second\n\n```third```'],
  ['other scripts', 'log 支付失败 🔥👩‍👩‍👧 שלום é'],
  ['its own words', 'log /incident log /incident ack'],
])('%s is read back exactly as it was typed', (_, text) => {
  const [found] = readBack(posted(line(text)));
  expect(found?.kept).toEqual(line(text));
});

test('what Slack takes for emoji and addresses comes back as text', () => {
  const [message] = posted(line('log x'));
  const elements = [
    { type: 'text', text: '/incident log ' },
    { type: 'emoji', name: 'fire', unicode: '1f525' },
    { type: 'text', text: ' at ' },
    { type: 'link', url: 'https://example.com' },
  ];
  const blocks = [{ type: 'rich_text', elements: [{ type: 'rich_text_preformatted', elements }] }];
  const [found] = readBack([{ ...message, blocks: blocks as never }]);
  expect(found?.kept).toMatchObject({ text: 'log 🔥 at https://example.com' });
});

test('a line that lacks a part is not read, one that was written twice is read once', () => {
  const long = posted(line(`log ${'x'.repeat(12_000)}`));
  expect(long.length).toBeGreaterThan(1);
  expect(readBack(long.slice(1))).toEqual([]);
  const again = long.map((message) => ({ ...message, ts: `9${message.ts}` }));
  expect(readBack([...long, ...again])).toHaveLength(1);
});

test('metadata that makes no sense is nobody’s line', () => {
  const [message] = posted(line('log x'));
  const payload = message?.metadata?.event_payload;
  for (const wrong of [
    { at: 'now' },
    { source: 'system' },
    { actor: 7 },
    { type: 'other' },
    { k: null },
  ])
    expect(
      readBack([
        {
          ...message,
          metadata: { event_type: 'muster_journal', event_payload: { ...payload, ...wrong } },
        },
      ]),
    ).toEqual([]);
});
