// What keeps an open row of the outbox back, as conditions for statements that call the row `o`,
// and its incident, joined from the left, `i`.

/** The scopes whose gates hold it back: a webhook does not wait for Slack. */
export const GATES_OF_ROW = `(case when o."to"->>'type' <> 'webhook' then 'ws:' || o.workspace end,
  'ws:' || o.workspace || ':' || (o.what->>'type'), o.dest)`;

/** What goes to an incident's channel waits until there is one. */
export const HAS_ITS_CHANNEL = `(i.channel_id is not null or o."to"->>'type' not in ('incident', 'chores')
  or o.what->>'type' = 'create channel')`;

/** Pings are settled after they were sent. */
export const AFTER_ITS_PINGS = `(o.what->>'type' <> 'settle pings' or not exists (
  select 1 from outbox p where p.incident_id = o.incident_id and p.id < o.id
    and p.state in ('pending', 'sending')
    and p.what->>'type' in ('ping', 'ping group', 'ping schedule')))`;
