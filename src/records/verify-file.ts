import { examineRecord } from '../db/chain/examine-record.ts';
import type { KeptRecord } from '../domain/archive.ts';
import { counted } from '../domain/counted.ts';
import { readRecords, Unreadable } from './document.ts';
import { BROKEN, examinedLines, type Print, UNKNOWN, WHOLE } from './words.ts';

/** Prints what is found in each incident; gives how much it is. */
function examineAll(records: readonly KeptRecord[], hash: string | null, print: Print): number {
  const asked = new Set(hash === null ? [] : [hash]);
  let findings = 0;
  let noted = hash === null;
  for (const record of records) {
    const examined = examineRecord(record, asked);
    for (const line of examinedLines(record.incident, examined, hash)) print(line);
    findings += examined.findings.length;
    noted ||= examined.found.size > 0;
  }
  if (noted) return findings;
  print(
    `${hash} is the hash of no change in the file: the record that you noted is not in it, or is not this one.`,
  );
  return findings + 1;
}

/**
 * Recomputes the chain of every incident in an exported file, without a database. Ends as `verify`
 * does; with 2 where the file cannot be read.
 */
export async function verifyFile(path: string, hash: string | null, print: Print): Promise<number> {
  try {
    const records = await readRecords(path);
    const findings = examineAll(records, hash, print);
    const said =
      findings === 0 ? 'everything is as it was recorded.' : `${counted(findings, 'finding')}.`;
    print(`${counted(records.length, 'incident')} in the file: ${said}`);
    return findings === 0 ? WHOLE : BROKEN;
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    print(`${path} was not verified.`);
    for (const reason of error.reasons) print(`  ${reason}`);
    return UNKNOWN;
  }
}
