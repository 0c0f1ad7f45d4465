import type { types } from '@slack/bolt';
import { elementsOf, type Seen, sizeOf } from './rich.ts';

/** A block with what it takes of the limits that hold for a whole message. */
export interface Piece {
  readonly block: types.KnownBlock;
  /** Characters that a reader sees. */
  readonly size: number;
}

/** Counts through one message, so that ids in it are unique. */
export interface Counter {
  next(): number;
}

/** A block of rich text with one section. */
export const section = (line: readonly Seen[]): Piece => ({
  block: {
    type: 'rich_text',
    elements: [{ type: 'rich_text_section', elements: elementsOf(line) }],
  },
  size: sizeOf(line),
});
