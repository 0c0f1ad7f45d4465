import { createReader, type Variables } from './config/variables.ts';
import type { Examined } from './db/chain/examiner.ts';
import { protectionOf } from './db/chain/protection.ts';
import {
  allIncidents,
  incidentsNumbered,
  type ToVerify,
  verifyOne,
  verifyWhole,
} from './db/chain/verify.ts';
import { connect, type Sql } from './db/connect.ts';
import { startEmbeddedPostgres } from './db/embedded/index.ts';
import { runningEmbedded } from './db/embedded/running.ts';
import { addressed } from './domain/addressed.ts';
import { incidentName } from './domain/incident.ts';

type Print = (line: string) => void;

/** Everything is as it was recorded; something is not; it could not be looked at. */
const WHOLE = 0;
const BROKEN = 1;
const UNKNOWN = 2;

const STATEMENT_MS = 60_000;
/** A hash as drafts print it: 32 bytes, as of RFC 4648, section 5. */
const HASH = /^[\w-]{43}$/;
const USAGE =
  'Type verify for everything, verify --all to see the newest hash of each incident, verify INC-42 for one, and verify INC-42 <hash> to find a hash that you noted.';

interface Asked {
  readonly which: { readonly number: number; readonly drill: boolean } | null;
  readonly hash: string | null;
  /** Whether every incident gets a line, or only those in which something was found. */
  readonly each: boolean;
}

/** What was typed after `verify`; null when it makes no sense. */
function read(words: readonly string[]): Asked | null {
  const named = words.filter((word) => word !== '--all');
  const each = named.length < words.length;
  const [name, hash = null, ...more] = named;
  if (name === undefined) return { which: null, hash, each };
  const { address, rest } = addressed(name);
  const fits = rest === '' && more.length === 0 && (hash === null || HASH.test(hash));
  return address !== null && fits && !each ? { which: address, hash, each: true } : null;
}

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
  return startEmbeddedPostgres({ dataDir, log: () => undefined });
}

const counted = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`;

function lines(one: ToVerify, examined: Examined, { hash, each }: Asked): readonly string[] {
  const { findings, changes, late, sealedLateAt, head, found } = examined;
  if (findings.length === 0 && !each) return [];
  const said = findings.length === 0 ? 'as recorded' : counted(findings.length, 'finding');
  const at = hash === null ? undefined : found.get(hash);
  const noted =
    at === undefined
      ? []
      : [`  ${hash} is the hash of change ${at}: up to there it is the record that you noted.`];
  const before =
    late === 0 || sealedLateAt === null
      ? []
      : [
          `  ${counted(late, 'change')} of a version without the chain: sealed on ${new Date(sealedLateAt).toISOString().slice(0, 10)}, as they stood then.`,
        ];
  return [
    `${incidentName(one)}: ${counted(changes, 'change')}, ${said}. Newest hash: ${head || 'none'}`,
    ...findings.map((finding) => `  ${finding}`),
    ...before,
    ...noted,
  ];
}

const unknownHash = (hash: string): string =>
  `${hash} is the hash of none of its changes: the record that you noted is not this one.`;

interface Totals {
  incidents: number;
  changes: number;
  findings: number;
}

async function verifyEach(
  sql: Sql,
  asked: Asked,
  which: AsyncIterable<ToVerify> | readonly ToVerify[],
  print: Print,
): Promise<Totals> {
  const totals: Totals = { incidents: 0, changes: 0, findings: 0 };
  const hashes = new Set(asked.hash === null ? [] : [asked.hash]);
  for await (const one of which) {
    const examined = await verifyOne(sql, one.id, hashes);
    if (examined === null) continue;
    const missed = asked.hash !== null && !examined.found.has(asked.hash);
    const findings = [...examined.findings, ...(missed ? [unknownHash(asked.hash)] : [])];
    for (const line of lines(one, { ...examined, findings }, asked)) print(line);
    totals.incidents += 1;
    totals.changes += examined.changes;
    totals.findings += findings.length;
  }
  return totals;
}

async function verifyIn(sql: Sql, asked: Asked, print: Print): Promise<number> {
  const { which } = asked;
  const some = which === null ? allIncidents(sql) : await incidentsNumbered(sql, which);
  const totals = await verifyEach(sql, asked, some, print);
  if (which !== null && totals.incidents === 0) {
    print(`There is no ${incidentName(which)} here.`);
    return UNKNOWN;
  }
  const { findings, purged } =
    which === null ? await verifyWhole(sql) : { findings: [], purged: [] };
  for (const finding of findings) print(finding);
  for (const { number, drill, at, by, reason } of asked.each ? purged : [])
    print(`${incidentName({ number, drill })}: purged ${at} UTC by ${by}: ${reason}`);
  const protection = await protectionOf(sql);
  print(protection.says);
  const all = totals.findings + findings.length + (protection.ok ? 0 : 1);
  const looked = `${counted(totals.incidents, 'incident')}, ${counted(totals.changes, 'change')}`;
  print(
    `${looked}: ${all === 0 ? 'everything is as it was recorded.' : `${counted(all, 'finding')}.`}`,
  );
  return all === 0 ? WHOLE : BROKEN;
}

const why = (error: unknown): string => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return code === '42703' || code === '42P01'
    ? 'this database is not up to date. Start this version of Muster once: it migrates.'
    : error instanceof Error
      ? error.message
      : String(error);
};

/**
 * `muster verify`: recomputes the audit from the database, whether or not Muster runs. Prints a
 * sentence for each finding; ends with 0 when there is none, 1 when there is, 2 when it cannot tell.
 */
export async function verify(
  words: readonly string[],
  env: Variables,
  print: Print,
): Promise<number> {
  const asked = read(words);
  if (asked === null) {
    print(`verify ${words.join(' ')} makes no sense to Muster. ${USAGE}`);
    return UNKNOWN;
  }
  try {
    const { url, stop } = await databaseOf(env);
    const sql = connect({ url, name: 'muster-verify', max: 1, statementTimeout: STATEMENT_MS });
    try {
      return await verifyIn(sql, asked, print);
    } finally {
      await sql.end();
      await stop();
    }
  } catch (error) {
    print(`Nothing was verified: ${why(error)}`);
    return UNKNOWN;
  }
}
