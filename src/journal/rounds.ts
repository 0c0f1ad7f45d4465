import { setTimeout as pause } from 'node:timers/promises';
import type { Override } from '../domain/schedules/schedule.ts';
import { type Ports, StoreUnavailable } from '../ports.ts';
import { createEscalation } from './escalate.ts';
import { createSearch, type Furniture } from './furniture.ts';
import { memoryStore } from './memory-store.ts';
import type { JournalParts } from './parts.ts';
import { createReach } from './reach.ts';

/** How long clocks that are overdue wait for what may have stopped them. */
export const HOLD_MS = 3000;
/** So long where clocks did not stand still meanwhile: what fired from memory must not fire again. */
const HOLD_FIRED_MS = 20_000;
/** How often a healthy process looks whether another has fallen silent. */
const LOOK_ROUND_MS = 30_000;

export const late = (): StoreUnavailable =>
  new StoreUnavailable('the database does not answer', 'late');

const overridesOf =
  ({ overrides }: Ports) =>
  (workspace: string): readonly Override[] =>
    overrides?.of(workspace) ?? [];

/** Deliveries look things up and change nothing. */
const NOTHING_KEPT = {
  change: async (): Promise<never> => {
    throw late();
  },
  question: async (): Promise<never> => {
    throw late();
  },
  isOurs: async (): Promise<boolean> => true,
  asked: null,
};

/** Escalates from memory, where that is wanted. */
function createEscalating({ ports, slate, escalating, onError }: JournalParts, known: Furniture) {
  if (escalating === null) return null;
  const { memory, outage, touch } = known;
  const looking = { ...NOTHING_KEPT, overrides: overridesOf(ports) };
  return createEscalation({
    ...{ ...escalating, memory, outage, slate, settings: ports.settings },
    store: memoryStore(memory, outage.now, looking),
    onFired: touch,
    onError: (error) => onError('escalating', error),
  });
}

/** What goes on by itself: looking whether the database is there, and importing when it is back. */
export function createRounds(parts: JournalParts, furniture: Furniture) {
  const { memory, outage, recovery } = furniture;
  const search = createSearch(parts, furniture);
  const escalation = createEscalating(parts, furniture);
  let holdUntil = 0;
  let lookedRoundAt = 0;
  let importing: Promise<void> | null = null;

  const reach = createReach(parts.replicas.beat, outage, (ended) => {
    parts.onReached();
    if (ended === null) return;
    escalation?.over();
    search.since(ended);
    holdUntil = Date.now() + (escalation === null ? HOLD_MS : HOLD_FIRED_MS);
  });

  const importAll = (): Promise<void> => {
    importing ??= recovery
      .run()
      .catch((error: unknown) => parts.onError('import', error))
      .finally(() => {
        importing = null;
      });
    return importing;
  };

  async function round(): Promise<void> {
    if (!(await reach())) return escalation?.look();
    search.late();
    const workspace = parts.workspace();
    if (workspace === null) return;
    if (Date.now() - lookedRoundAt > LOOK_ROUND_MS) {
      await search.silent();
      lookedRoundAt = Date.now();
    }
    if (!recovery.isEmpty()) await importAll();
    await search.forgetSilent();
    memory.learn(await parts.known(workspace, memory.states()), outage.now());
  }

  return {
    reach,
    /** One round. Never fails. */
    look: (): Promise<void> => round().catch((error: unknown) => parts.onError('looking', error)),
    /** Until what may have stopped clocks is imported, but not for long. */
    async held(): Promise<void> {
      const left = holdUntil - Date.now();
      if (left <= 0 || recovery.isEmpty()) return;
      await Promise.race([importAll(), pause(left, undefined, { ref: false })]);
    },
    imported: async (): Promise<void> => importing ?? undefined,
  };
}
