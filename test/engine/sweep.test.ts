import { afterEach, beforeEach, expect, test } from 'vitest';
import { DEFAULTS } from '../../src/config/defaults.ts';
import { createFire, createFireWaiting } from '../../src/db/fire.ts';
import { fire } from '../../src/domain/decide/index.ts';
import { MINUTE } from '../../src/domain/instant.ts';
import { createSweep, type Sweep } from '../../src/engine/sweep.ts';
import { copyIncidents } from '../faults/scale/fill.ts';
import { createStoreBench, type StoreBench } from '../support/store-bench.ts';
import { eventually } from '../support/town.ts';

let bench: StoreBench;
let sweep: Sweep;
let fired: string[];

beforeEach(async () => {
  bench = await createStoreBench();
  fired = [];
  sweep = createSweep({
    fire: createFire(bench.pool),
    fireWaiting: createFireWaiting(bench.pool),
    rules: fire,
    settings: DEFAULTS,
    overrides: () => [],
    onFired: (name) => fired.push(name),
    wake: () => undefined,
    onError: (error) => fired.push(String(error)),
    onSwept: () => undefined,
  });
});

afterEach(async () => {
  await sweep.stop();
  await bench.stop();
}, 180_000);

/** People who never leave an incident alone: there is always another one waiting for its lock. Tells how often they had it. */
function crowd(incident: string): () => Promise<number> {
  let leaving = false;
  let stays = 0;
  const person = async (): Promise<void> => {
    while (!leaving) {
      const stay = bench.pool.begin(async (tx) => {
        await tx.query('select 1 as held from incident where id = $1 for update', [incident]);
        await tx.query('select pg_sleep(0.05) as slept');
      });
      // Whoever waited too long comes back.
      await stay.then(
        () => (stays += 1),
        () => undefined,
      );
    }
  };
  const people = Array.from({ length: 12 }, person);
  return async () => {
    leaving = true;
    await Promise.all(people);
    return stays;
  };
}

test('an incident that people never leave alone fires among them', async () => {
  const incident = await bench.opened();
  const leave = crowd(incident);
  await bench.clock.forward(10 * MINUTE);
  sweep.start();
  await eventually(() => fired.length > 0, 'its clocks go off', 10_000);
  expect(await leave()).toBeGreaterThan(12);
  expect(fired).toContain('acknowledge');
});

test('while it waits for one that somebody holds, the others go off', async () => {
  const held = await bench.opened('Checkout is down');
  const psql = await bench.sql.reserve();
  await psql`begin`;
  await psql`select 1 from incident where id = ${held} for update`;
  await bench.clock.forward(10 * MINUTE);
  sweep.start();
  await eventually(
    () => bench.pool.query<{ n: number }>(WAITERS).then(([row]) => row?.n === 1),
    'it queues for the lock',
    10_000,
  );
  await bench.opened('Search is down');
  await bench.clock.forward(10 * MINUTE);
  await eventually(() => fired.length > 0, 'the other one goes off', 1000);
  await psql`rollback`;
  psql.release();
  const before = fired.length;
  await eventually(() => fired.length > before, 'and then this one', 10_000);
});

/** In the long tier so many and so slow that the first ones could be tried again before the last one was once. */
const [POISONED, SLOWLY] = process.env.LONG === '1' ? [440, 0.05] : [110, 0];

test('more incidents that cannot be fired than a sweep looks at keep no other from firing', async () => {
  const of = await bench.opened('Poisoned');
  const count = POISONED;
  await copyIncidents(bench.sql, { of, from: 0, count, movedMs: -1000, spreadMs: 0, channels: 0 });
  await bench.sql.unsafe(`create function poison() returns trigger language plpgsql as $$
    begin
      if (select title from incident where id = new.incident_id) = 'Poisoned'
      then perform pg_sleep(${SLOWLY}); raise exception 'poisoned'; end if;
      return new;
    end $$;
    create trigger poison before insert on entry for each row execute function poison();`);
  await bench.opened('Search is down');
  await bench.clock.forward(10 * MINUTE);
  sweep.start();
  await eventually(() => fired.includes('acknowledge'), 'the one that can goes off', 60_000);
  const before = fired.length;
  await bench.sql`drop trigger poison on entry`;
  await eventually(() => fired.length > before + count, 'and then the others', 60_000);
}, 180_000);

const WAITERS = `select count(*)::int as n from pg_stat_activity
  where datname = current_database() and wait_event_type = 'Lock'`;
