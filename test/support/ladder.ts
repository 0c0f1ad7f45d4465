import { DEFAULTS } from '../../src/config/defaults.ts';
import { HOUR, type Instant, MINUTE } from '../../src/domain/instant.ts';
import type { Settings, Severity } from '../../src/domain/settings.ts';

/** An afternoon: 8 March 2026, 14:00 UTC, a Sunday. */
export const START: Instant = Date.UTC(2026, 2, 8, 14, 0);

const severity = (name: string, factor: number, policy: string): Severity => ({
  name,
  aliases: [name.replace('sev', 'p')],
  policy,
  warnAt: 0.8,
  pausesWhileMonitoring: false,
  sla: {
    acknowledge: 5 * factor * MINUTE,
    commander: 10 * factor * MINUTE,
    firstUpdate: 15 * factor * MINUTE,
    updateEvery: 30 * factor * MINUTE,
    mitigate: factor * HOUR,
    resolve: 4 * factor * HOUR,
    postmortemBusinessDays: 3,
  },
});

/** Two levels and a repeat: on call at once, the group after 5 min, again after 10, then exhausted. */
export const SETTINGS: Settings = {
  ...DEFAULTS,
  zones: ['UTC', 'Europe/Amsterdam'],
  announce: 'C0INC',
  archiveAfter: null,
  severities: [
    severity('sev1', 1, 'platform'),
    severity('sev2', 2, 'platform'),
    severity('sev3', 4, 'platform'),
  ],
  policies: {
    platform: {
      name: 'platform',
      repeat: 1,
      repeatAfter: 5 * MINUTE,
      levels: [
        {
          after: 0,
          notify: [
            { type: 'user', id: 'UONE' },
            { type: 'channel', id: null },
          ],
        },
        { after: 5 * MINUTE, notify: [{ type: 'usergroup', id: 'SSRE' }] },
      ],
    },
  },
  invite: [],
  administrators: ['UADMIN'],
  pageAsksAbove: 3,
  roles: ['scribe'],
  drillSpeed: 60,
};
