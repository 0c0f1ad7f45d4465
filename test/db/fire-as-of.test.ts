import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DEFAULTS } from '../../src/config/defaults.ts';
import { createFireAsOf } from '../../src/db/fire-as-of.ts';
import { fire } from '../../src/domain/decide/index.ts';
import { MINUTE } from '../../src/domain/instant.ts';
import { createStoreBench, START, type StoreBench } from '../support/store-bench.ts';

let bench: StoreBench;

beforeEach(async () => {
  bench = await createStoreBench();
});

afterEach(() => bench.stop());

test('nobody looks for a ping that a replica may be posting in this moment', async () => {
  const id = await bench.opened();
  await bench.clock.forward(10 * MINUTE);
  const asOf = createFireAsOf(bench.pool, (snapshot, now) =>
    fire(snapshot, { now, settings: DEFAULTS, newId: randomUUID }),
  );
  await asOf(id, START + 10 * MINUTE - 1000);
  const rows = await bench.sql`select unsure_since is not null as doubtful,
      (extract(epoch from next_at) * 1000)::float8 as next from outbox
    where what->>'type' like 'ping%' and created_at > to_timestamp(${START / 1000 + 1})`;
  expect(rows.length).toBeGreaterThan(0);
  for (const { doubtful, next } of rows) {
    expect(doubtful).toBe(true);
    expect(next).toBe(START + 10 * MINUTE + 4000);
  }
});
