import { randomUUID } from 'node:crypto';
import type { Action } from '../domain/action.ts';
import type { Decision, OpenContext, Reply, Snapshot } from '../domain/decision.ts';
import type { Instant } from '../domain/instant.ts';
import type { Result } from '../domain/result.ts';
import type { Change, Outcome } from '../ports.ts';
import { NOW } from './bulk.ts';
import { type Queryable, run, type Sql } from './connect.ts';
import { noteIfDenied } from './denied.ts';
import { createLanes } from './lanes.ts';
import { type Decide, hintOf, NO_HINT, type Refuse, Repeated } from './outcome.ts';
import { redactEverywhere } from './redact.ts';
import { whenBusy } from './retry.ts';
import { type IncidentRow, type MilestoneRow, toIncident } from './rows.ts';
import { INCIDENT_COLUMNS, lockIncident, MILESTONES_OF, type Needs } from './snapshot.ts';
import { changeTogether } from './together.ts';
import { hasLeft } from './visible.ts';
import { writeDecisions, writeNotices } from './write.ts';
import type { Written } from './written.ts';

const STORED_REPLY = 'select reply from inbound where workspace = $1 and key = $2';
const STORE_REPLY = `insert into inbound (workspace, key, actor, typed, outcome, reply, incident_id, received_at)
  values ($1, $2, $3, $4, $5, $6::text::jsonb, $7::text::uuid, now())
  on conflict do nothing returning key`;
/** Takes the counter's lock, so that openings of a workspace follow each other; bumps nothing yet. */
const LOCK_COUNTER = `insert into counter as c (workspace, next) values ($1, 1)
  on conflict (workspace) do update set next = c.next returning next as number, ${NOW} as "now"`;
/** Drills number apart: they have a counter of their own. */
const counterOf = ({ workspace, request }: Change): string =>
  isDrill(request.action) ? `${workspace}:drills` : workspace;
const isDrill = (action: Action): boolean => action.type === 'open' && action.drill === true;
const BUMP_COUNTER = 'update counter set next = next + 1 where workspace = $1';
/**
 * Two people who open the same thing within a minute mean one incident. Locked: it will be told.
 * For one that was typed while we were away, the minute is the one before it was typed. A private one
 * of somebody else's is passed over, as if it were not there: also where it stands before a public one.
 */
const TWIN = `select ${INCIDENT_COLUMNS} from incident i where i.workspace = $1
  and lower(i.title) = lower($2) and (not i.private or (i.declared_by = $5 and not ${hasLeft('$5')}))
  and i.opened_at > coalesce(to_timestamp($4::float8 / 1000.0), now()) - interval '60 seconds'
  and i.status not in ('resolved', 'cancelled') and not i.recorded and i.drill = $3
  order by i.number desc limit 1 for update`;

type Keyed = Pick<Change, 'workspace' | 'key'> & {
  readonly request: Pick<Change['request'], 'actor' | 'typed'>;
};

interface Seen {
  readonly subject: Snapshot | OpenContext | null;
  readonly now: Instant;
  /** The incident's `seq` before; -1 for a new one. */
  readonly seq: number;
}

async function openContext(tx: Queryable, change: Change): Promise<Seen> {
  const { workspace, request, journaled } = change;
  const { action, actor } = request;
  const wanted = ['title' in action ? action.title : '', isDrill(action), journaled?.at ?? null];
  const [[next], [twin]] = await Promise.all([
    run<{ number: number; now: Instant }>(tx, LOCK_COUNTER, [counterOf(change)]),
    run<IncidentRow>(tx, TWIN, [workspace, ...wanted, actor.id]),
  ]);
  if (!next) throw new Error('the counter gave no number');
  const marks = twin ? await run<MilestoneRow>(tx, MILESTONES_OF, [[twin.id]]) : [];
  return {
    subject: {
      id: randomUUID(),
      workspace,
      number: next.number,
      twin: twin ? toIncident(twin, marks) : null,
      channel: journaled?.channel ?? null,
    },
    now: next.now,
    seq: -1,
  };
}

async function look(tx: Queryable, change: Change, needs: Needs): Promise<Seen> {
  if (change.subject.type === 'new') return openContext(tx, change);
  const locked = await lockIncident(tx, change.subject.id, needs);
  return locked
    ? { subject: locked.snapshot, now: locked.now, seq: locked.snapshot.incident.seq }
    : { subject: null, now: 0, seq: -1 };
}

/** Keeps the reply beside the key, claiming it; `Repeated` where somebody claimed it before. */
export async function storeReply(
  tx: Queryable,
  { workspace, key, request }: Keyed,
  reply: Reply,
  incident: string | null,
): Promise<void> {
  const stored = await run(tx, STORE_REPLY, [
    workspace,
    key,
    request.actor.id,
    request.typed,
    reply.outcome,
    JSON.stringify(reply),
    incident,
  ]);
  if (stored.length === 0) throw new Repeated();
}

