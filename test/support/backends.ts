import { afterAll, afterEach, beforeAll, describe } from 'vitest';
import { describeWithRedis, startRedis, type TestRedis } from './redis.ts';
import { createStory, type Story } from './story.ts';
import type { StoryOptions } from './story-options.ts';

/** Begins a story on the backend of the suite; it is over when the test is. */
export type Begin = (options?: Omit<StoryOptions, 'redisUrl'>) => Promise<Story>;

/** Stops whatever was begun when each test is over. */
export function storyteller(redisUrl: () => string | null = () => null): Begin {
  const begun: Story[] = [];
  afterEach(async () => {
    await Promise.all(begun.splice(0).map((story) => story.stop()));
  });
  return async (options = {}) => {
    const story = await createStory({ ...options, redisUrl: redisUrl() });
    begun.push(story);
    return story;
  };
}

/** Tells the same stories with BullMQ on PostgreSQL and on a Redis of their own. */
export function onBothBackends(name: string, suite: (begin: Begin) => void): void {
  describe(`${name}, on PostgreSQL alone`, () => suite(storyteller()));
  describeWithRedis(`${name}, with Redis`, () => {
    let redis: TestRedis | undefined;
    beforeAll(async () => {
      redis = await startRedis();
    });
    afterAll(async () => {
      await redis?.stop();
    });
    suite(storyteller(() => redis?.url ?? null));
  });
}

/** Tells stories that no clock is in: on PostgreSQL alone, and in the long tier with Redis too. */
export function onAnyBackend(name: string, suite: (begin: Begin) => void): void {
  if (process.env.LONG !== undefined) onBothBackends(name, suite);
  else describe(name, () => suite(storyteller()));
}
