import postgres from 'postgres';
import { migrate } from '../../../src/db/migrate.ts';
import type { Workspace } from '../../../src/demo/workspace/index.ts';
import { type OwnPostgres, startOwnPostgres } from '../../support/own-postgres.ts';
import { startProxy } from '../../support/proxy.ts';
import { redisBinary, startRedis, type TestRedis } from '../../support/redis.ts';
import { type Replica, startReplica } from './replica.ts';
import { SECONDS, startSlack } from './town.ts';
import { watchTimers } from './trail.ts';

const MIGRATIONS = new URL('../../../drizzle', import.meta.url).pathname;
const APPEND_ONLY = ['--appendonly', 'yes', '--appendfsync', 'everysec'];

/** The servers under every stack of a run, on ports of their own. */
export interface Ground {
  readonly postgres: OwnPostgres;
  readonly redis: TestRedis;
  stop(): Promise<void>;
}

type Line = Awaited<ReturnType<typeof startProxy>>;

/** The ways from one replica to everything that it needs, which can fall silent. */
export interface Lines {
  readonly postgres: Line;
  readonly redis: Line;
  readonly slack: Line;
}

export interface StackOptions {
  readonly replicas?: number;
  /** How far the clock of each replica is ahead, in milliseconds; the first ones first. */
  readonly aheadMs?: readonly number[];
  /** Puts a line between the first replica and its servers. */
  readonly lined?: boolean;
  /** On a database without a table, which the replicas fill. */
  readonly empty?: boolean;
  readonly config?: string;
  /** Channels that are there already, by id. */
  readonly channels?: readonly string[];
}

/** Two or three replicas as they run in production, with everything around them. */
export interface Stack extends Ground {
  readonly databaseUrl: string;
  readonly workspace: Workspace;
  readonly replicas: readonly Replica[];
  /** Those of the first replica, where they were asked for. */
  readonly lines: Lines | null;
  /** How long the replicas took to be ready, milliseconds. */
  readonly bootMs: number;
  /** For looking; it survives a database that went away. */
  readonly sql: postgres.Sql;
  /** What the replicas complained about, by what they said. */
  readonly complaints: ReadonlyMap<string, number>;
  close(): Promise<void>;
}

/** Starts the servers; durable settings, and PostgreSQL keeps the time of every commit. */
export async function prepareGround(): Promise<Ground> {
  if (redisBinary() === null) throw new Error('This needs redis-server on PATH.');
  const settings = { track_commit_timestamp: 'on', max_connections: '120' };
  const [database, redis] = await Promise.all([
    startOwnPostgres(settings),
    startRedis(APPEND_ONLY),
  ]);
  return {
    postgres: database,
    redis,
    async stop() {
      redis.thaw();
      await redis.stop();
      await database.stop();
    },
  };
}

/** Counts what is said at the level of an error, or of an end without order. */
function listener(complaints: Map<string, number>): (line: string) => void {
  return (line) => {
    if (!line.includes('"level":"error"')) return;
    const event = /"event":"([^"]+)"/.exec(line)?.[1];
    const why = /"message":"([^"]+)"/.exec(line)?.[1];
    const said = event === undefined ? line.slice(0, 80) : `${event} (${why ?? 'no reason'})`;
    // Whatever ended a replica is worth reading as it is.
    if (event === 'unexpected fault') process.stderr.write(`${line}\n`);
    complaints.set(said, (complaints.get(said) ?? 0) + 1);
  };
}

let stacks = 0;

/** Starts a stack on a database of its own and resolves when every replica is ready. */
export async function startStack(ground: Ground, options: StackOptions = {}): Promise<Stack> {
  const { replicas: count = 2, aheadMs = [], lined = false, config = SECONDS } = options;
  await ground.redis.flush();
  stacks += 1;
  const databaseUrl = await ground.postgres.database(`friday_${process.pid}_${stacks}`);
  if (!options.empty) await migrate(databaseUrl, MIGRATIONS);
  const sql = postgres(databaseUrl, { max: 2, backoff: () => 0.1, onnotice: () => undefined });
  if (!options.empty) await watchTimers(sql);
  const workspace = await startSlack(options.channels);
  const complaints = new Map<string, number>();
  const lines: Lines | null = lined
    ? {
        postgres: await startProxy(databaseUrl),
        redis: await startProxy(ground.redis.url),
        slack: await startProxy(workspace.apiUrl),
      }
    : null;
  const began = performance.now();
  const replicas = await Promise.all(
    Array.from({ length: count }, (_, n) => {
      const first = n === 0 ? lines : null;
      return startReplica({
        workspace,
        databaseUrl: first?.postgres.url ?? databaseUrl,
        redisUrl: first?.redis.url ?? ground.redis.url,
        apiUrl: first?.slack.url ?? workspace.apiUrl,
        config,
        aheadMs: aheadMs[n] ?? 0,
        onLine: listener(complaints),
      });
    }),
  );
  const bootMs = performance.now() - began;
  if (options.empty) await watchTimers(sql);
  return {
    ...ground,
    databaseUrl,
    workspace,
    replicas,
    lines,
    bootMs,
    sql,
    complaints,
    async close() {
      await Promise.all(replicas.map((replica) => replica.stop()));
      await Promise.all(Object.values(lines ?? {}).map((line: Line) => line.close()));
      await workspace.close();
      await sql.end({ timeout: 1 });
    },
  };
}
