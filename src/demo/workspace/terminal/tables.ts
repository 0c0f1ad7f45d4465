import { isJson, type Json, jsonList } from '../limits/rules.ts';
import { cells, pad, wrap } from './measure.ts';
import type { Reader } from './reader.ts';
import { showLeaves } from './rich-text.ts';

const GAP = 2;
const NARROWEST = 6;

function showCell(reader: Reader, cell: Json): string {
  if (cell.type !== 'rich_text') return String(cell.text ?? '');
  return jsonList(cell.elements)
    .map((element) => showLeaves(reader, element.elements))
    .join('\n');
}

/** Column widths that fit: the widest column gives way first. */
function fitColumns(natural: readonly number[], room: number): number[] {
  const widths = [...natural];
  const total = () => widths.reduce((sum, width) => sum + width, 0) + GAP * (widths.length - 1);
  while (total() > room) {
    const widest = Math.max(...widths);
    if (widest <= NARROWEST) break;
    widths[widths.indexOf(widest)] = widest - 1;
  }
  return widths;
}

const longestLine = (text: string) => Math.max(0, ...text.split('\n').map(cells));

type Align = 'left' | 'right' | 'center';

function alignments(table: Json, columns: number): Align[] {
  const settings: unknown[] = Array.isArray(table.column_settings) ? table.column_settings : [];
  return Array.from({ length: columns }, (_, index) => {
    const setting = settings[index];
    const align = isJson(setting) ? setting.align : undefined;
    return align === 'right' || align === 'center' ? align : 'left';
  });
}

function layRow(
  row: readonly string[],
  widths: readonly number[],
  align: readonly Align[],
): string[] {
  const columns = row.map((cell, index) => wrap(cell, widths[index] ?? 1));
  const height = Math.max(...columns.map((lines) => lines.length));
  return Array.from({ length: height }, (_, line) =>
    columns
      .map((lines, index) => pad(lines[line] ?? '', widths[index] ?? 1, align[index] ?? 'left'))
      .join(' '.repeat(GAP))
      .trimEnd(),
  );
}

/** A `table` or `data_table` block with aligned columns; cells that do not fit are wrapped. */
export function showTable(reader: Reader, table: Json, width: number): string[] {
  const rows = (Array.isArray(table.rows) ? table.rows : []).map((row) =>
    jsonList(row).map((cell) => showCell(reader, cell)),
  );
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const natural = Array.from({ length: columns }, (_, index) =>
    Math.max(1, ...rows.map((row) => longestLine(row[index] ?? ''))),
  );
  const widths = fitColumns(natural, width);
  const align = alignments(table, columns);
  const [head = [], ...body] = rows.map((row) => layRow(row, widths, align));
  const rule = widths.map((column) => '─'.repeat(column)).join(' '.repeat(GAP));
  const caption = typeof table.caption === 'string' ? [reader.pen(table.caption, 'dim')] : [];
  return [
    ...caption,
    ...head.map((line) => reader.pen(line, 'bold')),
    reader.pen(rule, 'dim'),
    ...body.flat(),
  ];
}
