import {
  createPostgresBackend,
  DEFAULT_SCHEMA,
  type PgPool,
  Queue,
  runMigrations,
  Worker,
} from 'bullmq';
import pg from 'pg';
import {
  type Backend,
  type Consumer,
  type OnError,
  type Producer,
  type WakeJob,
  WORKER,
} from './backend.ts';

/**
 * A connection whose end is not the end of the process.
 *
 * Between two listeners, BullMQ's and the pool's own, a connection that breaks has none, and Node
 * ends a process over an `error` that nobody listens to. Whoever waits for an answer is told by
 * its rejection all the same.
 */
class QuietClient extends pg.Client {
  override emit(event: string | symbol, ...values: unknown[]): boolean {
    if (event === 'error' && this.listenerCount('error') === 0) return false;
    return super.emit(event, ...values);
  }
}

/** Connections of one queue or worker; the first one brings BullMQ's tables up to date. */
function openPool(url: string, max: number, onError: OnError): PgPool {
  let migrated: Promise<unknown> | undefined;
  const pool = new pg.Pool({
    connectionString: url,
    max,
    Client: QuietClient,
    keepAlive: true,
    options: `-c search_path=${DEFAULT_SCHEMA}`,
    // On every boot: a client on an older schema would start without a word and then fail.
    onConnect: (client) => {
      migrated ??= runMigrations(client).catch((error: unknown) => {
        migrated = undefined;
        throw error;
      });
      // Awaited by the pool, whatever its types say.
      return migrated as unknown as undefined;
    },
  });
  pool.on('error', onError);
  // BullMQ describes the part of a pool that it uses, in types that `pg` does not quite have.
  return pool as unknown as PgPool;
}

const postgresWorker = (
  queue: string,
  concurrency: number,
  connection: PgPool,
  handle: (job: WakeJob) => Promise<void>,
) =>
  new Worker(
    queue,
    (job: WakeJob) => handle(job),
    { ...WORKER, connection, concurrency },
    createPostgresBackend,
  );

function postgresQueue(name: string, connection: PgPool, onError: OnError) {
  const queue = new Queue(name, { connection }, createPostgresBackend);
  queue.on('error', onError);
  return queue;
}

type PostgresQueue = ReturnType<typeof postgresQueue>;
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

/** A producer that is replaced when its start failed, which BullMQ remembers for ever as well. */
function lasting(start: () => PostgresQueue): Producer {
  let closed = false;
  let again: NodeJS.Timeout | undefined;
  let queue = begin();

  function begin(): PostgresQueue {
    const begun = start();
    begun.waitUntilReady().catch(() => {
      begun.close().catch(() => undefined);
      if (closed) return;
      again = setTimeout(() => {
        queue = begin();
      }, REPLACED_AFTER_MS).unref();
    });
    return begun;
  }

  return {
    add: (...job) => queue.add(...job),
    addBulk: (jobs) => queue.addBulk(jobs),
    getJobCounts: (...states) => queue.getJobCounts(...states),
    close() {
      closed = true;
      clearTimeout(again);
      return queue.close();
    },
  };
}

/** BullMQ's own tables in our database, reached through `pg`. */
export function postgresBackend(url: string, onError: OnError): Backend {
  const pools: PgPool[] = [];
  const connect = (max: number): PgPool => {
    const pool = openPool(url, max, onError);
    pools.push(pool);
    return pool;
  };
  return {
    name: 'postgres',
    producer(queue) {
      const connection = connect(2);
      return lasting(() => postgresQueue(queue, connection, onError));
    },
    consumer(queue, concurrency, handle) {
      // One more than it had: its LISTEN keeps one for itself.
      const pool = connect(4);
      return replaced(() => postgresWorker(queue, concurrency, pool, handle), onError);
    },
    // The database has its own check; this backend is there when that is.
    remembers: async () => true,
    setup: async () => ({ eviction: null, persistent: null }),
    close: async () => {
      await Promise.allSettled(pools.map((pool) => pool.end()));
    },
  };
}
