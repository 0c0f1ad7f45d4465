import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Environment } from '../config/environment.ts';
import { connect, type Sql } from '../db/connect.ts';
import { startEmbeddedPostgres } from '../db/embedded/index.ts';
import { migrate } from '../db/migrate.ts';
import type { Log } from '../log.ts';

export { isUnheard } from '../db/unheard.ts';

/** The migrations stand beside `src` and beside `dist`. */
const MIGRATIONS = fileURLToPath(new URL('../../drizzle', import.meta.url));
const RETRY_MS = 2000;

export interface Database {
  readonly url: string;
  /** For people: small, with short timeouts, so that timers can never keep an answer waiting. */
  readonly commands: Sql;
  /** For timers, deliveries and drafts. */
  readonly engine: Sql;
  /** Applies the migrations, again and again until the database is there or `stopped`. */
  migrated(stopped: AbortSignal): Promise<boolean>;
  stop(): Promise<void>;
}

/** The database the environment names, or our own one in `dataDir`. */
export async function openDatabase(environment: Environment, log: Log): Promise<Database> {
  const embedded =
    environment.databaseUrl === null
      ? await startEmbeddedPostgres({
          dataDir: environment.dataDir,
          log: (message) => log.info(`embedded postgres: ${message}`),
        })
      : null;
  embedded?.onExit((why) => log.error(`embedded postgres ended: ${why}`));
  const url = embedded?.url ?? environment.databaseUrl ?? '';
  const commands = connect({ url, name: 'muster', max: 6, statementTimeout: 1000 });
  const engine = connect({ url, name: 'muster-engine', max: 6, statementTimeout: 5000 });
  return {
    url,
    commands,
    engine,
    migrated: (stopped) => migrateUntilDone(ownersOf(environment, url), log, stopped),
    async stop() {
      await Promise.allSettled([commands.end(), engine.end()]);
      // Last: everything above may still have had something to write.
      await embedded?.stop();
    },
  };
}

/** Who migrates, and the role that works with what is migrated where that is another one. */
interface Owner {
  readonly url: string;
  readonly worksAs: string | null;
}

const ownersOf = ({ databaseOwnerUrl }: Environment, url: string): Owner =>
  databaseOwnerUrl === null
    ? { url, worksAs: null }
    : { url: databaseOwnerUrl, worksAs: decodeURIComponent(new URL(url).username) };

/** A crash loop would take away the only tool responders have: wait for the database instead. */
async function migrateUntilDone(
  { url, worksAs }: Owner,
  log: Log,
  stopped: AbortSignal,
): Promise<boolean> {
  while (!stopped.aborted) {
    try {
      await migrate(url, MIGRATIONS, worksAs);
      return true;
    } catch (error) {
      log.error('database not ready', { retryMs: RETRY_MS }, error);
      await sleep(RETRY_MS, undefined, { signal: stopped }).catch(() => undefined);
    }
  }
  return false;
}
