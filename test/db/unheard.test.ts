import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { connect } from '../../src/db/connect.ts';
import { isUnheard } from '../../src/db/unheard.ts';
import { createDatabase, type TestDatabase } from '../support/postgres.ts';
import { startProxy } from '../support/proxy.ts';

let database: TestDatabase;
let proxy: Awaited<ReturnType<typeof startProxy>>;

afterEach(async () => {
  await proxy.close();
  await database.drop();
});

test('a connection lost while it is being made is told to whoever wants it, and nobody else', async () => {
  database = await createDatabase('unheard');
  proxy = await startProxy(database.url);
  const unhandled: unknown[] = [];
  const keep = (error: unknown): void => void unhandled.push(error);
  process.on('unhandledRejection', keep);
  const asked = new Promise<void>((resolve) => {
    proxy.onAnswer(/pg_catalog\.pg_type/, resolve);
  });
  const pool = connect({ url: proxy.url, name: 'test', max: 1, statementTimeout: 1000 });
  const answer = pool.begin((tx) => tx.query('select 1 as one'));
  answer.catch(() => undefined);
  await asked;
  proxy.cut();
  await expect(answer).rejects.toThrow();
  await pause(50);
  process.off('unhandledRejection', keep);
  await pool.end();
  expect(unhandled.filter((error) => !isUnheard(error))).toEqual([]);
  expect(unhandled.some(isUnheard), 'the driver no longer does this: drop isUnheard').toBe(true);
});
