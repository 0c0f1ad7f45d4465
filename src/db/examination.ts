import type { Destination, NoticeBody } from '../domain/decision.ts';
import type {
  IncidentRef,
  LostDelivery,
  OpenIncident,
  RecordFacts,
  Replica,
  StaleDelivery,
  StuckDraft,
} from '../domain/doctor/index.ts';
import type { Instant } from '../domain/instant.ts';
import { NOW } from './bulk.ts';
import { type Queryable, run, type Sql } from './connect.ts';
import { GATES_OF_ROW, HAS_ITS_CHANNEL } from './deliverable.ts';
import type { IncidentRow } from './rows.ts';
import { INCIDENT_COLUMNS, withTimers } from './snapshot.ts';

/** More of a kind are not looked at: whoever has so many has one reason for them. */
const MOST = 200;

const CLOCKS = `select ${NOW} as "now",
  extract(epoch from clock_timestamp())::float8 * 1000 as "machine"`;
/** Of one workspace; with null, which the operator asks for, of all. */
const itsOwn = (table: string): string => `($1::text is null or ${table}.workspace = $1)`;
const OVERDUE = `select count(*)::int as count,
    coalesce(extract(epoch from max(now() - due_at)) * 1000, 0)::float8 as "oldestMs"
  from timer where state = 'pending' and due_at < now() - interval '30 seconds'
    and ($1::text is null or incident_id in (select id from incident where workspace = $1))`;
const OF_INCIDENT = `i.id as "id", i.number as "number", i.drill as "drill", i.title as "title", i.private as "private"`;
const DELIVERY = `o.what->>'type' as type, o."to", o.last_error as error, ${OF_INCIDENT}`;
/** The heads of their lines; what waits for its incident's channel is told of with the channel. */
const STALE = `select ${DELIVERY}, o.attempts,
    (extract(epoch from now() - o.since) * 1000)::float8 as "ageMs", g.reason as gate
  from (select distinct on (dest) *,
      case when attempts = 0 then greatest(created_at, next_at) else created_at end as since
    from outbox where state in ('pending', 'sending') order by dest, id) o
  left join incident i on i.id = o.incident_id
  left join lateral (select reason from gate where until > now() and scope in ${GATES_OF_ROW}
    order by until desc limit 1) g on true
  where o.since < now() - interval '60 seconds' and ${HAS_ITS_CHANNEL} and ${itsOwn('o')}
  order by o.since limit ${MOST}`;
const GIVEN_UP = `select ${DELIVERY} from outbox o left join incident i on i.id = o.incident_id
  where o.state = 'dead' and o.created_at > now() - interval '24 hours' and ${itsOwn('o')} order by o.id limit ${MOST}`;
const HELD = `select ${DELIVERY} from outbox o left join incident i on i.id = o.incident_id
  where o.state = 'held' and ${itsOwn('o')} order by o.id limit ${MOST}`;
const REPLICAS = `select substr(scope, 7) as name,
    (extract(epoch from now() - until) * 1000)::float8 as "seenAgoMs", reason::float8 as "sweptAgoMs"
  from gate where scope like 'pulse:%' and until > now() - interval '10 minutes' order by scope`;
const DRAFTS = `select w.attempts, w.last_error as error, ${OF_INCIDENT}
  from work w join incident i on i.id = w.incident_id
  where w.state = 'pending' and w.attempts >= 3 and ${itsOwn('i')} order by w.due_at limit ${MOST}`;
/** Of the newest incident that was to have one: an old refusal may be mended since. */
const NO_CANVAS = `select case p.name when 'no canvas' then p.channel end as reason
  from post p join incident i on i.id = p.incident_id
  where p.name in ('canvas', 'no canvas') and ${itsOwn('i')} order by i.opened_at desc, p.name limit 1`;
const OPEN = `select ${INCIDENT_COLUMNS} from incident i
  where i.status not in ('resolved', 'cancelled') and ${itsOwn('i')} order by i.opened_at desc limit ${MOST}`;
const CARDS = `select i.id, exists (select 1 from post p where p.incident_id = i.id and p.name = 'card') as posted,
    exists (select 1 from outbox o where o.incident_id = i.id and o.state in ('pending', 'sending')
      and o.what->>'type' = 'card') as waiting,
    exists (select 1 from post p where p.incident_id = i.id and p.name = 'announcement') as announced,
    exists (select 1 from outbox o where o.incident_id = i.id and o.state in ('pending', 'sending')
      and o.what->>'type' = 'announcement') as announcing
  from incident i where i.id = any($1::text[]::uuid[])`;

