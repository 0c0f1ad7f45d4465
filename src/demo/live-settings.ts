import { DEFAULTS } from '../config/defaults.ts';
import type { Settings } from '../domain/settings.ts';
import type { UserGroupSeed, UserSeed } from './workspace/index.ts';

/** Who is on duty in the demo; the first one is you. */
export const CREW = [
  { id: 'U0ANA', name: 'ana', realName: 'Ana', tz: 'Europe/Amsterdam', admin: true },
  { id: 'U0BO', name: 'bo', realName: 'Bo', tz: 'America/New_York' },
  { id: 'U0CHI', name: 'chi', realName: 'Chi', tz: 'Asia/Kolkata' },
] as const satisfies readonly UserSeed[];

/** The group that is paged second. */
export const GROUP: UserGroupSeed = { id: 'S0SRE', handle: 'sre', name: 'SRE', users: ['U0CHI'] };

const SECOND = 1000;

/** A ladder of seconds where a real one has minutes and hours, so that it can be watched. */
export const LIVE: Settings = {
  ...DEFAULTS,
  zones: ['UTC', 'Europe/Amsterdam'],
  announce: 'C0INCIDENTS',
  administrators: ['U0ANA'],
  // The ladder counts seconds as it is.
  drillSpeed: 1,
  schedules: {
    platform: {
      name: 'platform',
      zone: 'Europe/Amsterdam',
      layers: [
        {
          // Bo alone, whatever the week: the tour says that he is on call.
          members: ['U0BO'],
          turn: { unit: 'week', count: 1 },
          handoff: { weekday: 1, hour: 9, minute: 0 },
          start: '2026-01-05',
          only: [],
          zone: 'Europe/Amsterdam',
        },
      ],
    },
  },
  severities: [
    {
      name: 'sev1',
      aliases: ['p1', 'critical'],
      policy: 'demo',
      sla: {
        acknowledge: 8 * SECOND,
        commander: 60 * SECOND,
        firstUpdate: 90 * SECOND,
        updateEvery: 120 * SECOND,
        mitigate: 180 * SECOND,
        resolve: 600 * SECOND,
        postmortemBusinessDays: 3,
      },
      warnAt: 0.5,
      pausesWhileMonitoring: false,
    },
    ...DEFAULTS.severities.slice(1),
  ],
  policies: {
    ...DEFAULTS.policies,
    demo: {
      name: 'demo',
      levels: [
        { after: 0, notify: [{ type: 'schedule', name: 'platform' }] },
        { after: 6 * SECOND, notify: [{ type: 'usergroup', id: GROUP.id }] },
      ],
      repeat: 0,
      repeatAfter: 30 * SECOND,
    },
  },
};
