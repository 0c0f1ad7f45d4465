import { createHash, randomUUID } from 'node:crypto';
import type { Destination, Notice } from '../domain/decision.ts';
import type { Instant } from '../domain/instant.ts';
import type { Work } from '../domain/work.ts';
import { insertMany, upsertMany } from './bulk.ts';
import { extend } from './chain/extend.ts';
import { headsOf, recorded } from './chain/recorded.ts';
import { type Queryable, run } from './connect.ts';
import { memberRows, OPEN_GATHERS_MS, refreshReports, rememberMembers } from './reports.ts';
import { fromEntry, fromIncident } from './rows.ts';
import { outbox } from './schema/delivery.ts';
import { audit, entries, incidents, milestones, revisions, timers } from './schema/record.ts';
import { entriesOf, type Written } from './written.ts';

const UPSERT_INCIDENTS = upsertMany(incidents);
const UPSERT_ENTRIES = upsertMany(entries);
const UPSERT_MILESTONES = upsertMany(milestones);
const UPSERT_TIMERS = upsertMany(timers);
const INSERT_REVISIONS = insertMany(revisions);
const INSERT_AUDIT = insertMany(audit);
const INSERT_OUTBOX = `${insertMany(outbox)} on conflict (key) do nothing`;
/**
 * A card that still waits will show this change too, for it is rendered when it is sent: it keeps
 * its place and no other is added. The update locks it, so that nobody sends it before we commit.
 */
const INSERT_COLLAPSING = `with waiting as (
    update outbox o set next_at = least(o.next_at, now()) from jsonb_to_recordset($1::text::jsonb)
      as n("incidentId" uuid, collapse text)
    where o.incident_id = n."incidentId" and o.collapse = n.collapse
      and o.state = 'pending' and o.unsure_since is null
    returning o.incident_id, o.collapse)
  ${insertMany(outbox)}
  where not exists (select 1 from waiting w
    where w.incident_id = x."incidentId" and w.collapse = x.collapse)
  on conflict (key) do nothing`;
const FORGET_MILESTONES = `delete from milestone m using jsonb_to_recordset($1::text::jsonb)
  as x("incidentId" uuid, name text, round int)
  where m.incident_id = x."incidentId" and m.name = x.name and m.round = x.round`;
/** What nobody has seen yet need not be sent once somebody has acted: pings of the clocks that this settles. */
const SUPERSEDE_PINGS = `update outbox o set state = 'superseded'
  from jsonb_to_recordset($1::text::jsonb) as s("incidentId" uuid, timers jsonb)
  where o.incident_id = s."incidentId" and o.state = 'pending' and o.unsure_since is null
    and (o.what->>'type' in ('ping', 'ping group', 'ping schedule') or o.what->>'event' = 'trigger')
    and (s.timers is null or s.timers ? (o.what->'ping'->>'timer'))`;
/** What was perhaps posted already is looked for before it is posted. */
const DOUBT = `update outbox set unsure_since = to_timestamp($2::float8 / 1000.0)
  where key = any($1::text[]) and state = 'pending' and unsure_since is null
    and what->>'type' in ('ping', 'ping group', 'ping schedule')`;
const UPSERT_WORK = `insert into work (id, incident_id, kind, reason, gen, due_at, state, attempts)
  select id, "incidentId", kind, reason, 1, to_timestamp("dueAt" / 1000.0), 'pending', 0
  from jsonb_to_recordset($1::text::jsonb)
    as x(id uuid, "incidentId" uuid, kind text, reason text, "dueAt" float8)
  on conflict (incident_id, kind) do update set gen = work.gen + 1,
    reason = case when work.state = 'pending' and excluded.reason = 'corrected' then work.reason
      else excluded.reason end,
    attempts = 0, state = 'pending', due_at = excluded.due_at`;

/** Where a notice waits its turn: rows of one destination go out in their order. */
export function destinationKey(to: Destination, incident: string, key: string): string {
  switch (to.type) {
    case 'incident':
      return `in:${incident}`;
    case 'channel':
      return `ch:${to.id}`;
    case 'user':
      return `dm:${to.id}`;
    case 'webhook':
      return `wh:${to.name}:${incident}`;
    case 'lookup':
      return `who:${to.name}:${incident}`;
    case 'chores':
      return `do:${incident}`;
    case 'ephemeral':
      // Held back until its time, so it must not stand before anything else.
      return `eph:${key}`;
  }
}

/** Unique for ever and opaque: it travels as metadata that every app in the channel can read. */
export const outboxKey = (incident: string, key: string): string =>
  createHash('sha256').update(`${incident}:${key}`).digest('hex').slice(0, 40);

interface NoticeRow {
  readonly incident: { readonly id: string; readonly workspace: string };
  readonly notice: Notice;
}

/**
 * A channel that is made again, after Slack refused it once, must not stand behind what waits for it;
 * and nobody waits for an invitation while a redaction looks for its messages, or behind marks at
 * messages, of which Slack takes fifty a minute, or behind two hundred people who are welcomed. What
 * waits for days until a channel is archived must stand before nothing at all.
 */
const LINES: { readonly [T in Notice['what']['type']]?: string } = {
  'create channel': 'mk',
  redact: 'rd',
  mark: 're',
  bookmark: 'bm',
  welcome: 'we',
  reach: 'mk',
  archive: 'ar',
};

