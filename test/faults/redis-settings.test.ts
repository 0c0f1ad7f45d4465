import { afterEach, expect, test } from 'vitest';
import { connectQueue } from '../../src/queue/connect.ts';
import { expectInvariants } from '../support/invariants.ts';
import { describeWithRedis, startRedis, type TestRedis } from '../support/redis.ts';
import { createStory, eventually, type Story } from '../support/story.ts';

// A Redis that is set up or filled in a way that does not suit a queue. Numbers are the rows of the
// fault matrix; see docs/faults.md.

/** How many jobs of strangers are put into the queue; the long tier has as many as the matrix says. */
const BOGUS = process.env.LONG ? 10_000 : 1000;

describeWithRedis('Redis as somebody else has set it up', () => {
  let redis: TestRedis | undefined;
  let story: Story | undefined;

  afterEach(async () => {
    await story?.stop();
    await redis?.stop();
    story = undefined;
  });

  const begin = async (...args: string[]) => {
    redis = await startRedis(args);
    return redis;
  };

  const metric = async (name: string): Promise<number> => {
    const { adminPort = 0 } = story?.apps[0] ?? {};
    const text = await (await fetch(`http://127.0.0.1:${adminPort}/metrics`)).text();
    const line = text.split('\n').find((each) => each.startsWith(`${name} `));
    return Number(line?.split(' ')[1] ?? 0);
  };

  const pinged = (told: Story, level: number, who: string): number =>
    told.heard(who).filter((line) => line.includes(`level ${level}`)).length;

  test('22: full and told to evict nothing, it takes no hint; that is counted, and the sweep fires', async () => {
    const server = await begin();
    story = await createStory({ redisUrl: server.url, replicas: 2 });
    await story.type('ana', '/incident list', 'C0GENERAL');
    await server.ask('CONFIG SET maxmemory 1');
    expect(await server.ask('SET more memory')).toMatch(/^-OOM/);
    expect(await story.opens('ana', 'sev1 Checkout is down')).toContain('INC-1 is open');
    await eventually(() => metric('muster_hints_total{outcome="failed"}'), 'it is counted');
    await story.fastForward(5);
    expect(pinged(story, 2, 'bo')).toBe(1);
    expect(await story.type('bo', '/incident ack')).toContain('Acknowledged');
    await expectInvariants(story);
  });

  test('24: a cluster takes every command, for all keys of a queue are in one slot', async () => {
    const server = await begin('--cluster-enabled', 'yes');
    await server.ask('CLUSTER ADDSLOTSRANGE 0 16383');
    await eventually(
      async () => (await server.ask('CLUSTER INFO')).includes('cluster_state:ok'),
      'the cluster is there',
    );
    story = await createStory({ redisUrl: server.url });
    await story.opens('ana', 'sev1 Checkout is down');
    await eventually(() => metric('muster_hints_total{outcome="added"}'), 'hints are added');
    await story.fastForward(5);
    await eventually(() => metric('muster_hints_total{outcome="fired"}'), 'and come back');
    expect(pinged(story, 2, 'bo')).toBe(1);
    const keys = (await server.ask('KEYS *')).split('\r\n').filter((line) => line.includes(':'));
    expect(keys.length).toBeGreaterThan(3);
    for (const key of keys) expect(key).toMatch(/^\{muster\}:/);
    await expectInvariants(story);
  });

  test('25, 26: jobs of strangers, of long ago and of nothing are dropped and counted, and nothing waits for them', async () => {
    const server = await begin();
    story = await createStory({ redisUrl: server.url });
    const stranger = connectQueue(server.url, '', () => undefined);
    const queue = stranger.producer('muster-wake');
    await story.opens('ana', 'sev1 Checkout is down');
    await story.type('ana', '/incident ack');
    // What is no number becomes null on its way.
    const data = [{}, { at: Number.NaN }];
    const jobs = Array.from({ length: BOGUS }, (_, n) => ({
      name: `bogus-${n % 7}`,
      data: data[n % data.length] ?? {},
      opts: { removeOnComplete: true },
    }));
    // Of an instant long ago, whose clock the acknowledgement has stopped.
    const stale = { name: 'wake', data: { at: 1 }, opts: { removeOnComplete: true } };
    await queue.addBulk([stale, ...jobs, stale]);
    await story.opens('ana', 'sev1 Search is down');
    await story.fastForward(5);
    await eventually(
      async () => (await metric('muster_hints_total{outcome="unknown"}')) >= BOGUS,
      'all are counted',
      30_000,
    );
    expect(await metric('muster_hints_total{outcome="unknown"}')).toBe(BOGUS);
    expect(pinged(story, 2, 'bo')).toBe(1);
    expect((await queue.getJobCounts('failed')).failed).toBe(0);
    await queue.close();
    await stranger.close();
    await expectInvariants(story);
  }, 60_000);
});
