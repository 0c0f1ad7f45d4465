import { createReader, type Variables } from '../config/variables.ts';
import { connect, type Sql } from '../db/connect.ts';
import { startEmbeddedPostgres } from '../db/embedded/index.ts';
import { isEmbeddedThere, runningEmbedded } from '../db/embedded/running.ts';

const STATEMENT_MS = 60_000;
/** Whoever types it can wait, and a busy machine may need it. */
const CONNECT_SECONDS = 10;

/** Where the record is. The embedded PostgreSQL is started where no Muster runs it. */
async function databaseOf(env: Variables): Promise<{ url: string; stop: () => Promise<void> }> {
  const problems: { reason: string; fix: string }[] = [];
  const reader = createReader(env, problems as never[], []);
  const fix = 'write postgres://user:password@host:5432/name';
  const url = reader.url('DATABASE_URL', ['postgres:', 'postgresql:'], fix);
  const [problem] = problems;
  if (problem) throw new Error(`DATABASE_URL: ${problem.reason}; ${problem.fix}.`);
  if (url !== null) return { url, stop: async () => undefined };
  const dataDir = reader.text('DATA_DIR') ?? '.muster';
  const running = await runningEmbedded(dataDir);
  if (running !== null) return { url: running, stop: async () => undefined };
  // A reader must not make an empty database where somebody mistyped the directory.
  if (!(await isEmbeddedThere(dataDir)))
    throw new Error(
      `there is no database in ${dataDir} (DATA_DIR), and DATABASE_URL is not set. Type it where Muster runs, with the same DATA_DIR or DATABASE_URL; Muster must have started there once.`,
    );
  return startEmbeddedPostgres({ dataDir, log: () => undefined });
}

/** Works on the database that the environment names, whether or not Muster runs, and lets go of it. */
export async function inDatabase<T>(
  env: Variables,
  name: string,
  work: (sql: Sql) => Promise<T>,
): Promise<T> {
  const { url, stop } = await databaseOf(env);
  try {
    const sql = connect({
      ...{ url, name, max: 1 },
      statementTimeout: STATEMENT_MS,
      connectSeconds: CONNECT_SECONDS,
    });
    try {
      return await work(sql);
    } finally {
      await sql.end();
    }
  } finally {
    await stop();
  }
}

/** Why it could not be done, for whoever typed it. */
export const why = (error: unknown): string => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return code === '42703' || code === '42P01'
    ? 'this database is not up to date. Start this version of Muster once: it migrates.'
    : error instanceof Error
      ? error.message
      : String(error);
};