type WithIncident<T> = T & { readonly [K in keyof IncidentRef]: IncidentRef[K] | null };

interface DeliveryRow {
  readonly type: NoticeBody['type'];
  readonly to: Destination;
  readonly error: string | null;
}

const refOf = (row: WithIncident<object>): IncidentRef | null => {
  const { id, number, drill, title, private: isPrivate } = row;
  if (id === null || number === null || drill === null || title === null || isPrivate === null)
    return null;
  return { id, number, drill, title, private: isPrivate };
};

const lost = (rows: readonly WithIncident<DeliveryRow>[]): LostDelivery[] =>
  rows.map((row) => ({ type: row.type, to: row.to, error: row.error, incident: refOf(row) }));

const stale = (
  rows: readonly WithIncident<DeliveryRow & Omit<StaleDelivery, 'incident'>>[],
): StaleDelivery[] =>
  rows.map((row) => {
    const { type, to, error, attempts, ageMs, gate } = row;
    return { type, to, error, attempts, ageMs, gate, incident: refOf(row) };
  });

const stuck = (
  rows: readonly WithIncident<{ attempts: number; error: string | null }>[],
): StuckDraft[] =>
  rows.flatMap((row) => {
    const incident = refOf(row);
    const { attempts, error } = row;
    return incident === null ? [] : [{ incident, attempts, error }];
  });

interface Shown {
  readonly id: string;
  readonly posted: boolean;
  readonly waiting: boolean;
  readonly announced: boolean;
  readonly announcing: boolean;
}

async function openOnes(tx: Queryable, only: string | null): Promise<OpenIncident[]> {
  const rows = await run<IncidentRow>(tx, OPEN, [only]);
  const [whole, cards] = await Promise.all([
    withTimers(tx, rows),
    run<Shown>(tx, CARDS, [rows.map(({ id }) => id)]),
  ]);
  const cardOf = new Map(cards.map((card) => [card.id, card]));
  return whole.map((one) => {
    const shown = cardOf.get(one.incident.id);
    return {
      ...one,
      card: howFar(shown?.posted, shown?.waiting),
      announcement: howFar(shown?.announced, shown?.announcing),
    };
  });
}

const howFar = (posted = false, waiting = false): OpenIncident['card'] =>
  posted ? 'posted' : waiting ? 'waiting' : 'missing';

async function read(tx: Queryable, only: string | null): Promise<RecordFacts> {
  const asked = Date.now();
  const [clocks] = await run<{ now: Instant; machine: number }>(tx, CLOCKS);
  const machine = (asked + Date.now()) / 2;
  const [overdue] = await run<RecordFacts['overdue']>(tx, OVERDUE, [only]);
  return {
    asOf: clocks?.now ?? 0,
    aheadMs: Math.round((clocks?.machine ?? machine) - machine),
    overdue: overdue ?? { count: 0, oldestMs: 0 },
    stale: stale(await run(tx, STALE, [only])),
    givenUp: lost(await run(tx, GIVEN_UP, [only])),
    held: lost(await run(tx, HELD, [only])),
    replicas: await run<Replica>(tx, REPLICAS),
    drafts: stuck(await run(tx, DRAFTS, [only])),
    noCanvas: (await run<{ reason: string | null }>(tx, NO_CANVAS, [only]))[0]?.reason ?? null,
    open: await openOnes(tx, only),
  };
}

/**
 * What PostgreSQL knows of Muster's health, all of one moment: an incident and its timers must agree.
 * Of one workspace, or with null of all. Rejects when it does not answer.
 */
export const createExamination =
  (sql: Sql) =>
  (only: string | null): Promise<RecordFacts> =>
    sql.begin((tx) => read(tx, only), 'isolation level repeatable read read only');

const OWN = `select id::text as id from incident i where i.id = any($2::text[]::uuid[]) and ${itsOwn('i')}`;

/** Those of these incidents that are the workspace's, or with null all of them. */
export const createOwned =
  (sql: Sql) =>
  async (only: string | null, incidents: readonly string[]): Promise<readonly string[]> =>
    (await run<{ id: string }>(sql, OWN, [only, incidents])).map(({ id }) => id);
