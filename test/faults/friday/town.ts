import { startWorkspace, type Workspace } from '../../../src/demo/workspace/index.ts';
import { BOT_EVENTS, BOT_SCOPES } from '../../../src/slack/scopes.ts';
import { SECRET } from '../../support/town.ts';

// A company whose nights are short: every clock of its ladder runs in seconds. Each severity calls
// people of its own, so that the line in front of one person does not hold up everybody's pings.

const SEVERITIES = 5;
const CREW = 4;
/** Slack takes a little to answer, so that something can happen meanwhile. */
const LATENCY_MS = 15;

const padded = (n: number): string => String(n).padStart(2, '0');
const crewOf = (severity: number): string[] =>
  Array.from({ length: CREW }, (_, n) => `U0CREW${padded(severity * CREW + n)}`);

/** Everybody who may open an incident and work on it. */
export const PEOPLE: readonly string[] = Array.from({ length: SEVERITIES }, (_, severity) =>
  crewOf(severity),
).flat();

/** Names of the severities. */
export const SEVERITY_NAMES: readonly string[] = Array.from(
  { length: SEVERITIES },
  (_, n) => `sev${n + 1}`,
);

const severity = (n: number): string => `
  sev${n + 1}:
    policy: crew${n}
    sla: { acknowledge: 4s, commander: 6s, first_update: 3s, update_every: 3s, mitigate: 10s, resolve: 15s }
    warn_at: 80%`;

const policy = (n: number): string => {
  const [first = '', second = ''] = crewOf(n);
  return `
  crew${n}:
    levels:
      - { after: 0s, notify: [channel, "user:${first}"] }
      - { after: 2s, notify: ["usergroup:S0CREW${padded(n)}"] }
      - { after: 4s, notify: ["user:${second}", declarer] }
    repeat: 50
    repeat_after: 2s`;
};

const each = (line: (n: number) => string): string =>
  Array.from({ length: SEVERITIES }, (_, n) => line(n)).join('');

/** A ladder in seconds, and policies that go round and round: about one firing a second and incident. */
export const SECONDS = `
time_zones: [UTC]
announce: C0INCIDENTS
administrators: [U0ADA]
severities:${each(severity)}
policies:${each(policy)}
`;

/** The simulated Slack of one run, with more channels than the two that it needs. */
export const startSlack = (channels: readonly string[] = []): Promise<Workspace> =>
  startWorkspace({
    scopes: BOT_SCOPES,
    events: BOT_EVENTS,
    signingSecret: SECRET,
    latencyMs: LATENCY_MS,
    users: [
      ...PEOPLE.map((id) => ({ id, name: id.toLowerCase(), tz: 'UTC' })),
      { id: 'U0ADA', name: 'ada', tz: 'UTC', admin: true },
    ],
    channels: [
      { id: 'C0INCIDENTS', name: 'incidents', bot: true },
      { id: 'C0GENERAL', name: 'general', bot: true },
      ...channels.map((id) => ({ id, name: id.toLowerCase(), bot: true })),
    ],
    userGroups: Array.from({ length: SEVERITIES }, (_, n) => ({
      id: `S0CREW${padded(n)}`,
      handle: `crew${n}`,
      users: crewOf(n).slice(2),
    })),
  });
