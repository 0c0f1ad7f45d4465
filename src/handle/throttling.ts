import type { Limits, Settings } from '../domain/settings.ts';
import { refusalMessage } from '../domain/views/refusal.ts';
import { type Ports, StoreUnavailable } from '../ports.ts';
import type { Handled, Input } from './input.ts';
import { refused, typedBy } from './refused.ts';
import { understood } from './understanding.ts';

const WINDOW_MS = 10_000;
/** Full buckets are forgotten when there are more than this: they say nothing. */
const MOST_BUCKETS = 10_000;

interface Bucket {
  tokens: number;
  at: number;
}

/** Buckets that hold `most` and are filled again within ten seconds. */
function createBuckets(most: number, clock: () => number) {
  const buckets = new Map<string, Bucket>();
  const perMs = most / WINDOW_MS;

  function forgetFull(now: number): void {
    for (const [name, { tokens, at }] of buckets)
      if (tokens + (now - at) * perMs >= most) buckets.delete(name);
  }

  const filled = (name: string): Bucket => {
    const now = clock();
    const { tokens, at } = buckets.get(name) ?? { tokens: most, at: now };
    return { tokens: Math.min(most, tokens + Math.max(0, now - at) * perMs), at: now };
  };

  return {
    /** Milliseconds until there is room for one; 0 when there is. */
    waits: (name: string): number => Math.max(0, Math.ceil((1 - filled(name).tokens) / perMs)),
    take(name: string): void {
      const bucket = filled(name);
      if (buckets.size >= MOST_BUCKETS) forgetFull(bucket.at);
      buckets.set(name, { ...bucket, tokens: bucket.tokens - 1 });
    },
  };
}

/** Which limit was reached, and how long to wait. */
export interface Throttled {
  readonly whose: keyof Limits;
  readonly waitMs: number;
}

/** Counts what is asked for, in this process: by person, and by workspace. */
export function createThrottle(limits: Limits, clock: () => number) {
  const people = createBuckets(limits.person, clock);
  const workspaces = createBuckets(limits.workspace, clock);
  /** Takes one of each; or says, taking none, why there is no room. */
  return (workspace: string, person: string): Throttled | null => {
    const who = `${workspace}:${person}`;
    const own = people.waits(who);
    if (own > 0) return { whose: 'person', waitMs: own };
    const all = workspaces.waits(workspace);
    if (all > 0) return { whose: 'workspace', waitMs: all };
    people.take(who);
    workspaces.take(workspace);
    return null;
  };
}

/** What stops the pings is never put off. */
function isAck(input: Input, settings: Settings): boolean {
  const line = understood(input, settings);
  return line.ok && line.value.intent.type === 'change' && line.value.intent.action.type === 'ack';
}

const reasonOf = ({ whose, waitMs }: Throttled): string => {
  const seconds = Math.ceil(waitMs / 1000);
  const wait = `Try again in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}`;
  return whose === 'person'
    ? `That was more than Muster takes from one person within ten seconds. Nothing was done. ${wait}.`
    : `More is being typed in this workspace than Muster takes within ten seconds. Nothing was done. ${wait}.`;
};

/** Said and, where the database is there, kept for `last`. */
async function told(reason: string, input: Input, ports: Pick<Ports, 'store'>): Promise<Handled> {
  try {
    return await refused({ reason }, input, ports);
  } catch (error) {
    if (!(error instanceof StoreUnavailable)) throw error;
    const message = refusalMessage({ reason }, typedBy(input));
    return { type: 'reply', reply: { message, to: 'asker', outcome: 'refused' } };
  }
}

/** The same handling, but for more than the configuration takes of one person or workspace at once. */
export const throttled = (
  handle: (input: Input) => Promise<Handled>,
  ports: Pick<Ports, 'store' | 'settings'>,
  clock: () => number = () => performance.now(),
) => {
  const over = createThrottle(ports.settings.limits, clock);
  return async (input: Input): Promise<Handled> => {
    if (isAck(input, ports.settings)) return handle(input);
    const limit = over(input.workspace, input.actor.id);
    return limit === null ? handle(input) : told(reasonOf(limit), input, ports);
  };
};
