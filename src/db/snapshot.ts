import type { Snapshot } from '../domain/decision.ts';
import type { Incident } from '../domain/incident.ts';
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
import { visibleTo } from './visible.ts';

/** What a change needs to look at besides the incident and its timers. */
export interface Needs {
  readonly entries: readonly number[];
  /** The latest entry of this person that still stands. */
  readonly mine: string | null;
  /** The entry that was taken from this message. */
  readonly message: string | null;
  /** The entry of this action item. */
  readonly action: number | null;
  /** A second incident, as far as this person may see it, or the one that an entry needed is linked with. */
  readonly other: {
    readonly which: { readonly number: number; readonly drill: boolean } | 'linked';
    readonly whole: boolean;
    readonly viewer: string;
  } | null;
  /** Others of the same kind, by number, as far as this person may see them. */
  readonly members: { readonly numbers: readonly number[]; readonly viewer: string } | null;
  /** The entry that this milestone points to, of the latest round that has it. */
  readonly milestone: string | null;
  /** What somebody wrote for this section of the draft. */
  readonly section: string | null;
}

/** The incident alone. */
export const ITSELF: Needs = {
  entries: [],
  mine: null,
  message: null,
  action: null,
  other: null,
  members: null,
  milestone: null,
  section: null,
};

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

const ONE = `select ${INCIDENT_COLUMNS} from incident i where i.id = $1`;
const LOCK = `select ${INCIDENT_COLUMNS}, ${NOW} as "now" from incident i where i.id = $1 for update`;
export const MILESTONES_OF = `select ${MILESTONE_COLUMNS} from milestone m
  where m.incident_id = any($1::text[]::uuid[]) order by m.round, m.entry`;
export const TIMERS_OF = `select ${TIMER_COLUMNS} from timer t where t.incident_id = any($1::text[]::uuid[])`;
/** What somebody would take back: what they said through Muster, not what was taken from a message as it is. */
const MINE = `(select max(l.no) from entry l where l.incident_id = $1 and l.author = $3
    and l.source not in ('message', 'system') and l.struck is null
    and (l.detail->'message' is null or (l.detail->'message'->>'reworded')::bool))`;
/** With each entry comes the one its milestone pointed to before, for whoever strikes it. */
const ENTRIES_NEEDED = `with wanted as (select ${ENTRY_COLUMNS} from entry e where e.incident_id = $1 and (
    e.no = any(select jsonb_array_elements_text($2::text::jsonb)::int)
    or e.no = ${MINE}
    or (e.detail->>'type' = 'action' and (e.detail->>'n')::int = $4)
    or (e.detail->>'type' = 'section' and e.detail->>'section' = $5 and e.struck is null)
    or e.detail->'message'->>'ts' = $6
    or e.no = (select p.entry from milestone p where p.incident_id = $1 and p.name = $7
      order by p.round desc limit 1)))
  select * from wanted union all
  select ${ENTRY_COLUMNS} from entry e where e.incident_id = $1
    and e.no in (select (w.detail->'was'->>'entry')::int from wanted w)
    and e.no not in (select w.no from wanted w)
  order by "no"`;
const REVISIONS_NEEDED = `select ${selectList(revisions, 'r')} from revision r
  where r.incident_id = $1 and (r.entry = any(select jsonb_array_elements_text($2::text::jsonb)::int)
    or r.entry = (select max(e.no) from entry e where e.incident_id = $1
      and e.detail->>'type' = 'section' and e.detail->>'section' = $3 and e.struck is null))
  order by r.revision`;

/** What is not for their eyes is found, too: that they looked for it is written down. */
const NUMBERED = `select i.id::text as id, ${visibleTo('$4')} as visible from incident i
  where i.workspace = (select t.workspace from incident t where t.id = $1)
    and i.number = $2 and i.drill = $3 and i.id <> $1`;
const NAMED = `select i.id::text as id, ${visibleTo('$3')} as visible from incident i
  join incident t on t.id = $1 and i.workspace = t.workspace and i.drill = t.drill and i.id <> t.id
  where i.number = any($2::text[]::int[])`;
const THESE = `select ${INCIDENT_COLUMNS} from incident i where i.id = any($1::text[]::uuid[])
  order by i.number`;
