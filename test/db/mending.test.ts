import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createMending } from '../../src/db/mending.ts';
import { createStoreBench, type StoreBench } from '../support/store-bench.ts';

let bench: StoreBench;

beforeEach(async () => {
  bench = await createStoreBench();
});

afterEach(() => bench.stop());

test('a repair waits for whoever is delivering just then, and does not fail over it', async () => {
  await bench.opened();
  await bench.sql`update outbox set last_error = 'it was away'`;
  const locked = bench.sql.begin(async (tx) => {
    await tx`select 1 from outbox for update`;
    // Longer than a statement waits for a lock.
    await pause(1200);
  });
  await pause(50);
  expect(await createMending(bench.pool).tryNow('T1')).toBeGreaterThan(0);
  await locked;
});
