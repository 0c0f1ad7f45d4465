import type { Environment } from '../../src/config/environment.ts';

// The simulated company: as many people and channels as the scenarios need.

export const SECRET = '0123456789abcdef0123456789abcdef';
export const WORKSPACE = 'T0BENCH';
/** How many people type at once. */
export const IN_FLIGHT = 50;
/** How many timers come due at one instant. */
export const TIMERS = 1000;

const padded = (n: number): string => String(n).padStart(4, '0');

/** The n-th person. */
export const personOf = (n: number): string => `U0BENCH${padded(n)}`;
/** The channel of the n-th incident. */
export const channelOf = (n: number): string => `C0BENCH${padded(n)}`;

/** Somebody answers within the hour, so that a policy's first level is the only thing that is due. */
export const POLICY = `
time_zones: [UTC, Europe/Madrid]
severities:
  sev1:
    aliases: [p1]
    policy: platform
    sla: { acknowledge: 1h, commander: 2h, first_update: 2h, update_every: 2h, mitigate: 4h, resolve: 8h }
policies:
  platform:
    levels:
      - { after: 5m, notify: [channel] }
      - { after: 30m, notify: [channel] }
    repeat: 1
    repeat_after: 30m
limits: { person: 1000000, workspace: 1000000 }
`;
/** When the first level is due, after the opening. */
export const FIRST_LEVEL_MS = 5 * 60_000;

/** Where the simulated workspace is. */
export interface Office {
  readonly apiUrl: string;
  readonly botToken: string;
}

/** The service's environment as a `.env` would give it; any port. */
export const environmentOf = (
  { apiUrl, botToken }: Office,
  databaseUrl: string,
  redisUrl: string | null,
): Environment => ({
  slack: { botToken, apiUrl, connection: { type: 'http', signingSecret: SECRET } },
  databaseUrl,
  databaseOwnerUrl: null,
  redisUrl,
  port: 0,
  host: '127.0.0.1',
  adminPort: 0,
  configFile: 'muster.yaml',
  configFileNamed: false,
  heartbeatUrl: null,
  dataDir: '.muster',
  logLevel: 'info',
  escalateWithoutDatabase: false,
});
