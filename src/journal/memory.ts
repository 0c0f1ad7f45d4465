import type { Request } from '../domain/action.ts';
import { decide } from '../domain/decide/index.ts';
import type { Snapshot, World } from '../domain/decision.ts';
import { type Incident, isOver } from '../domain/incident.ts';
import type { Instant } from '../domain/instant.ts';
import { withChanges } from '../domain/timers/index.ts';
import type { Glance } from '../ports.ts';

const MOST = 2000;

/** Incidents and their clocks, with what tells whether the record has moved on. */
interface Shelf {
  readonly glances: Map<string, Glance>;
  readonly states: Map<string, string>;
}

/** The oldest that is over, else the oldest. */
function makeRoom({ glances, states }: Shelf): void {
  if (glances.size <= MOST) return;
  const over = [...glances.values()].find(({ incident }) => isOver(incident));
  const id = over?.incident.id ?? glances.keys().next().value;
  if (id === undefined) return;
  glances.delete(id);
  states.delete(id);
}

function put(shelf: Shelf, glance: Glance): void {
  shelf.glances.delete(glance.incident.id);
  shelf.glances.set(glance.incident.id, glance);
  makeRoom(shelf);
}

/** Looking things up as the store does. */
function finding({ glances }: Shelf) {
  const find = (fits: (incident: Incident) => boolean): Glance | null =>
    [...glances.values()].find(({ incident }) => fits(incident)) ?? null;
  return {
    all: (): readonly Glance[] => [...glances.values()],
    byId: (id: string): Glance | null => glances.get(id) ?? null,
    inChannel: (workspace: string, channel: string): Glance | null =>
      find((one) => one.workspace === workspace && one.channel.id === channel),
    numbered: (workspace: string, number: number, drill: boolean): Glance | null =>
      find((one) => one.workspace === workspace && one.number === number && one.drill === drill),
  };
}

/** What a process knows of the record by itself: as old as its last look. */
export function createMemory() {
  const shelf: Shelf = { glances: new Map(), states: new Map() };
  const { glances, states } = shelf;
  /** Kept lines that are part of what is remembered already. */
  const applied = new Set<string>();
  let asOf: Instant | null = null;
  return {
    ...finding(shelf),
    /** What was read on purpose, to be known in an outage. */
    learn(
      known: readonly { readonly state: string; readonly glance: Glance }[],
      at: Instant,
    ): void {
      for (const { state, glance } of known) {
        put(shelf, glance);
        states.set(glance.incident.id, state);
      }
      asOf = at;
      applied.clear();
    },
    /** How each incident was when it was read; one that has changed since is read again. */
    states: (): ReadonlyMap<string, string> => states,
    /** When it was last in step with the database; null when it never was. */
    asOf: (): Instant | null => asOf,
    /** An incident that went by; its clocks are those that were known, if they were. */
    saw(incident: Incident): void {
      const known = glances.get(incident.id);
      if (known !== undefined && known.incident.seq >= incident.seq) return;
      put(shelf, { incident, timers: known?.timers ?? [], asOf: incident.openedAt });
    },
    /** What it has become without the database; what the record says in the end is read again. */
    replace(key: string, glance: Glance): void {
      applied.add(key);
      glances.set(glance.incident.id, glance);
      states.delete(glance.incident.id);
    },
    /** Whether what was kept under this key is part of it. */
    has: (key: string): boolean => applied.has(key),
  };
}

export type Memory = ReturnType<typeof createMemory>;

/** What the rules are shown: the incident and its clocks, and nothing of what was written. */
export const snapshotOf = ({ incident, timers }: Glance): Snapshot => ({
  incident,
  timers,
  entries: [],
  revisions: [],
});

/**
 * What a kept line changes, as far as it can be told without the record: above all, which clocks it
 * stops. What the rules would need more for is left as it is.
 */
export function applyTo(
  memory: Memory,
  key: string,
  incident: string,
  request: Request,
  world: World,
): void {
  const glance = memory.byId(incident);
  if (glance === null || memory.has(key)) return;
  const decided = decide(snapshotOf(glance), request, world);
  if (!decided.ok) return;
  const { value } = decided;
  const timers = withChanges(glance.timers, value.timers);
  memory.replace(key, { ...glance, incident: value.incident, timers });
}
