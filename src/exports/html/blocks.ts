import type { Block } from '../../domain/text.ts';
import { tableHtml } from './table.ts';
import { escaped, lineHtml, type Page } from './text.ts';

/** The blocks of a section; a table is named after the heading above it. */
export function blocksHtml(blocks: readonly Block[], page: Page, section: string): string {
  let label = section;
  return blocks
    .map((block) => {
      if (block.type === 'heading') label = `${section}: ${block.text}`;
      return blockHtml(block, page, label);
    })
    .join('\n');
}

function blockHtml(block: Block, page: Page, label: string): string {
  switch (block.type) {
    case 'heading':
      return `<h3>${escaped(block.text)}</h3>`;
    case 'paragraph':
      return `<p>${lineHtml(block.line, page)}</p>`;
    case 'note':
      return `<p class="note">${lineHtml(block.line, page)}</p>`;
    case 'facts':
      return listed('dl', block.rows, ({ label: name, value }) => {
        return `<div><dt>${escaped(name)}</dt><dd>${lineHtml(value, page)}</dd></div>`;
      });
    case 'list':
      return listed(
        block.ordered === true ? 'ol' : 'ul',
        block.items,
        (item) => `<li>${lineHtml(item, page)}</li>`,
      );
    case 'table':
      return block.rows.length === 0 ? '' : tableHtml(block, page, label);
    case 'quote':
      return `<blockquote>${escaped(block.text)}</blockquote>`;
    case 'buttons':
      return listed('ul', block.buttons, ({ label: name, command }) => {
        return `<li>${escaped(name)}: <code>/incident ${escaped(command)}</code></li>`;
      });
    case 'divider':
      return '<hr>';
  }
}

/** A list with something in it; nothing where there is nothing to list. */
const listed = <Item>(
  tag: 'dl' | 'ol' | 'ul',
  items: readonly Item[],
  item: (item: Item) => string,
): string => (items.length === 0 ? '' : `<${tag}>\n${items.map(item).join('\n')}\n</${tag}>`);
