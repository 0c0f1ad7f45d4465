import { vi } from 'vitest';

/** Waits until `check` holds; a busy machine may take its time. */
export const soon = <T>(check: () => T): Promise<T> =>
  vi.waitFor(check, { timeout: 10_000, interval: 2 });
