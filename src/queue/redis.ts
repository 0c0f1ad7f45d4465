import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { type Backend, type BackendSetup, type OnError, type WakeJob, WORKER } from './backend.ts';

/** A hash tag, so that a Redis cluster keeps all keys of a queue together. */
const PREFIX = '{muster}';

/** Gone with everything else when Redis is emptied. */
const MARK = `${PREFIX}:here`;

/** One line of Redis' INFO. */
const told = (info: string, name: string): string | null =>
  new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(info)?.[1] ?? null;

/** Managed services forbid CONFIG; INFO alone then says only half of it. */
async function redisSetup(redis: Redis): Promise<BackendSetup> {
  const info = await redis.info('memory', 'persistence');
  const snapshots = await redis.config('GET', 'save').then(
    (answer) => Array.isArray(answer) && answer[1] !== '',
    () => null,
  );
  const appends = told(info, 'aof_enabled');
  const persistent = appends === '1' ? true : appends === null ? null : snapshots;
  return { eviction: told(info, 'maxmemory_policy'), persistent };
}

/** Reconnects within a second: a timer that came due during an outage waits for nothing longer. */
const retryStrategy = (attempt: number): number => Math.min(200 * attempt, 1000);

/** BullMQ on Redis. */
export function redisBackend(url: string, onError: OnError): Backend {
  const connections: Redis[] = [];
  function connect(role: 'producer' | 'consumer'): Redis {
    // A producer gives up at once rather than queueing: a hint may be lost, an answer may not wait.
    const options =
      role === 'producer'
        ? { maxRetriesPerRequest: 1, enableOfflineQueue: false, commandTimeout: 1500 }
        : { maxRetriesPerRequest: null };
    const connection = new Redis(url, { retryStrategy, ...options });
    connection.on('error', onError);
    connections.push(connection);
    return connection;
  }
  const own = connect('producer');
  return {
    name: 'redis',
    producer(queue) {
      const producer = new Queue(queue, { connection: connect('producer'), prefix: PREFIX });
      producer.on('error', onError);
      return producer;
    },
    consumer(queue, concurrency, handle) {
      const connection = connect('consumer');
      const worker = new Worker<WakeJob['data']>(queue, (job) => handle(job), {
        ...WORKER,
        connection,
        concurrency,
        prefix: PREFIX,
      });
      worker.on('error', onError);
      return worker;
    },
    remembers: async () => (await own.set(MARK, '1', 'NX')) === null,
    setup: () => redisSetup(own),
    close: async () => {
      for (const connection of connections) connection.disconnect();
    },
  };
}
