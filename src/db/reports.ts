import type { Entry } from '../domain/entry.ts';
import type { Incident } from '../domain/incident.ts';
import { membersNamed, WITH } from '../domain/report-members.ts';
import { insertMany } from './bulk.ts';
import { type Queryable, run } from './connect.ts';
import { reportMembers } from './schema/record.ts';

const INSERT_MEMBERS = `${insertMany(reportMembers)} on conflict do nothing`;
/** Found by its key: reports over several incidents are few, and most incidents are in none. */
const REPORTS_OF = `from incident i
  join report_member m on m.workspace = i.workspace and m.drill = i.drill and m.number = i.number
  join incident lead on lead.id = m.lead_id and lead.id <> i.id`;
const STILL_IN = `i.number::text = any(string_to_array(lead.header->>'${WITH}', ', '))`;
/**
 * What changed in an incident changes the reports that it was put into. Those of a private one are
 * none: it was put into none. What waits already is not put off: a report whose incident never comes
 * to rest would never be composed.
 */
const REFRESH = `insert into work (id, incident_id, kind, reason, gen, due_at, state, attempts)
  select gen_random_uuid(), r.id, 'draft', 'corrected', 1, now() + $2::float8 * interval '1 millisecond',
    'pending', 0
  from (select distinct lead.id ${REPORTS_OF}
    where i.id = any($1::text[]::uuid[]) and not i.private and lead.status = 'resolved'
      and ($3::text::boolean or ${STILL_IN})) r
  -- Two that are in the same reports take them in one order.
  order by r.id
  on conflict (incident_id, kind) do update set gen = work.gen + 1, attempts = 0, state = 'pending',
    due_at = case when work.state = 'pending' then least(work.due_at, excluded.due_at)
      else excluded.due_at end,
    reason = case when work.state = 'pending' then work.reason else excluded.reason end`;
const LEADS = `select distinct lead.id ${REPORTS_OF} where i.id = $1::text::uuid and not i.private
  order by lead.id`;

/**
 * What happens in an open incident gathers so long before the reports that it is in are composed again:
 * each version is posted, and an hour of it would otherwise be sixty of them.
 */
export const OPEN_GATHERS_MS = 5 * 60_000;

/** Remembers which incidents a report was ever about, by what its entries and its header say. */
export const memberRows = (
  { workspace, drill, id, header }: Pick<Incident, 'workspace' | 'drill' | 'id' | 'header'>,
  entries: readonly Pick<Entry, 'detail'>[],
): object[] => {
  const named = entries.flatMap(({ detail }) =>
    detail?.type === 'field' && detail.field === WITH ? [detail.value] : [],
  );
  if (named.length === 0) return [];
  const numbers = new Set([...named, header[WITH] ?? ''].flatMap(membersNamed));
  return [...numbers].map((number) => ({ workspace, drill, number, lead: id }));
};

/** Keeps those rows; the same one twice is one. */
export const rememberMembers = (tx: Queryable, rows: readonly object[]): Promise<unknown> =>
  rows.length === 0 ? Promise.resolve() : run(tx, INSERT_MEMBERS, [JSON.stringify(rows)]);

/**
 * Has the reports composed again that these incidents are in; with `former` those, too, that they were
 * in once.
 */
export const refreshReports = (
  tx: Queryable,
  incidents: readonly string[],
  { inMs = 0, former = false } = {},
): Promise<unknown> =>
  incidents.length === 0
    ? Promise.resolve()
    : run(tx, REFRESH, [[...incidents], inMs, String(former)]);

/** The incidents whose report an incident is in or ever was. */
export const reportsEverWith = (tx: Queryable, incident: string): Promise<{ id: string }[]> =>
  run<{ id: string }>(tx, LEADS, [incident]);
