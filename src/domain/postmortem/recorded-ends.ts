import type { Entry } from '../entry.ts';
import { MINUTE } from '../instant.ts';
import type { Telling } from './telling.ts';

/** An entry as the timeline tells it, with the bare ends that it stands for, too. */
export interface Told {
  readonly entry: Entry;
  readonly ends: readonly Entry[];
}

/** What `record` writes at both ends, where nobody has said anything else of them. */
const BARE = ['Impact started.', 'Impact ended.', 'Resolved. Recorded afterwards.'];

const minuteOf = ({ at }: Entry): number | null => (at === null ? null : Math.floor(at / MINUTE));

/**
 * Of an incident that was recorded afterwards: its bare ends are told with the first line that somebody
 * wrote for the same minute, and by themselves where there is none. Milestones and figures stay theirs.
 */
export function foldEnds({ record }: Telling, entries: readonly Entry[]): readonly Told[] {
  if (!record.incident.recorded) return entries.map((entry) => ({ entry, ends: [] }));
  const isBare = ({ text, revision }: Entry): boolean => revision === 0 && BARE.includes(text);
  const lines = new Map<number, Entry>();
  for (const entry of entries) {
    const minute = minuteOf(entry);
    if (minute !== null && !isBare(entry) && !lines.has(minute)) lines.set(minute, entry);
  }
  const hostOf = (entry: Entry): Entry | undefined =>
    isBare(entry) ? lines.get(minuteOf(entry) ?? Number.NaN) : undefined;
  const ends = new Map<Entry, Entry[]>();
  for (const entry of entries) {
    const host = hostOf(entry);
    if (host !== undefined) ends.set(host, [...(ends.get(host) ?? []), entry]);
  }
  return entries
    .filter((entry) => hostOf(entry) === undefined)
    .map((entry) => ({ entry, ends: ends.get(entry) ?? [] }));
}
