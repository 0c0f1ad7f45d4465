import type { Log } from '../log.ts';

export interface HeartbeatParts {
  /** Null: nobody listens. */
  readonly url: string | null;
  readonly isWell: () => boolean;
  readonly log: Log;
  readonly everyMs?: number;
}

const EVERY_MS = 60_000;
const TIMEOUT_MS = 10_000;

/**
 * Calls an address outside once a minute while Muster is well, so that somebody else notices when it
 * is not: a process that is gone cannot say so.
 */
export function startHeartbeat({ url, isWell, log, everyMs = EVERY_MS }: HeartbeatParts): {
  stop(): void;
} {
  if (url === null) return { stop: () => undefined };
  async function beat(to: string): Promise<void> {
    try {
      const { ok, status } = await fetch(to, { signal: AbortSignal.timeout(TIMEOUT_MS) });
      if (!ok) log.warn('heartbeat refused', { status });
    } catch (error) {
      log.warn('heartbeat not heard', {}, error);
    }
  }
  const timer = setInterval(() => {
    if (isWell()) void beat(url);
  }, everyMs);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}
