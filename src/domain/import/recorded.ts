import type { Kind } from '../words.ts';
import type { ImportEntry, ImportReading } from './row.ts';

/** The entries that the lines come to, with what was wrapped put together again. */
export function entriesOf({ rows }: ImportReading, proposed: boolean): readonly ImportEntry[] {
  const entries: ImportEntry[] = [];
  for (const row of rows) {
    if (row.type === 'entry') entries.push({ ...row, kinds: kindsOf(row, proposed) });
    const above = entries.at(-1);
    if (row.type === 'joined' && above !== undefined)
      entries[entries.length - 1] = { ...above, text: `${above.text}${row.by}${row.text}` };
  }
  return entries;
}

const kindsOf = ({ kinds, proposed }: ImportEntry, taken: boolean): readonly Kind[] =>
  taken && kinds.length === 0 ? proposed : kinds;
