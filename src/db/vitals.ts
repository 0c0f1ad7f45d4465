import { run, type Sql } from './connect.ts';

/** By the instant and not by the timer: whoever is woken fires all that is due. */
const UPCOMING = `select distinct greatest(0, ceil(extract(epoch from due_at - now()) * 20) * 50)::float8 as ms
  from timer where state = 'pending' and due_at < now() + interval '24 hours'
  order by ms limit 20000`;
const VITALS = `select
  (select count(*)::int from timer where state = 'pending') as timers,
  (select count(*)::int from timer where state = 'pending' and due_at < now() - interval '30 seconds') as overdue,
  waiting.count as outbox, waiting.oldest as "oldestSeconds",
  (select count(*)::int from outbox where state = 'dead' and created_at > now() - interval '1 hour') as dead,
  (select count(*)::int from incident
    where status not in ('resolved', 'cancelled') and not drill) as open,
  (select reason from gate where until > now() and scope like 'ws:%' and scope not like 'ws:%:%'
    order by until desc limit 1) as gated
  from (
    -- Held back on purpose does not count; tried and put off does.
    select count(*)::int as count,
      coalesce(extract(epoch from max(now() -
        case when attempts = 0 then next_at else created_at end)), 0)::float8 as oldest
    from outbox where state in ('pending', 'sending') and (next_at <= now() or attempts > 0)
  ) as waiting`;

/** How the record's machinery is doing, by the database's own clock. */
export interface Vitals {
  readonly timers: number;
  /** Due for more than half a minute. */
  readonly overdue: number;
  readonly outbox: number;
  readonly oldestSeconds: number;
  /** Deliveries given up within the last hour. */
  readonly dead: number;
  readonly open: number;
  /** Why nothing at all can be delivered at present, in Slack's word; null when it can. */
  readonly gated: string | null;
}

/** What hints and health ask of the timers and the outbox. */
export function createVitals(sql: Sql) {
  return {
    /** Milliseconds until timers of the next day are due. */
    upcoming: async (): Promise<number[]> =>
      (await run<{ ms: number }>(sql, UPCOMING)).map(({ ms }) => ms),
    async read(): Promise<Vitals> {
      const [row] = await run<Vitals>(sql, VITALS);
      if (!row) throw new Error('the database answered nothing');
      return row;
    },
  };
}
