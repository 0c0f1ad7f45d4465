import type { Incident } from '../domain/incident.ts';
import { say } from '../domain/text.ts';
import { NOW } from './bulk.ts';
import { type Queryable, run } from './connect.ts';
import { refreshReports, reportsEverWith } from './reports.ts';

/** An incident that may be removed. */
export interface Purgeable extends Pick<Incident, 'id' | 'workspace' | 'number' | 'drill'> {
  /** Whether it is resolved or cancelled; nothing else is removed. */
  readonly over: boolean;
  /** When something was done to it last. */
  readonly changedAt: number;
  /** Action items that are still to be done. */
  readonly openActions: number;
}

const PURGEABLE = `select i.id, i.workspace, i.number, i.drill,
    i.status in ('resolved', 'cancelled') as over,
    coalesce((select floor(extract(epoch from max(a.at)) * 1000) from audit a
      where a.incident_id = i.id), 0)::float8 as "changedAt",
    (select count(*)::int from jsonb_object_keys(i.open_actions)) as "openActions"
  from incident i`;
const ORDER = 'order by i.workspace, i.drill, i.number';
/** Versions of drafts of other incidents that this one was put into: its words stand in them, too. */
const FORGET_REPORTS = `update draft set markdown = $2, message = $3::text::jsonb
  where incident_id = any($1::text[]::uuid[])`;
/** What lets the rows go that say who was refused what. */
const PURGING = `select set_config('muster.purging_workspace', $1, true)`;
const PURGE = 'select muster_purge($1, $2, $3, $4)';
const CLOSE = `update incident set status = 'cancelled'
  where workspace = $1 and status not in ('resolved', 'cancelled')`;
/** Its own installation with its tokens; an organisation's serves others, too. */
const UNINSTALL = 'delete from installation where id = $1';
/** Every table with a workspace but those that say what there was: numbers are never given twice. */
const TABLES = `select c.table_name as name from information_schema.columns c
  join information_schema.tables t using (table_schema, table_name)
  where c.table_schema = 'public' and c.column_name = 'workspace' and t.table_type = 'BASE TABLE'
    and c.table_name not in ('incident', 'purged', 'imported', 'counter')
  order by 1`;

const GONE = 'This version held an incident that was purged. A later one takes its place.';

/** Every incident of the database; of one workspace where it is given. */
export const purgeable = (tx: Queryable, workspace: string | null): Promise<Purgeable[]> =>
  run<Purgeable>(tx, `${PURGEABLE} where $1::text is null or i.workspace = $1 ${ORDER}`, [
    workspace,
  ]);

/** Those that are called so, in every workspace. */
export const purgeableNumbered = (
  tx: Queryable,
  { number, drill }: Pick<Incident, 'number' | 'drill'>,
): Promise<Purgeable[]> =>
  run<Purgeable>(tx, `${PURGEABLE} where i.number = $1 and i.drill = $2 ${ORDER}`, [number, drill]);

/** The database's own time. */
export async function databaseNow(tx: Queryable): Promise<number> {
  const [row] = await run<{ now: number }>(tx, `select ${NOW} as "now"`, []);
  return row?.now ?? 0;
}

/**
 * Removes one incident that is over, in the caller's transaction, and what reports of other
 * incidents repeat of it; they are composed again without it. Throws as `muster_purge` does.
 */
export async function purge(
  tx: Queryable,
  { id, workspace, number, drill }: Purgeable,
  reason: string,
): Promise<void> {
  const leads = (await reportsEverWith(tx, id)).map((lead) => lead.id);
  await run(tx, FORGET_REPORTS, [leads, `${GONE}\n`, JSON.stringify(say(GONE))]);
  await refreshReports(tx, [id], { former: true });
  await run(tx, PURGE, [workspace, number, drill, reason]);
}

/**
 * Removes all that there is of a workspace: incidents whatever their status, people, deliveries,
 * overrides, tokens. What was purged, which numbers were given and what was imported stays known.
 */
export async function purgeWorkspace(
  tx: Queryable,
  workspace: string,
  reason: string,
): Promise<void> {
  await run(tx, CLOSE, [workspace]);
  for (const one of await purgeable(tx, workspace))
    await run(tx, PURGE, [workspace, one.number, one.drill, reason]);
  await run(tx, UNINSTALL, [workspace]);
  await run(tx, PURGING, [workspace]);
  for (const { name } of await run<{ name: string }>(tx, TABLES, []))
    await run(tx, `delete from "${name}" where workspace = $1`, [workspace]);
}
