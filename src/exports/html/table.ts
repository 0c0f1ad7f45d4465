import type { Block, Line } from '../../domain/text.ts';
import { escaped, lineHtml, type Page, rowId } from './text.ts';

export type Table = Extract<Block, { readonly type: 'table' }>;

/** A table that can be scrolled by keyboard where it is wider than the page. */
export function tableHtml({ head, rows }: Table, page: Page, label: string): string {
  const columns = head.map((title) => `<th scope="col">${escaped(title)}</th>`).join('');
  const linked = hasEntries(head);
  const groups = grouped(rows).map(({ title, members }) => {
    const heading =
      title === null
        ? ''
        : `<tr><th scope="rowgroup" colspan="${head.length}">${lineHtml(title, page)}</th></tr>\n`;
    const lines = members.map((cells) => rowHtml(cells, head.length, page, linked)).join('\n');
    return `<tbody>\n${heading}${lines}\n</tbody>`;
  });
  return `<div class="wide" role="group" aria-label="${escaped(label)} (table)" tabindex="0">
<table>
<thead><tr>${columns}</tr></thead>
${groups.join('\n')}
</table>
</div>`;
}

function rowHtml(cells: readonly Line[], columns: number, page: Page, linked: boolean): string {
  const entry = linked ? entryOf(cells) : null;
  const id = entry !== null && page.rows.has(entry) ? ` id="${rowId(entry)}"` : '';
  const all = Array.from({ length: columns }, (_, place) => cells[place] ?? []);
  return `<tr${id}>${all.map((cell) => `<td>${lineHtml(cell, page)}</td>`).join('')}</tr>`;
}

/** The table of the timeline: its rows are what statements lead to. */
const hasEntries = (head: readonly string[]): boolean =>
  head.at(-1) === 'Entry' && (head[0] ?? '').startsWith('Time');

/** The entry that a row of the timeline tells. */
function entryOf(cells: readonly Line[]): string | null {
  const [cell] = cells.at(-1) ?? [];
  return typeof cell === 'string' ? (/^#(\d+)$/.exec(cell)?.[1] ?? null) : null;
}

/** The entries that have a row of their own in these blocks. */
export const entriesIn = (blocks: readonly Block[]): string[] =>
  blocks.flatMap((block) =>
    block.type === 'table' && hasEntries(block.head)
      ? block.rows.flatMap((cells) => entryOf(cells) ?? [])
      : [],
  );

interface Group {
  readonly title: Line | null;
  readonly members: (readonly Line[])[];
}

/** Rows under the day that they stand below: a row of which only the first cell says something. */
function grouped(rows: readonly (readonly Line[])[]): readonly Group[] {
  const groups: Group[] = [];
  for (const cells of rows) {
    const [first = [], ...others] = cells;
    if (first.length > 0 && others.length > 0 && others.every((cell) => cell.length === 0)) {
      groups.push({ title: first, members: [] });
      continue;
    }
    const last = groups.at(-1);
    if (last === undefined) groups.push({ title: null, members: [cells] });
    else last.members.push(cells);
  }
  return groups;
}
