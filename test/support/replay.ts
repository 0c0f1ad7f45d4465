import { randomUUID } from 'node:crypto';
import type { Action } from '../../src/domain/action.ts';
import type { Archive, Decided } from '../../src/domain/archive.ts';
import { decide, fire, needs, open } from '../../src/domain/decide/index.ts';
import { NOTHING_NEEDED } from '../../src/domain/decide/rule.ts';
import type { Decision, Snapshot, World } from '../../src/domain/decision.ts';
import type { Entry, Revision } from '../../src/domain/entry.ts';
import type { Incident } from '../../src/domain/incident.ts';
import type { Settings } from '../../src/domain/settings.ts';

type Step = Archive['audit'][number];

/** What an incident is made of, apart from names, ids and hashes, which chance has a part in. */
export interface State {
  readonly incident: Omit<Incident, 'id' | 'channel' | 'chain'>;
  readonly entries: readonly Entry[];
  readonly revisions: readonly Revision[];
  /** `name step dueAt state`. */
  readonly timers: readonly string[];
}

interface Kept {
  incident: Incident | null;
  timers: Snapshot['timers'];
  readonly entries: Map<number, Entry>;
  readonly revisions: Revision[];
}

const stateOf = ({ incident, timers, entries, revisions }: Kept | Archive): State => {
  if (incident === null) throw new Error('nothing was opened');
  const { id: _, channel: __, chain: ___, ...rest } = incident;
  const lines = [...entries.values()].sort((a, b) => a.no - b.no);
  const milestones = [...rest.milestones].sort(
    (a, b) => a.round - b.round || a.name.localeCompare(b.name),
  );
  return {
    incident: { ...rest, milestones },
    entries: lines,
    revisions: [...revisions]
      .map(({ entry, revision, before, by, at, change, reason }) => ({
        ...{ entry, revision, before, by, at, change, reason },
      }))
      .sort((a, b) => a.entry - b.entry || a.revision - b.revision),
    timers: timers
      .map(({ name, step, dueAt, state }) => `${name} ${step} ${dueAt} ${state}`)
      .sort(),
  };
};

/** The state as the database holds it. */
export const heldState = (archive: Archive): State => stateOf(archive);

/**
 * The state that the rules give when everything that the audit says was done is done again, by the
 * same people at the same moments.
 */
export function replayed(
  { incident, audit }: Archive,
  settings: Settings,
  zone: string | null,
): State {
  const kept: Kept = { incident: null, timers: [], entries: new Map(), revisions: [] };
  for (const step of [...audit].sort((a, b) => a.seq - b.seq)) {
    const world: World = {
      now: step.at,
      typedAt: step.at,
      receivedAt: step.at,
      settings,
      overrides: [],
      newId: randomUUID,
    };
    keep(kept, decided(kept, step, world, incident, zone));
  }
  return stateOf(kept);
}

/** What somebody asked for, and not what Muster did by itself. */
const isAction = (action: Decided): action is Action =>
  !('redacted' in action || ['fire', 'on call', 'repair', 'seal'].includes(action.type));

function decided(
  kept: Kept,
  { action, actor, source }: Step,
  world: World,
  { id, workspace, number }: Incident,
  zone: string | null,
): Decision {
  if (action.type === 'fire') return fire(snapshotOf(kept, null, ''), world);
  if (!isAction(action)) throw new Error(`“${action.type}” cannot be replayed`);
  const request = { action, actor: { id: actor ?? '', zone }, source, typed: action.type };
  const opening = action.type === 'open' || action.type === 'record';
  const done = opening
    ? open({ id, workspace, number, twin: null }, request, world)
    : decide(snapshotOf(kept, action, request.actor.id), request, world);
  if (!done.ok) throw new Error(`${action.type} is refused now: ${done.refusal.reason}`);
  return done.value;
}

function snapshotOf(
  { incident, timers, entries, revisions }: Kept,
  action: Action | null,
  actor: string,
): Snapshot {
  if (incident === null) throw new Error('nothing is open yet');
  const wanted = action === null ? NOTHING_NEEDED : needs(action);
  const all = [...entries.values()].sort((a, b) => a.no - b.no);
  const mine = wanted.mine
    ? all.findLast(({ author, struck }) => author === actor && struck === null)
    : undefined;
  const numbers = [...wanted.entries, ...(mine === undefined ? [] : [mine.no])];
  const before = numbers.flatMap((no) => entries.get(no)?.detail?.was?.entry ?? []);
  return {
    incident,
    timers,
    entries: all.filter(
      ({ no, detail }) =>
        numbers.includes(no) ||
        before.includes(no) ||
        (wanted.message !== null && detail?.message?.ts === wanted.message) ||
        (detail?.type === 'action' && detail.n === wanted.action),
    ),
    revisions: revisions.filter(({ entry }) => wanted.entries.includes(entry)),
  };
}

function keep(kept: Kept, decision: Decision): void {
  kept.incident = decision.incident;
  const changed = decision.timers.map(({ name }) => name);
  kept.timers = [...kept.timers.filter(({ name }) => !changed.includes(name)), ...decision.timers];
  for (const entry of decision.entries) kept.entries.set(entry.no, entry);
  for (const { entry, revision } of decision.revised) {
    kept.entries.set(entry.no, entry);
    kept.revisions.push(revision);
  }
}
