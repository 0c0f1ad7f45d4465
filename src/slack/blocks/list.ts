import type { types } from '@slack/bolt';
import type { Block } from '../../domain/text.ts';
import type { Piece } from './piece.ts';
import { BLOCK_CHARACTERS, elementsOf, richSections, type Seen, sizeOf } from './rich.ts';

type List = Extract<Block, { type: 'list' }>;

const asSection = (line: readonly Seen[]): types.RichTextSection => ({
  type: 'rich_text_section',
  elements: elementsOf(line),
});

/** A list; one too long for a block goes on in the next, counting on where it is numbered. */
export function list({ items, ordered = false }: List): Piece[] {
  const result: Piece[] = [];
  let sections: types.RichTextSection[] = [];
  let size = 0;
  let shown = 0;
  const close = (): void => {
    if (sections.length === 0) return;
    const element: types.RichTextList = {
      type: 'rich_text_list',
      style: ordered ? 'ordered' : 'bullet',
      elements: sections,
      ...(ordered && shown > 0 ? { offset: shown } : {}),
    };
    result.push({ block: { type: 'rich_text', elements: [element] }, size });
    shown += sections.length;
    sections = [];
    size = 0;
  };
  for (const item of items) {
    const [first, ...rest] = richSections(item, BLOCK_CHARACTERS);
    if (!first) continue;
    if (size + sizeOf(first) > BLOCK_CHARACTERS) close();
    sections.push(asSection(first));
    size += sizeOf(first);
    if (rest.length > 0) close();
    for (const line of rest) {
      const block = { type: 'rich_text' as const, elements: [asSection(line)] };
      result.push({ block, size: sizeOf(line) });
    }
  }
  close();
  return result;
}
