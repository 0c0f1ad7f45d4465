// Of each destination only the first open row counts: the others wait for it, and it may be pausing.
/** How many things are due, on their way or being worked on: 0 when Muster is at rest. */
export const AT_REST = `select
  (select count(*) from timer where state = 'pending' and due_at <= now())
  + (select count(*) from work where state = 'pending' and (due_at <= now() or lease_until > now()))
  + (select count(*) from (select distinct on (dest) * from outbox
        where state in ('pending', 'sending') order by dest, id) o
      left join incident i on i.id = o.incident_id
      where o.state = 'sending' or (o.next_at <= now()
        and (i.channel_id is not null or o."to"->>'type' not in ('incident', 'chores')
          or o.what->>'type' = 'create channel')
        and (o.what->>'type' <> 'settle pings' or not exists (select 1 from outbox p
          where p.incident_id = o.incident_id and p.id < o.id and p.state in ('pending', 'sending')
            and p.what->>'type' in ('ping', 'ping group', 'ping schedule')))
        and not exists (select 1 from gate g where g.until > now() and g.scope in
          ('ws:' || o.workspace, 'ws:' || o.workspace || ':' || (o.what->>'type'), o.dest)))) as n`;
/** When something is due next. */
export const NEXT_DUE = `select (extract(epoch from min(due_at)) * 1000)::float8 as due from (
  select due_at from timer where state = 'pending'
  union all select due_at from work where state = 'pending') as waiting`;
