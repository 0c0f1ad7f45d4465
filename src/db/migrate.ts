import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate as applyMigrations } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';

/** Any fixed pair: every replica must take the same lock before it migrates. */
const LOCK = [7461323, 1] as const;

/**
 * Brings the schema up to date.
 *
 * Several replicas may boot at once, and drizzle's own migrator crashes all but one of them; the
 * session lock makes the others wait and then find nothing to do.
 */
export async function migrate(url: string, folder: string): Promise<void> {
  const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => undefined });
  try {
    // Whatever search path the service runs with, its tables live in `public`.
    await sql`set search_path to public`;
    await sql`select pg_advisory_lock(${LOCK[0]}, ${LOCK[1]})`;
    await applyMigrations(drizzle(sql), { migrationsFolder: folder });
  } finally {
    // Closing the session gives the lock back, also when a migration failed.
    await sql.end({ timeout: 5 });
  }
}
