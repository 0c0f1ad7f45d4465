import { DAY, HOUR, MINUTE } from '../domain/instant.ts';
import type { Policy, Settings, Severity } from '../domain/settings.ts';

/** What a severity is warned at, and a policy repeated, unless the file says otherwise. */
export const WARN_AT = 0.8;
export const REPEAT = 2;
export const REPEAT_AFTER = 5 * MINUTE;

/** When turns are handed over, and from when they are counted: a Monday, so that everybody counts alike. */
export const HANDOFF = { weekday: 1, hour: 9, minute: 0 };
export const START = '2026-01-05';

/** The policy of a severity that names none. */
export const DEFAULT_POLICY = 'default';

const HERE = [{ type: 'channel', id: null }, { type: 'declarer' }] as const;

const sev1: Severity = {
  name: 'sev1',
  aliases: ['p1', 'critical'],
  policy: DEFAULT_POLICY,
  sla: {
    acknowledge: 5 * MINUTE,
    commander: 10 * MINUTE,
    firstUpdate: 15 * MINUTE,
    updateEvery: 30 * MINUTE,
    mitigate: HOUR,
    resolve: 4 * HOUR,
    postmortemBusinessDays: 3,
  },
  warnAt: WARN_AT,
  pausesWhileMonitoring: false,
};

const sev2: Severity = {
  name: 'sev2',
  aliases: ['p2', 'high', 'major'],
  policy: DEFAULT_POLICY,
  sla: {
    acknowledge: 15 * MINUTE,
    commander: 20 * MINUTE,
    firstUpdate: 30 * MINUTE,
    updateEvery: HOUR,
    mitigate: 4 * HOUR,
    resolve: 8 * HOUR,
    postmortemBusinessDays: 5,
  },
  warnAt: WARN_AT,
  pausesWhileMonitoring: false,
};

const sev3: Severity = {
  name: 'sev3',
  aliases: ['p3', 'medium', 'minor'],
  policy: DEFAULT_POLICY,
  sla: {
    acknowledge: HOUR,
    commander: 2 * HOUR,
    firstUpdate: 4 * HOUR,
    updateEvery: 8 * HOUR,
    mitigate: DAY,
    resolve: 3 * DAY,
    postmortemBusinessDays: 10,
  },
  warnAt: WARN_AT,
  pausesWhileMonitoring: false,
};

/** Nobody is paged for it: the channel hears after a day without an answer, and when it drags on. */
const sev4: Severity = {
  name: 'sev4',
  aliases: ['p4', 'low'],
  policy: 'quiet',
  sla: {
    acknowledge: DAY,
    commander: null,
    firstUpdate: null,
    updateEvery: null,
    mitigate: null,
    resolve: 14 * DAY,
    postmortemBusinessDays: null,
  },
  warnAt: WARN_AT,
  pausesWhileMonitoring: false,
};

const loud: Policy = {
  name: DEFAULT_POLICY,
  levels: [
    { after: 0, notify: HERE },
    { after: 5 * MINUTE, notify: HERE },
  ],
  repeat: REPEAT,
  repeatAfter: REPEAT_AFTER,
};

/** Without levels nobody is paged, and nothing can be exhausted; the ladder runs all the same. */
const quiet: Policy = { name: 'quiet', levels: [], repeat: 0, repeatAfter: REPEAT_AFTER };

/** What Muster works with where nobody configured anything. */
export const DEFAULTS: Settings = {
  zones: ['UTC'],
  announce: null,
  archiveAfter: 14 * DAY,
  links: [],
  severities: [sev1, sev2, sev3, sev4],
  policies: { [loud.name]: loud, [quiet.name]: quiet },
  invite: [],
  administrators: [],
  pageAsksAbove: 10,
  schedules: {},
  webhooks: {},
  quietHours: null,
  ackGrace: 5 * MINUTE,
  // As fast as people who practise can type.
  drillSpeed: 10,
  roles: ['communications', 'operations', 'scribe'],
  captureReactions: ['pushpin'],
  retention: { incidents: null, drills: null },
  postmortem: { preset: 'standard', sections: null },
  permissions: {},
  limits: { person: 20, workspace: 300 },
};
