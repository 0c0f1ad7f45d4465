import postgres from 'postgres';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connect, type Queryable, type Sql } from '../../src/db/connect.ts';
import { createDatabase, type TestDatabase } from '../support/postgres.ts';
import { eventually } from '../support/town.ts';

let database: TestDatabase;
let pool: Sql;
let other: postgres.Sql;

beforeEach(async () => {
  database = await createDatabase('connect');
  pool = connect({ url: database.url, name: 'test', max: 3, statementTimeout: 5000 });
  other = postgres(database.url, { max: 1, onnotice: () => undefined });
});

afterEach(async () => {
  await pool.end();
  await other.end({ timeout: 1 });
  await database.drop();
});

const PID = 'select pg_backend_pid() as pid';
const ONE = 'select 1 as one';

const terminate = (pid: number): Promise<unknown> => other`select pg_terminate_backend(${pid})`;

test('a transaction is committed when its work is done and leaves nothing when it throws', async () => {
  await pool.query('create table note (text text)');
  await pool.begin((tx) => tx.query('insert into note values ($1)', ['kept']));
  const failed = pool.begin(async (tx) => {
    await tx.query('insert into note values ($1)', ['lost']);
    throw new Error('changed my mind');
  });
  await expect(failed).rejects.toThrow('changed my mind');
  expect(await pool.query('select text from note')).toEqual([{ text: 'kept' }]);
});

test('a statement that fails takes its transaction with it, and the connection goes on', async () => {
  for (let n = 0; n < 10; n += 1) {
    const failed = pool.begin((tx) => Promise.all([tx.query('select 1 / 0'), tx.query(ONE)]));
    await expect(failed).rejects.toThrow('division by zero');
  }
  expect(await pool.query(ONE)).toEqual([{ one: 1 }]);
});

// Without the pool's care postgres.js throws here where nobody can catch it, and vitest fails.
test('a connection that dies in the middle of a transaction fails that transaction and nothing else', async () => {
  for (let n = 0; n < 20; n += 1) {
    const dying = pool.begin(async (tx) => {
      const [row] = await tx.query<{ pid: number }>(PID);
      await terminate(row?.pid ?? 0);
      await tx.query(ONE).catch(() => undefined);
      return Promise.all([tx.query(ONE), tx.query(ONE), tx.query(ONE)]);
    });
    await expect(dying).rejects.toThrow();
    expect(await pool.query(ONE)).toEqual([{ one: 1 }]);
  }
});

test('all connections dying at once while statements are under way are replaced', async () => {
  for (let n = 0; n < 5; n += 1) {
    const busy = Promise.allSettled(
      Array.from({ length: 12 }, () => pool.query('select pg_sleep(0.3)')),
    );
    await other`select pg_sleep(0.05)`;
    await other`select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'test' and datname = current_database()`;
    await busy;
    expect(await pool.query(ONE)).toEqual([{ one: 1 }]);
  }
});

test('whoever waits for a free connection of a pool that is given up hears of it', async () => {
  const small = connect({ url: database.url, name: 'small', max: 2, statementTimeout: 60_000 });
  const sleep = (seconds: number) => (tx: Queryable) => tx.query(`select pg_sleep(${seconds})`);
  const sleeping = (seconds: number) => () =>
    other`select pid from pg_stat_activity where application_name = 'small'
      and wait_event = 'PgSleep' and query like ${`%(${seconds})`}`;
  const whole = small.begin(sleep(1)).catch((error) => error);
  const dying = small.begin(sleep(20)).catch((error) => error);
  await eventually(async () => (await sleeping(1)()).length > 0, 'one is busy');
  const [victim] = await eventually(async () => {
    const found = await sleeping(20)();
    return found.length > 0 ? found : undefined;
  }, 'the other is busy');
  const waiting = small.begin(async () => 'never').catch((error) => error);
  await terminate(victim?.pid);
  expect(await dying).toBeInstanceOf(Error);
  // The next one takes a new pool, and the old one ends.
  expect(await small.query(ONE)).toEqual([{ one: 1 }]);
  await whole;
  expect(await waiting).toBeInstanceOf(Error);
  await small.end();
});

test('a pool that cannot reach PostgreSQL says so at once, every time', async () => {
  const nowhere = connect({
    url: 'postgres://nobody@127.0.0.1:9/none',
    name: 'test',
    max: 2,
    statementTimeout: 1000,
  });
  for (let n = 0; n < 5; n += 1) await expect(nowhere.query(ONE)).rejects.toThrow('ECONNREFUSED');
  await expect(nowhere.begin((tx) => tx.query(ONE))).rejects.toThrow();
  await nowhere.end();
});
