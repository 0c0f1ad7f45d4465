import type { Archive } from '../domain/archive.ts';
import { selectList } from './bulk.ts';
import { type Queryable, run, type Sql } from './connect.ts';
import { membersIn, readRecord } from './reads.ts';
import type { RevisionRow } from './rows.ts';
import { audit, revisions } from './schema/record.ts';

type AuditRow = typeof audit.$inferSelect;

const REVISIONS = `select ${selectList(revisions, 'r')} from revision r
  where r.incident_id = $1 order by r.entry, r.revision`;
const AUDIT = `select ${selectList(audit, 'a')} from audit a where a.incident_id = $1 order by a.seq`;

/** All that is kept of one incident, as this transaction sees it; null when there is none. */
export async function readArchive(tx: Queryable, id: string): Promise<Archive | null> {
  const [record, past, decided] = await Promise.all([
    readRecord(tx, id),
    run<RevisionRow>(tx, REVISIONS, [id]),
    run<AuditRow>(tx, AUDIT, [id]),
  ]);
  if (!record) return null;
  const { corrected: _, ...kept } = record;
  return {
    ...kept,
    revisions: past.map(({ incidentId: _, ...revision }) => revision),
    audit: decided.map(({ incidentId: _, ...line }) => line),
  };
}

async function readArchives(tx: Queryable, id: string): Promise<readonly Archive[]> {
  const first = await readArchive(tx, id);
  if (first === null) return [];
  const archives = [first];
  for (const member of await membersIn(tx, first.incident)) {
    const archive = await readArchive(tx, member);
    if (archive !== null) archives.push(archive);
  }
  return archives;
}

/** All that is kept of one incident, or of those in its report, at one moment. */
export const createArchives = (sql: Sql) => ({
  archive: (id: string): Promise<Archive | null> =>
    sql.begin((tx) => readArchive(tx, id), 'isolation level repeatable read read only'),
  archives: (id: string): Promise<readonly Archive[]> =>
    sql.begin((tx) => readArchives(tx, id), 'isolation level repeatable read read only'),
});
