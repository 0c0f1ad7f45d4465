import { setTimeout as pause } from 'node:timers/promises';
import postgres from 'postgres';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Backend, Consumer } from '../../src/queue/backend.ts';
import { connectQueue } from '../../src/queue/connect.ts';
import { createDatabase, type TestDatabase } from '../support/postgres.ts';
import { eventually } from '../support/story.ts';

let database: TestDatabase;
let backend: Backend;
let sql: postgres.Sql;
const uncaught: unknown[] = [];
const keep = (error: unknown): void => void uncaught.push(error);

beforeEach(async () => {
  database = await createDatabase('queue');
  sql = postgres(database.url, { max: 1, onnotice: () => undefined });
  backend = connectQueue(null, database.url, () => undefined);
  process.on('uncaughtExceptionMonitor', keep);
});

afterEach(async () => {
  process.off('uncaughtExceptionMonitor', keep);
  await backend.close();
  await sql.end({ timeout: 1 });
  await database.drop();
});

test('connections that are ended at any moment never end the process, and the work goes on', async () => {
  const handled: unknown[] = [];
  const consumers: Consumer[] = Array.from({ length: 3 }, () =>
    backend.consumer('wake', 1, async ({ data }) => void handled.push(data.at)),
  );
  const producer = backend.producer('wake');
  for (const until = Date.now() + 1500; Date.now() < until; await pause(5)) {
    await sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and usename = current_user and pid <> pg_backend_pid()`;
  }
  await eventually(
    () =>
      producer.add('wake', { at: 1 }, { jobId: 'one' }).then(
        () => true,
        () => false,
      ),
    'it takes jobs again',
    20_000,
  );
  await eventually(() => handled.length > 0, 'and does them', 20_000);
  expect(uncaught).toEqual([]);
  await Promise.all(consumers.map((consumer) => consumer.close(true)));
  await producer.close();
}, 60_000);
