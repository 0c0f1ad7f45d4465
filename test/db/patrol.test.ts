import { afterEach, beforeEach, expect, test } from 'vitest';
import { createPatrol } from '../../src/db/chain/patrol.ts';
import { tamper } from '../support/eventful.ts';
import { createStoreBench, START, type StoreBench } from '../support/store-bench.ts';

let bench: StoreBench;

beforeEach(async () => {
  bench = await createStoreBench();
});

afterEach(() => bench.stop());

test('the chains are walked the newest first, a few at a time, and what is broken is told until it is whole', async () => {
  for (const n of [1, 2, 3, 4, 5]) {
    await bench.clock.set(START + n * 60_000);
    await bench.opened(`Trouble ${n}`);
  }
  const walk = createPatrol(bench.pool);
  const told = async () =>
    (await walk(2)).map(
      ({ incident, findings, first }) => `${incident.number}: ${findings} ${first}`,
    );
  expect(await told()).toEqual([]);

  await tamper(bench, "update incident set title = 'Nothing' where number in (1, 4)");
  // 4 was looked at just now; 3 and 2, then 1, then from the beginning.
  expect(await told()).toEqual([]);
  const changed = 'The incident itself is not what was recorded with change 1 (';
  expect(await told()).toEqual([expect.stringContaining(`1: 1 ${changed}`)]);
  expect(await told()).toEqual([
    expect.stringContaining(`1: 1 ${changed}`),
    expect.stringContaining(`4: 1 ${changed}`),
  ]);

  await tamper(bench, "update incident set title = 'Trouble 4' where number = 4");
  expect(await told()).toEqual([expect.stringContaining('1: 1 ')]);
  await tamper(
    bench,
    'delete from timer',
    'delete from milestone',
    'delete from entry',
    'delete from incident where number = 1',
  );
  expect(await told()).not.toContainEqual(expect.stringContaining('1: '));
});
