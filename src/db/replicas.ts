import type { Instant } from '../domain/instant.ts';
import { NOW } from './bulk.ts';
import { run, type Sql } from './connect.ts';

// A write, because PostgreSQL may answer questions and yet record nothing.
const BEAT = `insert into replica (id, seen_at) values ($1::text::uuid, now())
  on conflict (id) do update set seen_at = now() returning ${NOW} as "now"`;
const SILENT = `select id::text as id, floor(extract(epoch from seen_at) * 1000)::float8 as "seenAt"
  from replica where id <> $1::text::uuid and seen_at < now() - $2::float8 * interval '1 millisecond'`;
/** Only as it was seen: one that came back meanwhile has written again. */
const FORGET = `delete from replica where id = $1::text::uuid
  and floor(extract(epoch from seen_at) * 1000)::float8 <= $2::float8`;
const LEAVE = 'delete from replica where id = $1::text::uuid';

/** A process that has not reached the database for a while: it may have written into Slack instead. */
export interface Silent {
  readonly id: string;
  readonly seenAt: Instant;
}

/** The running processes, as one of them tells the others that it reaches the database. */
export function createReplicas(sql: Sql, id: string) {
  return {
    /** Says that we are here; gives the database's time. Fails where nothing can be written. */
    async beat(): Promise<Instant> {
      const [row] = await run<{ now: Instant }>(sql, BEAT, [id]);
      if (!row) throw new Error('the database gave no time');
      return row.now;
    },
    silent: (ms: number): Promise<Silent[]> => run<Silent>(sql, SILENT, [id, ms]),
    /** What they wrote is imported. */
    forget: ({ id: other, seenAt }: Silent): Promise<unknown> => run(sql, FORGET, [other, seenAt]),
    /** Stopped in order: nobody need look for what we wrote. */
    leave: (): Promise<unknown> => run(sql, LEAVE, [id]),
  };
}
