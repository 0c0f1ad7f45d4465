import { isFindingType } from '../domain/entry.ts';
import type { Instant } from '../domain/instant.ts';
import { withNames } from '../domain/mentioned.ts';
import type { PageOfNumbers, Place, TimelineLines } from '../domain/timeline-pages.ts';
import { NOW } from './bulk.ts';
import { type Queryable, run } from './connect.ts';
import { type EntryRow, type IncidentRow, type MilestoneRow, toEntry, toIncident } from './rows.ts';
import { ENTRY_COLUMNS, INCIDENT_COLUMNS, MILESTONES_OF } from './snapshot.ts';

/** Which of all places is wanted. */
export type Choose = (places: readonly Place[]) => PageOfNumbers;

const BY_ID = `select ${INCIDENT_COLUMNS}, ${NOW} as "now" from incident i where i.id = $1`;
/** As one text: ten thousand rows of a result cost more than PostgreSQL and `JSON.parse` together. */
const PLACES = `select coalesce(json_agg(json_build_array(e.no,
    floor(extract(epoch from e.at) * 1000)::float8, e.after, e.struck is not null,
    e.detail->>'type')), '[]')::text as places
  from entry e where e.incident_id = $1`;
const LINES = `select ${ENTRY_COLUMNS} from entry e
  where e.incident_id = $1 and e.no = any($2::text[]::int[])`;
const NAMES = 'select p.id, p.name from person p where p.workspace = $1';

type Packed = readonly [number, number | null, number | null, boolean, string | null];

const placeOf = ([no, at, after, struck, type]: Packed): Place => ({
  ...{ no, at, after, struck },
  finding: isFindingType(type),
});

/** Reads where every entry stands, and only those whole that are chosen. */
export async function readTimeline(
  tx: Queryable,
  id: string,
  choose: Choose,
): Promise<TimelineLines | null> {
  const [[row], marks, [packed]] = await Promise.all([
    run<IncidentRow & { now: Instant }>(tx, BY_ID, [id]),
    run<MilestoneRow>(tx, MILESTONES_OF, [[id]]),
    run<{ places: string }>(tx, PLACES, [id]),
  ]);
  if (!row) return null;
  const { now, ...incident } = row;
  const places = (JSON.parse(packed?.places ?? '[]') as readonly Packed[]).map(placeOf);
  const { numbers, ...turned } = choose(places);
  const [rows, people] = await Promise.all([
    run<EntryRow>(tx, LINES, [id, numbers.map(String)]),
    run<{ id: string; name: string }>(tx, NAMES, [row.workspace]),
  ]);
  const names = Object.fromEntries(people.map(({ id: person, name }) => [person, name]));
  const entries = withNames(rows.map(toEntry), names);
  const byNumber = new Map(entries.map((entry) => [entry.no, entry]));
  return {
    ...turned,
    incident: toIncident(incident, marks),
    lines: numbers.flatMap((no) => byNumber.get(no) ?? []),
    asOf: now,
    people: names,
  };
}