/** Where a notice waits its turn, among its own kind where that has a line of its own. */
export function lineOf({ to, what, key }: Notice, incident: string): string {
  const line = LINES[what.type];
  return line === undefined ? destinationKey(to, incident, key) : `${line}:${incident}`;
}

const outboxRow = ({ incident, notice }: NoticeRow, now: Instant) => ({
  workspace: incident.workspace,
  incidentId: incident.id,
  dest: lineOf(notice, incident.id),
  to: notice.to,
  what: notice.what,
  key: outboxKey(incident.id, notice.key),
  collapse: notice.collapse ?? null,
  state: 'pending',
  attempts: 0,
  nextAt: Math.max(now, notice.notBefore ?? now),
  createdAt: now,
});

/** Which pings of which incident a notice settles; nothing for any other notice. */
const settling = ({ incident, notice: { what } }: NoticeRow) =>
  what.type === 'settle pings' ? [{ incidentId: incident.id, timers: what.timers }] : [];

const many = <Row>(tx: Queryable, text: string, rows: readonly Row[]): Promise<unknown> =>
  rows.length > 0 ? run(tx, text, [JSON.stringify(rows)]) : Promise.resolve();

/** Puts notices into the outbox; the same key twice is one row. */
export async function writeNotices(
  tx: Queryable,
  notices: readonly NoticeRow[],
  now: Instant,
): Promise<void> {
  if (notices.length === 0) return;
  const rows = notices.map((row) => outboxRow(row, now));
  await Promise.all([
    many(tx, SUPERSEDE_PINGS, notices.flatMap(settling)),
    many(
      tx,
      INSERT_OUTBOX,
      rows.filter(({ collapse }) => collapse === null),
    ),
    many(
      tx,
      INSERT_COLLAPSING,
      rows.filter(({ collapse }) => collapse !== null),
    ),
  ]);
}

/** Has these pings of an incident looked for, because they were perhaps posted since then. */
export const doubtPings = (
  tx: Queryable,
  incident: string,
  notices: readonly Notice[],
  since: Instant,
): Promise<unknown> => run(tx, DOUBT, [notices.map(({ key }) => outboxKey(incident, key)), since]);

const workRow = (incident: string, { kind, reason, notBefore }: Work) => ({
  id: randomUUID(),
  incidentId: incident,
  kind,
  reason,
  dueAt: notBefore,
});

/** Each row once, the last word winning: an upsert may not touch a row twice. */
const lastOfEachIncident = (written: readonly Written[], heads: ReadonlyMap<string, string>) => [
  ...new Map(
    written.map(({ decision: { incident } }) => {
      const row = fromIncident(incident);
      return [incident.id, { ...row, chain: heads.get(row.id) ?? row.chain }];
    }),
  ).values(),
];

const entryRows = ({ decision }: Written) =>
  entriesOf(decision).map((entry) => fromEntry(decision.incident.id, entry));

const revisionRows = ({ decision: { incident, revised } }: Written) =>
  revised.map(({ revision }) => ({ incidentId: incident.id, seq: incident.seq, ...revision }));

const milestoneRows = ({ decision: { incident, milestones: marks } }: Written) =>
  marks.map((mark) => ({ incidentId: incident.id, ...mark }));

const timerRows = ({ decision }: Written) =>
  decision.timers.map((timer) => ({ incidentId: decision.incident.id, ...timer }));

const noticeRows = ({ decision: { incident, notices } }: Written): NoticeRow[] =>
  notices.map((notice) => ({ incident, notice }));

const workRows = ({ decision: { incident, work } }: Written) =>
  work.map((item) => workRow(incident.id, item));

const membersIn = ({ decision }: Written) => memberRows(decision.incident, entriesOf(decision));

/** A resolved one has a draft of its own: once a version of that is kept, the reports follow. */
const openOnes = (written: readonly Written[]): string[] => [
  ...new Set(
    written.flatMap(({ decision: { incident } }) =>
      incident.status === 'resolved' || incident.private ? [] : [incident.id],
    ),
  ),
];

/**
 * Writes decisions, each under its incident's lock, in as many statements as for one.
 *
 * Of one incident only the last may hold more than new entries: rows of the others are written once.
 *
 * Statements are sent without waiting for each other; PostgreSQL runs them in this order.
 */
export async function writeDecisions(
  tx: Queryable,
  written: readonly Written[],
  now: Instant,
): Promise<void> {
  const marks = written.flatMap(milestoneRows);
  const heads = headsOf(written);
  const changes = extend(written.map(recorded), now, heads);
  await Promise.all([
    many(tx, UPSERT_INCIDENTS, lastOfEachIncident(written, heads)),
    many(tx, UPSERT_ENTRIES, written.flatMap(entryRows)),
    many(tx, INSERT_REVISIONS, written.flatMap(revisionRows)),
    many(
      tx,
      UPSERT_MILESTONES,
      marks.filter(({ entry }) => entry !== null),
    ),
    many(
      tx,
      FORGET_MILESTONES,
      marks.filter(({ entry }) => entry === null),
    ),
    many(tx, UPSERT_TIMERS, written.flatMap(timerRows)),
    many(tx, INSERT_AUDIT, changes),
    writeNotices(tx, written.flatMap(noticeRows), now),
    many(tx, UPSERT_WORK, written.flatMap(workRows)),
    rememberMembers(tx, written.flatMap(membersIn)),
    refreshReports(tx, openOnes(written), { inMs: OPEN_GATHERS_MS }),
  ]);
}
