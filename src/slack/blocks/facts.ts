import type { types } from '@slack/bolt';
import type { Block, Line } from '../../domain/text.ts';
import { isPlain } from './literal.ts';
import { mrkdwnLine } from './mrkdwn.ts';
import { type Piece, section } from './piece.ts';
import { BLOCK_CHARACTERS, richSections } from './rich.ts';

type Facts = Extract<Block, { type: 'facts' }>;
type Row = Facts['rows'][number];

const FIELDS = 10;
const FIELD_CHARACTERS = 2000;

const literals = (line: Line): string[] =>
  line.map((span) => (typeof span === 'string' ? span : 'text' in span ? span.text : ''));

const known = (value: Line): Line =>
  literals(value).join('') || value.some(isShown) ? value : ['—'];
const isShown = (span: Line[number]): boolean => typeof span !== 'string' && !('text' in span);

const field = ({ label, value }: Row): types.MrkdwnElement => ({
  type: 'mrkdwn',
  text: `*${mrkdwnLine([label])}*\n${mrkdwnLine(known(value))}`,
  verbatim: true,
});

// The columns exist only in mrkdwn, which would eat a `_` or `*` that somebody typed.
const fitsField = (row: Row): boolean =>
  row.label.trim() !== '' &&
  [row.label, ...literals(row.value)].every(isPlain) &&
  field(row).text.length <= FIELD_CHARACTERS;

function columns(rows: readonly Row[]): Piece[] {
  const result: Piece[] = [];
  for (let start = 0; start < rows.length; start += FIELDS) {
    const fields = rows.slice(start, start + FIELDS).map(field);
    const size = fields.reduce((sum, { text }) => sum + text.length, 0);
    result.push({ block: { type: 'section', fields }, size });
  }
  return result;
}

const lines = (rows: readonly Row[]): Piece[] =>
  rows.flatMap(({ label, value }) =>
    richSections([{ type: 'bold', text: `${label}: ` }, ...known(value)], BLOCK_CHARACTERS).map(
      section,
    ),
  );

/** Labels and values in two columns; one under the other where columns would alter what was typed. */
export const facts = ({ rows }: Facts): Piece[] =>
  rows.every(fitsField) ? columns(rows) : lines(rows);
