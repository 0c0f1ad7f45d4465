import { DEFAULTS } from '../../src/config/defaults.ts';
import type { Settings, Severity } from '../../src/domain/settings.ts';

const severity = (name: string, aliases: readonly string[]): Severity => ({
  name,
  aliases,
  policy: 'platform',
  sla: {
    acknowledge: 300_000,
    commander: 600_000,
    firstUpdate: 900_000,
    updateEvery: 1_800_000,
    mitigate: 3_600_000,
    resolve: 14_400_000,
    postmortemBusinessDays: 3,
  },
  warnAt: 0.8,
  pausesWhileMonitoring: false,
});

/** A small company's configuration: four severities, one policy of two levels. */
export const settings: Settings = {
  ...DEFAULTS,
  zones: ['UTC'],
  announce: 'C0INCIDENTS',
  severities: [
    severity('sev1', ['p1', 'critical']),
    severity('sev2', ['p2', 'major']),
    severity('sev3', ['p3']),
    severity('sev4', ['p4']),
  ],
  policies: {
    platform: {
      name: 'platform',
      levels: [
        { after: 0, notify: [{ type: 'usergroup', id: 'S012SRE' }] },
        { after: 300_000, notify: [{ type: 'user', id: 'U012BOSS' }] },
      ],
      repeat: 1,
      repeatAfter: 600_000,
    },
  },
  invite: [],
  administrators: ['U012ADMIN'],
  pageAsksAbove: 5,
  roles: ['scribe', 'comms'],
};

/** Who types, in these tests. */
export const ME = 'U012ME';

export const context = { settings, actor: ME };
