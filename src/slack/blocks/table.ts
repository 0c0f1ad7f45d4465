import type { types } from '@slack/bolt';
import type { Block, Line } from '../../domain/text.ts';
import { list } from './list.ts';
import { cut, tidy } from './literal.ts';
import type { Piece } from './piece.ts';
import { elementsOf, richSections, type Seen, sizeOf } from './rich.ts';

type Table = Extract<Block, { type: 'table' }>;
type Cell = types.RichTextBlock | types.RawTextElement;
interface Row {
  readonly cells: Cell[];
  readonly size: number;
}

const ROWS = 100;
const COLUMNS = 20;
/** Slack's 10,000, less what it may count differently from us. */
const TABLE_CHARACTERS = 9000;
const HEAD_CHARACTERS = 150;
/** A longer cell goes on in a row of its own. */
const CELL_CHARACTERS = 1500;

const raw = (text: string): types.RawTextElement => ({ type: 'raw_text', text: text || '—' });

const cell = (line: readonly Seen[] | undefined, absent: string): Cell =>
  line
    ? {
        type: 'rich_text',
        elements: [{ type: 'rich_text_section', elements: elementsOf(line) }],
      }
    : raw(absent);

/** A row, and rows below it for what does not fit into its cells. */
function rowsFor(lines: readonly Line[], columns: number): Row[] {
  const share = Math.min(CELL_CHARACTERS, Math.floor(TABLE_CHARACTERS / 2 / columns));
  const split = Array.from({ length: columns }, (_, at) => richSections(lines[at] ?? [], share));
  const height = Math.max(1, ...split.map((sections) => sections.length));
  return Array.from({ length: height }, (_, at) => ({
    cells: split.map((sections) => cell(sections[at], at === 0 ? '—' : '…')),
    size: split.reduce((sum, sections) => sum + Math.max(1, sizeOf(sections[at] ?? [])), 0),
  }));
}

const entitled = (head: readonly string[], row: readonly Line[]): Line =>
  row.flatMap((value, at) => [`${at === 0 ? '' : ' · '}${head[at] ?? ''}: `, ...value]);

/** A table; one too long for a message comes back as several, each with the head repeated. */
export function table({ head, rows }: Table): Piece[] {
  const columns = Math.max(head.length, ...rows.map((row) => row.length));
  if (columns === 0) return [];
  const titles = Array.from({ length: columns }, (_, at) => tidy(head[at] ?? ''));
  if (columns > COLUMNS || titles.some((title) => title.length > HEAD_CHARACTERS)) {
    return list({ type: 'list', items: rows.map((row) => entitled(head, row)) });
  }
  const top: Row = {
    cells: titles.map((title) => raw(cut(title, HEAD_CHARACTERS))),
    size: titles.reduce((sum, title) => sum + Math.max(1, title.length), 0),
  };
  const result: Piece[] = [];
  let current: Row[] = [top];
  let size = top.size;
  const close = (): void => {
    const block: types.TableBlock = {
      type: 'table',
      rows: current.map(({ cells }) => cells),
      column_settings: titles.map(() => ({ is_wrapped: true })),
    };
    result.push({ block, size });
    current = [top];
    size = top.size;
  };
  for (const row of rows.flatMap((lines) => rowsFor(lines, columns))) {
    const full = current.length === ROWS || size + row.size > TABLE_CHARACTERS;
    if (full && current.length > 1) close();
    current.push(row);
    size += row.size;
  }
  if (current.length > 1 || result.length === 0) close();
  return result;
}
