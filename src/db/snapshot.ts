import type { Snapshot } from '../domain/decision.ts';
import type { Instant } from '../domain/instant.ts';
import { NOW, selectList } from './bulk.ts';
import { type Queryable, run } from './connect.ts';
import { groupBy } from './group-by.ts';
import {
  type EntryRow,
  type IncidentRow,
  type MilestoneRow,
  type RevisionRow,
  type TimerRow,
  toEntry,
  toIncident,
  toRevision,
  toTimer,
} from './rows.ts';
import { entries, incidents, milestones, revisions, timers } from './schema/record.ts';

/** What a change needs to look at besides the incident and its timers. */
export interface Needs {
  readonly entries: readonly number[];
  /** The latest entry of this person that still stands. */
  readonly mine: string | null;
  /** The entry of this action item. */
  readonly action: number | null;
}

export const INCIDENT_COLUMNS = selectList(incidents, 'i');
export const TIMER_COLUMNS = selectList(timers, 't');
export const ENTRY_COLUMNS = selectList(entries, 'e');
/**
 * A milestone's instant is read through its entry; it is stored nowhere else.
 *
 * As a subquery, so that it is always a look-up by key: a join was planned while the tables were
 * small, and went on reading all entries of the workspace when they were not.
 */
export const MILESTONE_COLUMNS = `${selectList(milestones, 'm')}, (
  select floor(extract(epoch from e.at) * 1000)::float8 from entry e
  where e.incident_id = m.incident_id and e.no = m.entry) as at`;

const LOCK = `select ${INCIDENT_COLUMNS}, ${NOW} as "now" from incident i where i.id = $1 for update`;
export const MILESTONES_OF = `select ${MILESTONE_COLUMNS} from milestone m
  where m.incident_id = any($1::text[]::uuid[]) order by m.round, m.entry`;
export const TIMERS_OF = `select ${TIMER_COLUMNS} from timer t where t.incident_id = any($1::text[]::uuid[])`;
/** With each entry comes the one its milestone pointed to before, for whoever strikes it. */
const ENTRIES_NEEDED = `with wanted as (select ${ENTRY_COLUMNS} from entry e where e.incident_id = $1 and (
    e.no = any(select jsonb_array_elements_text($2::text::jsonb)::int)
    or e.no = (select max(l.no) from entry l where l.incident_id = $1 and l.author = $3
               and l.source <> 'system' and l.struck is null)
    or (e.detail->>'type' = 'action' and (e.detail->>'n')::int = $4)))
  select * from wanted union all
  select ${ENTRY_COLUMNS} from entry e where e.incident_id = $1
    and e.no in (select (w.detail->'was'->>'entry')::int from wanted w)
    and e.no not in (select w.no from wanted w)
  order by "no"`;
const REVISIONS_NEEDED = `select ${selectList(revisions, 'r')} from revision r
  where r.incident_id = $1 and r.entry = any(select jsonb_array_elements_text($2::text::jsonb)::int)
  order by r.revision`;

/**
 * Incidents with their milestones and timers.
 *
 * Read after the rows, by statements of their own: a statement that waits for a lock sees the new
 * incident row but its neighbours as they were before the wait.
 */
export async function withTimers(
  tx: Queryable,
  rows: readonly IncidentRow[],
): Promise<Pick<Snapshot, 'incident' | 'timers'>[]> {
  const ids = rows.map(({ id }) => id);
  const [marks, running] = await Promise.all([
    run<MilestoneRow>(tx, MILESTONES_OF, [ids]),
    run<TimerRow>(tx, TIMERS_OF, [ids]),
  ]);
  const marksOf = groupBy(marks, ({ incidentId }) => incidentId);
  const timersOf = groupBy(running, ({ incidentId }) => incidentId);
  return rows.map((row) => ({
    incident: toIncident(row, marksOf.get(row.id) ?? []),
    timers: (timersOf.get(row.id) ?? []).map(toTimer),
  }));
}

/** The incident under its lock, and the transaction's time. */
export interface Locked {
  readonly snapshot: Snapshot;
  readonly now: Instant;
}

/**
 * Locks the incident and reads what a decision needs; null when there is none.
 *
 * The children are read by statements of their own: a statement that waits for the lock sees the
 * new incident row but its neighbours as they were before the wait.
 */
export async function lockIncident(
  tx: Queryable,
  id: string,
  needs: Needs,
): Promise<Locked | null> {
  const numbers = JSON.stringify(needs.entries);
  const wantsEntries = needs.entries.length > 0 || needs.mine !== null || needs.action !== null;
  const [[row], marks, running, needed, past] = await Promise.all([
    run<IncidentRow & { now: Instant }>(tx, LOCK, [id]),
    run<MilestoneRow>(tx, MILESTONES_OF, [[id]]),
    run<TimerRow>(tx, TIMERS_OF, [[id]]),
    wantsEntries
      ? run<EntryRow>(tx, ENTRIES_NEEDED, [id, numbers, needs.mine, needs.action])
      : Promise.resolve([]),
    needs.entries.length > 0
      ? run<RevisionRow>(tx, REVISIONS_NEEDED, [id, numbers])
      : Promise.resolve([]),
  ]);
  if (!row) return null;
  const { now, ...incident } = row;
  return {
    now,
    snapshot: {
      incident: toIncident(incident, marks),
      timers: running.map(toTimer),
      entries: needed.map(toEntry),
      revisions: past.map(toRevision),
    },
  };
}
