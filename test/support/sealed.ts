import { extend, type Recorded } from '../../src/db/chain/extend.ts';
import {
  actionPiece,
  entryPiece,
  incidentPiece,
  milestonePiece,
} from '../../src/db/chain/pieces.ts';
import { fromIncident } from '../../src/db/rows.ts';
import type { Archive, AuditLine } from '../../src/domain/archive.ts';
import type { IncidentRecord } from '../../src/domain/record.ts';
import { archived } from './archived.ts';

/** Two pointers of one name and round cannot be kept; nor can a character that PostgreSQL has none for. */
function storable(record: IncidentRecord, id: string): IncidentRecord {
  const whole: IncidentRecord = JSON.parse(JSON.stringify(record).replaceAll('\\u0000', ''));
  const atOf = new Map(whole.entries.map(({ no, at }) => [no, at]));
  const marks = new Map(
    whole.incident.milestones.map((mark) => [
      `${mark.name}.${mark.round}`,
      { ...mark, at: atOf.get(mark.entry) ?? null },
    ]),
  );
  return { ...whole, incident: { ...whole.incident, id, milestones: [...marks.values()] } };
}

/** Any record, as if one change had written all of it: with a chain that verifies. */
export function sealed(given: IncidentRecord, id: string = crypto.randomUUID()): Archive {
  const record = storable(given, id);
  const incident = { ...record.incident, seq: 1 };
  const change: Recorded = {
    incidentId: id,
    seq: 1,
    actor: 'U1',
    source: 'import',
    action: { type: 'seal', changes: 0, pieces: record.entries.length },
    pieces: [
      actionPiece({ type: 'seal', changes: 0, pieces: record.entries.length }),
      incidentPiece(fromIncident(incident)),
      ...record.entries.map((entry) => entryPiece(id, entry)),
      ...incident.milestones.map(milestonePiece),
    ],
  };
  const heads = new Map<string, string>();
  const rows = extend([change], record.asOf, heads) as (AuditLine & { incidentId: string })[];
  const audit = rows.map(({ incidentId: _, ...line }) => line);
  const whole = { ...record, incident: { ...incident, chain: heads.get(id) ?? '' } };
  return archived(whole, { audit });
}
