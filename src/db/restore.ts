import { type KeptRecord, kept } from '../domain/archive.ts';
import { incidentName } from '../domain/incident.ts';
import { readArchive } from './archive.ts';
import { insertMany } from './bulk.ts';
import { canonical } from './chain/digest.ts';
import { type Queryable, run } from './connect.ts';
import { memberRows, rememberMembers } from './reports.ts';
import { fromEntry, fromIncident } from './rows.ts';
import { audit, entries, incidents, milestones, revisions, timers } from './schema/record.ts';

/** Why a record was not imported, in a sentence. Thrown, so that nothing of the file is. */
export class NotRestored extends Error {}

/** The counter's lock: nobody opens an incident meanwhile, nor imports one. */
const LOCK_COUNTER = `insert into counter as c (workspace, next) values ($1, 1)
  on conflict (workspace) do update set next = c.next returning next`;
const NUMBER_ON = 'update counter set next = greatest(next, $2::int + 1) where workspace = $1';
const ALREADY = `select i.id::text as id, i.number, i.drill, i.chain from incident i
  where i.id = $1::text::uuid or (i.workspace = $2 and
    ((i.number = $3 and i.drill = $4::text::boolean) or i.channel_id = $5))`;
const PURGED = `select by, reason, to_char(at at time zone 'UTC', 'YYYY-MM-DD') as day from purged
  where workspace = $1 and number = $2 and drill = $3::text::boolean`;
const KEEP = `insert into imported (workspace, drill, number, at, seq, skipped_from)
  values ($1, $2::text::boolean, $3::int, now(), $4::int, least($3::int, $5::int))
  on conflict (workspace, drill, number) do update set at = excluded.at, seq = excluded.seq`;
/**
 * Names that Slack gave us here win. Of a person who was not known only the name is: with a zone that is
 * missing they would count as known, and their times would be asked about.
 */
const KEEP_NAMES = `insert into person (workspace, id, kind, name, admin, guest, bot, deleted, fetched_at)
  select $1, key, case when key like 'S%' then 'group' else 'name' end, value,
    false, false, false, false, 'epoch' from jsonb_each_text($2::text::jsonb)
  on conflict (workspace, id) do nothing`;

const TABLES = [
  [incidents, ({ incident }: KeptRecord) => [fromIncident(incident)]],
  [
    entries,
    ({ incident: { id }, entries: all }: KeptRecord) => all.map((entry) => fromEntry(id, entry)),
  ],
  [revisions, ({ incident: { id }, revisions: all }: KeptRecord) => all.map(within(id))],
  [
    milestones,
    ({ incident: { id, milestones: all } }: KeptRecord) =>
      all.map(({ at: _, ...mark }) => within(id)(mark)),
  ],
  // What ran rests: nobody is to be pinged because a file was read.
  [
    timers,
    ({ incident: { id }, timers: all }: KeptRecord) =>
      all.map(({ state, ...timer }) =>
        within(id)({ ...timer, state: state === 'pending' ? 'resting' : state }),
      ),
  ],
  [audit, ({ incident: { id }, audit: all }: KeptRecord) => all.map(within(id))],
] as const;

const INSERTS = TABLES.map(([table, rowsOf]) => [insertMany(table), rowsOf] as const);

function within(incidentId: string) {
  return <Row extends object>(row: Row): object => ({ incidentId, ...row });
}

interface Present {
  readonly id: string;
  readonly number: number;
  readonly drill: boolean;
  readonly chain: string;
}

function whyTaken({ incident }: KeptRecord, there: Present): string {
  const name = incidentName(incident);
  const other = incidentName(there);
  if (there.id === incident.id)
    return there.chain === incident.chain
      ? `${name} is here already, as it is in the file${other === name ? '' : `, under the number ${other}`}: there is nothing to import.`
      : `${name} is here already as ${other}, and its newest hash is another one: one of the two was changed since. Nothing is ever overwritten.`;
  return other === name
    ? `The number ${name} is taken by another incident here.`
    : `The channel of ${name} is that of ${other} here.`;
}

async function refuseWhatIsTaken(tx: Queryable, record: KeptRecord): Promise<void> {
  const { id, workspace, number, drill, channel } = record.incident;
  const place = [workspace, number, String(drill)];
  const found = await run<Present>(tx, ALREADY, [id, ...place, channel.id]);
  const there = found.find((one) => one.id === id) ?? found[0];
  if (there !== undefined) throw new NotRestored(whyTaken(record, there));
  const [gone] = await run<{ by: string; reason: string; day: string }>(tx, PURGED, place);
  if (gone !== undefined)
    throw new NotRestored(
      `${incidentName(record.incident)} was purged here on ${gone.day} by ${gone.by}: ${gone.reason}. What was removed on purpose is not brought back.`,
    );
}

/** Where two documents differ first, as a path; null where they do not. */
function difference(a: unknown, b: unknown, path = ''): string | null {
  if (canonical(a) === canonical(b)) return null;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return path;
  const left: Readonly<Record<string, unknown>> = { ...a };
  const right: Readonly<Record<string, unknown>> = { ...b };
  const differing = Object.keys({ ...left, ...right }).find(
    (key) => canonical(left[key]) !== canonical(right[key]),
  );
  if (differing === undefined) return path;
  return difference(left[differing], right[differing], `${path}/${differing}`);
}

/** Reads back what was written: an import that is not exact is none. */
async function compare(tx: Queryable, record: KeptRecord): Promise<void> {
  const back = await readArchive(tx, record.incident.id);
  if (back === null) throw new Error('what was written is not there');
  const { people: _, ...read } = kept(back);
  const { people: __, ...given } = record;
  const at = difference(given, read);
  if (at !== null)
    throw new NotRestored(
      `${incidentName(record.incident)} would not come back from the database as it is in the file: ${at}.`,
    );
}

/**
 * Writes a whole record, in the caller's transaction: with its numbers, its corrections and its chain,
 * so that exporting it gives the same bytes. Posts nothing; clocks that ran rest until its next change.
 *
 * Throws `NotRestored` where something here is in the way.
 */
export async function restore(tx: Queryable, record: KeptRecord): Promise<void> {
  const { workspace, number, drill, seq } = record.incident;
  const counter = drill ? `${workspace}:drills` : workspace;
  const [next] = await run<{ next: number }>(tx, LOCK_COUNTER, [counter]);
  await refuseWhatIsTaken(tx, record);
  for (const [text, rowsOf] of INSERTS) {
    const rows = rowsOf(record);
    if (rows.length > 0) await run(tx, text, [JSON.stringify(rows)]);
  }
  await rememberMembers(tx, memberRows(record.incident, record.entries));
  await run(tx, KEEP, [workspace, String(drill), number, seq, next?.next ?? 1]);
  await run(tx, NUMBER_ON, [counter, number]);
  await run(tx, KEEP_NAMES, [workspace, JSON.stringify(record.people)]);
  await compare(tx, record);
}
