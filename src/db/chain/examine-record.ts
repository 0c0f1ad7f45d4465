import type { KeptRecord } from '../../domain/archive.ts';
import { fromEntry, fromIncident } from '../rows.ts';
import { type Examined, Examiner } from './examiner.ts';

/** What a record says of itself that its entries do not: read through them, so no seal covers it. */
function contradictions({ incident, entries }: KeptRecord): string[] {
  const atOf = new Map(entries.map(({ no, at }) => [no, at]));
  const last = Math.max(0, ...atOf.keys());
  return [
    ...incident.milestones
      .filter(({ entry, at }) => at !== (atOf.get(entry) ?? null))
      .map(
        ({ name, round, entry }) =>
          `The milestone ${name}.${round} is not at the time of its entry, ${entry}.`,
      ),
    ...(incident.nextEntry > last
      ? []
      : [`The next entry would get the number ${incident.nextEntry}, and ${last} is taken.`]),
  ];
}

/**
 * Recomputes the chain of a record from an exported file, as `verifyOne` does from the database. What
 * is found is the same, and told in the same words.
 */
export function examineRecord(
  record: KeptRecord,
  asked: ReadonlySet<string> = new Set(),
): Examined {
  const { incident, entries, revisions, audit } = record;
  const incidentId = incident.id;
  const examiner = new Examiner(fromIncident(incident), asked);
  for (const line of audit) examiner.change({ ...line, incidentId });
  examiner.audited();
  for (const revision of revisions) examiner.revision({ ...revision, incidentId });
  for (const entry of entries) examiner.entry(fromEntry(incidentId, entry));
  for (const { name, round, entry } of incident.milestones)
    examiner.milestone({ incidentId, name, round, entry, at: null });
  const examined = examiner.done();
  return { ...examined, findings: [...examined.findings, ...contradictions(record)] };
}
