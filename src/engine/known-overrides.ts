import type { Override } from '../domain/schedules/schedule.ts';
import type { KnownOverrides } from '../ports.ts';
import { folded } from './folded.ts';

export interface KnownOverridesParts {
  /** All that are not over, by workspace. */
  readonly read: () => Promise<ReadonlyMap<string, readonly Override[]>>;
  readonly onError: (error: unknown) => void;
}

/** Another replica's change is known here after this long. */
const FRESH_MS = 5000;

/**
 * Who stands in on call, kept in memory: telling who is next must not wait for the database.
 *
 * `look` is for the sweep: it reads again when the last reading is a few seconds old.
 */
export function createKnownOverrides({ read, onError }: KnownOverridesParts) {
  let known: ReadonlyMap<string, readonly Override[]> = new Map();
  let readAt = Number.NEGATIVE_INFINITY;
  const reading = folded(async () => {
    readAt = performance.now();
    known = await read();
  }, onError);
  const overrides: KnownOverrides = {
    of: (workspace) => known.get(workspace) ?? [],
    refresh: () => reading.kick(),
  };
  return {
    ...overrides,
    look(): void {
      if (performance.now() - readAt > FRESH_MS) void reading.kick();
    },
  };
}
