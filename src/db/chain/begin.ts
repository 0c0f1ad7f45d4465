import type { Entry } from '../../domain/entry.ts';
import type { Instant } from '../../domain/instant.ts';
import { insertMany, NOW, selectList } from '../bulk.ts';
import { type Queryable, run, type Sql } from '../connect.ts';
import { type EntryRow, type IncidentRow, type RevisionRow, toEntry, toRevision } from '../rows.ts';
import { audit, entries, incidents, milestones, revisions } from '../schema/record.ts';
import { extend, type Recorded } from './extend.ts';
import {
  actionPiece,
  changePiece,
  entryPiece,
  incidentPiece,
  milestonePiece,
  type Piece,
  revisionPiece,
} from './pieces.ts';

/** So many pieces go into one row of the audit: a record of ten thousand entries fills a few dozen. */
const PIECES = 500;

const UNSEALED = 'select distinct incident_id::text as id from audit where hash is null';
const LOCK = `select ${selectList(incidents, 'i')}, ${NOW} as "now" from incident i
  where i.id = $1::text::uuid for update`;
const CHANGES = `select ${selectList(audit, 'a')} from audit a
  where a.incident_id = $1::text::uuid and a.hash is null order by a.seq`;
const NAMES = `select s->>'of' as of from audit a, jsonb_array_elements(a.seals) s
  where a.incident_id = $1::text::uuid and (s->>'of' like 'entry %' or s->>'of' like 'revision %')`;
const ENTRIES = `select ${selectList(entries, 'e')} from entry e where e.incident_id = $1::text::uuid order by e.no`;
const REVISIONS = `select ${selectList(revisions, 'r')} from revision r
  where r.incident_id = $1::text::uuid order by r.entry, r.revision`;
const MILESTONES = `select ${selectList(milestones, 'm')} from milestone m
  where m.incident_id = $1::text::uuid order by m.round, m.name`;
const ADVANCE = 'update incident set seq = $2::int, chain = $3 where id = $1::text::uuid';
const GIVE_PLACE = `update audit set hash = '@' || $2::int
  where incident_id = $1::text::uuid and hash is null
    and seq = any(select jsonb_array_elements_text($3::text::jsonb)::int)`;
const INSERT_AUDIT = insertMany(audit);

type Change = Parameters<typeof changePiece>[0];

interface Part {
  readonly pieces: readonly Piece[];
  readonly changes: readonly number[];
}

/** What stands unsealed, in parts of a size that a row can hold. */
async function partsOf(tx: Queryable, row: IncidentRow): Promise<Part[]> {
  const { id } = row;
  const changes = await run<Change>(tx, CHANGES, [id]);
  const names = new Set((await run<{ of: string }>(tx, NAMES, [id])).map(({ of }) => of));
  const lines: Entry[] = (await run<EntryRow>(tx, ENTRIES, [id])).map(toEntry);
  const past = await run<RevisionRow>(tx, REVISIONS, [id]);
  const content = [
    ...lines.map((entry) => entryPiece(id, entry)),
    ...past.map((was) => revisionPiece(id, was.seq, toRevision(was))),
  ].filter(([of]) => !names.has(of));
  const marks = await run<Parameters<typeof milestonePiece>[0]>(tx, MILESTONES, [id]);
  const all: (readonly [Piece, number | null])[] = [
    ...changes.map((change) => [changePiece(change), change.seq] as const),
    ...[incidentPiece(row), ...marks.map(milestonePiece), ...content].map(
      (piece) => [piece, null] as const,
    ),
  ];
  return Array.from({ length: Math.ceil(all.length / PIECES) }, (_, n) => {
    const part = all.slice(n * PIECES, (n + 1) * PIECES);
    return {
      pieces: part.map(([piece]) => piece),
      changes: part.flatMap(([, seq]) => seq ?? []),
    };
  });
}

async function sealOne(tx: Queryable, incident: string): Promise<void> {
  const [locked] = await run<IncidentRow & { now: Instant }>(tx, LOCK, [incident]);
  if (locked === undefined) return;
  const { now, ...row } = locked;
  const parts = await partsOf(tx, row);
  const changes = parts.map(({ pieces, changes: sealed }, n): Recorded => {
    const action = { type: 'seal', changes: sealed.length, pieces: pieces.length } as const;
    const seq = row.seq + 1 + n;
    const all = [actionPiece(action), ...pieces];
    return { incidentId: row.id, seq, actor: null, source: 'system', action, pieces: all };
  });
  const heads = new Map([[row.id, row.chain]]);
  const rows = extend(changes, now, heads);
  await run(tx, ADVANCE, [row.id, row.seq + rows.length, heads.get(row.id) ?? row.chain]);
  await run(tx, INSERT_AUDIT, [JSON.stringify(rows)]);
  for (const [n, { changes: sealed }] of parts.entries())
    await run(tx, GIVE_PLACE, [row.id, row.seq + 1 + n, JSON.stringify(sealed)]);
}

/**
 * Seals what a version without the chain wrote, as it stands now: at the first start with the chain,
 * and where such a version went on writing while replicas were replaced. Answers of how many incidents.
 */
export async function sealWhatIsNot(sql: Pick<Sql, 'query' | 'begin'>): Promise<number> {
  const found = await run<{ id: string }>(sql, UNSEALED);
  for (const { id } of found) await sql.begin((tx) => sealOne(tx, id));
  return found.length;
}
