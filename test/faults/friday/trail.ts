import type postgres from 'postgres';

// What Muster says of itself is no proof. A trigger writes down every change of every timer; what
// fired, how late, twice or too early is read from there, and from PostgreSQL's record of commits.

const INSTALL = `
create schema if not exists watched;
create table watched.trail (
  no bigint generated always as identity primary key,
  timer uuid not null, incident uuid not null, name text not null,
  step int not null, gen int not null, due_at timestamptz not null,
  next_step int not null, next_state text not null, at timestamptz not null
);
create function watched.write_down() returns trigger language plpgsql as $$
begin
  insert into watched.trail (timer, incident, name, step, gen, due_at, next_step, next_state, at)
    values (old.id, old.incident_id, old.name, old.step, old.gen, old.due_at, new.step, new.state, now());
  return null;
end $$;
create trigger write_down after update on timer for each row
  when (old.state = 'pending') execute function watched.write_down();`;

/** A row of the trail belongs to a firing when the audit of a firing was written with it. */
const FIRED = `select t.name, t.step, t.gen, t.timer, t.next_step - t.step as steps,
    extract(epoch from t.due_at)::float8 * 1000 as due,
    extract(epoch from t.at)::float8 * 1000 as at,
    extract(epoch from pg_xact_commit_timestamp(t.xmin))::float8 * 1000 as committed,
    exists (select 1 from public.audit a where a.incident_id = t.incident and a.xmin = t.xmin
      and a.action->>'type' = 'fire') and t.next_step > t.step as fired
  from watched.trail t order by t.no`;

/** Clocks whose every firing pings somebody. */
const LOUD = `('acknowledge', 'commander', 'update', 'mitigate', 'resolve', 'policy')`;

/** Fired, and nothing was put down to be said about it. */
const SILENT = `select t.name, t.gen, t.step from watched.trail t
  where t.name in ${LOUD} and t.next_step > t.step
    and exists (select 1 from public.audit a where a.incident_id = t.incident and a.xmin = t.xmin
      and a.action->>'type' = 'fire')
    and not exists (select 1 from public.outbox o where o.incident_id = t.incident
      and o.created_at = date_trunc('milliseconds', t.at) and o.what->'ping'->>'timer' = t.name)`;
const OVERDUE = `select name, gen, step from timer where state = 'pending' and due_at <= now()`;

/** One firing, or one clock that was stopped after its time had come. Instants in milliseconds. */
export interface Firing {
  readonly name: string;
  readonly due: number;
  /** When the transaction that fired it began. */
  readonly at: number;
  readonly committed: number;
}

/** What became of every timer that came due. */
export interface Trail {
  readonly fired: readonly Firing[];
  /** Steps that were overdue together and became one firing. */
  readonly folded: number;
  /** Due, and stopped by somebody before anybody fired it. */
  readonly overtaken: readonly Firing[];
  readonly early: readonly Firing[];
  /** The same generation of the same timer, fired again. */
  readonly doubled: readonly string[];
  /** Due and still waiting, or fired without a word. */
  readonly lost: readonly string[];
}

interface Row {
  readonly name: string;
  readonly step: number;
  readonly gen: number;
  readonly timer: string;
  readonly steps: number;
  readonly due: number;
  readonly at: number;
  readonly committed: number;
  readonly fired: boolean;
}

/** Begins to write down; the tables must be there. */
export const watchTimers = async (sql: postgres.Sql): Promise<void> =>
  void (await sql.unsafe(INSTALL));

const named = ({ name, gen, step }: Pick<Row, 'name' | 'gen' | 'step'>): string =>
  `${name} ${gen}/${step}`;

/** Reads what was written down. */
export async function readTrail(sql: postgres.Sql): Promise<Trail> {
  const rows = await sql.unsafe<Row[]>(FIRED);
  const silent = await sql.unsafe<Row[]>(SILENT);
  const overdue = await sql.unsafe<Row[]>(OVERDUE);
  const fired = rows.filter((row) => row.fired);
  const seen = new Set<string>();
  const doubled: string[] = [];
  for (const row of fired) {
    const key = `${row.timer} ${row.gen}`;
    if (seen.has(key)) doubled.push(`${key} ${named(row)}`);
    seen.add(key);
  }
  return {
    fired,
    folded: fired.reduce((all, { steps }) => all + steps - 1, 0),
    overtaken: rows.filter((row) => !row.fired && row.due <= row.at),
    early: fired.filter(({ due, at }) => at < due),
    doubled,
    lost: [
      ...silent.map((row) => `${named(row)} said nothing`),
      ...overdue.map((row) => `${named(row)} is still due`),
    ],
  };
}
