import { selectList } from '../bulk.ts';
import { type Queryable, run, type Sql } from '../connect.ts';
import type { EntryRow, IncidentRow, MilestoneRow, RevisionRow } from '../rows.ts';
import { audit, entries, incidents, milestones, revisions } from '../schema/record.ts';
import { type AuditRow, type Examined, Examiner } from './examiner.ts';

/** Rows in memory at a time. */
const PAGE = 500;

const INCIDENT = `select ${selectList(incidents, 'i')} from incident i where i.id = $1::text::uuid`;
const CHANGES = `select ${selectList(audit, 'a')} from audit a
  where a.incident_id = $1::text::uuid and a.seq > $2 order by a.seq limit ${PAGE}`;
const ENTRIES = `select ${selectList(entries, 'e')} from entry e
  where e.incident_id = $1::text::uuid and e.no > $2 order by e.no limit ${PAGE}`;
const REVISIONS = `select ${selectList(revisions, 'r')} from revision r
  where r.incident_id = $1::text::uuid and (r.entry, r.revision) > ($2, $3)
  order by r.entry, r.revision limit ${PAGE}`;
const MILESTONES = `select ${selectList(milestones, 'm')} from milestone m
  where m.incident_id = $1::text::uuid`;

/** All rows of a query that goes on after the last one; a page at a time. */
async function each<Row extends object>(
  tx: Queryable,
  query: string,
  id: string,
  after: (row: Row | undefined) => readonly number[],
  see: (row: Row) => void,
): Promise<void> {
  for (let last: Row | undefined; ; ) {
    const rows: Row[] = await run<Row>(tx, query, [id, ...after(last)]);
    for (const row of rows) see(row);
    last = rows.at(-1);
    if (rows.length < PAGE) return;
  }
}

async function examine(
  tx: Queryable,
  id: string,
  asked: ReadonlySet<string>,
): Promise<Examined | null> {
  const [incident] = await run<IncidentRow>(tx, INCIDENT, [id]);
  if (incident === undefined) return null;
  const examiner = new Examiner(incident, asked);
  await each<AuditRow>(
    tx,
    CHANGES,
    id,
    (row) => [row?.seq ?? -1],
    (row) => examiner.change(row),
  );
  examiner.audited();
  await each<RevisionRow>(
    tx,
    REVISIONS,
    id,
    (row) => [row?.entry ?? -1, row?.revision ?? -1],
    (row) => examiner.revision(row),
  );
  await each<EntryRow>(
    tx,
    ENTRIES,
    id,
    (row) => [row?.no ?? -1],
    (row) => examiner.entry(row),
  );
  for (const mark of await run<MilestoneRow>(tx, MILESTONES, [id])) examiner.milestone(mark);
  return examiner.done();
}

/** Recomputes one incident from its rows, all of one moment; null when it is not there any more. */
export const verifyOne = (
  sql: Sql,
  id: string,
  asked: ReadonlySet<string> = new Set(),
): Promise<Examined | null> =>
  sql.begin((tx) => examine(tx, id, asked), 'isolation level repeatable read read only');

/** Removed with everything of it, and nobody said so. */
const GAPS = `select c.workspace, n as number from counter c, generate_series(1, c.next - 1) n
  where not exists (select 1 from incident i where i.number = n
      and i.workspace || case when i.drill then ':drills' else '' end = c.workspace)
    and not exists (select 1 from purged p where p.number = n
      and p.workspace || case when p.drill then ':drills' else '' end = c.workspace)
    and not exists (select 1 from imported m where n >= m.skipped_from and n < m.number
      and m.workspace || case when m.drill then ':drills' else '' end = c.workspace)
  order by c.workspace, n limit 100`;
const STRAYS = `select x.incident_id::text as id, string_agg(distinct x.what, ' and ') as what from (
    select incident_id, 'audit' as what from audit union all
    select incident_id, 'revision' from revision) x
  where not exists (select 1 from incident i where i.id = x.incident_id)
  group by x.incident_id limit 100`;
const PURGED = `select workspace, number, drill, by, reason, chain,
  to_char(at at time zone 'UTC', 'YYYY-MM-DD HH24:MI') as at from purged order by at`;

const IMPORTED = `select workspace, number, drill, seq,
  to_char(at at time zone 'UTC', 'YYYY-MM-DD HH24:MI') as at from imported order by at, number`;

/** Came from an exported file, up to a change. */
export interface Imported {
  readonly number: number;
  readonly drill: boolean;
  readonly seq: number;
  readonly at: string;
}

export interface Purged {
  readonly number: number;
  readonly drill: boolean;
  readonly by: string;
  readonly reason: string;
  readonly at: string;
}

/** What no incident can tell: that another one is gone. */
export async function verifyWhole(sql: Sql): Promise<{
  findings: readonly string[];
  purged: readonly Purged[];
  imported: readonly Imported[];
}> {
  const gaps = await run<{ workspace: string; number: number }>(sql, GAPS);
  const strays = await run<{ id: string; what: string }>(sql, STRAYS);
  return {
    findings: [
      ...gaps.map(({ workspace, number }) => {
        const [team, drills] = workspace.split(':');
        const name = `${drills === undefined ? 'INC' : 'DRILL'}-${number}`;
        return `${name} of ${team} was opened and is missing; nobody purged it.`;
      }),
      ...strays.map(({ id, what }) => `Rows of ${what} belong to no incident: ${id}.`),
    ],
    purged: await run<Purged>(sql, PURGED),
    imported: await run<Imported>(sql, IMPORTED),
  };
}

/** An incident to be verified. */
export interface ToVerify {
  readonly id: string;
  readonly workspace: string;
  readonly number: number;
  readonly drill: boolean;
}

const NEXT = `select id::text as id, workspace, number, drill from incident
  where (workspace, drill, number) > ($1, $2::text::boolean, $3::int)
  order by workspace, drill, number limit ${PAGE}`;
const NUMBERED = `select id::text as id, workspace, number, drill from incident
  where number = $1 and drill = $2::text::boolean order by workspace`;

/** Every incident, in the order of workspaces and numbers, a page at a time. */
export async function* allIncidents(sql: Sql): AsyncGenerator<ToVerify> {
  for (let last: ToVerify = { id: '', workspace: '', number: 0, drill: false }; ; ) {
    const { workspace, drill, number } = last;
    const page = await run<ToVerify>(sql, NEXT, [workspace, String(drill), number]);
    yield* page;
    const end = page.at(-1);
    if (end === undefined || page.length < PAGE) return;
    last = end;
  }
}

/** Incidents by number: one in each workspace that has one. */
export const incidentsNumbered = (
  sql: Sql,
  { number, drill }: { readonly number: number; readonly drill: boolean },
): Promise<ToVerify[]> => run<ToVerify>(sql, NUMBERED, [number, String(drill)]);
