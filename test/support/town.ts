import { setTimeout as pause } from 'node:timers/promises';
import { startWorkspace, type Workspace } from '../../src/demo/workspace/index.ts';
import { BOT_EVENTS, BOT_SCOPES } from '../../src/slack/scopes.ts';

export const START = Date.UTC(2026, 2, 8, 14, 0);

export const SECRET = '8f14e45fceea167a5a36dedd4bea2543';

/** A ladder and a policy in whole minutes, so that a story can be told in them. */
export const LADDER = `
time_zones: [UTC, Europe/Madrid]
announce: C0INCIDENTS
archive_after: never
administrators: [U0ADA]
severities:
  sev1:
    aliases: [p1]
    policy: platform
    sla: { acknowledge: 5m, commander: 10m, first_update: 15m, update_every: 30m, mitigate: 1h, resolve: 4h }
    warn_at: 80%
  sev2:
    aliases: [p2]
    policy: platform
    sla: { acknowledge: 15m, commander: 20m, first_update: 30m, update_every: 1h, mitigate: 4h, resolve: 8h }
    warn_at: 80%
policies:
  platform:
    levels:
      - { after: 0m, notify: [channel] }
      - { after: 5m, notify: ["usergroup:S0SRE"] }
      - { after: 10m, notify: ["user:U0MAX"] }
    repeat: 1
    repeat_after: 10m
`;

const PEOPLE = [
  { id: 'U0ANA', name: 'ana', tz: 'Europe/Madrid' },
  { id: 'U0BO', name: 'bo', tz: 'America/New_York' },
  { id: 'U0CY', name: 'cy', tz: 'Asia/Kolkata' },
  { id: 'U0MAX', name: 'max', tz: 'UTC' },
  { id: 'U0ADA', name: 'ada', tz: 'UTC', admin: true },
  { id: 'U0GUS', name: 'gus', tz: 'UTC', guest: true },
  { id: 'U0XEN', name: 'xen', tz: 'UTC', team: 'T0OTHER' },
];

/** The workspace of every story: five people, a guest, somebody of another organisation, a group, the channel of announcements and another. */
export const startTown = (now: () => number = Date.now, canvases = false): Promise<Workspace> =>
  startWorkspace({
    canvases,
    scopes: BOT_SCOPES,
    events: BOT_EVENTS,
    now,
    signingSecret: SECRET,
    appToken: 'xapp-1-muster-story',
    users: PEOPLE,
    channels: [
      { id: 'C0INCIDENTS', name: 'incidents', bot: true },
      { id: 'C0GENERAL', name: 'general' },
    ],
    userGroups: [{ id: 'S0SRE', handle: 'sre', users: ['U0BO', 'U0CY'] }],
  });

export const idOf = (name: string): string =>
  PEOPLE.find((person) => person.name === name)?.id ?? `nobody called ${name}`;

/** Looks again and again until it is so. */
export async function eventually<T>(
  look: () => T | Promise<T>,
  what: string,
  withinMs = 10_000,
): Promise<NonNullable<T>> {
  for (const until = Date.now() + withinMs; Date.now() < until; await pause(10)) {
    const found = await look();
    if (found) return found;
  }
  throw new Error(`not within ${withinMs} ms: ${what}`);
}
