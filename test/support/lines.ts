import { isFinding } from '../../src/domain/entry.ts';
import type { IncidentRecord } from '../../src/domain/record.ts';
import type { PageOfNumbers, Place, TimelineLines } from '../../src/domain/timeline-pages.ts';

/** The chosen lines of a record, as the store would read them. */
export function linesOf(
  { incident, entries, asOf, people }: IncidentRecord,
  choose: (places: readonly Place[]) => PageOfNumbers,
): TimelineLines {
  const places = entries.map((entry) => ({
    ...{ no: entry.no, at: entry.at, after: entry.after },
    struck: entry.struck !== null,
    finding: isFinding(entry),
  }));
  const { numbers, ...turned } = choose(places);
  const lines = numbers.flatMap((no) => entries.find((entry) => entry.no === no) ?? []);
  return { ...turned, incident, lines, asOf, people };
}
