import type { Block, Line, Message, Span } from '../text.ts';
import { atName, type Names, UNKNOWN_GROUP } from './phrases.ts';

/** The people and groups that a message mentions, each once. */
export function mentionedIn({ blocks, summary }: Message): readonly string[] {
  const spans = [...summary, ...blocks.flatMap(linesOf).flat()];
  return [...new Set(spans.flatMap((span) => (isMention(span) ? [span.id] : [])))];
}

/** The same message with names in place of mentions, so that posting it calls nobody. */
export function unmentioned({ blocks, summary }: Message, names: Names): Message {
  const named = (line: Line): Line =>
    line.map((span) => {
      if (!isMention(span)) return span;
      const name = names[span.id];
      if (name !== undefined) return atName(name);
      return span.type === 'user' ? 'somebody' : UNKNOWN_GROUP;
    });
  return { summary: named(summary), blocks: blocks.map((block) => withLines(block, named)) };
}

type Mention = Extract<Span, { readonly type: 'user' | 'group' }>;

const isMention = (span: Span): span is Mention =>
  typeof span !== 'string' && (span.type === 'user' || span.type === 'group');

function linesOf(block: Block): readonly Line[] {
  const lines: Line[] = [];
  withLines(block, (line) => {
    lines.push(line);
    return line;
  });
  return lines;
}

/** The block with each of its lines as `change` makes it. */
function withLines(block: Block, change: (line: Line) => Line): Block {
  switch (block.type) {
    case 'paragraph':
    case 'note':
      return { ...block, line: change(block.line) };
    case 'facts':
      return { ...block, rows: block.rows.map((row) => ({ ...row, value: change(row.value) })) };
    case 'list':
      return { ...block, items: block.items.map(change) };
    case 'table':
      return { ...block, rows: block.rows.map((row) => row.map(change)) };
    default:
      return block;
  }
}
