import type postgres from 'postgres';

// Much of everything, by SQL: whatever is copied was made by the product first.

/** The n-th channel of those that exist beforehand. */
export const channelOf = (n: number): string => `C0SCALE${String(n).padStart(5, '0')}`;

const HOUR_MS = 60 * 60_000;

/** Copies an incident with its clocks, each moved by a time of its own, first `$4` with a channel. */
const COPY = `with one as (select * from incident where id = $1::text::uuid),
  copies as (select gen_random_uuid() as id, n,
      ($2::float8 + (n - $7::int) * $3::float8) * interval '1 millisecond' as by
    from generate_series($5::int, $5::int + $6::int - 1) as n),
  made as (insert into incident select (jsonb_populate_record(null::incident, to_jsonb(o) ||
      jsonb_build_object('id', c.id, 'number', 1000000 + c.n, 'opened_at', o.opened_at + c.by,
        'armed_at', o.armed_at + c.by, 'channel_name', 'inc-' || c.n,
        'channel_id', case when c.n < $4::int then 'C0SCALE' || lpad(c.n::text, 5, '0') end))).*
    from copies c, one o returning id),
  said as (insert into entry select (jsonb_populate_record(null::entry, to_jsonb(e) ||
      jsonb_build_object('incident_id', c.id))).*
    from copies c, entry e where e.incident_id = $1::text::uuid)
  insert into timer select (jsonb_populate_record(null::timer, to_jsonb(t) ||
      jsonb_build_object('id', gen_random_uuid(), 'incident_id', c.id, 'due_at', t.due_at + c.by,
        'basis', t.basis + c.by))).*
    from copies c, timer t where t.incident_id = $1::text::uuid and t.state = 'pending'`;

/** Which incidents to make, and when their clocks begin. */
export interface Copies {
  /** The incident to copy. */
  readonly of: string;
  readonly from: number;
  readonly count: number;
  /** The clocks of the first are moved by so much, those of the last by as much more as `spreadMs`. */
  readonly movedMs: number;
  readonly spreadMs: number;
  /** Those with a smaller number have a channel. */
  readonly channels: number;
}

/** Makes incidents with all that runs for them. */
export async function copyIncidents(sql: postgres.Sql, copies: Copies): Promise<void> {
  const { of, from, count, movedMs, spreadMs, channels } = copies;
  const most = 2000;
  for (let done = 0; done < count; done += most) {
    const some = Math.min(most, count - done);
    await sql.unsafe(COPY, [of, movedMs, spreadMs / count, channels, from + done, some, from]);
    await sql.unsafe('analyze');
  }
}

/** Copies one logged line until the incident has so many; they are seconds apart. */
export async function copyEntries(sql: postgres.Sql, incident: string, count: number) {
  await sql`with last as (select * from entry where incident_id = ${incident} and source = 'command'
      order by no desc limit 1)
    insert into entry select (jsonb_populate_record(null::entry, to_jsonb(l) || jsonb_build_object(
      'no', l.no + n, 'at', l.at - n * interval '1 second', 'text', 'line number ' || n))).*
    from last l, generate_series(1, ${count}::int) as n`;
  await sql`update incident set next_entry = next_entry + ${count} where id = ${incident}`;
  await sql.unsafe('analyze entry');
}

const MESSAGE = { type: 'message', message: [{ type: 'paragraph', lines: [['Still looking.']] }] };

/** Makes one message until so many wait, spread over so many channels. */
export async function copyMessages(sql: postgres.Sql, count: number, channels: number) {
  await sql`insert into outbox (workspace, incident_id, dest, "to", what, key, state, attempts, next_at, created_at)
    select o.workspace, o.incident_id, 'ch:C0SCALE' || lpad((n % ${channels})::text, 5, '0'),
      jsonb_build_object('type', 'channel', 'id', 'C0SCALE' || lpad((n % ${channels})::text, 5, '0')),
      ${sql.json(MESSAGE)}, 'scale-' || n, 'pending', 0, now(), now()
    from (select * from outbox order by id limit 1) o,
      generate_series(1, ${count}::int) as n`;
  await sql.unsafe('analyze outbox');
}

/** Ladder and policy in hours: nothing fires by itself while this is measured, but the first level. */
export const HOURS = `
time_zones: [UTC]
severities:
  sev1:
    policy: slow
    sla: { acknowledge: 40h, commander: 41h, first_update: 42h, update_every: 42h, mitigate: 44h, resolve: 48h }
policies:
  slow:
    levels:
      - { after: 25h, notify: [channel] }
      - { after: 30h, notify: [channel] }
    repeat: 1
    repeat_after: 30h
`;
/** When the first level is due, after the opening. */
export const FIRST_LEVEL_MS = 25 * HOUR_MS;
