import type { Decision, Snapshot } from '../domain/decision.ts';
import type { Instant } from '../domain/instant.ts';
import type { WakeHint } from '../ports.ts';
import { run, type Sql } from './connect.ts';
import { hintOf, NO_HINT } from './outcome.ts';
import { whenBusy } from './retry.ts';
import { ITSELF, lockIncident } from './snapshot.ts';
import { doubtPings, outboxKey, writeDecisions } from './write.ts';

/** So long a replica may still be posting what it let fire: nobody looks for it before that. */
const POSTING_MS = 5000;
const NOT_BEFORE = `update outbox set next_at = greatest(next_at, to_timestamp($2::float8 / 1000.0))
  where key = any($1::text[]) and state = 'pending' and unsure_since is not null`;

/**
 * Lets the clocks of one incident fire as they did at a moment in the past, when a replica let them
 * fire without the database. What fired already does not fire again.
 */
export function createFireAsOf(
  sql: Sql,
  rules: (snapshot: Snapshot, now: Instant) => Decision,
): (incident: string, at: Instant) => Promise<WakeHint> {
  return (incident, at) =>
    whenBusy(() =>
      sql.begin(async (tx) => {
        const locked = await lockIncident(tx, incident, ITSELF);
        if (locked === null) return NO_HINT;
        const { snapshot, now } = locked;
        const decision = rules(snapshot, Math.min(at, now));
        if (decision.incident.seq === snapshot.incident.seq) return NO_HINT;
        const action = {
          type: 'fire',
          timers: decision.timers.map(({ name }) => name),
        } as const;
        await writeDecisions(tx, [{ decision, actor: null, source: 'system', action }], now);
        await doubtPings(tx, incident, decision.notices, at);
        const keys = decision.notices.map(({ key }) => outboxKey(incident, key));
        await run(tx, NOT_BEFORE, [keys, at + POSTING_MS]);
        return hintOf(decision, now);
      }),
    );
}
