import type { Archive } from '../domain/archive.ts';
import { selectList } from './bulk.ts';
import { type Queryable, run, type Sql } from './connect.ts';
import { readRecord } from './reads.ts';
import type { RevisionRow } from './rows.ts';
import { audit, revisions } from './schema/record.ts';

type AuditRow = typeof audit.$inferSelect;

const REVISIONS = `select ${selectList(revisions, 'r')} from revision r
  where r.incident_id = $1 order by r.entry, r.revision`;
const AUDIT = `select ${selectList(audit, 'a')} from audit a where a.incident_id = $1 order by a.seq`;

async function readArchive(tx: Queryable, id: string): Promise<Archive | null> {
  const [record, past, decided] = await Promise.all([
    readRecord(tx, id),
    run<RevisionRow>(tx, REVISIONS, [id]),
    run<AuditRow>(tx, AUDIT, [id]),
  ]);
  if (!record) return null;
  return {
    ...record,
    revisions: past.map(({ incidentId: _, ...revision }) => revision),
    audit: decided.map(({ incidentId: _, ...line }) => line),
  };
}

/** All that is kept of one incident, at one moment. */
export const createArchives = (sql: Sql) => ({
  archive: (id: string): Promise<Archive | null> =>
    sql.begin((tx) => readArchive(tx, id), 'isolation level repeatable read read only'),
});
