import { fromIncident } from '../rows.ts';
import { entriesOf, type Written } from '../written.ts';
import type { Recorded } from './extend.ts';
import { actionPiece, entryPiece, incidentPiece, milestonePiece, revisionPiece } from './pieces.ts';

/** A decision with every piece of what it writes that the chain covers. */
export function recorded({ decision, actor, source, action }: Written): Recorded {
  const { incident, revised, milestones } = decision;
  const { id, seq } = incident;
  const pieces = [
    actionPiece(action),
    incidentPiece(fromIncident(incident)),
    ...entriesOf(decision).map((entry) => entryPiece(id, entry)),
    ...revised.map(({ revision }) => revisionPiece(id, seq, revision)),
    ...milestones.map(milestonePiece),
  ];
  return { incidentId: id, seq, actor, source, action, pieces };
}

/** The newest hash of each incident, as it was read under the lock. */
export const headsOf = (written: readonly Written[]): Map<string, string> =>
  new Map(written.map(({ decision: { incident } }) => [incident.id, incident.chain]));
