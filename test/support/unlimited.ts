import type { Limits, Settings } from '../../src/domain/settings.ts';

/** As many as a test types. */
const UNLIMITED: Limits = { person: 1_000_000, workspace: 1_000_000 };

/** Tests type faster than people; those of the limits write their own. */
export const unhurried = (settings: Settings, config: string): Settings =>
  config.includes('limits:') ? settings : { ...settings, limits: UNLIMITED };
