import type { Decision, Reply, Snapshot } from '../domain/decision.ts';
import type { Instant } from '../domain/instant.ts';
import type { Refusal } from '../domain/result.ts';
import type { Change, Outcome } from '../ports.ts';
import { NOW } from './bulk.ts';
import { type Queryable, run } from './connect.ts';
import { noteIfDenied } from './denied.ts';
import { groupBy } from './group-by.ts';
import { type Decide, hintOf, NO_HINT, type Refuse, Repeated } from './outcome.ts';
import { type IncidentRow, type MilestoneRow, type TimerRow, toIncident, toTimer } from './rows.ts';
import { INCIDENT_COLUMNS, MILESTONES_OF, TIMERS_OF } from './snapshot.ts';
import { writeDecisions } from './write.ts';
import type { Written } from './written.ts';

// Ten lines that ten people type in the same moment are ten changes, each decided under its
// incident's lock and with its own `seq`, and one transaction: begin, lock, write and commit cost
// the same for all of them together as for one.

/** Whoever has an incident's lock is not waited for: one busy incident must not hold up the others. */
const LOCK_FREE = `select ${INCIDENT_COLUMNS}, ${NOW} as "now" from incident i
  where i.id = any($1::text[]::uuid[]) order by i.id for update skip locked`;
/** By key, so that two replicas that are told the same things wait for each other in one order. */
const STORE_REPLIES = `insert into inbound
    (workspace, key, actor, typed, outcome, reply, incident_id, received_at)
  select workspace, key, actor, typed, outcome, reply, "incidentId", now()
  from jsonb_to_recordset($1::text::jsonb) as x(workspace text, key text, actor text, typed text,
    outcome text, reply jsonb, "incidentId" uuid) order by workspace, key
  on conflict do nothing returning key`;

/** A change with the rules that decide it. */
export interface Asked {
  readonly change: Change;
  readonly incident: string;
  readonly decide: Decide;
}

/**
 * What became of it: an outcome; `later`, behind a change that must be committed first; `alone`,
 * when it has to wait for somebody's lock or for its own repetition.
 */
export type Settled = Outcome | 'later' | 'alone';

interface Scene {
  snapshot: Snapshot;
  /** Whether another change may be decided on top, before the first one is committed. */
  open: boolean;
}

async function lockAll(tx: Queryable, ids: string[]): Promise<[Map<string, Scene>, Instant]> {
  const [rows, marks, running] = await Promise.all([
    run<IncidentRow & { now: Instant }>(tx, LOCK_FREE, [ids]),
    run<MilestoneRow>(tx, MILESTONES_OF, [ids]),
    run<TimerRow>(tx, TIMERS_OF, [ids]),
  ]);
  const marksOf = groupBy(marks, ({ incidentId }) => incidentId);
  const timersOf = groupBy(running, ({ incidentId }) => incidentId);
  const scenes = rows.map(({ now: _, ...row }): [string, Scene] => [
    row.id,
    {
      snapshot: {
        incident: toIncident(row, marksOf.get(row.id) ?? []),
        timers: (timersOf.get(row.id) ?? []).map(toTimer),
        entries: [],
        revisions: [],
      },
      open: true,
    },
  ]);
  return [new Map(scenes), rows[0]?.now ?? 0];
}

/** Only lines of the record: nothing is said, planned or pointed to that the next one might undo. */
const isPlain = ({ revised, milestones, timers, notices, work }: Decision): boolean =>
  [revised, milestones, timers, notices, work].every(({ length }) => length === 0);

interface Decided {
  readonly outcome: Outcome;
  readonly written: Written | null;
  /** False for a question, which is stored by whoever gives it its buttons. */
  readonly stored: boolean;
  /** Why it was refused, where it was. */
  readonly refusal?: Refusal;
}

function decideOn(scene: Scene, { change, decide }: Asked, now: Instant, refuse: Refuse): Decided {
  const { snapshot } = scene;
  const { incident } = snapshot;
  const decided = decide(snapshot, now);
  const { actor, source, action, typed } = change.request;
  if (!decided.ok) {
    const reply = refuse(decided.refusal, typed);
    const outcome = { reply, repeated: false, incident, hint: NO_HINT };
    return { outcome, written: null, stored: true, refusal: decided.refusal };
  }
  const { value: decision } = decided;
  const { reply } = decision;
  const changed = decision.incident.seq !== incident.seq;
  if (!changed) {
    const outcome = { reply, repeated: false, incident: decision.incident, hint: NO_HINT };
    return { outcome, written: null, stored: reply.outcome !== 'asked' };
  }
  scene.snapshot = { ...snapshot, incident: decision.incident };
  scene.open = isPlain(decision);
  const hint = hintOf(decision, now);
  return {
    outcome: { reply, repeated: false, incident: decision.incident, hint },
    written: { decision, actor: actor.id, source, action },
    stored: true,
  };
}

const replyRow = ({ change }: Asked, reply: Reply, incident: string) => ({
  workspace: change.workspace,
  key: change.key,
  actor: change.request.actor.id,
  typed: change.request.typed,
  outcome: reply.outcome,
  reply,
  incidentId: incident,
});

async function storeReplies(tx: Queryable, rows: readonly object[]): Promise<void> {
  if (rows.length === 0) return;
  const stored = await run(tx, STORE_REPLIES, [JSON.stringify(rows)]);
  if (stored.length < rows.length) throw new Repeated();
}

/**
 * Decides and writes changes of incidents that exist, all in this transaction, in the order given.
 *
 * A key that was answered before makes all of it fail: then each is done alone, where the
 * repetition is found.
 */
export async function changeTogether(
  tx: Queryable,
  asked: readonly Asked[],
  refuse: Refuse,
): Promise<Settled[]> {
  const [scenes, now] = await lockAll(tx, [...new Set(asked.map(({ incident }) => incident))]);
  const written: Written[] = [];
  const replies: object[] = [];
  const refused: { change: Change; refusal: Refusal }[] = [];
  const keys = new Set<string>();
  const settled = asked.map((one): Settled => {
    const scene = scenes.get(one.incident);
    const key = `${one.change.workspace} ${one.change.key}`;
    if (!scene || keys.has(key)) return 'alone';
    if (!scene.open) return 'later';
    keys.add(key);
    const decided = decideOn(scene, one, now, refuse);
    if (decided.written) written.push(decided.written);
    const { refusal } = decided;
    if (refusal?.denied !== undefined) refused.push({ change: one.change, refusal });
    if (decided.stored) replies.push(replyRow(one, decided.outcome.reply, one.incident));
    return decided.outcome;
  });
  await Promise.all([writeDecisions(tx, written, now), storeReplies(tx, replies)]);
  for (const { change, refusal } of refused) await noteIfDenied(tx, change, refusal);
  return settled;
}
