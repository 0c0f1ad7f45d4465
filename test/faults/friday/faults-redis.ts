import { setTimeout as pause } from 'node:timers/promises';
import type { Fault } from './scene.ts';

/** What happens to Redis. */
export const REDIS_FAULTS: readonly Fault[] = [
  {
    name: 'redis-flushed',
    what: 'FLUSHALL every second, eight times',
    target: { p99Ms: 1500, healMs: 5000 },
    async strike({ stack, harmed }) {
      for (let n = 0; n < 8; n += 1) {
        await stack.redis.flush();
        await pause(1000);
      }
      harmed();
    },
  },
  {
    name: 'redis-stopped',
    what: 'kill -9 of Redis, back after 12 s',
    target: { p99Ms: 1500, healMs: 5000 },
    async strike({ stack, harmed }) {
      await stack.redis.kill();
      await pause(12_000);
      await stack.redis.restart();
      harmed();
    },
  },
  {
    name: 'redis-frozen',
    what: 'SIGSTOP of Redis for 12 s',
    target: { p99Ms: 1500, healMs: 5000 },
    async strike({ stack, harmed }) {
      stack.redis.freeze();
      await pause(12_000);
      stack.redis.thaw();
      harmed();
    },
  },
];
