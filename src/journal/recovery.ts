import type { Instant } from '../domain/instant.ts';
import type { Found, Slate } from '../slate.ts';

/** Clocks differ; what is found twice is imported once. */
const LOOK_BACK_MS = 60_000;
const AT_ONCE = 4;
/** After so many failures, some two hours, a channel is given up: it is gone, or Slack will not let us. */
const TRIES = 120;
const LONGEST_WAIT_MS = 60_000;

export interface RecoveryParts {
  readonly slate: Slate;
  /** False where it is done, but Slack does not show it yet. */
  readonly importOne: (found: Found) => Promise<boolean>;
  /** Nothing is left to be imported there, whoever has imported it, or it was given up. */
  readonly onFinished: (channel: string) => void;
  readonly onError: (error: unknown, channel: string) => void;
  readonly clock?: () => number;
}

interface Waiting {
  readonly channel: string;
  readonly oldest: Instant;
  /** How often Slack would not show it, or not let it be marked. */
  failures: number;
  /** By this machine's clock. */
  notBefore: number;
}

/** 0.5 s, 1 s … 60 s: Slack may be away for longer than the database, or limit us. */
const backOff = (failures: number): number =>
  Math.min(LONGEST_WAIT_MS, 500 * 2 ** Math.min(failures - 1, 10));

async function eachOf<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items];
  const worker = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) await work(next);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

const tsOf = ({ posts }: Found): number => Number(posts[0] ?? 0);

/** Channels in which something may have been kept, and the import of what is found there. */
export function createRecovery({
  slate,
  importOne,
  onFinished,
  onError,
  clock = Date.now,
}: RecoveryParts) {
  const waiting = new Map<string, Waiting>();

  /** What is still to be imported; null when Slack would not show it. */
  async function read(one: Waiting): Promise<Found[] | null> {
    try {
      const all = await slate.since(one.channel, one.oldest - LOOK_BACK_MS);
      return all.filter(({ done }) => !done);
    } catch (error) {
      onError(error, one.channel);
      return null;
    }
  }

  /** Comes back to it later, or gives it up. */
  function again(one: Waiting): boolean {
    one.failures += 1;
    one.notBefore = clock() + backOff(one.failures);
    if (one.failures < TRIES) return true;
    onError(new Error('given up: what is kept there is not imported'), one.channel);
    return false;
  }

  return {
    /** Has a channel looked at, from then on. */
    add(channel: string, oldest: Instant): void {
      const known = waiting.get(channel);
      const first = Math.min(oldest, known?.oldest ?? oldest);
      const { failures = 0, notBefore = 0 } = known ?? {};
      waiting.set(channel, { channel, oldest: first, failures, notBefore });
    },
    isEmpty: (): boolean => waiting.size === 0,
    size: (): number => waiting.size,
    /**
     * Looks at all of them and imports what is there, oldest first. A channel that could not be
     * read, or whose lines could not be marked, is looked at again after a while.
     */
    async run(): Promise<void> {
      const looked = [...waiting.values()].filter(({ notBefore }) => notBefore <= clock());
      const unfinished = new Set<Waiting>();
      const kept: { found: Found; one: Waiting }[] = [];
      await eachOf(looked, async (one) => {
        const all = await read(one);
        if (all === null) unfinished.add(one);
        else kept.push(...all.map((found) => ({ found, one })));
      });
      kept.sort((a, b) => a.found.kept.at - b.found.kept.at || tsOf(a.found) - tsOf(b.found));
      for (const { found, one } of kept) if (!(await importOne(found))) unfinished.add(one);
      for (const one of looked) {
        const stays = unfinished.has(one) && again(one);
        if (stays || waiting.get(one.channel) !== one) continue;
        waiting.delete(one.channel);
        onFinished(one.channel);
      }
    },
  };
}
