import type { Message } from '../../domain/text.ts';

/** Somebody who looked at their Home lately, and what they were shown. */
export interface Looker {
  readonly workspace: string;
  readonly user: string;
  at: number;
  /** The answer to what they pressed there last. */
  said: Message | null;
  /** What Slack calls the view that it shows; null while nobody knows. */
  hash: string | null;
  /** Names what is shown. */
  seal: string | null;
  /** Whether what is shown could not be read or published as it is. */
  stale: boolean;
  /** Settled when nothing is being published for them. */
  turn: Promise<void>;
}

/** Longer ago it is rather forgotten in a tab than looked at. */
const LATELY_MS = 10 * 60_000;
const MOST = 100;

/** Whoever looks at their Home, as far as this process was told. */
export function createLookers(now: () => number = Date.now) {
  const known = new Map<string, Looker>();
  const keyOf = (workspace: string, user: string): string => `${workspace}:${user}`;

  return {
    /** Notes that somebody looks, as the newest of all; the oldest gives way. */
    saw(workspace: string, user: string): Looker {
      const key = keyOf(workspace, user);
      const fresh: Looker = {
        ...{ workspace, user, at: now(), said: null, hash: null, seal: null, stale: false },
        turn: Promise.resolve(),
      };
      const looker = known.get(key) ?? fresh;
      looker.at = now();
      known.delete(key);
      known.set(key, looker);
      const [oldest] = known.keys();
      if (known.size > MOST && oldest !== undefined) known.delete(oldest);
      return looker;
    },
    forget({ workspace, user }: Pick<Looker, 'workspace' | 'user'>): void {
      known.delete(keyOf(workspace, user));
    },
    /** Those whose Home is kept as it is; the others are forgotten. */
    lately(): readonly Looker[] {
      for (const [key, { at }] of known) if (now() - at > LATELY_MS) known.delete(key);
      return [...known.values()];
    },
  };
}
