import { setTimeout as sleep } from 'node:timers/promises';
import type { Notice } from '../domain/decision.ts';
import { type Delivered, type Delivery, StoreUnavailable } from '../ports.ts';
import { type Queryable, run, type Sql } from './connect.ts';
import { AFTER_ITS_PINGS, GATES_OF_ROW, HAS_ITS_CHANNEL } from './deliverable.ts';
import { recordWho } from './record-who.ts';
import { whenBusy } from './retry.ts';
import { understood } from './unavailable.ts';
import { doubtPings, writeNotices } from './write.ts';

/** How long a claimed row is ours; a killed process is healed when it runs out. Renewed while working. */
export const LEASE_SECONDS = 8;
const BATCH = 20;
const SETTLES_WITHIN_MS = 30_000;
const SETTLES_AGAIN_MS = 200;
/** Some 35 minutes of trying: Slack has been away for as long as half an hour. */
const MAX_ATTEMPTS = 75;

/**
 * Only the oldest open row of each destination may go, so order is kept without a scheduler. A row
 * that is being sent holds its line until its lease runs out. What needs the incident's channel
 * waits for it; edits of pings wait for the pings. A workspace that Slack refuses holds back all that
 * goes to Slack, and not the pagers outside of it.
 *
 * The heads are found by leaping from one destination to the next: what stands behind them is not
 * looked at, however long a line is.
 */
const CLAIM = `with recursive heads as (
    (select o.dest, o.id from outbox o where o.state in ('pending', 'sending')
      order by o.dest, o.id limit 1)
    union all
    select n.dest, n.id from heads h cross join lateral (
      select o.dest, o.id from outbox o where o.state in ('pending', 'sending') and o.dest > h.dest
      order by o.dest, o.id limit 1) n
  ), ready as (
    select o.id, o.unsure_since from outbox o
    left join incident i on i.id = o.incident_id
    where o.id in (select id from heads)
      and ((o.state = 'pending' and o.next_at <= now())
        or (o.state = 'sending' and o.lease_until < now()))
      and ${HAS_ITS_CHANNEL}
      and not exists (select 1 from gate g where g.until > now() and g.scope in ${GATES_OF_ROW})
      and ${AFTER_ITS_PINGS}
    order by o.id limit ${BATCH} for update of o skip locked
  )
  update outbox o set state = 'sending', attempts = o.attempts + 1, lease_owner = $1,
    lease_until = now() + interval '${LEASE_SECONDS} seconds',
    unsure_since = coalesce(o.unsure_since, now())
  from ready where o.id = ready.id
  returning o.id::text as id, o.key, o.workspace, o.incident_id as incident, o."to", o.what,
    o.attempts, floor(extract(epoch from ready.unsure_since) * 1000)::float8 as "unsureSince"`;

/** A leased row is one that is being sent. Not asked by its state: that index is of all open rows. */
const MINE = 'where id = $1::bigint and lease_owner = $2 and lease_until is not null';
const DONE = `update outbox set state = 'sent', sent_at = now(), lease_until = null, last_error = null ${MINE} returning id`;
/** Withdrawn as a ping is that nobody had begun to send. */
const UNWANTED = `update outbox set state = 'superseded', lease_until = null, last_error = null ${MINE} returning id`;
const DEAD = `update outbox set state = 'dead', last_error = $3, lease_until = null ${MINE} returning id`;
/** Nothing happened in Slack: the attempt is as if it had not been, unless an earlier one is in doubt. */
const AGAIN = `update outbox set state = 'pending', last_error = $3, lease_until = null,
  next_at = now() + $4::float8 * interval '1 millisecond',
  unsure_since = to_timestamp($5::float8 / 1000.0) ${MINE} returning id`;
const UNSURE = `update outbox set state = 'pending', last_error = $3, lease_until = null,
  next_at = now() + $4::float8 * interval '1 millisecond' ${MINE} returning id`;
