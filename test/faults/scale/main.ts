import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { connect } from '../../../src/db/connect.ts';
import { load, machine, table } from '../../bench/report.ts';
import { createPeople } from '../friday/people.ts';
import { createRandom } from '../friday/random.ts';
import { print, run } from '../friday/run.ts';
import { prepareGround, type Stack, startStack } from '../friday/stack.ts';
import { channelOf, copyIncidents, FIRST_LEVEL_MS, HOURS } from './fill.ts';
import {
  type Measured,
  measureClaim,
  measured,
  measureEntries,
  measureStorm,
  measureSweep,
  measureWipe,
  memoryOf,
  STORM,
} from './measures.ts';

// `npm run scale`, or `npm run scale -- --pending 10000`. What one service makes of a great deal of
// everything; see docs/faults.md.

const MOST_MB = 200;
const HOUR_MS = 60 * 60_000;
/** Before what a storm left behind is cleared away: nobody hurries where there is room. */
const CALM_MS = 40_000;

async function measure(stack: Stack, pending: number): Promise<Measured[]> {
  const { sql, replicas } = stack;
  const [service] = replicas;
  if (!service) throw new Error('there is no service');
  const people = createPeople(stack, createRandom(1));
  await people.open('sev1');
  await pause(1500);
  const [one] = await sql<{ id: string; clocks: number }[]>`select i.id, count(*)::int as clocks
    from incident i join timer t on t.incident_id = i.id and t.state = 'pending' group by i.id`;
  if (!one) throw new Error('nothing was opened');
  const count = Math.ceil(pending / one.clocks);
  // Their clocks are due within the next day, the nearest in an hour.
  const movedMs = -FIRST_LEVEL_MS + HOUR_MS;
  await copyIncidents(sql, {
    of: one.id,
    from: STORM,
    count,
    movedMs,
    spreadMs: 22 * HOUR_MS,
    channels: 0,
  });
  print(`    ${count} incidents with ${one.clocks} clocks each`);
  // The service hints anew what somebody else put there when it starts.
  await service.roll();
  await pause(12_000);
  const pool = connect({ url: stack.databaseUrl, name: 'scale', max: 4, statementTimeout: 60_000 });
  const all: Measured[] = [];
  const show = (...some: Measured[]): void => {
    for (const { what, value } of some) print(`    ${what}: ${value}`);
    all.push(...some);
  };
  try {
    show(await measureSweep(pool, pending));
    const memory = memoryOf(service.pid, 'VmRSS');
    show(measured(`memory of the service (RSS), ${pending} timers pending`, memory, MOST_MB, 'MB'));
    show(await measureWipe(stack));
    show(await measureStorm(stack, one.id, 0));
    show(...(await measureEntries(stack, one.id)));
    const highest = `${Math.round(memoryOf(service.pid, 'VmHWM'))} MB`;
    await pause(CALM_MS);
    const rested = memoryOf(service.pid, 'VmRSS');
    show(
      measured(
        `memory ${CALM_MS / 1000} s later; at its highest ${highest}`,
        rested,
        MOST_MB,
        'MB',
      ),
    );
    await service.stop();
    show(await measureClaim(pool, stack));
  } finally {
    await pool.end();
  }
  return all;
}

async function main(): Promise<boolean> {
  const { values } = parseArgs({ options: { pending: { type: 'string' } } });
  const pending = Number(values.pending ?? 100_000);
  print(`A great deal of everything; ${machine()}; load: ${load()}`);
  const ground = await prepareGround();
  try {
    const channels = Array.from({ length: STORM }, (_, n) => channelOf(n));
    const stack = await startStack(ground, { replicas: 1, config: HOURS, channels });
    try {
      const all = await measure(stack, pending);
      const rows = all.map(({ what, value, wanted, met }) => [
        what,
        value,
        wanted,
        met ? 'pass' : 'FAIL',
      ]);
      print(`\n${table(['', 'measured', 'wanted', ''], rows)}\n`);
      return all.every(({ met }) => met);
    } finally {
      await stack.close();
    }
  } finally {
    await ground.stop();
    print(`load: ${load()}`);
  }
}

run(main);
