import type { Block, Line, Message } from '../../src/domain/text.ts';

/** Everything in a message as one text, to look for words in. */
export function spoken({ blocks }: Message): string {
  return blocks.map(blockText).join('\n');
}

function blockText(block: Block): string {
  if (block.type === 'paragraph' || block.type === 'note') return lineText(block.line);
  if (block.type === 'buttons') return block.buttons.map(({ label }) => `[${label}]`).join(' ');
  return '';
}

/** A line as words: instants as UTC clocks, people as their ids. */
export const lineText = (line: Line): string =>
  line
    .map((span) => {
      if (typeof span === 'string') return span;
      if (span.type === 'instant') return new Date(span.at).toISOString().slice(11, 16);
      if ('text' in span) return span.text;
      return 'id' in span ? `@${span.id}` : '';
    })
    .join('');