const RENEW = `update outbox set lease_until = now() + interval '${LEASE_SECONDS} seconds' ${MINE} returning id`;
const RELEASE = `update outbox set lease_until = now() where lease_owner = $1 and state = 'sending'`;
const GATE = `insert into gate as g (scope, until, reason)
  values ($1, now() + $2::float8 * interval '1 millisecond', $3)
  on conflict (scope) do update set until = greatest(g.until, excluded.until), reason = excluded.reason`;
const KEEP_POST = `insert into post (incident_id, name, channel, ts) values ($1, $2, $3, $4)
  on conflict (incident_id, name) do update set channel = excluded.channel, ts = excluded.ts`;
const KEEP_CHANNEL = `update incident set channel_id = $2, channel_name = $3, channel_state = 'ready' where id = $1`;
const CHANNEL_FAILED = `update incident set channel_state = 'failed' where id = $1 and channel_id is null`;
/** Somebody acted on this clock after it was decided: its pings are not wanted any more. */
const SETTLED_SINCE = `select 1 as yes from outbox where incident_id = $1 and id > $2::bigint
  and what->>'type' = 'settle pings'
  and (what->'timers' = 'null'::jsonb or what->'timers' ? $3) limit 1`;

/**
 * What follows a delivery takes its place in the line under the incident's lock, like everything
 * else that is said of it: a number drawn without the lock may be committed after a later one, and
 * go out behind it. Locked before the row, in the order in which the rules lock.
 */
const LOCK_INCIDENT = 'select 1 as held from incident where id = $1 for update';

/** 0.5 s, 1 s, 2 s … 30 s. */
const backOff = (attempts: number): number => Math.min(30_000, 500 * 2 ** (attempts - 1));

const followed = (delivered: Delivered): boolean =>
  'next' in delivered && (delivered.next?.length ?? 0) > 0;

const isRecorded = (delivered: Delivered): boolean =>
  'answered' in delivered && delivered.answered !== undefined;

/** Says what follows; false where somebody has acted meanwhile, so that nobody is pinged any more. */
async function follow(
  tx: Queryable,
  delivery: Delivery,
  next: readonly Notice[] | undefined,
): Promise<boolean> {
  if (!next || next.length === 0 || delivery.incident === null) return true;
  const incident = { id: delivery.incident, workspace: delivery.workspace };
  const timer = 'ping' in delivery.what ? (delivery.what.ping?.timer ?? '') : '';
  const settled = await run(tx, SETTLED_SINCE, [incident.id, delivery.id, timer]);
  const wanted = next.filter(({ what }) => settled.length === 0 || what.type !== 'ping');
  const [clock] = await run<{ now: number }>(
    tx,
    'select floor(extract(epoch from now()) * 1000)::float8 as "now"',
  );
  await writeNotices(
    tx,
    wanted.map((notice) => ({ incident, notice })),
    clock?.now ?? 0,
  );
  // Whoever began this before us perhaps came as far as what follows.
  if (delivery.unsureSince !== null)
    await doubtPings(tx, incident.id, wanted, delivery.unsureSince);
  return settled.length === 0;
}

async function settleDone(
  tx: Queryable,
  delivery: Delivery,
  owner: string,
  { post, channel, next, unwanted, answered }: Extract<Delivered, { type: 'done' }>,
): Promise<void> {
  // Whoever lost the lease may still remember where the message is, but starts nothing new.
  if (post && delivery.incident) {
    await run(tx, KEEP_POST, [delivery.incident, post.name, post.channel, post.ts]);
  }
  if (channel && delivery.incident) {
    await run(tx, KEEP_CHANNEL, [delivery.incident, channel.id, channel.name]);
  }
  const settled = unwanted === true ? UNWANTED : DONE;
  const [mine] = await run(tx, settled, [delivery.id, owner]);
  if (!mine) return;
  const wanted = await follow(tx, delivery, next);
  if (wanted && answered && delivery.incident) await recordWho(tx, delivery.incident, answered);
}

const scopeOf = (delivery: Delivery, scope: 'workspace' | 'method' | 'channel', dest: string) => {
  if (scope === 'workspace') return `ws:${delivery.workspace}`;
  return scope === 'method' ? `ws:${delivery.workspace}:${delivery.what.type}` : dest;
};

