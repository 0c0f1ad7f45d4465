/** Slack takes so many cells of tables in one canvas. */
const MOST_CELLS = 300;
/** Slack takes 1 MiB; what it may count differently from us stays free. */
const MOST_BYTES = 1_000_000;

const CUT = 'There is no room here for the rest; the attached file has all of it.';

/** A run of lines that is a table, or is none. */
interface Part {
  readonly lines: readonly string[];
  /** 0 for what is no table. */
  readonly cells: number;
}

const isRow = (line: string): boolean => line.startsWith('|');

/** The cells of a row; a shielded pipe ends none. */
const cellsOf = (row: string): readonly string[] =>
  row
    .split(/(?<!\\)\|/)
    .slice(1, -1)
    .map((cell) => cell.trim());

function partsOf(markdown: string): readonly Part[] {
  const parts: { lines: string[]; cells: number }[] = [];
  for (const line of markdown.split('\n')) {
    const cells = isRow(line) ? cellsOf(line).length : 0;
    const last = parts.at(-1);
    if (last !== undefined && last.cells > 0 === cells > 0) {
      last.lines.push(line);
      last.cells += cells;
    } else parts.push({ lines: [line], cells });
  }
  return parts;
}

/** A table as a list: each row with the heads before its cells. */
function asList({ lines }: Part): readonly string[] {
  const [head = '', , ...rows] = lines;
  const heads = cellsOf(head);
  return rows.map((row) => {
    const cells = cellsOf(row).map((cell, place) =>
      cell === ''
        ? ''
        : place === 0
          ? `**${cell.replaceAll('**', '')}**`
          : `${heads[place] ?? ''}: ${cell}`,
    );
    return `- ${cells.filter((cell) => cell !== '').join(' · ')}`;
  });
}

/** The longest tables become lists until what is left of them fits. */
function withFewTables(parts: readonly Part[]): readonly string[] {
  const bySize = [...parts.keys()].toSorted(
    (a, b) => (parts[b]?.cells ?? 0) - (parts[a]?.cells ?? 0),
  );
  const lists = new Set<number>();
  let cells = parts.reduce((sum, part) => sum + part.cells, 0);
  for (const place of bySize) {
    if (cells <= MOST_CELLS) break;
    lists.add(place);
    cells -= parts[place]?.cells ?? 0;
  }
  return parts.flatMap((part, place) => (lists.has(place) ? asList(part) : part.lines));
}

const bytes = new TextEncoder();

/** As many whole lines as fit, and that some are missing. */
function fitting(lines: readonly string[]): string {
  let left = MOST_BYTES;
  const kept: string[] = [];
  for (const line of lines) {
    left -= bytes.encode(line).length + 1;
    if (left < 0) return [...kept, '', CUT].join('\n');
    kept.push(line);
  }
  return kept.join('\n');
}

/**
 * The document as a channel's canvas takes it: it says first that it is a copy and where to change
 * what it says, has tables only as far as Slack takes them, and is never cut off in silence.
 */
export function canvasMarkdown(
  markdown: string,
  { version, incident }: { readonly version: number; readonly incident: string },
): string {
  const [title = '', ...rest] = markdown.split('\n');
  const copy = `> This canvas is a copy of version ${version}: Muster writes over it when the record changes. To change what it says, type \`/incident ${incident} postmortem section\`.`;
  return fitting([title, '', copy, ...withFewTables(partsOf(rest.join('\n')))]);
}
