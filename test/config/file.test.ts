import { describe, expect, test } from 'vitest';
import { DEFAULTS } from '../../src/config/defaults.ts';
import { readSettings } from '../../src/config/file.ts';
import { DAY, HOUR, MINUTE } from '../../src/domain/instant.ts';
import { settingsOf } from './reading.ts';

describe('a file that can be read', () => {
  test.each([
    ['no file', null],
    ['an empty file', ''],
    ['a file of comments', '# later\n'],
  ])('%s gives the defaults', (_name, yaml) => {
    expect(readSettings(yaml)).toEqual({ ok: true, value: DEFAULTS, warnings: [] });
  });

  test('becomes settings, complete', () => {
    const yaml = `
time_zones: [Europe/Amsterdam, UTC]
announce: C0INCIDENTS
archive_after: 7d
links: [{ title: Runbook, url: 'https://wiki.example.com', service: checkout }]
severities:
  major:
    aliases: [m]
    policy: platform
    sla: { acknowledge: 90s, commander: 1h30m, resolve: 2d, postmortem: 1 business day }
    warn_at: 65%
    pause_while_monitoring: true
  sev4:
policies:
  platform:
    levels:
      - { after: 0m, notify: [channel, declarer, 'channel:C0OPS'] }
      - { after: 5m, notify: ['usergroup:S012SRE', 'user:U012ABC'] }
    repeat: 0
    repeat_after: 10m
invite: ['user:U1']
administrators: [U2]
page_asks_above: 3
roles: [scribe]
ack_grace: 10m
drill: { speed: 120 }
capture: { reactions: [':round_pushpin:', memo] }
retention: { incidents: 2 years, drills: 30 days }
quiet_hours: { time_zone: Europe/Amsterdam, hours: ['22:00-07:00'], below: major }
permissions: { action_item: responder, list: guest }
limits: { person: 7 }
`;
    expect(settingsOf(yaml)).toEqual({
      zones: ['Europe/Amsterdam', 'UTC'],
      announce: 'C0INCIDENTS',
      archiveAfter: 7 * DAY,
      links: [{ title: 'Runbook', url: 'https://wiki.example.com', service: 'checkout' }],
      severities: [
        {
          name: 'major',
          aliases: ['m'],
          policy: 'platform',
          sla: {
            acknowledge: 90_000,
            commander: 90 * MINUTE,
            firstUpdate: null,
            updateEvery: null,
            mitigate: null,
            resolve: 2 * DAY,
            postmortemBusinessDays: 1,
          },
          warnAt: 0.65,
          pausesWhileMonitoring: true,
        },
        DEFAULTS.severities[3],
      ],
      policies: {
        ...DEFAULTS.policies,
        platform: {
          name: 'platform',
          levels: [
            {
              after: 0,
              notify: [
                { type: 'channel', id: null },
                { type: 'declarer' },
                { type: 'channel', id: 'C0OPS' },
              ],
            },
            {
              after: 5 * MINUTE,
              notify: [
                { type: 'usergroup', id: 'S012SRE' },
                { type: 'user', id: 'U012ABC' },
              ],
            },
          ],
          repeat: 0,
          repeatAfter: 10 * MINUTE,
        },
      },
      invite: [{ type: 'user', id: 'U1' }],
      administrators: ['U2'],
      pageAsksAbove: 3,
      roles: ['scribe'],
      postmortem: { preset: 'standard', sections: null },
      schedules: {},
      webhooks: {},
      quietHours: {
        zone: 'Europe/Amsterdam',
        hours: [{ days: [1, 2, 3, 4, 5, 6, 7], from: 22 * 60, to: 7 * 60 }],
        below: 'major',
      },
      ackGrace: 10 * MINUTE,
      captureReactions: ['round_pushpin', 'memo'],
      drillSpeed: 120,
      permissions: { 'action item': 'responder', list: 'guest' },
      limits: { person: 7, workspace: 300 },
      retention: { incidents: 730 * 24 * 60 * MINUTE, drills: 30 * 24 * 60 * MINUTE },
    });
  });

  test('a usual severity keeps what is not written about it', () => {
    const [sev1] = settingsOf('severities: { sev1: { warn_at: 50% } }').severities;
    expect(sev1).toEqual({ ...DEFAULTS.severities[0], warnAt: 0.5 });
  });

  test('a ladder that is written stands as it is written', () => {
    const [sev1] = settingsOf('severities: { sev1: { sla: { resolve: 4h } } }').severities;
    expect(sev1?.sla).toMatchObject({ acknowledge: null, resolve: 4 * HOUR });
  });

  test('every severity of the defaults has a policy that exists', () => {
    for (const { policy } of DEFAULTS.severities)
      expect(DEFAULTS.policies[policy]?.levels).toBeDefined();
  });
});
