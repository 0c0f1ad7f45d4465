import type { Block } from '../../domain/text.ts';
import { buttons } from './buttons.ts';
import { facts } from './facts.ts';
import { list } from './list.ts';
import { isolate, tidy } from './literal.ts';
import { note } from './note.ts';
import { type Counter, type Piece, section } from './piece.ts';
import { quote } from './quote.ts';
import { BLOCK_CHARACTERS, richSections } from './rich.ts';
import { table } from './table.ts';

const HEADER_CHARACTERS = 150;

type Renderers = {
  readonly [T in Block['type']]: (
    block: Extract<Block, { type: T }>,
    counter: Counter,
  ) => readonly Piece[];
};

function heading({ text }: Extract<Block, { type: 'heading' }>): Piece[] {
  const shown = isolate(tidy(text));
  if (shown.trim() === '') return [];
  if (shown.length > HEADER_CHARACTERS) {
    return richSections([{ type: 'bold', text: shown }], BLOCK_CHARACTERS).map(section);
  }
  const block = {
    type: 'header' as const,
    text: { type: 'plain_text' as const, text: shown, emoji: false },
  };
  return [{ block, size: shown.length }];
}

/** How each block of a message becomes blocks of Slack's. */
const BLOCKS: Renderers = {
  heading,
  paragraph: ({ line }) => richSections(line, BLOCK_CHARACTERS).map(section),
  facts,
  list,
  table,
  quote,
  note,
  buttons,
  divider: () => [{ block: { type: 'divider' }, size: 0 }],
};

/** One block of a message as blocks of Slack's, each within the limits. */
export function renderBlock<T extends Block>(block: T, counter: Counter): readonly Piece[] {
  const render = BLOCKS[block.type] as (block: T, counter: Counter) => readonly Piece[];
  return render(block, counter);
}