async function attempt(
  tx: Queryable,
  change: Change,
  needs: Needs,
  decide: Decide,
  refuse: Refuse,
): Promise<Outcome> {
  const { subject, now, seq } = await look(tx, change, needs);
  // All replicas import the same lines: behind the lock it shows whether another was faster.
  if (change.journaled && (await storedReply(tx, change))) throw new Repeated();
  const incident = subject && 'incident' in subject ? subject.incident : null;
  const decided: Result<Decision> = subject
    ? decide(subject, now)
    : { ok: false, refusal: { reason: 'I cannot find that incident any more.' } };
  if (!decided.ok) {
    const reply = refuse(decided.refusal, change.request.typed);
    await storeReply(tx, change, reply, incident?.id ?? null);
    await noteIfDenied(tx, change, decided.refusal);
    return { reply, repeated: false, incident, hint: NO_HINT };
  }
  const { value: decision } = decided;
  const { actor, source, action } = change.request;
  const changed = decision.incident.seq !== seq && decision.incident.id !== twinOf(subject);
  // A question that changed nothing is stored by whoever gives it its buttons.
  if (decision.reply.outcome === 'asked' && !changed) {
    return { reply: decision.reply, repeated: false, incident, hint: NO_HINT };
  }
  if (changed) {
    if (change.subject.type === 'new') await run(tx, BUMP_COUNTER, [counterOf(change)]);
    await writeDecisions(tx, bothOf({ decision, actor: actor.id, source, action }), now);
    await redactEverywhere(tx, decision, now);
  }
  if (decision.incident.id === twinOf(subject))
    await writeNotices(tx, joining(change, decision), now);
  await storeReply(tx, change, decision.reply, decision.incident.id);
  return {
    reply: decision.reply,
    repeated: false,
    incident: decision.incident,
    hint: hintOf(decision, now),
  };
}

/** A change of two incidents is two decisions: each has its own row in its own audit. */
const bothOf = (written: Written): Written[] => {
  const { also } = written.decision;
  return also === undefined ? [written] : [written, { ...written, ...also }];
};

/** Joining changes nothing of the incident, so its `seq` cannot tell these notices from others. */
const joining = ({ key }: Change, { incident, notices }: Decision) =>
  notices.map((notice) => ({ incident, notice: { ...notice, key: `${notice.key}:${key}` } }));

const twinOf = (subject: Snapshot | OpenContext | null): string | null =>
  subject && 'twin' in subject ? (subject.twin?.id ?? null) : null;

/** What this key was answered with before, or null. */
export async function storedReply(
  sql: Queryable,
  { workspace, key }: Pick<Change, 'workspace' | 'key'>,
): Promise<Reply | null> {
  const [row] = await run<{ reply: Reply }>(sql, STORED_REPLY, [workspace, key]);
  return row?.reply ?? null;
}

async function changeAlone(
  sql: Sql,
  change: Change,
  needs: Needs,
  decide: Decide,
  refuse: Refuse,
): Promise<Outcome> {
  try {
    return await whenBusy(() => sql.begin((tx) => attempt(tx, change, needs, decide, refuse)));
  } catch (error) {
    if (!(error instanceof Repeated)) throw error;
    const reply = await storedReply(sql, change);
    if (!reply) throw error;
    return { reply, repeated: true, incident: null, hint: NO_HINT };
  }
}

const needsOnlyItself = ({ entries, ...others }: Needs): boolean =>
  entries.length === 0 && Object.values(others).every((one) => one === null);

/**
 * A change: lock, look, decide, write, store the reply, in one transaction.
 *
 * Changes that come at the same moment share one; what needs more than the incident itself, or
 * makes a new one, has its own. A repeated key finds its reply and changes nothing. Deadlocks and
 * short lock waits are tried again a few times; the rules are pure, so deciding twice is harmless.
 */
export function createChange(sql: Sql, needsOf: (change: Change) => Needs, refuse: Refuse) {
  const lanes = createLanes({
    together: (asked) => sql.begin((tx) => changeTogether(tx, asked, refuse)),
    alone: ({ change, decide }) => changeAlone(sql, change, needsOf(change), decide, refuse),
  });
  return (change: Change, decide: Decide): Promise<Outcome> => {
    const needs = needsOf(change);
    const { subject } = change;
    return subject.type === 'incident' && needsOnlyItself(needs)
      ? lanes({ change, incident: subject.id, decide })
      : changeAlone(sql, change, needs, decide, refuse);
  };
}
