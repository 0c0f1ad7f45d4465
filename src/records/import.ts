import type { Variables } from '../config/variables.ts';
import { examineRecord } from '../db/chain/examine-record.ts';
import { NotRestored, restore } from '../db/restore.ts';
import type { KeptRecord } from '../domain/archive.ts';
import { counted } from '../domain/counted.ts';
import { incidentName } from '../domain/incident.ts';
import { inDatabase, why } from './database.ts';
import { readRecords, Unreadable } from './document.ts';
import { BROKEN, type Print, UNKNOWN, WHOLE } from './words.ts';

const USAGE =
  'Type import and the path of one file that `/incident postmortem export json` made: npm start -- import INC-42-1093.json';

/** What became of an incident, and of its clocks. */
function imported({ incident, timers, audit }: KeptRecord): string {
  const rests = timers.some(({ state }) => state === 'pending');
  const clocks = rests
    ? 'its clocks stand still until somebody changes it'
    : 'none of its clocks was running';
  return `${incidentName(incident)} of ${incident.workspace}: ${counted(audit.length, 'change')}, every hash holds. It is ${incident.status}; ${clocks}.`;
}

function refused(path: string, reasons: readonly string[], print: Print): number {
  for (const reason of reasons) print(reason);
  print(`Nothing of ${path} was imported.`);
  return BROKEN;
}

/** What in the file is not as it was recorded. */
const tampered = (records: readonly KeptRecord[]): readonly string[] =>
  records.flatMap((record) => {
    const { findings } = examineRecord(record);
    if (findings.length === 0) return [];
    return [
      `${incidentName(record.incident)} is not as it was recorded:`,
      ...findings.map((finding) => `  ${finding}`),
    ];
  });

/**
 * `muster import <file.json>`: writes exported incidents into the database, all of the file or nothing,
 * whether or not Muster runs. Posts nothing. Ends with 0 when they are there, 1 when the file or what
 * is here already is in the way, 2 when the database could not be asked.
 */
export async function importFile(
  words: readonly string[],
  env: Variables,
  print: Print,
): Promise<number> {
  const [path, ...more] = words;
  if (path === undefined || more.length > 0) {
    print(USAGE);
    return UNKNOWN;
  }
  try {
    const records = await readRecords(path);
    const findings = tampered(records);
    if (findings.length > 0) return refused(path, findings, print);
    await inDatabase(env, 'muster-import', (sql) =>
      sql.begin(async (tx) => {
        for (const record of records) await restore(tx, record);
      }),
    );
    for (const record of records) print(imported(record));
    print(`${counted(records.length, 'incident')} imported. Nothing was posted.`);
    return WHOLE;
  } catch (error) {
    if (error instanceof Unreadable) return refused(path, error.reasons, print);
    if (error instanceof NotRestored) return refused(path, [error.message], print);
    print(`Nothing of ${path} was imported: ${why(error)}`);
    return UNKNOWN;
  }
}
