import { createPostgresBackend, type JobsOptions, Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';

/** A hash tag, so that a Redis cluster keeps all keys of a queue together. */
const PREFIX = '{muster}';

/** As measured: a worker that was killed is replaced in 10 s instead of 60, and crashes never exhaust a wake-up. */
const WORKER = {
  lockDuration: 10_000,
  stalledInterval: 5000,
  maxStalledCount: 100,
  runRetryDelay: 1000,
} as const;

/** A job as the handlers see it: an instant and nothing else, for BullMQ keeps data in the clear. */
export interface WakeJob {
  readonly name: string;
  readonly data: { readonly at?: number };
}

/** A job to be added. */
export interface NewJob {
  readonly name: string;
  readonly data: WakeJob['data'];
  readonly opts: JobsOptions;
}

export interface Producer {
  add(name: string, data: WakeJob['data'], options: JobsOptions): Promise<unknown>;
  /** All of them in one go: a thousand cost little more than one. */
  addBulk(jobs: NewJob[]): Promise<unknown>;
  /** How many jobs are in these states. */
  getJobCounts(...states: ('waiting' | 'failed')[]): Promise<Record<string, number>>;
  close(): Promise<void>;
}

export interface Consumer {
  /** Waits for running jobs; with `force` it does not. */
  close(force?: boolean): Promise<void>;
}

/** One backend of BullMQ: which one it is stays in this file. */
export interface Backend {
  readonly name: 'redis' | 'postgres';
  producer(queue: string): Producer;
  consumer(queue: string, concurrency: number, handle: (job: WakeJob) => Promise<void>): Consumer;
  /**
   * Whether the backend still knows that it was here before, and notes it. Answers within a second
   * and a half; rejects when the backend is not there. One that forgot says so to one replica.
   */
  remembers(): Promise<boolean>;
  /** How it is set up, as far as it says so; rejects when it is not there. */
  setup(): Promise<BackendSetup>;
  close(): Promise<void>;
}

/** What a backend is set to. Null is what it does not say, or what it has not. */
export interface BackendSetup {
  /** Redis' `maxmemory-policy`. */
  readonly eviction: string | null;
  /** Whether anything is written to disk. */
  readonly persistent: boolean | null;
}

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

type OnError = (error: Error) => void;

/** Reconnects within a second: a timer that came due during an outage waits for nothing longer. */
const retryStrategy = (attempt: number): number => Math.min(200 * attempt, 1000);

function redisBackend(url: string, onError: OnError): Backend {
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

const postgresWorker = (
  queue: string,
  concurrency: number,
  connection: { connectionString: string; max: number; migrate: boolean },
  handle: (job: WakeJob) => Promise<void>,
) =>
  new Worker(
    queue,
    (job: WakeJob) => handle(job),
    { ...WORKER, connection, concurrency },
    createPostgresBackend,
  );

type PostgresWorker = ReturnType<typeof postgresWorker>;

/** So many errors in one turn of the event loop are not news of a database: they keep it from turning. */
const SPINNING = 20;
const REPLACED_AFTER_MS = 1000;

/**
 * A worker that is replaced when it spins: BullMQ remembers a start that failed for ever, and asks
 * it again and again without letting anybody else have a turn.
 */
function replaced(start: () => PostgresWorker, onError: OnError): Consumer {
  let closed = false;
  let again: NodeJS.Timeout | undefined;
  let worker = begin();

  function begin(): PostgresWorker {
    const begun = start();
    let errors = 0;
    begun.on('error', (error) => {
      errors += 1;
      if (errors === 1) {
        onError(error);
        setImmediate(() => {
          errors = 0;
        });
      }
      if (errors !== SPINNING) return;
      begun.close(true).catch(() => undefined);
      if (closed) return;
      again = setTimeout(() => {
        worker = begin();
      }, REPLACED_AFTER_MS).unref();
    });
    return begun;
  }

  return {
    close(force) {
      closed = true;
      clearTimeout(again);
      return worker.close(force);
    },
  };
}

/**
 * BullMQ's own tables in our database, reached through `pg`.
 *
 * `migrate` on every boot: a client on an older schema would start without a word and then fail.
 */
function postgresBackend(url: string, onError: OnError): Backend {
  const connection = (max: number) => ({ connectionString: url, max, migrate: true });
  return {
    name: 'postgres',
    producer(queue) {
      const producer = new Queue(queue, { connection: connection(2) }, createPostgresBackend);
      producer.on('error', onError);
      return producer;
    },
    consumer(queue, concurrency, handle) {
      return replaced(() => postgresWorker(queue, concurrency, connection(3), handle), onError);
    },
    // The database has its own check; this backend is there when that is.
    remembers: async () => true,
    setup: async () => ({ eviction: null, persistent: null }),
    close: async () => undefined,
  };
}

/** Redis when there is one, otherwise PostgreSQL: the same code on top of both. */
export const connectQueue = (
  redisUrl: string | null,
  databaseUrl: string,
  onError: OnError,
): Backend => (redisUrl ? redisBackend(redisUrl, onError) : postgresBackend(databaseUrl, onError));
