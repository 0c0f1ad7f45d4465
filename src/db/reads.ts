import type { Address } from '../domain/addressed.ts';
import type { Revision } from '../domain/entry.ts';
import type { Incident } from '../domain/incident.ts';
import type { Instant } from '../domain/instant.ts';
import { withNames } from '../domain/mentioned.ts';
import type { Correction, IncidentRecord, Report } from '../domain/record.ts';
import { membersOf } from '../domain/report-members.ts';
import type { Timer } from '../domain/timers/timer.ts';
import type { Listed } from '../domain/views/list.ts';
import type { LastHere } from '../domain/views/since.ts';
import type { Glance, NamedPost, StoredDraft, Trace } from '../ports.ts';
import { NOW, selectList } from './bulk.ts';
import { type Queryable, run, type Sql } from './connect.ts';
import { gather, pairOf, partsOf } from './gather.ts';
import {
  type EntryRow,
  type IncidentRow,
  type MilestoneRow,
  type TimerRow,
  toEntry,
  toIncident,
  toTimer,
} from './rows.ts';
import { drafts } from './schema/delivery.ts';

import {
  ENTRY_COLUMNS,
  INCIDENT_COLUMNS,
  MILESTONE_COLUMNS,
  MILESTONES_OF,
  TIMERS_OF,
} from './snapshot.ts';
import { type Choose, readTimeline } from './timeline.ts';
import { takesPart, visibleTo } from './visible.ts';

const BY_ID = `select ${INCIDENT_COLUMNS}, ${NOW} as "now" from incident i where i.id = $1`;
const IN_CHANNELS = `from unnest($1::text[], $2::text[]) as k(workspace, channel)
  join incident i on i.workspace = k.workspace and i.channel_id = k.channel`;
const BY_CHANNEL = `select ${INCIDENT_COLUMNS} ${IN_CHANNELS}`;
const MILESTONES_BY_CHANNEL = `select ${MILESTONE_COLUMNS} ${IN_CHANNELS}
  join milestone m on m.incident_id = i.id order by m.round, m.entry`;
const BY_NUMBER = `select ${INCIDENT_COLUMNS} from incident i where i.workspace = $1
  and i.number = $2 and i.drill = $3`;
const ALL_ENTRIES = `select ${ENTRY_COLUMNS} from entry e where e.incident_id = $1 order by e.no`;
const CORRECTED = `select distinct on (r.entry) r.entry, r.seq, r.by,
  floor(extract(epoch from r.at) * 1000)::float8 as at, r.change,
  case when r.change = 'redacted' then (
    select json_build_object('by', w.by, 'at', floor(extract(epoch from w.at) * 1000))
    from revision w where w.incident_id = $1 and w.entry = r.entry and w.change <> 'redacted'
    order by w.revision desc limit 1) end as wording
  from revision r where r.incident_id = $1 order by r.entry, r.revision desc`;
/** Whatever the header says, nothing private gets into another incident's report. */
const MEMBERS = `select i.id from incident i where i.workspace = $1 and i.drill = $2
  and not i.private and i.number = any($3::text[]::int[]) order by i.number`;
const ENTRY_OF = `select ${ENTRY_COLUMNS} from entry e where e.incident_id = $1
  and e.detail->'message'->>'ts' = $2`;
/** What people were told last, and not what was struck since. */
const LAST_UPDATE = `select ${ENTRY_COLUMNS} from entry e where e.incident_id = $1
  and e.detail->>'type' = 'update' and e.struck is null order by e.no desc limit 1`;
const PEOPLE_IN = 'select p.id, p.name from person p where p.workspace = $1';
const TAKES_PART = `select 1 as yes from incident i where i.id = $1 and ${takesPart('$2')}`;
/** By the audit, which has what people did with buttons and forms, too. */
const LAST_HERE = `select l.at, coalesce((select json_agg(distinct r.entry) from revision r
    where r.incident_id = $1 and floor(extract(epoch from r.at) * 1000)::float8 >= l.at
      and r.by is distinct from $2 and r.change <> 'struck'), '[]') as corrected
  from (select floor(extract(epoch from a.at) * 1000)::float8 as at from audit a
    where a.incident_id = $1 and a.actor = $2
      and ($3::float8 is null or a.at < to_timestamp($3::float8 / 1000.0))
    order by a.seq desc limit 1) l`;
