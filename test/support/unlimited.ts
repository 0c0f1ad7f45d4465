import type { Limits } from '../../src/domain/settings.ts';

/** As many as a test types. */
export const UNLIMITED: Limits = { person: 1_000_000, workspace: 1_000_000 };
