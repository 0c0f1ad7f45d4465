import { randomUUID } from 'node:crypto';
import type { Message } from '../domain/text.ts';
import { NOW } from './bulk.ts';
import { type Queryable, run, type Sql } from './connect.ts';

// What replicas must agree on besides the work itself is little: who lives, and which findings the
// administrators were told of. It is kept as rows of `gate` whose `until` is when it was last so, and
// is therefore never in the way of a delivery.

/** Nothing older than this should still be said without somebody wanting it. */
const MAX_REPLAY = `interval '30 minutes'`;
const BEAT = `insert into gate (scope, until, reason) values ('pulse:' || $1, now(), $2), ('pulse', now(), '')
  on conflict (scope) do update set until = excluded.until, reason = excluded.reason`;
const FORGET_REPLICAS = `delete from gate where scope like 'pulse:%' and until < now() - interval '10 minutes'`;
const LEAVE = `delete from gate where scope = 'pulse:' || $1`;
/** What puts a channel away says nothing that could be too old, and looks for itself whether it may. */
const HOLD = `update outbox set state = 'held', lease_until = null, lease_owner = null
  where state in ('pending', 'sending') and next_at <= now() and created_at < now() - ${MAX_REPLAY}
    and what->>'type' <> 'archive'
    and exists (select 1 from gate where scope = 'pulse' and until < now() - ${MAX_REPLAY})
  returning id`;
/** In one order everywhere: two replicas that see the same at the same time must not deadlock. */
const SEEN = `insert into gate as g (scope, until, reason)
  select $2::text || f.id, now(), 'seen ' || ${NOW} from unnest($1::text[]) as f(id) order by f.id
  on conflict (scope) do update set until = now()`;
/** What has lasted for a look or two; whoever finds it first tells it. */
const NEWS = `update gate set reason = 'told' where scope = any($1::text[]) and reason like 'seen %'
    and split_part(reason, ' ', 2)::float8 <= ${NOW} - 20000
  returning substr(scope, length($2::text) + 1) as id`;
/**
 * What no replica has seen lately; what is looked at seldom may be seen seldom. A round through many
 * workspaces takes longer than a look.
 */
const OVER = `delete from gate where scope in (
    select scope from gate where left(scope, length($2::text)) = $2::text and until < now() -
      case when split_part(substr(scope, length($2::text) + 1), ':', 1) = any($1::text[])
        then interval '20 minutes' else $3::float8 * interval '1 second' end
    order by scope for update)
  returning substr(scope, length($2::text) + 1) as id, reason`;
const OVER_AFTER_S = 50;
const OVER_APART_AFTER_S = 150;
/** Of workspaces that have left. */
const FORGET_FINDINGS = `delete from gate where scope like 'finding@%' and until < now() - interval '1 day'`;
const TELL = `insert into outbox
    (workspace, dest, "to", what, key, state, attempts, next_at, created_at)
  values ($1, 'dm:' || $2, jsonb_build_object('type', 'user', 'id', $2::text), $3::text::jsonb, $4,
    'pending', 0, now(), now())`;

/** Whom to tell, and how. */
export interface Telling {
  readonly workspace: string;
  readonly administrators: readonly string[];
  /**
   * Whether these findings are this workspace's own, one of several: kept apart from those of the
   * others, and from what the operator is told of.
   */
  readonly apart?: boolean;
  /** What is said of findings that are new, and of those that are over; null for nothing. */
  readonly words: (news: readonly string[], over: readonly string[]) => readonly Message[];
}

/** What became of the findings of one look. */
export interface Told {
  readonly news: readonly string[];
  readonly over: readonly string[];
}

async function observe(
  tx: Queryable,
  found: readonly string[],
  seldom: readonly string[],
  { workspace, administrators, apart = false, words }: Telling,
): Promise<Told> {
  const prefix = apart ? `finding@${workspace}:` : 'finding:';
  const overAfter = apart ? OVER_APART_AFTER_S : OVER_AFTER_S;
  await run(tx, SEEN, [found, prefix]);
  const told = await run<{ id: string }>(tx, NEWS, [found.map((id) => `${prefix}${id}`), prefix]);
  const gone = await run<{ id: string; reason: string }>(tx, OVER, [seldom, prefix, overAfter]);
  const news = told.map(({ id }) => id);
  const over = gone.filter(({ reason }) => reason === 'told').map(({ id }) => id);
  for (const message of words(news, over)) {
    const what = JSON.stringify({ type: 'message', message });
    for (const user of administrators)
      await run(tx, TELL, [workspace, user, what, `finding-${randomUUID()}`]);
  }
  return { news, over };
}

/** The life of this replica and what all of them have found, as the database keeps it. */
export function createPulse(sql: Sql, replica: string) {
  return {
    /** Says that we live, and how long ago our last sweep finished. */
    async beat(sweptAgoMs: number): Promise<void> {
      await run(sql, BEAT, [replica, String(Math.round(sweptAgoMs))]);
      await run(sql, FORGET_REPLICAS);
      await run(sql, FORGET_FINDINGS);
    },
    /** Stopped in order: nobody need wonder. */
    leave: (): Promise<unknown> => run(sql, LEAVE, [replica]),
    /**
     * At a start, before anything is sent: when nobody has lived on this database for half an hour (it
     * was restored, or Muster was off) what is as old as that is held back for somebody to look at.
     * Answers of how many.
     */
    hold: (): Promise<number> =>
      sql.begin(async (tx) => {
        const held = await run(tx, HOLD);
        await run(tx, BEAT, [replica, '0']);
        return held.length;
      }),
    /** Notes what was found, and tells what is new or over: once, whoever of the replicas sees it. */
    observe: (
      found: readonly string[],
      seldom: readonly string[],
      telling: Telling,
    ): Promise<Told> => sql.begin((tx) => observe(tx, found, seldom, telling)),
  };
}

export type Pulse = ReturnType<typeof createPulse>;
