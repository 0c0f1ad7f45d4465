import {
  createPostgresBackend,
  DEFAULT_SCHEMA,
  type PgPool,
  Queue,
  runMigrations,
  Worker,
} from 'bullmq';
import pg from 'pg';
import { orNull } from '../deadline.ts';
import { type Backend, type OnError, type WakeJob, WORKER } from './backend.ts';

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

/** Connections of one queue or worker. */
interface Connections {
  readonly pool: PgPool;
  /** Ends all of them, in a second at most. */
  close(): Promise<void>;
}

/** So long a connection may finish what it does before it is cut. */
const ENDED_WITHIN_MS = 1000;

/** Opens connections on demand; the first one brings BullMQ's tables up to date. */
function openConnections(url: string, max: number, onError: OnError): Connections {
  let migrated: Promise<unknown> | undefined;
  const open = new Set<pg.Client>();
  const pool = new pg.Pool({
    connectionString: url,
    max,
    Client: class extends QuietClient {
      constructor(config?: pg.ClientConfig) {
        super(config);
        open.add(this);
        this.once('end', () => open.delete(this));
      }
    },
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
  return {
    // BullMQ describes the part of a pool that it uses, in types that `pg` does not quite have.
    pool: pool as unknown as PgPool,
    async close() {
      // A worker whose start was interrupted never gives its connection back, and the pool waits
      // for that for ever.
      await orNull(ENDED_WITHIN_MS, pool.end());
      for (const client of open) client.connection.stream.destroy();
    },
  };
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

type PostgresWorker = ReturnType<typeof postgresWorker>;

/** So many errors in one turn of the event loop are not news of a database: they keep it from turning. */
const SPINNING = 20;
const RENEWED_AFTER_MS = 1000;

/** A part of BullMQ that is begun anew when its start failed, for it remembers that for ever. */
interface Renewed<Part> {
  readonly part: Part;
  /** Begins no more. */
  stop(): void;
  end(): Promise<void>;
}

/**
 * Begins a part on connections of its own, and again on new ones a second after it gives up: what
 * a start that failed has kept must not be missing to the next one.
 */
function renewed<Part extends { close(force?: boolean): Promise<void> }>(
  open: () => Connections,
  start: (pool: PgPool, giveUp: () => void) => Part,
  onError: OnError,
): Renewed<Part> {
  let stopped = false;
  let again: NodeJS.Timeout | undefined;
  let connections: Connections;
  let part = begin();

  function begin(): Part {
    const opened = open();
    connections = opened;
    const begun = start(opened.pool, () => {
      begun.close(true).catch(() => undefined);
      opened.close().catch(onError);
      if (stopped) return;
      again = setTimeout(() => {
        part = begin();
      }, RENEWED_AFTER_MS).unref();
    });
    return begun;
  }

  function stop(): void {
    stopped = true;
    clearTimeout(again);
  }

  return {
    get part() {
      return part;
    },
    stop,
    end() {
      stop();
      return connections.close();
    },
  };
}

/** A worker spins when its start failed: it asks again and again and gives nobody else a turn. */
function givesUpSpinning(worker: PostgresWorker, giveUp: () => void, onError: OnError): void {
  let errors = 0;
  worker.on('error', (error) => {
    errors += 1;
    if (errors === 1) {
      onError(error);
      setImmediate(() => {
        errors = 0;
      });
    }
    if (errors === SPINNING) giveUp();
  });
}

/** BullMQ's own tables in our database, reached through `pg`. */
export function postgresBackend(url: string, onError: OnError): Backend {
  const parts: Renewed<unknown>[] = [];
  return {
    name: 'postgres',
    producer(queue) {
      const producer = renewed(
        () => openConnections(url, 2, onError),
        (pool, giveUp) => {
          const begun = postgresQueue(queue, pool, onError);
          begun.waitUntilReady().catch(giveUp);
          return begun;
        },
        onError,
      );
      parts.push(producer);
      return {
        add: (...job) => producer.part.add(...job),
        addBulk: (jobs) => producer.part.addBulk(jobs),
        getJobCounts: (...states) => producer.part.getJobCounts(...states),
        close() {
          producer.stop();
          return producer.part.close();
        },
      };
    },
    consumer(queue, concurrency, handle) {
      const consumer = renewed(
        // One more than it had: its LISTEN keeps one for itself.
        () => openConnections(url, 4, onError),
        (pool, giveUp) => {
          const begun = postgresWorker(queue, concurrency, pool, handle);
          givesUpSpinning(begun, giveUp, onError);
          return begun;
        },
        onError,
      );
      parts.push(consumer);
      return {
        close(force) {
          consumer.stop();
          return consumer.part.close(force);
        },
      };
    },
    // The database has its own check; this backend is there when that is.
    remembers: async () => true,
    setup: async () => ({ eviction: null, persistent: null }),
    close: async () => {
      await Promise.allSettled(parts.map((part) => part.end()));
    },
  };
}
