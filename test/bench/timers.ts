import { setTimeout as pause } from 'node:timers/promises';
import type { Sql } from 'postgres';
import { connectQueue } from '../../src/queue/connect.ts';
import { createHints, type Hints } from '../../src/queue/hints.ts';
import type { Child } from './child.ts';
import type { Ground } from './ground.ts';
import { lookInto, opening, performed, poolOf } from './incidents.ts';
import { FIRST_LEVEL_MS, TIMERS } from './office.ts';
import { figure, type Section, shown, type Target } from './report.ts';

const ROUNDS = 5;
/** From preparing a round to the instant at which everything is due. */
const AHEAD_MS = 1500;
const PATIENCE_MS = 20_000;
/** What the deliveries of a round have under way when the round is over. */
const CALM_MS = 400;

type Backend = 'redis' | 'postgres';

interface Side {
  readonly backend: Backend;
  readonly redisUrl: string | null;
}

interface Stage {
  readonly sql: Sql;
  readonly template: string;
  /** Adds hints as a change does after its commit; the service's own process takes them. */
  readonly hints: Hints;
  readonly muster: Child;
  readonly jobs: Child;
  /** How many bare jobs there have been. */
  jobsSoFar: number;
  round: number;
  end(): Promise<void>;
}

/** All that hangs on an incident, moved in time so that its first level is due at `$at`. */
const COPY = `with one as (select * from incident where id = $1::text::uuid),
  moved as (select to_timestamp($2::float8 / 1000.0) - (o.armed_at + $3::float8 * interval '1 ms') as by from one o),
  copies as (select gen_random_uuid() as id, n from generate_series(0, ${TIMERS - 1}) as n),
  made as (insert into incident select c.id, o.workspace, $4::int * 10000 + c.n, o.title, o.severity,
      o.status, o.private, o.recorded, 'C0BENCH' || lpad(c.n::text, 4, '0'), o.channel_name, 'ready',
      o.declared_by, o.opened_at + m.by, o.roles, o.header, o.round, o.armed_at + m.by,
      o.severity_changed_at, o.last_update_at, o.acknowledged_by, o.next_entry, o.counts, o.seq
    from copies c, one o, moved m returning id),
  lines as (insert into entry select c.id, e.no, e.at + m.by, e.time, e.question, e.after, e.kinds,
      e.text, e.detail, e.author, e.source, e.recorded_at + m.by, e.struck, e.revision
    from copies c, moved m, entry e where e.incident_id = $1::text::uuid),
  marks as (insert into milestone select c.id, k.name, k.round, k.entry
    from copies c, milestone k where k.incident_id = $1::text::uuid)
  insert into timer select gen_random_uuid(), c.id, t.name, t.step, t.due_at + m.by, t.basis + m.by,
      t.span, t.gen, t.state
    from copies c, moved m, timer t where t.incident_id = $1::text::uuid`;

/** The template's own clocks run on: they are due when all of this is over. */
const endRound = (template: string): string => `
  update incident set channel_id = null where channel_id is not null;
  update timer set state = 'cancelled' where state = 'pending' and incident_id <> '${template}';
  update outbox set state = 'superseded' where state = 'pending'`;

/** When the last transaction that wrote a ping committed, by PostgreSQL's own record of commits. */
const LAST_PING = `select count(*)::int as n,
    extract(epoch from max(pg_xact_commit_timestamp(e.xmin))) * 1000 as at
  from entry e join incident i on i.id = e.incident_id
  where i.number between $1 * 10000 and $1 * 10000 + 9999 and e.no >= i.next_entry - 1
    and e.source = 'system'`;
const PINGS = `select count(*)::int as n from outbox o join incident i on i.id = o.incident_id
  where i.number between $1 * 10000 and $1 * 10000 + 9999 and o.what->>'type' = 'ping'`;
const STILL_DUE = `select count(*)::int as n from timer where state = 'pending' and due_at <= now()`;

const complain = (error: Error): void => void process.stderr.write(`${error.message}\n`);

async function until(claim: () => Promise<boolean>, what: string): Promise<void> {
  for (const late = Date.now() + PATIENCE_MS; Date.now() < late; await pause(50)) {
    if (await claim()) return;
  }
  throw new Error(`${what} within ${PATIENCE_MS / 1000} s`);
}

const count = async (sql: Sql, statement: string, given: number[] = []): Promise<number> =>
  Number((await sql.unsafe(statement, given))[0]?.n ?? 0);

/** Milliseconds from the instant to the commit of the last of a thousand pings. */
async function musterRound(stage: Stage): Promise<number> {
  const { sql, template, hints } = stage;
  stage.round += 1;
  const at = Date.now() + AHEAD_MS;
  await sql.unsafe(COPY, [template, at, FIRST_LEVEL_MS, stage.round]);
  await sql.unsafe('analyze timer; analyze outbox');
  const timers = await sql<{ id: string }[]>`select t.id from timer t
    where t.name = 'policy' and t.state = 'pending' and t.due_at < to_timestamp(${at + 1} / 1000.0)`;
  if (timers.length !== TIMERS) throw new Error(`${timers.length} timers are due`);
  hints.hint({
    timers: timers.map(() => at - Date.now()),
    outbox: false,
    work: false,
  });
  await pause(at - Date.now() + 50);
  await until(async () => (await count(sql, STILL_DUE)) === 0, 'not everything fired');
  const pings = await count(sql, PINGS, [stage.round]);
  const [last] = await sql.unsafe(LAST_PING, [stage.round]);
  if (pings !== TIMERS || Number(last?.n) !== TIMERS) {
    throw new Error(`${pings} pings and ${last?.n} entries for ${TIMERS} timers`);
  }
  await sql.unsafe(endRound(template));
  await pause(CALM_MS);
  return Number(last?.at) - at;
}

