import { identifier } from './composition.ts';
import { richText } from './rich-text.ts';
import {
  across,
  all,
  boolean,
  isJson,
  type Json,
  list,
  number,
  oneOf,
  type Rule,
  shape,
  string,
  variants,
} from './rules.ts';

const COLUMNS = 20;
const CHARACTERS = 10_000;

const raw = {
  raw_text: shape({ type: oneOf('raw_text'), text: string(CHARACTERS) }),
  raw_number: shape({
    type: oneOf('raw_number'),
    value: number(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, false),
    text: string(CHARACTERS),
  }),
};
const cell = variants({ ...raw, rich_text: richText });

/** The characters that a reader sees in a cell, which is what Slack counts. */
export function visibleLength(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum, item) => sum + visibleLength(item), 0);
  if (!isJson(value)) return 0;
  const own = typeof value.text === 'string' ? value.text.length : 0;
  return own + visibleLength(value.elements) + visibleLength(value.rows);
}

const budget = across((table) =>
  visibleLength(table.rows) > CHARACTERS
    ? `must hold at most ${CHARACTERS} characters, holds ${visibleLength(table.rows)}`
    : undefined,
);

const rowLengths = (table: Json): number[] =>
  Array.isArray(table.rows) ? table.rows.map((row) => (Array.isArray(row) ? row.length : -1)) : [];

const evenRows = across((table) =>
  new Set(rowLengths(table)).size > 1 ? 'rows must all have the same number of cells' : undefined,
);

const headerIsRaw = across((table) => {
  const head = Array.isArray(table.rows) ? table.rows[0] : undefined;
  const rich =
    Array.isArray(head) && head.some((entry) => isJson(entry) && entry.type === 'rich_text');
  return rich ? 'header cells must not be rich_text' : undefined;
});

/** The `table` block: 100 rows with the header, 20 columns, 10,000 characters. */
export const table: Rule = all(
  shape(
    { type: oneOf('table'), rows: list(list(cell, COLUMNS), 100) },
    {
      block_id: identifier,
      column_settings: list(
        (value, path, report) => {
          // Slack takes null for "this column keeps its default".
          if (value === null) return;
          shape({}, { align: oneOf('left', 'center', 'right'), is_wrapped: boolean })(
            value,
            path,
            report,
          );
        },
        COLUMNS,
        0,
      ),
    },
  ),
  evenRows,
  budget,
);

/** The `data_table` block: a header and 1 to 100 rows of equal length, and a caption. */
export const dataTable: Rule = all(
  shape(
    { type: oneOf('data_table'), rows: list(list(cell, COLUMNS), 101, 2), caption: string(3000) },
    {
      block_id: identifier,
      page_size: number(1, 100),
      row_header_column_index: number(0, COLUMNS - 1),
    },
  ),
  evenRows,
  headerIsRaw,
  budget,
);
