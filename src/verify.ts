import type { Variables } from './config/variables.ts';
import { protectionOf } from './db/chain/protection.ts';
import {
  allIncidents,
  incidentsNumbered,
  type ToVerify,
  verifyOne,
  verifyWhole,
} from './db/chain/verify.ts';
import type { Sql } from './db/connect.ts';
import { addressed } from './domain/addressed.ts';
import { counted } from './domain/counted.ts';
import { incidentName } from './domain/incident.ts';
import { inDatabase, why } from './records/database.ts';
import { verifyFile } from './records/verify-file.ts';
import {
  BROKEN,
  examinedLines,
  HASH,
  type Print,
  redactionLines,
  UNKNOWN,
  unknownHash,
  WHOLE,
} from './records/words.ts';

const USAGE =
  'Type verify for everything, verify --all to see the newest hash of each incident, verify INC-42 for one, verify INC-42 <hash> to find a hash that you noted, and verify INC-42-1093.json for an exported file.';

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

/** The file that is meant, where one is. */
function fileIn(words: readonly string[]): { path: string; hash: string | null } | null {
  const [path = '', hash = null, ...more] = words;
  const fits = more.length === 0 && (hash === null || HASH.test(hash));
  return fits && /\.json$/i.test(path) ? { path, hash } : null;
}

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
    const lines =
      asked.each || findings.length > 0
        ? examinedLines(one, { ...examined, findings }, asked.hash)
        : redactionLines(one, examined);
    for (const line of lines) print(line);
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
  const { findings, purged, imported } =
    which === null ? await verifyWhole(sql) : { findings: [], purged: [], imported: [] };
  for (const finding of findings) print(finding);
  for (const { number, drill, at, by, reason } of asked.each ? purged : [])
    print(`${incidentName({ number, drill })}: purged ${at} UTC by ${by}: ${reason}`);
  for (const { number, drill, at, seq } of asked.each ? imported : [])
    print(`${incidentName({ number, drill })}: imported ${at} UTC, up to change ${seq}.`);
  const protection = await protectionOf(sql);
  print(protection.says);
  const all = totals.findings + findings.length + (protection.ok ? 0 : 1);
  const looked = `${counted(totals.incidents, 'incident')}, ${counted(totals.changes, 'change')}`;
  print(
    `${looked}: ${all === 0 ? 'everything is as it was recorded.' : `${counted(all, 'finding')}.`}`,
  );
  return all === 0 ? WHOLE : BROKEN;
}

/**
 * `muster verify`: recomputes the audit from the database, whether or not Muster runs, or from an
 * exported file. Prints a sentence for each finding; ends with 0 when there is none, 1 when there is,
 * 2 when it cannot tell.
 */
export async function verify(
  words: readonly string[],
  env: Variables,
  print: Print,
): Promise<number> {
  const file = fileIn(words);
  if (file !== null) return verifyFile(file.path, file.hash, print);
  const asked = read(words);
  if (asked === null) {
    print(`verify ${words.join(' ')} makes no sense to Muster. ${USAGE}`);
    return UNKNOWN;
  }
  try {
    return await inDatabase(env, 'muster-verify', (sql) => verifyIn(sql, asked, print));
  } catch (error) {
    print(`Nothing was verified: ${why(error)}`);
    return UNKNOWN;
  }
}
