import { AFTER_ITS_PINGS, GATES_OF_ROW, HAS_ITS_CHANNEL } from '../../src/db/deliverable.ts';

// Of each destination only the first open row counts: the others wait for it, and it may be pausing.
/** How many things are due, on their way or being worked on: 0 when Muster is at rest. */
export const AT_REST = `select
  (select count(*) from timer where state = 'pending' and due_at <= now())
  + (select count(*) from work where state = 'pending' and (due_at <= now() or lease_until > now()))
  + (select count(*) from (select distinct on (dest) * from outbox
        where state in ('pending', 'sending') order by dest, id) o
      left join incident i on i.id = o.incident_id
      where o.state = 'sending' or (o.next_at <= now() and ${HAS_ITS_CHANNEL} and ${AFTER_ITS_PINGS}
        and not exists (select 1 from gate g where g.until > now() and g.scope in ${GATES_OF_ROW}))) as n`;
/** When something is due next. */
export const NEXT_DUE = `select (extract(epoch from min(due_at)) * 1000)::float8 as due from (
  select due_at from timer where state = 'pending'
  union all select due_at from work where state = 'pending') as waiting`;
