import postgres from 'postgres';

// PostgreSQL's clock decides everything in Muster, so turning that clock turns the product's time
// without any setter in the product: a schema that stands before pg_catalog in the search path
// brings its own now(). Signatures of requests stay on real time.

const SCHEMA = 'muster_clock';

const INSTALL = `
  create schema if not exists ${SCHEMA};
  create table if not exists ${SCHEMA}.dial (
    one boolean primary key default true check (one),
    real timestamptz not null, shown timestamptz not null, speed float8 not null);
  insert into ${SCHEMA}.dial (real, shown, speed)
    values (pg_catalog.now(), pg_catalog.now(), 1) on conflict do nothing;
  create or replace function ${SCHEMA}.now() returns timestamptz language sql stable as $$
    select d.shown + (pg_catalog.now() - d.real) * d.speed from ${SCHEMA}.dial d $$;
  grant usage on schema ${SCHEMA} to public;
  grant select on ${SCHEMA}.dial to public;`;

export interface Clock {
  /** The database with this clock in front: what Muster is to be given as DATABASE_URL. */
  readonly url: string;
  /** Shows this instant from now on; `speed` 0 stands still, 1 runs on. */
  set(instant: number, speed?: number): Promise<void>;
  /** Lets time pass at once. */
  forward(ms: number): Promise<void>;
  /** Instant that Muster would see now. */
  now(): Promise<number>;
  close(): Promise<void>;
}

/** Puts a clock that can be turned in front of one database. */
export async function installClock(url: string): Promise<Clock> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  await sql.unsafe(INSTALL);
  const shown = new URL(url);
  shown.searchParams.set('search_path', `${SCHEMA},pg_catalog,public`);
  const turn = (change: string, parameters: number[]): Promise<unknown> =>
    sql.unsafe(`update ${SCHEMA}.dial set real = pg_catalog.now(), ${change}`, parameters);
  return {
    url: shown.toString(),
    set: async (instant, speed = 0) => {
      await turn('shown = to_timestamp($1::float8 / 1000), speed = $2::float8', [instant, speed]);
    },
    forward: async (ms) => {
      await turn(`shown = ${SCHEMA}.now() + $1::float8 * interval '1 millisecond'`, [ms]);
    },
    async now() {
      const [row] = await sql<{ ms: number }[]>`
        select floor(extract(epoch from muster_clock.now()) * 1000)::float8 as ms`;
      return row?.ms ?? 0;
    },
    close: () => sql.end({ timeout: 1 }),
  };
}
