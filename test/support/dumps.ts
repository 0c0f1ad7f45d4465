import { Redis } from 'ioredis';
import type { Sql } from 'postgres';

/** Every row of every table as text, with its table's name: BullMQ's too. */
export async function dumpOf(sql: Sql): Promise<readonly string[]> {
  const tables = await sql<{ name: string }[]>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema') order by 1`;
  const rows: string[] = [];
  for (const { name } of tables) {
    const found = await sql.unsafe<{ row: string }[]>(`select t::text as row from ${name} t`);
    rows.push(...found.map(({ row }) => `${name}: ${row}`));
  }
  return rows;
}

/** What is in the tables of BullMQ's own backend. */
export const jobsIn = (dump: readonly string[]): readonly string[] =>
  dump.filter((row) => row.startsWith('bullmq.'));

/** Everything that is sent to a Redis from now on, each command with its arguments: what was there for a moment counts. */
export async function watchRedis(url: string) {
  const redis = new Redis(url);
  const sent: string[] = [];
  const monitor = await redis.monitor();
  monitor.on('monitor', (_time: string, args: readonly string[]) => void sent.push(args.join(' ')));
  return {
    sent,
    stop(): void {
      monitor.disconnect();
      redis.disconnect();
    },
  };
}
