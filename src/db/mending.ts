import type { Decided } from '../domain/archive.ts';
import type { Instant } from '../domain/instant.ts';
import type { Mending } from '../ports.ts';
import { insertMany, NOW } from './bulk.ts';
import { extend, type Recorded } from './chain/extend.ts';
import { actionPiece } from './chain/pieces.ts';
import { type Queryable, run, type Sql } from './connect.ts';
import { whenBusy } from './retry.ts';
import { audit } from './schema/record.ts';

const WHOSE = `($1::text = 'all' or ($1 = 'others' and incident_id is null) or incident_id::text = $1)`;

/** The rows that each check is about. */
const ROWS: Readonly<Record<string, string>> = {
  'given-up': `state = 'dead' and what->>'type' not in ('invite', 'create channel')
    and created_at > now() - interval '24 hours'`,
  uninvited: `state = 'dead' and what->>'type' = 'invite' and created_at > now() - interval '24 hours'`,
  'held-back': `state = 'held'`,
};

const select = (rows: string): string =>
  `select id::text as id, incident_id as incident from outbox where ${rows} and ${WHOSE} and workspace = $2 order by id`;
/** Everything of an incident is decided under its lock, and everybody locks in this order. */
const LOCK = `select id, seq, chain, ${NOW} as now from incident
  where id = any($1::text[]::uuid[]) order by id for update`;
/**
 * Back into the line, at its end, where its number says when it was wanted; under its key, so that
 * Slack is searched for it before it is said.
 */
const AGAIN = `update outbox set id = default, state = 'pending', attempts = 0, next_at = now(),
    unsure_since = coalesce(unsure_since, created_at), last_error = null
  where id = $1::bigint and state in ('dead', 'held')`;
const DROP = `update outbox set state = 'superseded' where id = $1::bigint and state in ('dead', 'held')`;
const ADVANCE = 'update incident set seq = $2::int, chain = $3 where id = $1::uuid';
const INSERT_AUDIT = insertMany(audit);
/** Slack's own limits stay; our waits after a refusal do not. */
const OPEN_GATES = `delete from gate where until > now() and reason not like 'rate limited%'
  and (scope = 'ws:' || $1 or scope like 'ws:' || $1 || ':%'
    or scope in (select dest from outbox where state = 'pending' and workspace = $1))`;
const TRY = `update outbox set next_at = now() where state = 'pending'
  and workspace = $1 and (attempts > 0 or last_error is not null) returning id`;

interface Row {
  readonly id: string;
  readonly incident: string | null;
}

/** How many of whose: the audit of each incident says it. */
function perIncident(rows: readonly Row[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { incident } of rows)
    if (incident !== null) counts.set(incident, (counts.get(incident) ?? 0) + 1);
  return counts;
}

interface Head {
  readonly id: string;
  readonly seq: number;
  readonly chain: string;
  readonly now: Instant;
}

/** Writes down a change that no rule decided, under the incident's lock. */
async function record(tx: Queryable, head: Head, actor: string, action: Decided): Promise<void> {
  const { id, seq, chain, now } = head;
  const heads = new Map([[id, chain]]);
  const pieces = [actionPiece(action)];
  const change: Recorded = {
    ...{ incidentId: id, seq: seq + 1, actor, source: 'command', action, pieces },
  };
  const rows = extend([change], now, heads);
  await run(tx, ADVANCE, [id, seq + 1, heads.get(id) ?? chain]);
  await run(tx, INSERT_AUDIT, [JSON.stringify(rows)]);
}

async function move(tx: Queryable, mending: Mending, rows: string): Promise<number> {
  const { workspace, whose, how, check, by } = mending;
  const parameter = typeof whose === 'string' ? whose : whose.incident;
  const wanted = await run<Row>(tx, select(rows), [parameter, workspace]);
  const counts = perIncident(wanted);
  const locked = await run<Head>(tx, LOCK, [[...counts.keys()].sort()]);
  // One after another: their new numbers must follow in the order of the old ones.
  for (const { id } of wanted) await run(tx, how === 'drop' ? DROP : AGAIN, [id]);
  for (const head of locked) {
    const count = counts.get(head.id) ?? 0;
    await record(tx, head, by, { type: 'repair', what: 'deliveries', check, how, count });
  }
  return wanted.length;
}

/** Mends a workspace's deliveries, in one transaction with its audit; answers of how many. */
export function createMending(sql: Sql) {
  return {
    /** Sends again, releases or lets go what the check is about. */
    async deliveries(mending: Mending): Promise<number> {
      const rows = ROWS[mending.check];
      if (rows === undefined) throw new Error(`${mending.check} is not about deliveries`);
      return whenBusy(() => sql.begin((tx) => move(tx, mending, rows)));
    },
    /** Tries at once what is waiting after a failure. */
    tryNow: (workspace: string): Promise<number> =>
      whenBusy(() =>
        sql.begin(async (tx) => {
          await run(tx, OPEN_GATES, [workspace]);
          return (await run(tx, TRY, [workspace])).length;
        }),
      ),
  };
}

export type MendingStore = ReturnType<typeof createMending>;
