/** An error as the log tells it: where and what kind, not what it was about. */
export interface ToldError {
  readonly name: string;
  readonly message: string;
  readonly [key: string]: unknown;
}

/** Codes and names of things: safe to repeat. Parameters, details, bodies and queries are not here. */
const FACTS = [
  'code',
  'errno',
  'syscall',
  'severity',
  'schema_name',
  'table_name',
  'column_name',
  'constraint_name',
  'statusCode',
  'status',
  'retryAfter',
  'correlation',
];

const DEPTH = 4;

/** Describes whatever was thrown, without SQL parameters, without the values PostgreSQL quotes. */
export const describeError = (thrown: unknown): ToldError => describe(thrown, DEPTH);

function describe(thrown: unknown, depth: number): ToldError {
  if (!(thrown instanceof Error))
    return { name: typeof thrown, message: 'thrown without an Error' };
  const facts: Record<string, unknown> = {};
  for (const key of FACTS) {
    const value: unknown = Reflect.get(thrown, key);
    if (typeof value === 'number' || isWord(value)) facts[key] = value;
  }
  const slack = slackCode(thrown);
  if (slack !== null) facts.slack = slack;
  const inner: unknown = thrown.cause ?? Reflect.get(thrown, 'original');
  if (inner !== undefined && depth > 1) facts.cause = describe(inner, depth - 1);
  if (thrown instanceof AggregateError && depth > 1)
    facts.errors = thrown.errors.slice(0, 5).map((one) => describe(one, depth - 1));
  return { name: thrown.name, message: message(thrown), ...facts, stack: frames(thrown) };
}

const isWord = (value: unknown): value is string =>
  typeof value === 'string' && /^[\w.:-]{1,100}$/.test(value);

/** Slack answers `{ ok: false, error: 'channel_not_found' }`; the rest may quote what we sent. */
function slackCode(error: Error): string | null {
  const data: unknown = Reflect.get(error, 'data');
  if (typeof data !== 'object' || data === null || !('error' in data)) return null;
  return isWord(data.error) ? data.error : null;
}

function message(error: Error): string {
  // Drizzle: `Failed query: insert … \nparams: everything that was typed`.
  if (/^Failed query:/.test(error.message)) return 'Failed query';
  const sqlState: unknown = Reflect.get(error, 'code');
  const fromPostgres =
    'severity' in error && typeof sqlState === 'string' && /^[0-9A-Z]{5}$/.test(sqlState);
  const said = fromPostgres ? withoutValues(error.message, sqlState) : error.message;
  return said.length > 500 ? `${said.slice(0, 499)}…` : said;
}

/** Class 22 (data) quotes what was typed; `raise exception` (P0001) says what our functions put in. */
const withoutValues = (said: string, sqlState: string): string =>
  sqlState.startsWith('22') ? said.replace(/"[\s\S]*"/, '"…"') : said;

/** The stack repeats the message first; only the frames are wanted, and not all of them. */
const frames = (error: Error): string[] =>
  (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at [^\n]+(:\d+:\d+\)?|<anonymous>\)?|native\)?)$/.test(line))
    .slice(0, 12)
    .map((line) => line.trim());
