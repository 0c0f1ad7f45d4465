import { getTableColumns } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { Seal } from '../../domain/archive.ts';
import type { Entry, Revision } from '../../domain/entry.ts';
import { fromEntry, type IncidentRow } from '../rows.ts';
import { entries, revisions } from '../schema/record.ts';
import { seal } from './digest.ts';

/** A piece of what a change wrote, by its name. */
export type Piece = readonly [of: string, content: unknown];

/**
 * A row's content. What is null or a column's default is left out: a column that a later version adds
 * must not change the digests of the rows that were there before.
 */
function contentIn(table: PgTable): (row: object) => object {
  const columns = Object.entries(getTableColumns(table)).map(([key, column]) => ({
    key,
    isInstant: column.getSQLType() === 'timestamp with time zone',
    unset: JSON.stringify(column.default ?? null),
  }));
  return (row) => {
    const values = row as Readonly<Record<string, unknown>>;
    return Object.fromEntries(
      columns.flatMap(({ key, isInstant, unset }) => {
        const value = values[key] ?? null;
        if (value === null || (unset !== 'null' && JSON.stringify(value) === unset)) return [];
        // Instants are read as whole milliseconds, whatever was written.
        return [[key, isInstant && typeof value === 'number' ? Math.floor(value) : value]];
      }),
    );
  };
}

const entryContent = contentIn(entries);
const revisionContent = contentIn(revisions);

/** An entry as it stands after so many corrections. */
export const entryPiece = (incidentId: string, entry: Entry): Piece => [
  `entry ${entry.no}.${entry.revision}`,
  entryContent(fromEntry(incidentId, entry)),
];

/** What an entry was, with who corrected it, when and why. */
export const revisionPiece = (incidentId: string, seq: number, revision: Revision): Piece => [
  `revision ${revision.entry}.${revision.revision}`,
  revisionContent({ incidentId, seq, ...revision }),
];

/** To which entry a milestone points; null for none any more. */
export const milestonePiece = (mark: {
  readonly name: string;
  readonly round: number;
  readonly entry: number | null;
}): Piece => [`milestone ${mark.name}.${mark.round}`, mark.entry];

/** What the change was asked to do. */
export const actionPiece = (action: object): Piece => ['action', action];

/**
 * What the draft says of an incident as a whole. Not what clocks count from, nor the channel, which
 * is kept where Slack's answer arrives.
 */
export const incidentPiece = (row: Omit<IncidentRow, 'chain'>): Piece => [
  'incident',
  {
    workspace: row.workspace,
    number: row.number,
    title: row.title,
    severity: row.severity,
    status: row.status,
    private: row.private,
    drill: row.drill,
    recorded: row.recorded,
    declaredBy: row.declaredBy,
    openedAt: Math.floor(row.openedAt),
    roles: row.roles,
    header: row.header,
    round: row.round,
    acknowledgedBy: row.acknowledgedBy,
  },
];

/** A row of the audit that a version without the chain wrote. */
export const changePiece = (row: {
  readonly seq: number;
  readonly at: number;
  readonly actor: string | null;
  readonly source: string;
  readonly action: object;
}): Piece => [`change ${row.seq}`, [row.at, row.actor, row.source, row.action]];

export const sealed = (pieces: readonly Piece[]): Seal[] =>
  pieces.map(([of, content]) => seal(of, content));
