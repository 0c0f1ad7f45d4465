import type { OnCallDecision } from '../domain/decide/on-call.ts';
import type { Instant } from '../domain/instant.ts';
import type { Result } from '../domain/result.ts';
import type { Override } from '../domain/schedules/schedule.ts';
import type { OnCallChange, OnCallOutcome } from '../ports.ts';
import { insertMany, NOW, selectList, upsertMany } from './bulk.ts';
import { storedReply, storeReply } from './change.ts';
import { type Queryable, run, type Sql } from './connect.ts';
import { NO_HINT, type Refuse, Repeated } from './outcome.ts';
import { whenBusy } from './retry.ts';
import { outbox } from './schema/delivery.ts';
import { overrides } from './schema/record.ts';
import { destinationKey, outboxKey } from './write.ts';

type OverrideRow = Override & { readonly workspace: string };

const COLUMNS = selectList(overrides, 'o');
/** Those that are over can change nothing that is still to come. */
const COMING = `select ${COLUMNS} from on_call_override o
  where o.workspace = $1 and o.until_at > now() order by o.arranged_at, o.id`;
const ALL_COMING = `select ${COLUMNS} from on_call_override o
  where o.until_at > now() order by o.arranged_at, o.id`;
/** Two who arrange the same hours do so one after the other: the second is told of the first. */
const LOCK = `select pg_advisory_xact_lock(hashtextextended('on call ' || $1, 0)), ${NOW} as "now"`;
const UPSERT = upsertMany(overrides);
const TELL = `${insertMany(outbox)} on conflict (key) do nothing`;

const toOverride = ({ workspace: _, ...override }: OverrideRow): Override => override;

async function coming(sql: Queryable, workspace: string): Promise<readonly Override[]> {
  return (await run<OverrideRow>(sql, COMING, [workspace])).map(toOverride);
}

/** What is told belongs to no incident: it goes to people directly. */
async function tell(
  tx: Queryable,
  { workspace, key }: OnCallChange,
  { notices }: OnCallDecision,
  now: Instant,
): Promise<void> {
  if (notices.length === 0) return;
  const rows = notices.map((notice) => {
    const unique = outboxKey(`${workspace}:${key}`, notice.key);
    return {
      workspace,
      dest: destinationKey(notice.to, workspace, unique),
      to: notice.to,
      what: notice.what,
      key: unique,
      state: 'pending',
      attempts: 0,
      nextAt: now,
      createdAt: now,
    };
  });
  await run(tx, TELL, [JSON.stringify(rows)]);
}

type Decide = (overrides: readonly Override[], now: Instant) => Result<OnCallDecision>;

async function attempt(
  tx: Queryable,
  change: OnCallChange,
  decide: Decide,
  refuse: Refuse,
): Promise<OnCallOutcome> {
  const { workspace, request } = change;
  const [clock] = await run<{ now: Instant }>(tx, LOCK, [workspace]);
  const now = clock?.now ?? 0;
  const decided = decide(await coming(tx, workspace), now);
  const reply = decided.ok ? decided.value.reply : refuse(decided.refusal, request.typed);
  await storeReply(tx, change, reply, null);
  if (!decided.ok) return { reply, repeated: false, hint: NO_HINT };
  const rows = decided.value.overrides.map((override) => ({ ...override, workspace }));
  if (rows.length > 0) await run(tx, UPSERT, [JSON.stringify(rows)]);
  await tell(tx, change, decided.value, now);
  const hint = { ...NO_HINT, outbox: decided.value.notices.length > 0 };
  return { reply, repeated: false, hint };
}

/** Who stands in on call: looked at, and arranged exactly once by the request's key. */
export function createOverrides(sql: Sql, refuse: Refuse) {
  return {
    overrides: (workspace: string) => coming(sql, workspace),
    async arrange(change: OnCallChange, decide: Decide): Promise<OnCallOutcome> {
      try {
        return await whenBusy(() => sql.begin((tx) => attempt(tx, change, decide, refuse)));
      } catch (error) {
        if (!(error instanceof Repeated)) throw error;
        const reply = await storedReply(sql, change);
        if (!reply) throw error;
        return { reply, repeated: true, hint: NO_HINT };
      }
    },
  };
}

/** Everybody who stands in now or later, by workspace. */
export async function readOverrides(
  sql: Queryable,
): Promise<ReadonlyMap<string, readonly Override[]>> {
  const found = new Map<string, Override[]>();
  for (const row of await run<OverrideRow>(sql, ALL_COMING)) {
    found.set(row.workspace, [...(found.get(row.workspace) ?? []), toOverride(row)]);
  }
  return found;
}