async function settleWait(
  tx: Queryable,
  delivery: Delivery,
  owner: string,
  { ms, scope, reason, next }: Extract<Delivered, { type: 'wait' }>,
): Promise<void> {
  const [row] = await run<{ dest: string }>(tx, 'select dest from outbox where id = $1::bigint', [
    delivery.id,
  ]);
  if (row) await run(tx, GATE, [scopeOf(delivery, scope, row.dest), ms, reason]);
  const [mine] = await run(tx, AGAIN, [delivery.id, owner, reason, ms, delivery.unsureSince]);
  if (mine) await follow(tx, delivery, next);
}

async function settle(
  tx: Queryable,
  delivery: Delivery,
  owner: string,
  delivered: Delivered,
): Promise<void> {
  if (delivery.incident && (followed(delivered) || isRecorded(delivered)))
    await run(tx, LOCK_INCIDENT, [delivery.incident]);
  if (delivered.type === 'done') return settleDone(tx, delivery, owner, delivered);
  if (delivered.type === 'wait') return settleWait(tx, delivery, owner, delivered);
  if (delivered.type === 'unsure' && delivery.attempts < MAX_ATTEMPTS) {
    const wait = backOff(delivery.attempts);
    const [mine] = await run(tx, UNSURE, [delivery.id, owner, delivered.reason, wait]);
    if (mine) await follow(tx, delivery, delivered.next);
    return;
  }
  const [mine] = await run(tx, DEAD, [delivery.id, owner, delivered.reason]);
  if (!mine) return;
  if (delivery.what.type === 'create channel' && delivery.incident) {
    await run(tx, CHANNEL_FAILED, [delivery.incident]);
  }
  await follow(tx, delivery, delivered.next);
}

/**
 * Tries again for half a minute while people keep the incident among themselves: what is not settled
 * holds its line until its lease runs out. Its lease is renewed meanwhile.
 */
async function patiently(settling: () => Promise<unknown>): Promise<void> {
  const end = performance.now() + SETTLES_WITHIN_MS;
  for (;;) {
    try {
      await settling();
      return;
    } catch (error) {
      const known = understood(error);
      const busy = known instanceof StoreUnavailable && known.why === 'busy';
      if (!busy || performance.now() > end) throw error;
      await sleep(SETTLES_AGAIN_MS * (0.5 + Math.random()));
    }
  }
}

/**
 * The outbox as one process works on it; `owner` tells its leases from those of other replicas.
 *
 * A lease is counted here too, from before it was asked for: whoever stood still for longer must not
 * post what another replica has posted meanwhile.
 */
export function createOutbox(sql: Sql, owner: string) {
  /** Until when rows are ours, by this process's own unwavering clock. */
  const leases = new Map<string, number>();
  const lasting = (): number => performance.now() + LEASE_SECONDS * 1000;
  return {
    async claim(): Promise<Delivery[]> {
      const until = lasting();
      const rows = await run<Delivery>(sql, CLAIM, [owner]);
      for (const { id } of rows) leases.set(id, until);
      return rows.map((row) => ({
        ...row,
        ours: () => performance.now() < (leases.get(row.id) ?? 0),
      }));
    },
    async settle(delivery: Delivery, delivered: Delivered): Promise<void> {
      leases.delete(delivery.id);
      await patiently(() =>
        whenBusy(() => sql.begin((tx) => settle(tx, delivery, owner, delivered))),
      );
    },
    async renew(delivery: Delivery): Promise<void> {
      const until = lasting();
      const [mine] = await run(sql, RENEW, [delivery.id, owner]);
      if (mine && leases.has(delivery.id)) leases.set(delivery.id, until);
    },
    /** Gives all leases of this process back, so that another replica need not wait for them. */
    release: (): Promise<unknown> => run(sql, RELEASE, [owner]),
  };
}

export type Outbox = ReturnType<typeof createOutbox>;
