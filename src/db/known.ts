import type { Instant } from '../domain/instant.ts';
import type { Glance } from '../ports.ts';
import { NOW } from './bulk.ts';
import { run, type Sql } from './connect.ts';
import type { IncidentRow } from './rows.ts';
import { INCIDENT_COLUMNS, withTimers } from './snapshot.ts';

/** Of one workspace: whose clocks go off soon, who is open, and the newest, whom people ask about. */
const WORTH_KNOWING = `select i.id::text as id, i.seq::text || coalesce(':' || i.channel_id, '') as state
  from incident i where i.id in (
    (select t.incident_id from timer t join incident d on d.id = t.incident_id
      where t.state = 'pending' and d.workspace = $1 and t.due_at <= now() + interval '15 minutes' order by t.due_at limit 1000)
    union (select o.id from incident o where o.workspace = $1 and o.status not in ('resolved', 'cancelled')
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
    const { asOf, glances } = await sql.begin(async (tx) => {
      const rows = await run<IncidentRow & { now: Instant }>(tx, THESE, [ids]);
      return { asOf: rows[0]?.now ?? 0, glances: await withTimers(tx, rows) };
    }, 'isolation level repeatable read read only');
    const stateOf = new Map(changed.map(({ id, state }) => [id, state]));
    return glances.map((glance) => ({
      state: stateOf.get(glance.incident.id) ?? '',
      glance: { ...glance, asOf },
    }));
  };
}