const LIST = `select ${INCIDENT_COLUMNS} from incident i where i.workspace = $1
  and i.drill = ($2 = 'drills') and ($2 <> 'open' or i.status not in ('resolved', 'cancelled'))
  and ${visibleTo('$3')}
  order by i.number desc limit 1000`;
const DRAFT = `select ${selectList(drafts, 'd')} from draft d
  where d.incident_id = $1 and ($2::int is null or d.version = $2) order by d.version desc limit 1`;
const POST = 'select channel, ts from post where incident_id = $1 and name = $2';
const TRACES = `select o.id::text as id, o.key, o."to", o.what, o.state = 'sending' as "underWay",
    floor(extract(epoch from o.created_at) * 1000)::float8 as "from",
    floor(extract(epoch from coalesce(o.sent_at, now())) * 1000)::float8 as "until"
  from outbox o where o.incident_id = $1 and (o.what->>'redacted')::int = $2
    and (o.state in ('sent', 'sending') or o.unsure_since is not null) order by o.id`;
/** With whom a ping was sent to, where that was a person. */
const POSTS = `select p.name, p.channel, p.ts, (select o."to"->>'id' from outbox o
    where o.id = substring(p.name, '^ping:[a-z]+:([0-9]+):')::bigint and o."to"->>'type' = 'user') as "user"
  from post p where p.incident_id = $1 and starts_with(p.name, $2) order by p.name`;

async function withMilestones(sql: Sql, rows: readonly IncidentRow[]): Promise<Incident[]> {
  if (rows.length === 0) return [];
  const marks = await run<MilestoneRow>(sql, MILESTONES_OF, [rows.map(({ id }) => id)]);
  return rows.map((row) => toIncident(row, marks));
}

const first = async (incidents: Promise<Incident[]>): Promise<Incident | null> =>
  (await incidents)[0] ?? null;

interface CorrectedRow {
  readonly entry: number;
  readonly seq: number;
  readonly by: string | null;
  readonly at: Instant;
  readonly change: Revision['change'];
  readonly wording: Correction['wording'];
}

const toCorrection = ({ seq, by, at, change, wording = null }: CorrectedRow): Correction =>
  change === 'redacted' ? { seq, by, at, wording } : { seq, by, at };

/** All of one incident at one moment as it is recorded: a snapshot, so that entries and milestones agree. */
export async function readRecord(tx: Queryable, id: string): Promise<IncidentRecord | null> {
  const [[row], marks, running, lines, corrected] = await Promise.all([
    run<IncidentRow & { now: Instant }>(tx, BY_ID, [id]),
    run<MilestoneRow>(tx, MILESTONES_OF, [[id]]),
    run<TimerRow>(tx, TIMERS_OF, [[id]]),
    run<EntryRow>(tx, ALL_ENTRIES, [id]),
    run<CorrectedRow>(tx, CORRECTED, [id]),
  ]);
  if (!row) return null;
  const { now, ...incident } = row;
  const people = await run<{ id: string; name: string }>(tx, PEOPLE_IN, [row.workspace]);
  return {
    incident: toIncident(incident, marks),
    entries: lines.map(toEntry),
    timers: running.map(toTimer),
    asOf: now,
    people: Object.fromEntries(people.map(({ id: person, name }) => [person, name])),
    corrected: Object.fromEntries(corrected.map((last) => [last.entry, toCorrection(last)])),
  };
}

/** The ids of the other incidents in the report of one. */
export async function membersIn(tx: Queryable, incident: Incident): Promise<readonly string[]> {
  const numbers = membersOf(incident).map(String);
  if (numbers.length === 0) return [];
  const found = await run<{ id: string }>(tx, MEMBERS, [
    incident.workspace,
    incident.drill,
    numbers,
  ]);
  return found.map(({ id }) => id);
}

/** The same, as people read it. */
async function readNamed(tx: Queryable, id: string): Promise<IncidentRecord | null> {
  const record = await readRecord(tx, id);
  return record && { ...record, entries: withNames(record.entries, record.people) };
}

