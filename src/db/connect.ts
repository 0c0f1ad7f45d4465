import postgres from 'postgres';
import { within } from '../deadline.ts';

/** What a statement may be given: arrays go to `text[]`, everything else as it is. */
export type Parameter = string | number | boolean | null | readonly string[];

/** A transaction's connection, or the pool: both run statements. */
export interface Queryable {
  /** Runs a statement that is prepared once per connection; `text` must be a constant. */
  query<Row extends object>(text: string, parameters?: readonly Parameter[]): Promise<Row[]>;
}

/** A pool of connections. */
export interface Sql extends Queryable {
  /** One transaction: committed when `work` is done, rolled back when it throws. */
  begin<T>(work: (tx: Queryable) => Promise<T>, mode?: string): Promise<T>;
  end(): Promise<void>;
}

export interface PoolOptions {
  readonly url: string;
  /** Shown in `pg_stat_activity`. */
  readonly name: string;
  readonly max: number;
  /** Milliseconds after which PostgreSQL gives a statement up. */
  readonly statementTimeout: number;
  /** For how long a connection is waited for: one second, for Slack waits no longer than three. */
  readonly connectSeconds?: number;
}

/** A connection was lost, and with it whatever was under way on it. */
export class ConnectionLost extends Error {
  readonly code = 'CONNECTION_LOST';
}

/** Time for what is under way on other connections of a pool that is given up. */
const RETIRE_SECONDS = 5;

/** After PostgreSQL itself should have given the statement up, whatever the network does. */
const GRACE_MS = 3000;

/** The connections that live and die together: see `connect`. */
interface Generation {
  readonly sql: postgres.Sql;
  readonly deadlineMs: number;
  /** Those who wait for one of its connections to be free. */
  readonly waiting: Set<(error: Error) => void>;
  lost: boolean;
}

const lost = (): Error => new ConnectionLost('the connection was lost');
const late = (): Error => new ConnectionLost('no answer from the connection');

/** One was lost, so all of them are given up; nobody waits for one of them any longer. */
function lose(generation: Generation): void {
  generation.lost = true;
  for (const tell of generation.waiting) tell(lost());
}

/**
 * The default back-off of postgres.js grows to over ten seconds, longer than Slack waits for an
 * answer. Connections are not closed for being idle or old: then a closed one always means trouble.
 */
function open({ url, name, max, statementTimeout, connectSeconds = 1 }: PoolOptions): Generation {
  const sql = postgres(url, {
    max,
    connect_timeout: connectSeconds,
    backoff: () => 0.25,
    idle_timeout: 0,
    max_lifetime: null,
    onnotice: () => undefined,
    onclose: () => lose(generation),
    connection: {
      application_name: name,
      statement_timeout: statementTimeout,
      lock_timeout: 800,
      // A replica that stands still, or that nobody hears, holds its incidents no longer than this.
      idle_in_transaction_session_timeout: 3000,
      TimeZone: 'UTC',
    },
  });
  const generation: Generation = {
    sql,
    lost: false,
    waiting: new Set(),
    deadlineMs: statementTimeout + GRACE_MS,
  };
  return generation;
}

const isFromServer = (error: unknown): error is postgres.PostgresError =>
  error instanceof postgres.PostgresError;

/** PostgreSQL ends the connection after these, whatever we say to it. */
const isFarewell = (error: unknown): boolean => isFromServer(error) && /^57P/.test(error.code);

/** The driver's own errors are about the connection. Ours, and the server's, leave it whole. */
const isDriver = (error: unknown): boolean =>
  !isFromServer(error) &&
  error instanceof Error &&
  'code' in error &&
  /^(CONN|E[A-Z]+$|NOT_TAGGED)/.test(String(error.code));

/**
 * Runs a statement, and says for all of the pool when its connection was lost over it.
 *
 * The driver forgets statements that were handed to it between a connection's error and its end:
 * without a deadline of our own somebody would wait for them for ever.
 */
async function statement<Row extends object>(
  generation: Generation,
  sql: Pick<postgres.Sql, 'unsafe'>,
  text: string,
  parameters: readonly Parameter[] = [],
): Promise<Row[]> {
  if (generation.lost) throw lost();
  try {
    const asked = sql.unsafe<Row[]>(text, [...parameters] as never[], { prepare: true });
    return [...(await within(generation.deadlineMs, asked, late))];
  } catch (error) {
    if (isFarewell(error) || isDriver(error) || error instanceof ConnectionLost) lose(generation);
    throw error;
  }
}

/**
 * A connection for a transaction, once one is free.
 *
 * The driver forgets those who wait for one when its pool ends: they would wait for ever, and with
 * them whatever they hold.
 */
async function reserve(generation: Generation): Promise<postgres.ReservedSql> {
  const { sql, waiting, deadlineMs } = generation;
  const reserving = sql.reserve();
  let tell: (error: Error) => void = () => undefined;
  const given = new Promise<never>((_, reject) => {
    tell = reject;
  });
  waiting.add(tell);
  try {
    return await within(deadlineMs, Promise.race([reserving, given]), late);
  } catch (error) {
    reserving.then(
      (unwanted) => generation.lost || unwanted.release(),
      () => undefined,
    );
    throw error;
  } finally {
    waiting.delete(tell);
  }
}

/** One transaction on one connection of this generation. */
async function transact<T>(
  generation: Generation,
  work: (tx: Queryable) => Promise<T>,
  mode: string,
): Promise<T> {
  const reserved = await reserve(generation);
  const tx: Queryable = {
    query: (text, parameters) => statement(generation, reserved, text, parameters),
  };
  // Sent, not waited for: the first statements follow it on the same wire.
  const began = tx.query(`begin ${mode}`);
  began.catch(() => undefined);
  try {
    const result = await work(tx);
    await began;
    await tx.query('commit');
    return result;
  } catch (error) {
    if (!generation.lost) await tx.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    if (!generation.lost) reserved.release();
  }
}

/**
 * A pool that gives all its connections up when one of them is lost.
 *
 * postgres.js 3.4 forgets to reset a connection's half-written buffer when it is closed: the next
 * statement on it throws where nobody can catch it, or is never sent (porsager/postgres #1154,
 * #1168, #1208). So nothing more is sent on a lost connection, not even a rollback, and a pool in
 * which one was lost is replaced: the others finish what they are doing on the old one.
 */
export function connect(options: PoolOptions): Sql {
  let generation = open(options);

  function current(): Generation {
    if (!generation.lost) return generation;
    const retired = generation;
    generation = open(options);
    retired.sql.end({ timeout: RETIRE_SECONDS }).catch(() => undefined);
    return generation;
  }

  return {
    async query(text, parameters) {
      const used = current();
      return statement(used, used.sql, text, parameters);
    },
    begin: (work, mode = '') => transact(current(), work, mode),
    end: () => generation.sql.end({ timeout: 2 }),
  };
}

/** Runs a statement, on the pool or in a transaction. */
export const run = <Row extends object>(
  sql: Queryable,
  text: string,
  parameters: readonly Parameter[] = [],
): Promise<Row[]> => sql.query<Row>(text, parameters);