/** By the entries, which say it once and for ever: no lock is needed to find out whom to lock. */
const LINKED = `select o.id::text as id from entry e
  join incident t on t.id = e.incident_id
  join incident o on o.workspace = t.workspace and o.drill = (e.detail->'to'->>'drill')::boolean
    and o.number = (e.detail->'to'->>'number')::int
  where e.incident_id = $1 and e.detail->>'type' = 'link' and e.detail->>'there' is not null
    and (e.no = any(select jsonb_array_elements_text($2::text::jsonb)::int) or e.no = ${MINE})`;
/** In one order, whichever of them is typed in: two people who name each other's wait, and nobody for ever. */
const LOCK_ALL = `select 1 from incident i where i.id = any($1::text[]::uuid[])
  order by i.id for update`;
const LINES = `select ${ENTRY_COLUMNS} from entry e where e.incident_id = $1
  and ($2::boolean or e.detail->>'type' = 'link') order by e.no`;

interface Other {
  readonly id: string;
  readonly visible: boolean;
}

/** The second incident that a change is about. */
async function otherOf(tx: Queryable, id: string, { other, entries, mine }: Needs) {
  if (other === null) return [];
  const { which, viewer } = other;
  if (which !== 'linked') return run<Other>(tx, NUMBERED, [id, which.number, which.drill, viewer]);
  const linked = await run<{ id: string }>(tx, LINKED, [id, JSON.stringify(entries), mine]);
  return linked.map((one): Other => ({ ...one, visible: true }));
}

/** The other incidents that a change names. */
async function namedBy(tx: Queryable, id: string, { members }: Needs): Promise<Other[]> {
  if (members === null || members.numbers.length === 0) return [];
  const { numbers, viewer } = members;
  return run<Other>(tx, NAMED, [id, numbers.map(String), viewer]);
}

const idsOf = (others: readonly Other[]): string[] =>
  others.filter(({ visible }) => visible).map(({ id }) => id);

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
  const { other } = needs;
  const [second, members] = [await otherOf(tx, id, needs), await namedBy(tx, id, needs)];
  const [otherId = null] = idsOf(second);
  const named = idsOf(members);
  const unseen = [...second, ...members].find(({ visible }) => !visible)?.id ?? null;
  const others = otherId === null ? named : [otherId, ...named];
  if (others.length > 0) await run(tx, LOCK_ALL, [[id, ...others]]);
  const numbers = JSON.stringify(needs.entries);
  const { mine, action, section, message, milestone } = needs;
  const wantsEntries =
    needs.entries.length > 0 ||
    [mine, action, section, message, milestone].some((one) => one !== null);
  const [[row], marks, running, needed, past] = await Promise.all([
    run<IncidentRow & { now: Instant }>(tx, LOCK, [id]),
    run<MilestoneRow>(tx, MILESTONES_OF, [[id]]),
    run<TimerRow>(tx, TIMERS_OF, [[id]]),
    wantsEntries
      ? run<EntryRow>(tx, ENTRIES_NEEDED, [
          ...[id, numbers, mine, action, section, message, milestone],
        ])
      : Promise.resolve([]),
    needs.entries.length > 0 || section !== null
      ? run<RevisionRow>(tx, REVISIONS_NEEDED, [id, numbers, section])
      : Promise.resolve([]),
  ]);
  if (!row) return null;
  const { now, ...incident } = row;
  const isNamed = other !== null && other.which !== 'linked';
  const links = isNamed && otherId !== null ? await run<EntryRow>(tx, LINES, [id, false]) : [];
  return {
    now,
    snapshot: {
      incident: toIncident(incident, marks),
      timers: running.map(toTimer),
      entries: [...needed, ...links].map(toEntry),
      revisions: past.map(toRevision),
      other: otherId === null ? null : await lockedToo(tx, otherId, other?.whole === true),
      unseen,
      ...(needs.members === null ? {} : { members: await incidentsOf(tx, named) }),
    },
  };
}

/** Incidents without what belongs to them, under the lock that is held already. */
async function incidentsOf(tx: Queryable, ids: readonly string[]): Promise<Incident[]> {
  const rows = ids.length === 0 ? [] : await run<IncidentRow>(tx, THESE, [[...ids]]);
  return rows.map((row) => toIncident(row, []));
}

/** The second incident, under the lock that is held already. */
async function lockedToo(tx: Queryable, id: string, whole: boolean): Promise<Snapshot | null> {
  const [row] = await run<IncidentRow>(tx, ONE, [id]);
  if (!row) return null;
  const [one] = await withTimers(tx, [row]);
  const lines = await run<EntryRow>(tx, LINES, [id, whole]);
  return one ? { ...one, entries: lines.map(toEntry), revisions: [] } : null;
}
