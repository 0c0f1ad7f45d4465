import type { Instant } from '../domain/instant.ts';
import type { Glance } from '../ports.ts';
import { NOW } from './bulk.ts';
import { run, type Sql } from './connect.ts';
import { groupBy } from './group-by.ts';
import { type IncidentRow, type MilestoneRow, type TimerRow, toIncident, toTimer } from './rows.ts';
import { INCIDENT_COLUMNS, MILESTONES_OF, TIMERS_OF } from './snapshot.ts';

/** Whose clocks go off soon, who is open, and the newest: what people will ask about in an outage. */
const WORTH_KNOWING = `select i.id::text as id, i.seq::text || coalesce(':' || i.channel_id, '') as state
  from incident i where i.id in (
    (select t.incident_id from timer t where t.state = 'pending'
      and t.due_at <= now() + interval '15 minutes' order by t.due_at limit 1000)
    union (select o.id from incident o where o.status not in ('resolved', 'cancelled')
      order by o.opened_at desc limit 500)
    union (select n.id from incident n where n.workspace = $1 and not n.drill
      order by n.number desc limit 50))`;
const THESE = `select ${INCIDENT_COLUMNS}, ${NOW} as "now" from incident i
  where i.id = any($1::text[]::uuid[])`;

/** An incident with what tells whether it is still as it was. */
export interface Known {
  readonly state: string;
  readonly glance: Glance;
}

/** Reads what is worth knowing when the database is away; only what changed since the last time. */
export function createKnown(sql: Sql) {
  return async (workspace: string, known: ReadonlyMap<string, string>): Promise<Known[]> => {
    const all = await run<{ id: string; state: string }>(sql, WORTH_KNOWING, [workspace]);
    const changed = all.filter(({ id, state }) => known.get(id) !== state);
    if (changed.length === 0) return [];
    const ids = changed.map(({ id }) => id);
    // One snapshot: clocks of another moment than their incident would fire under other keys.
    const [rows, marks, running] = await sql.begin(
      (tx) =>
        Promise.all([
          run<IncidentRow & { now: Instant }>(tx, THESE, [ids]),
          run<MilestoneRow>(tx, MILESTONES_OF, [ids]),
          run<TimerRow>(tx, TIMERS_OF, [ids]),
        ]),
      'isolation level repeatable read read only',
    );
    const stateOf = new Map(changed.map(({ id, state }) => [id, state]));
    const marksOf = groupBy(marks, ({ incidentId }) => incidentId);
    const timersOf = groupBy(running, ({ incidentId }) => incidentId);
    return rows.map(({ now, ...row }) => ({
      state: stateOf.get(row.id) ?? '',
      glance: {
        incident: toIncident(row, marksOf.get(row.id) ?? []),
        timers: (timersOf.get(row.id) ?? []).map(toTimer),
        asOf: now,
      },
    }));
  };
}
