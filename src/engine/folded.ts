/** A piece of work that is wanted more often than it needs to run. */
export interface Folded {
  /** Runs it, or once more after the run that is under way. Resolves when nothing is left to run. */
  kick(): Promise<void>;
  /** Starts nothing new and waits for what runs. */
  stop(): Promise<void>;
}

/**
 * Runs `round` one at a time: kicks that come while it runs are folded into one more round, so a
 * thousand of them cost two. A round that fails is reported and does not stop the next one.
 */
export function folded(round: () => Promise<void>, onError: (error: unknown) => void): Folded {
  let running: Promise<void> | undefined;
  let again = false;
  let stopped = false;

  async function rounds(): Promise<void> {
    do {
      again = false;
      await round().catch(onError);
    } while (again && !stopped);
    running = undefined;
  }

  return {
    kick() {
      if (stopped) return Promise.resolve();
      again = true;
      running ??= rounds();
      return running;
    },
    async stop() {
      stopped = true;
      await running;
    },
  };
}
