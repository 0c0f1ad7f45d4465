import { type Answered, recordAnswered } from '../domain/decide/answered.ts';
import type { Queryable } from './connect.ts';
import { ITSELF, lockIncident } from './snapshot.ts';
import { writeDecisions } from './write.ts';

/**
 * Records who was pinged for a schedule, in the transaction that settles the delivery: once for each,
 * whoever else believes to have delivered it too.
 */
export async function recordWho(
  tx: Queryable,
  incident: string,
  answered: Answered,
): Promise<void> {
  const locked = await lockIncident(tx, incident, ITSELF);
  if (locked === null) return;
  const { schedule, user } = answered;
  const action = { type: 'on call', schedule, user } as const;
  const decision = recordAnswered(locked.snapshot, answered, locked.now);
  await writeDecisions(tx, [{ decision, actor: null, source: 'system', action }], locked.now);
}
