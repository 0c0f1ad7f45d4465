import { type Detail, type Entry, isOnTimeline } from '../entry.ts';
import { incidentName } from '../incident.ts';
import type { Instant } from '../instant.ts';
import type { IncidentRecord } from '../record.ts';
import { inOrder } from '../timeline-order.ts';
import type { Kind, MilestoneName } from '../words.ts';
import type { Moment } from './draft.ts';

/** An entry whose detail is of one type. */
export type Found<T extends Detail['type']> = Entry & {
  readonly detail: Extract<Detail, { readonly type: T }>;
};

/** One incident's record, gone through once: what sections, metrics and checks look things up in. */
export interface Telling {
  readonly record: IncidentRecord;
  /** `INC-42`. */
  readonly name: string;
  /** Entries that were not struck, by number. */
  readonly entries: readonly Entry[];
  /** The lines of the timeline, as they are told. */
  readonly timeline: readonly Entry[];
  readonly byNumber: ReadonlyMap<number, Entry>;
  /** Which milestones point to an entry. */
  readonly marksOf: ReadonlyMap<number, readonly MilestoneName[]>;
  readonly rounds: readonly number[];
}

/** Goes through a record. */
export function tell(record: IncidentRecord): Telling {
  const entries = record.entries.filter(({ struck }) => struck === null);
  const byNumber = new Map(entries.map((entry) => [entry.no, entry]));
  const marksOf = new Map<number, MilestoneName[]>();
  for (const { name, entry } of record.incident.milestones) {
    const marks = marksOf.get(entry);
    if (marks === undefined) marksOf.set(entry, [name]);
    else if (!marks.includes(name)) marks.push(name);
  }
  return {
    record,
    name: incidentName(record.incident),
    entries: [...entries].sort((a, b) => a.no - b.no),
    timeline: inOrder(record.entries).filter(isOnTimeline),
    byNumber,
    marksOf,
    rounds: Array.from({ length: record.incident.round + 1 }, (_, round) => round),
  };
}

/** The entries with this kind of detail, in the order of entry. */
export const found = <T extends Detail['type']>(
  { entries }: Telling,
  type: T,
): readonly Found<T>[] => entries.filter((entry): entry is Found<T> => entry.detail?.type === type);

/** The instant of an entry with where it was read; null when it has none. */
export const momentOf = ({ no, at, time }: Entry): Moment | null =>
  at === null ? null : { at, entry: no, approximate: time?.flags.includes('approximate') ?? false };

/** The moment of a milestone in one round; null when it is not set or its entry has no time. */
export function mark(telling: Telling, name: MilestoneName, round = 0): Moment | null {
  const entry = markEntry(telling, name, round);
  return entry === null ? null : momentOf(entry);
}

/** The entry that a milestone points to, with or without a time. */
export function markEntry({ record, byNumber }: Telling, name: MilestoneName, round = 0) {
  const milestone = record.incident.milestones.find(
    (candidate) => candidate.name === name && candidate.round === round,
  );
  return milestone === undefined ? null : (byNumber.get(milestone.entry) ?? null);
}

/** The entries that a milestone points to, of all rounds in order. */
export const markEntries = (telling: Telling, name: MilestoneName): readonly Entry[] =>
  telling.rounds.flatMap((round) => markEntry(telling, name, round) ?? []);

/** The last resolution, of whatever round. */
export function lastMark(telling: Telling, name: MilestoneName): Moment | null {
  const marks = telling.rounds.map((round) => mark(telling, name, round));
  return marks.findLast((moment) => moment !== null) ?? null;
}

/** Whether the entry has this kind. */
export const is = ({ kinds }: Pick<Entry, 'kinds'>, kind: Kind): boolean => kinds.includes(kind);

/** An assumption that turned out to be wrong. */
export const isWrongHypothesis = (entry: Entry): boolean =>
  is(entry, 'dead-end') || (is(entry, 'hypothesis') && is(entry, 'failed'));

/** When the trouble begins as far as the record knows: impact, else detection, else the first sign. */
export function beginning(telling: Telling): Instant | null {
  const set = mark(telling, 'impact started') ?? mark(telling, 'detected');
  if (set !== null) return set.at;
  const sign = telling.timeline.find(
    (entry) => entry.at !== null && SIGNS.some((kind) => is(entry, kind)),
  );
  return sign?.at ?? mark(telling, 'declared')?.at ?? null;
}

const SIGNS: readonly Kind[] = ['impact', 'report', 'alert', 'detected', 'failed'];

/** Whether the entry shows that something was wrong, before anybody set a milestone. */
export const isSign = (entry: Entry): boolean => SIGNS.some((kind) => is(entry, kind));

/** When it ended as far as the record knows: the last resolution, else the end of the impact. */
export const ending = (telling: Telling): Instant | null =>
  (lastMark(telling, 'resolved') ?? lastMark(telling, 'impact ended'))?.at ?? null;