/** Milliseconds from the instant to the commit of the last of a thousand bare updates. */
async function bareRound(stage: Stage): Promise<number> {
  const { sql, jobs } = stage;
  const from = stage.jobsSoFar;
  stage.jobsSoFar += TIMERS;
  await sql`insert into bare_timer select n, false
    from generate_series(${from}::int, ${stage.jobsSoFar - 1}::int) as n`;
  const at = Date.now() + AHEAD_MS;
  await jobs.ask('add', { from, count: TIMERS, at });
  await pause(at - Date.now() + 50);
  const left = `select count(*)::int as n from bare_timer where n >= ${from} and not fired`;
  await until(async () => (await count(sql, left)) === 0, 'not every job ran');
  const [last] = await sql`select
      extract(epoch from max(pg_xact_commit_timestamp(b.xmin))) * 1000 as at
    from bare_timer b where b.n >= ${from}`;
  await pause(CALM_MS);
  return Number(last?.at) - at;
}

async function stageOf(ground: Ground, { backend, redisUrl }: Side): Promise<Stage> {
  const url = await ground.database(`timers_${backend}`);
  const sql = lookInto(url);
  const pool = poolOf(url);
  const template = await performed(pool, opening('Checkout is down'));
  await pool.end();
  await sql.unsafe(endRound(template));
  await sql`create table bare_timer (n int primary key, fired boolean not null)`;
  const muster = await ground.child('muster-child');
  const jobs = await ground.child('jobs-child');
  await muster.ask('start', { office: ground.office, databaseUrl: url, redisUrl });
  await jobs.ask('start', { databaseUrl: url, redisUrl });
  const queue = connectQueue(redisUrl, url, complain);
  const hints = createHints({
    backend: queue,
    fire: async () => undefined,
    work: () => undefined,
    upcoming: async () => [],
    onHint: () => undefined,
    onError: complain,
  });
  // The service settles in: connections, tables of the queue, its first sweeps.
  await pause(1500);
  const end = async (): Promise<void> => {
    await hints.stop();
    await queue.close();
    for (const child of [muster, jobs]) await child.stop();
    await sql.end({ timeout: 1 });
  };
  return { sql, template, hints, muster, jobs, jobsSoFar: 0, round: 0, end };
}

const NAMES: Record<Backend, string> = { redis: 'Redis', postgres: 'PostgreSQL' };

function targetOf(backend: Backend, bare: readonly number[], ours: readonly number[]): Target {
  const ratio = figure(bare.map((ms, n) => ms / (ours[n] ?? ms))).median;
  const wanted = backend === 'redis' ? 1 : 5;
  return {
    what: `${NAMES[backend]}: times faster than bare jobs`,
    ratio,
    wanted: `at least ${wanted}`,
    met: ratio >= wanted,
  };
}

/** Alternately, and every other time the other way round; the first of each warms up. */
async function alternate(stage: Stage): Promise<Record<'bare' | 'ours', number[]>> {
  const bare: number[] = [];
  const ours: number[] = [];
  await musterRound(stage);
  await bareRound(stage);
  for (let n = 0; n < ROUNDS; n += 1) {
    if (n % 2 === 0) bare.push(await bareRound(stage));
    ours.push(await musterRound(stage));
    if (n % 2 !== 0) bare.push(await bareRound(stage));
  }
  return { bare, ours };
}

async function measureBackend(ground: Ground, side: Side) {
  const stage = await stageOf(ground, side);
  try {
    const { bare, ours } = await alternate(stage);
    const name = NAMES[side.backend];
    return {
      rows: [
        [`bare BullMQ jobs, ${name}`, shown(figure(bare))],
        [`Muster, ${name}`, shown(figure(ours))],
      ],
      target: targetOf(side.backend, bare, ours),
    };
  } finally {
    await stage.end();
  }
}

/** A thousand timers due at one instant, until the last ping is committed. */
export async function measureTimers(ground: Ground): Promise<Section> {
  const sides: Side[] = [{ backend: 'postgres', redisUrl: null }];
  if (ground.redisUrl) sides.unshift({ backend: 'redis', redisUrl: ground.redisUrl });
  const measured = [];
  for (const side of sides) measured.push(await measureBackend(ground, side));
  return {
    title: `${TIMERS} timers due at one instant, until the last ping is committed`,
    head: ['', 'ms'],
    rows: measured.flatMap(({ rows }) => rows),
    targets: measured.map(({ target }) => target),
  };
}
