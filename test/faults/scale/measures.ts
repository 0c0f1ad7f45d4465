import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import type { Sql } from '../../../src/db/connect.ts';
import { createFire } from '../../../src/db/fire.ts';
import { createOutbox } from '../../../src/db/outbox.ts';
import { latenessOf } from '../friday/judge.ts';
import type { Stack } from '../friday/stack.ts';
import { readTrail } from '../friday/trail.ts';
import { copyEntries, copyIncidents, copyMessages, FIRST_LEVEL_MS } from './fill.ts';

/** How many timers are due at one instant. */
export const STORM = 1000;
/** Long enough for the copies to be there before they are due. */
const AHEAD_MS = 20_000;
const BACKLOG = 10_000;
const BACKLOG_CHANNELS = 60;
const ENTRIES = 10_000;
const LOOKS = 200;
const ANSWERS = 20;
const WIPED_WITHIN_MS = 60_000;
const WAKE = '{muster}:muster-wake:delayed';

/** Something measured, and what it has to be. */
export interface Measured {
  readonly what: string;
  readonly value: string;
  readonly wanted: string;
  readonly met: boolean;
}

/** A figure, and the most that it may be. */
export const measured = (what: string, value: number, most: number, unit: string): Measured => ({
  what,
  value: `${value.toFixed(value < 10 ? 1 : 0)} ${unit}`,
  wanted: `at most ${most} ${unit}`,
  met: value <= most,
});

async function timesOf(count: number, act: () => Promise<unknown>): Promise<number[]> {
  const took: number[] = [];
  for (let n = 0; n < count; n += 1) {
    const began = performance.now();
    await act();
    took.push(performance.now() - began);
  }
  return took;
}

/** An empty sweep, as the engine makes it. */
export async function measureSweep(pool: Sql, pending: number): Promise<Measured> {
  const fire = createFire(pool);
  const sweep = () =>
    fire(() => {
      throw new Error('nothing was to be due');
    });
  await timesOf(20, sweep);
  const { p99 } = latenessOf(await timesOf(LOOKS, sweep));
  return measured(`sweep, nothing due, ${pending} timers pending, p99`, p99, 5, 'ms');
}

/** From FLUSHALL until as many wake-ups wait as before. */
export async function measureWipe({ redis }: Stack): Promise<Measured> {
  const client = new Redis(redis.url);
  try {
    const before = await client.zcard(WAKE);
    if (before === 0) throw new Error('no wake-up waits');
    await redis.flush();
    const began = performance.now();
    while ((await client.zcard(WAKE)) < before) {
      if (performance.now() - began > WIPED_WITHIN_MS) break;
      await pause(50);
    }
    const took = (performance.now() - began) / 1000;
    return measured(`${before} wake-ups in Redis again after FLUSHALL`, took, 15, 's');
  } finally {
    client.disconnect();
  }
}

/** A thousand incidents of which the first level is due at one instant. */
export async function measureStorm(stack: Stack, of: string, from: number): Promise<Measured> {
  const { sql } = stack;
  const [due] = await sql<{ ms: number }[]>`select
    extract(epoch from now() - armed_at)::float8 * 1000 as ms from incident where id = ${of}`;
  const movedMs = (due?.ms ?? 0) - FIRST_LEVEL_MS + AHEAD_MS;
  await copyIncidents(sql, {
    of,
    from,
    count: STORM,
    movedMs,
    spreadMs: 0,
    channels: from + STORM,
  });
  for (const until = Date.now() + 30_000; Date.now() < until; await pause(100)) {
    const [left] = await sql<{ n: number }[]>`select count(*)::int as n from timer t
      join incident i on i.id = t.incident_id where t.name = 'policy' and t.step = 0
      and i.number >= ${1_000_000 + from}`;
    if (left?.n === 0) break;
  }
  const { fired, lost, doubled, early } = await readTrail(sql);
  const wrong = [...lost, ...doubled, ...early.map(({ name }) => `${name} too early`)];
  if (fired.length !== STORM || wrong.length > 0) {
    throw new Error(`${fired.length} of ${STORM} fired; ${wrong.slice(0, 3).join('; ')}`);
  }
  const { p99 } = latenessOf(fired.map(({ due, committed }) => committed - due));
  return measured(`${STORM} timers due at one instant, p99 until committed`, p99, 1000, 'ms');
}

/** Answers about an incident with a great many entries. */
export async function measureEntries(stack: Stack, incident: string): Promise<Measured[]> {
  const { workspace, sql } = stack;
  await workspace.type('U0CREW00', 'C0GENERAL', '/incident 1 log the first line.');
  await copyEntries(sql, incident, ENTRIES);
  const ask = async (line: string): Promise<Measured> => {
    const took = await timesOf(ANSWERS, async () => {
      const { status } = await workspace.type('U0CREW00', 'C0GENERAL', `/incident 1 ${line}`);
      if (status !== 200) throw new Error(`${line}: HTTP ${status}`);
    });
    return measured(
      `/incident ${line}, ${ENTRIES} entries, slowest`,
      latenessOf(took).max,
      300,
      'ms',
    );
  };
  return [await ask('status'), await ask('timeline'), await ask('log one more.')];
}

/** Taking the next deliveries from a backlog; what was taken is given back each time. */
export async function measureClaim(pool: Sql, { sql }: Stack): Promise<Measured> {
  await sql`update outbox set state = 'superseded' where state in ('pending', 'sending')`;
  await copyMessages(sql, BACKLOG, BACKLOG_CHANNELS);
  const { claim } = createOutbox(pool, 'scale');
  const took: number[] = [];
  for (let n = 0; n < LOOKS / 4; n += 1) {
    const began = performance.now();
    const claimed = await claim();
    took.push(performance.now() - began);
    if (claimed.length === 0) throw new Error('nothing was claimed');
    await sql`update outbox set state = 'pending', lease_until = null where state = 'sending'`;
  }
  const what = `claiming from ${BACKLOG} messages to ${BACKLOG_CHANNELS} channels, p99`;
  return measured(what, latenessOf(took).p99, 20, 'ms');
}

/** Megabytes, by the system's own account of the process. */
export function memoryOf(pid: number, what: 'VmRSS' | 'VmHWM'): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(new RegExp(`${what}:\\s+(\\d+) kB`).exec(status)?.[1] ?? 0) / 1024;
}
