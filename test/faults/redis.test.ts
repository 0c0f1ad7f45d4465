import { afterEach, beforeEach, expect, test } from 'vitest';
import { expectInvariants } from '../support/invariants.ts';
import { describeWithRedis, startRedis, type TestRedis } from '../support/redis.ts';
import { startService } from '../support/service.ts';
import { createStory, eventually, type Story } from '../support/story.ts';

describeWithRedis('Redis is only a hint', () => {
  let redis: TestRedis;
  let story: Story | undefined;

  beforeEach(async () => {
    redis = await startRedis();
  });

  afterEach(async () => {
    redis.thaw();
    await story?.stop();
    await redis.stop();
    story = undefined;
  });

  const readiness = async (port: number): Promise<string> =>
    (await (await fetch(`http://127.0.0.1:${port}/readyz`)).text()).trim();

  test('FLUSHALL with timers pending loses none and repeats none', async () => {
    story = await createStory({ redisUrl: redis.url, replicas: 2 });
    for (let n = 1; n <= 5; n += 1) await story.opens('ana', `sev1 Trouble ${n}`);
    await redis.flush();
    await story.fastForward(5);
    const levels = story.heard('bo').filter((line) => line.includes('level 2'));
    expect(levels).toHaveLength(5);
    await redis.flush();
    await story.fastForward(5);
    expect(story.heard('max').filter((line) => line.includes('level 3'))).toHaveLength(5);
    await expectInvariants(story);
  });

  test('after a wipe every hint is back within fifteen seconds, and the sweep loses nothing meanwhile', async () => {
    story = await createStory({ redisUrl: redis.url, replicas: 2 });
    await story.opens('ana', 'sev1 Checkout is down');
    const hinted = async () =>
      Number((await redis.ask('ZCARD {muster}:muster-wake:delayed')).slice(1));
    await eventually(hinted, 'hints are there');
    // Once the mark stands there, only a wipe takes it away.
    await eventually(
      async () => (await redis.ask('GET {muster}:here')).startsWith('$1'),
      'it is marked',
    );
    const [wanted] = await story.sql`select count(distinct due_at)::int as instants from timer
      where state = 'pending' and due_at < now() + interval '24 hours'`;
    await redis.flush();
    expect(await hinted()).toBe(0);
    await eventually(
      async () => (await hinted()) >= wanted?.instants,
      'they are hinted again',
      15_000,
    );
  }, 30_000);

  test('Redis that evicts is found, with its repair, and /readyz is degraded', async () => {
    await redis.ask('CONFIG SET maxmemory-policy allkeys-lru');
    story = await createStory({ redisUrl: redis.url, auditEveryMs: 200 });
    const { port = 0 } = story.apps[0] ?? {};
    await eventually(async () => (await readiness(port)) === 'degraded', 'degraded');
    const said = await story.type('ada', '/incident doctor', 'C0GENERAL');
    expect(said).toContain('Its maxmemory-policy is allkeys-lru');
    expect(said).toContain('Set maxmemory-policy to noeviction');
    expect(said).toContain('Hint: Redis keeps nothing on disk');
    await redis.ask('CONFIG SET maxmemory-policy noeviction');
    await eventually(async () => (await readiness(port)) === 'ready', 'ready again');
  });

  test('with Redis frozen, and then gone, everything goes on and nobody waits for it', async () => {
    story = await createStory({ redisUrl: redis.url });
    await story.opens('ana', 'sev1 Checkout is down');
    redis.freeze();
    const began = Date.now();
    expect(await story.type('ana', '/incident log Redis hangs')).toContain('Logged');
    expect(Date.now() - began).toBeLessThan(2500);
    await story.fastForward(5);
    expect(story.heard('bo')).toHaveLength(1);
    await redis.kill();
    expect(await story.type('ana', '/incident log Redis is gone')).toContain('Logged');
    await story.fastForward(5);
    expect(story.heard('max').filter((line) => line.includes('level 3'))).toHaveLength(1);
    await redis.restart();
    expect(await story.type('bo', '/incident ack')).toContain('Acknowledged');
    // Not so long that the acknowledgement decays for want of a sign of life.
    await story.fastForward(25);
    expect(story.heard('max').filter((line) => line.includes('level'))).toHaveLength(1);
    await expectInvariants(story);
  });

  test('down at boot: ready on the sweep alone, and /readyz says degraded', async () => {
    await redis.kill();
    const began = Date.now();
    story = await createStory({ redisUrl: redis.url });
    expect(await story.opens('ana', 'sev1 Checkout is down')).toContain('INC-1 is open');
    expect(Date.now() - began).toBeLessThan(5000);
    await story.fastForward(5);
    expect(story.heard('bo')).toHaveLength(1);
    const port = story.apps[0]?.port ?? 0;
    await eventually(async () => (await readiness(port)) === 'degraded', 'degraded');
    await redis.restart();
    await eventually(async () => (await readiness(port)) === 'ready', 'ready again', 12_000);
    await expectInvariants(story);
  });

  test('told to stop while Redis hangs it exits with 0 within ten seconds', async () => {
    story = await createStory({ replicas: 0, speed: 1 });
    const { workspace, databaseUrl } = story;
    const service = await startService({ workspace, databaseUrl, redisUrl: redis.url });
    await story.opens('ana', 'sev1 Checkout is down');
    redis.freeze();
    await story.workspace.type('U0ANA', story.channel().id, '/incident log Redis hangs');
    const { code, ms } = await service.signal('SIGTERM');
    expect(code).toBe(0);
    expect(ms).toBeLessThan(10_000);
  }, 30_000);
});
