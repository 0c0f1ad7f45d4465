import { afterEach, describe, expect, test } from 'vitest';
import type { Backend } from '../../src/queue/backend.ts';
import { connectQueue } from '../../src/queue/connect.ts';
import { createHints, type HintOutcome, type Hints } from '../../src/queue/hints.ts';
import { createDatabase, type TestDatabase } from '../support/postgres.ts';
import { describeWithRedis, startRedis, type TestRedis } from '../support/redis.ts';
import { eventually } from '../support/story.ts';

interface Bench {
  readonly hints: Hints;
  readonly backend: Backend;
  /** When something was fired, in milliseconds. */
  readonly fired: number[];
  readonly worked: number[];
  readonly outcomes: HintOutcome[];
  upcoming: number[];
}

let database: TestDatabase | undefined;
let redis: TestRedis | undefined;
let bench: Bench | undefined;

afterEach(async () => {
  await bench?.hints.stop();
  await bench?.backend.close();
  await redis?.stop();
  await database?.drop();
});

async function begin(withRedis: boolean): Promise<Bench> {
  database = await createDatabase('hints');
  redis = withRedis ? await startRedis() : undefined;
  const backend = connectQueue(redis?.url ?? null, database.url, () => undefined);
  const made: Omit<Bench, 'hints'> = {
    backend,
    fired: [],
    worked: [],
    outcomes: [],
    upcoming: [],
  };
  const hints = createHints({
    backend,
    fire: async () => void made.fired.push(Date.now()),
    work: () => void made.worked.push(Date.now()),
    upcoming: async () => whole.upcoming,
    onHint: (outcome, count = 1) => {
      for (let n = 0; n < count; n += 1) made.outcomes.push(outcome);
    },
    onError: () => undefined,
  });
  const whole: Bench = { ...made, hints };
  bench = whole;
  hints.start();
  return whole;
}

function tell(withRedis: boolean): void {
  test('a timer wakes somebody when it is due, and not before', async () => {
    const { hints, fired } = await begin(withRedis);
    const due = Date.now() + 600;
    hints.hint({ timers: [600], outbox: false, work: false });
    await eventually(() => fired[0], 'something is fired');
    expect(fired[0]).toBeGreaterThanOrEqual(due);
    expect(fired[0]).toBeLessThan(due + 1000);
  });

  test('a thousand timers of one instant are one wake-up, and it is not repeated', async () => {
    const { hints, fired, outcomes } = await begin(withRedis);
    hints.hint({ timers: Array.from({ length: 1000 }, () => 400), outbox: false, work: false });
    await eventually(() => outcomes.includes('fired') || undefined, 'the wake-up has come');
    // The instant may have been rounded to a neighbour while the list was made.
    expect(outcomes.filter((each) => each === 'added').length).toBeLessThanOrEqual(2);
    expect(fired.length).toBeLessThanOrEqual(2);
  });

  test('an instant that was used up can be hinted again', async () => {
    const { hints, fired } = await begin(withRedis);
    for (const times of [1, 2, 3]) {
      hints.hint({ timers: [100], outbox: false, work: false });
      await eventually(() => fired[times - 1], 'it is fired once more');
    }
  });

  test('what is further away than a day is left to the re-hinting', async () => {
    const { hints, outcomes } = await begin(withRedis);
    hints.hint({ timers: [25 * 60 * 60_000], outbox: false, work: false });
    hints.hint({ timers: [23 * 60 * 60_000], outbox: false, work: false });
    await eventually(() => outcomes[0], 'the nearer one is added');
    expect(outcomes).toEqual(['added']);
  });

  test('the timers of the next day are hinted again after the queue forgot them', async () => {
    const whole = await begin(withRedis);
    whole.upcoming.push(300);
    await whole.hints.rehint();
    await eventually(() => whole.fired[0], 'it is fired');
  });

  test('heavy work has a queue of its own', async () => {
    const { hints, worked, fired } = await begin(withRedis);
    hints.hint({ timers: [], outbox: false, work: true });
    await eventually(() => worked[0], 'the work is done');
    expect(fired).toEqual([]);
  });

  test('jobs that nobody of us made are dropped and counted', async () => {
    const { backend, fired, outcomes } = await begin(withRedis);
    const stranger = backend.producer('muster-wake');
    await stranger.add('bogus', {}, { removeOnComplete: true });
    await eventually(() => outcomes.includes('unknown') || undefined, 'it is counted');
    expect(fired).toEqual([]);
    await stranger.close();
  });
}

describe('hints on PostgreSQL', () => tell(false));
describeWithRedis('hints on Redis', () => tell(true));
