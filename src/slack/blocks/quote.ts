import type { Block } from '../../domain/text.ts';
import { pieces, tidy } from './literal.ts';
import type { Piece } from './piece.ts';
import { BLOCK_CHARACTERS } from './rich.ts';

/** Somebody's words, exactly, ready to be copied. */
export const quote = ({ text }: Extract<Block, { type: 'quote' }>): Piece[] =>
  pieces(tidy(text), BLOCK_CHARACTERS).map((piece) => ({
    block: {
      type: 'rich_text',
      elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text: piece }] }],
    },
    size: piece.length,
  }));
