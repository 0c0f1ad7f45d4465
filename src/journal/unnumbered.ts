import type { Instant } from '../domain/instant.ts';

const SAME_TITLE_MS = 60_000;

/** A channel that was made for an incident which has no number yet. */
interface Opened {
  readonly channel: string;
  readonly title: string;
  readonly at: Instant;
  readonly private: boolean;
  readonly declaredBy: string;
}

/** The incidents that were opened here without the database, until they are imported. */
export function createUnnumbered() {
  const opened = new Map<string, Opened>();
  return {
    opened: (one: Opened): void => void opened.set(one.channel, one),
    has: (channel: string): boolean => opened.has(channel),
    /** Somebody was faster with the same title. A private one is not found by guessing its title. */
    twinOf: (title: string, at: Instant, asker: string): Opened | undefined =>
      [...opened.values()].find(
        (one) =>
          one.title.toLowerCase() === title.toLowerCase() &&
          Math.abs(at - one.at) < SAME_TITLE_MS &&
          (!one.private || one.declaredBy === asker),
      ),
    numbered: (channel: string): void => void opened.delete(channel),
  };
}

export type Unnumbered = ReturnType<typeof createUnnumbered>;
