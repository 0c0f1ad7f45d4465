import { createPostgresBackend, Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import postgres from 'postgres';
import { answer } from './child.ts';

// Timers as anybody would write them first: one delayed job each, which makes one conditional
// update. No rules, no entry, no ping, no audit, no incident.

const NAME = 'bare-jobs';
const CONCURRENCY = 10;
const KEEP = { removeOnComplete: true } as const;

const closing: (() => Promise<unknown>)[] = [];
let queue: Pick<Queue, 'addBulk'> | undefined;

async function start({ databaseUrl, redisUrl }: { databaseUrl: string; redisUrl: string | null }) {
  const sql = postgres(databaseUrl, { max: CONCURRENCY, onnotice: () => undefined });
  const handle = async ({ data }: { data: { n: number } }) => {
    await sql`update bare_timer set fired = true where n = ${data.n} and not fired`;
  };
  const options = { concurrency: CONCURRENCY };
  const redis = (): { connection: Redis; prefix: string } => {
    const connection = new Redis(redisUrl ?? '', { maxRetriesPerRequest: null });
    closing.push(async () => connection.disconnect());
    return { connection, prefix: '{bare}' };
  };
  const postgresConnection = { connectionString: databaseUrl, max: CONCURRENCY, migrate: true };
  const producer = redisUrl
    ? new Queue(NAME, redis())
    : new Queue(NAME, { connection: postgresConnection }, createPostgresBackend);
  await producer.waitUntilReady();
  const worker = redisUrl
    ? new Worker(NAME, handle, { ...options, ...redis() })
    : new Worker(
        NAME,
        handle,
        { ...options, connection: postgresConnection },
        createPostgresBackend,
      );
  await worker.waitUntilReady();
  queue = producer as Pick<Queue, 'addBulk'>;
  closing.unshift(
    () => worker.close(),
    () => producer.close(),
    () => sql.end({ timeout: 1 }),
  );
}

answer(
  {
    start,
    add: async ({ from, count, at }: { from: number; count: number; at: number }) => {
      const delay = Math.max(0, at - Date.now());
      await queue?.addBulk(
        Array.from({ length: count }, (_, n) => ({
          name: 'fire',
          data: { n: from + n },
          opts: { ...KEEP, delay },
        })),
      );
    },
  },
  async () => {
    for (const close of closing) await close();
  },
);