async function readReport(tx: Queryable, id: string): Promise<Report | null> {
  const first = await readNamed(tx, id);
  if (first === null) return null;
  const others: IncidentRecord[] = [];
  for (const member of await membersIn(tx, first.incident)) {
    const record = await readNamed(tx, member);
    if (record !== null) others.push(record);
  }
  return { records: [first, ...others] };
}

async function glance(sql: Sql, id: string): Promise<Glance | null> {
  const [[row], marks, running] = await Promise.all([
    run<IncidentRow & { now: Instant }>(sql, BY_ID, [id]),
    run<MilestoneRow>(sql, MILESTONES_OF, [[id]]),
    run<TimerRow>(sql, TIMERS_OF, [[id]]),
  ]);
  if (!row) return null;
  const { now, ...incident } = row;
  const timers: Timer[] = running.map(toTimer);
  return { incident: toIncident(incident, marks), timers, asOf: now };
}

/** The incidents of several channels; keys are pairs of workspace and channel. */
async function inChannels(sql: Sql, keys: readonly string[]): Promise<Map<string, Incident>> {
  const pairs = keys.map(partsOf);
  const columns = [pairs.map(([workspace]) => workspace), pairs.map(([, channel]) => channel)];
  const [rows, marks] = await Promise.all([
    run<IncidentRow>(sql, BY_CHANNEL, columns),
    run<MilestoneRow>(sql, MILESTONES_BY_CHANNEL, columns),
  ]);
  return new Map(
    rows.map((row) => [pairOf(row.workspace, row.channelId ?? ''), toIncident(row, marks)]),
  );
}

/** What can be looked at without a lock. */
export function createReads(sql: Sql) {
  const channel = gather((keys) => inChannels(sql, keys));
  return {
    inChannel: (workspace: string, id: string) => channel(pairOf(workspace, id)),
    async numbered(workspace: string, { number, drill }: Address): Promise<Incident | null> {
      const rows = await run<IncidentRow>(sql, BY_NUMBER, [workspace, number, drill]);
      return first(withMilestones(sql, rows));
    },
    list: async (workspace: string, what: Listed, viewer: string) =>
      withMilestones(sql, await run<IncidentRow>(sql, LIST, [workspace, what, viewer])),
    record: (id: string): Promise<IncidentRecord | null> =>
      sql.begin((tx) => readNamed(tx, id), 'isolation level repeatable read read only'),
    report: (id: string): Promise<Report | null> =>
      sql.begin((tx) => readReport(tx, id), 'isolation level repeatable read read only'),
    timeline: (id: string, choose: Choose) =>
      sql.begin((tx) => readTimeline(tx, id, choose), 'isolation level repeatable read read only'),
    glance: (id: string) => glance(sql, id),
    async entryOf(incident: string, ts: string) {
      const [row] = await run<EntryRow>(sql, ENTRY_OF, [incident, ts]);
      return row ? toEntry(row) : null;
    },
    async lastUpdate(incident: string) {
      const [row] = await run<EntryRow>(sql, LAST_UPDATE, [incident]);
      return row ? toEntry(row) : null;
    },
    takesPart: async (incident: string, user: string): Promise<boolean> =>
      (await run(sql, TAKES_PART, [incident, user])).length > 0,
    async lastHere(incident: string, user: string, until?: Instant): Promise<LastHere | null> {
      const [row] = await run<LastHere>(sql, LAST_HERE, [incident, user, until ?? null]);
      return row ?? null;
    },
    async draft(incident: string, version?: number): Promise<StoredDraft | null> {
      const [row] = await run<StoredDraft>(sql, DRAFT, [incident, version ?? null]);
      return row ?? null;
    },
    async now(): Promise<Instant> {
      const [row] = await run<{ now: Instant }>(sql, `select ${NOW} as "now"`);
      return row?.now ?? 0;
    },
    async post(incident: string, name: string) {
      const [row] = await run<{ channel: string; ts: string }>(sql, POST, [incident, name]);
      return row ?? null;
    },
    traces: (incident: string, seq: number) => run<Trace>(sql, TRACES, [incident, seq]),
    posts: (incident: string, prefix: string) => run<NamedPost>(sql, POSTS, [incident, prefix]),
  };
}
