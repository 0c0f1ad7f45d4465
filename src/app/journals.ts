import { orNull } from '../deadline.ts';
import type { Journal } from '../journal/index.ts';
import type { JournalParts, Silent } from '../journal/parts.ts';
import type { Store } from '../ports.ts';

type Replicas = JournalParts['replicas'];

export interface JournalsParts {
  /** This process, as the database knows it: one, however many journals it keeps. */
  readonly replicas: Replicas;
  readonly create: (workspace: string, replicas: Replicas) => Journal;
  /** Settles when it is known who has installed Muster. */
  readonly ready: () => Promise<unknown>;
  readonly workspaces: () => Promise<readonly string[]>;
}

const FOLLOW_EVERY_MS = 5000;
/** Clocks wait no longer than this at a start; see `HOLD_MS` of a single journal. */
const READY_WITHIN_MS = 3000;

/**
 * What a silent process wrote is looked for in every workspace before it is forgotten, and this one
 * has left when none of its journals holds anything.
 */
function shareReplicas(replicas: Replicas, all: ReadonlyMap<string, Journal>) {
  const seen = new Map<string, Set<string>>();
  const left = new Set<string>();
  const isLast = (key: string, workspace: string): boolean => {
    const by = seen.get(key) ?? new Set<string>();
    seen.set(key, by.add(workspace));
    return [...all.keys()].every((one) => by.has(one));
  };
  return (workspace: string): Replicas => ({
    beat: replicas.beat,
    silent: replicas.silent,
    async forget(silent: Silent) {
      const key = `${silent.id}:${silent.seenAt}`;
      if (!isLast(key, workspace)) return;
      await replicas.forget(silent);
      seen.delete(key);
    },
    async leave() {
      left.add(workspace);
      if ([...all.keys()].every((one) => left.has(one))) await replicas.leave();
    },
  });
}

/** The journals of all workspaces as one: each line is kept, and read, in the workspace it is from. */
export function createJournals(parts: JournalsParts): Journal {
  const all = new Map<string, Journal>();
  const replicasOf = shareReplicas(parts.replicas, all);
  let started = false;
  let following: NodeJS.Timeout | undefined;

  function of(workspace: string): Journal {
    const known = all.get(workspace);
    if (known !== undefined) return known;
    const journal = parts.create(workspace, replicasOf(workspace));
    all.set(workspace, journal);
    if (started) void journal.start();
    return journal;
  }

  async function follow(): Promise<void> {
    for (const workspace of await parts.workspaces()) of(workspace);
  }

  const each = <T>(what: (journal: Journal) => T): T[] => [...all.values()].map(what);

  return {
    handle: (input, ways) => of(input.workspace).handle(input, ways),
    keep: (input, receivedAt) => of(input.workspace).keep(input, receivedAt),
    remembering: <T extends Pick<Store, 'change' | 'inChannel'>>(store: T): T => ({
      ...store,
      change: (...asked: Parameters<Store['change']>) =>
        of(asked[0].workspace)
          .remembering(store)
          .change(...asked),
      inChannel: (...asked: Parameters<Store['inChannel']>) =>
        of(asked[0])
          .remembering(store)
          .inChannel(...asked),
    }),
    async beforeFiring() {
      await Promise.all(each((journal) => journal.beforeFiring()));
    },
    noticed: () => void each((journal) => journal.noticed()),
    async start() {
      await orNull(READY_WITHIN_MS, parts.ready());
      await orNull(READY_WITHIN_MS, follow());
      await Promise.all(each((journal) => journal.start()));
      started = true;
      following = setInterval(() => void follow().catch(() => undefined), FOLLOW_EVERY_MS);
      following.unref();
    },
    state() {
      const states = each((journal) => journal.state());
      const since = states.flatMap((state) => state.since ?? []);
      return {
        since: since.length === 0 ? null : Math.min(...since),
        waiting: states.reduce((sum, { waiting }) => sum + waiting, 0),
      };
    },
    async stop() {
      clearInterval(following);
      await Promise.all(each((journal) => journal.stop()));
      if (all.size === 0) await orNull(READY_WITHIN_MS, parts.replicas.leave());
    },
  };
}
