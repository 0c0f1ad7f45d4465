import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate as applyMigrations } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';
import { sealWhatIsNot } from './chain/begin.ts';
import type { Parameter, Sql } from './connect.ts';
import { allowToWork } from './roles.ts';

/** Any fixed pair: every replica must take the same lock before it migrates. */
const LOCK = [7461323, 1] as const;

/** This one connection as everything else here knows the database. */
function asSql(sql: postgres.Sql): Pick<Sql, 'query' | 'begin'> {
  const queryOn =
    (on: Pick<postgres.Sql, 'unsafe'>) =>
    async <Row extends object>(text: string, parameters: readonly Parameter[] = []) => [
      ...(await on.unsafe<Row[]>(text, [...parameters] as never[])),
    ];
  return {
    query: queryOn(sql),
    begin: async <T>(work: (tx: { query: ReturnType<typeof queryOn> }) => Promise<T>) =>
      (await sql.begin((tx) => work({ query: queryOn(tx) }))) as T,
  };
}

/** Whether the migrations in the folder are those of a version with the chain. */
const hasChain = async (sql: postgres.Sql): Promise<boolean> =>
  (
    await sql`select 1 from information_schema.columns
      where table_schema = 'public' and table_name = 'audit' and column_name = 'hash'`
  ).length > 0;

/**
 * Brings the schema up to date, and seals what a version without the chain has written.
 *
 * Several replicas may boot at once, and drizzle's own migrator crashes all but one of them; the
 * session lock makes the others wait and then find nothing to do.
 *
 * `url` is the owner's; `worksAs` is the role that Muster works as, where that is another one.
 */
export async function migrate(
  url: string,
  folder: string,
  worksAs: string | null = null,
): Promise<void> {
  const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => undefined });
  try {
    // Whatever search path the service runs with, its tables live in `public`.
    await sql`set search_path to public`;
    await sql`select pg_advisory_lock(${LOCK[0]}, ${LOCK[1]})`;
    await applyMigrations(drizzle(sql), { migrationsFolder: folder });
    if (await hasChain(sql)) await sealWhatIsNot(asSql(sql));
    if (worksAs !== null) await allowToWork(sql, worksAs);
  } finally {
    // Closing the session gives the lock back, also when a migration failed.
    await sql.end({ timeout: 5 });
  }
}
