import { describe, expect, test } from 'vitest';
import { checkConfiguration as check } from '../../src/check.ts';
import type { ReadFile } from '../../src/config/configuration.ts';
import type { Variables } from '../../src/config/variables.ts';

const GOOD = {
  SLACK_BOT_TOKEN: 'xoxb-111111111111-aBcDeFgHiJkL',
  SLACK_SIGNING_SECRET: '8f14e45fceea167a5a36dedd4bea2543',
};

/** A Wednesday. */
const NOW = Date.UTC(2026, 0, 7, 12);
const checkConfiguration = (env: Variables, readFile: ReadFile) => check(env, readFile, NOW);

const nothing = () => null;

test('a good configuration is told as what it comes to, without its secrets', () => {
  const env = { ...GOOD, DATABASE_URL: 'postgres://me:hunter2@db:5432/muster' };
  expect(checkConfiguration(env, () => 'severities: { sev1: {}, sev4: {} }')).toEqual({
    ok: true,
    lines: [
      'warning: severities: sev2, sev3 do not exist now: what is listed is what exists; add sev2: {}, sev3: {} to keep the usual ones (line 1, column 1)',
      'The configuration is good.',
      '  Slack     HTTP, request URL on 0.0.0.0:3000/slack/events',
      '  Database  db:5432/muster',
      '  Queue     in PostgreSQL',
      '  Admin     127.0.0.1:9090',
      '  sev1, p1, critical: policy default (0m channel declarer; 5m channel declarer)',
      '  sev4, p4, low: policy quiet (pages nobody)',
    ],
  });
});

test('schedules, webhooks and quiet hours are told in words, addresses and keys are not', () => {
  const yaml = `
policies: { default: { levels: [{ after: 0m, notify: ['schedule:sun', 'webhook:w'] }] } }
schedules:
  sun:
    time_zone: UTC
    layers:
      - { every: day, handoff: 09:00, members: [U1, U2], time_zone: Asia/Tokyo, only: [Mon-Fri 09:00-17:00, Sat] }
      - { every: 2 weeks, members: [U3] }
webhooks: { w: { format: muster, url: https://hooks.example.com/T0KEN, key: $HOOK_KEY, internal: true } }
quiet_hours: { time_zone: UTC, hours: [22:00-07:00], below: sev2 }
`;
  const { lines } = checkConfiguration({ ...GOOD, HOOK_KEY: 'f'.repeat(32) }, () => yaml);
  expect(lines.slice(-4)).toEqual([
    '  schedule sun: U1 U2 (every day, 09:00, only Mon-Fri 09:00-17:00, Sat 00:00-24:00, Asia/Tokyo)',
    '  schedule sun: U3 (every 2 weeks, Monday 09:00, UTC)',
    '  webhook w: muster at hooks.example.com, key in $HOOK_KEY, internal',
    '  quiet below sev2: 22:00-07:00 (UTC)',
  ]);
  expect(lines.join()).not.toMatch(/T0KEN|ffff/);
});

test('several workspaces are told by where they install Muster and what they have of their own, without a key', () => {
  const { SLACK_BOT_TOKEN: _, ...env } = GOOD;
  const key = '00112233445566778899aabbccddeeff0123456789abcdeffedcba9876543210';
  const oauth = {
    ...{ SLACK_CLIENT_ID: '1.2', SLACK_CLIENT_SECRET: 'fedcba9876543210fedcba9876543210' },
    ...{ SLACK_STATE_SECRET: '1f2e3d4c5b6a79881f2e3d4c5b6a7988' },
    ...{ ENCRYPTION_KEY: `new:${key}`, PUBLIC_URL: 'https://muster.example.net' },
  };
  const yaml = 'workspaces: { T0ONE: { announce: C0ONE, administrators: [U0ADA] } }';
  const { ok, lines } = checkConfiguration({ ...env, ...oauth }, () => yaml);
  expect(ok).toBe(true);
  expect(lines).toEqual(
    expect.arrayContaining([
      '  Install   https://muster.example.net/slack/install',
      '  Tokens    encrypted with new',
      '  workspace T0ONE: announces in C0ONE, administrators U0ADA',
    ]),
  );
  expect(lines.join()).not.toContain(key);
});

test('a key that a webhook names must be there before anything starts', () => {
  const yaml = 'webhooks: { pager: { format: pagerduty, key: $PAGER_KEY } }';
  expect(checkConfiguration(GOOD, () => yaml).lines).toEqual([
    'problem: webhooks.pager.key: $PAGER_KEY is not set; set it in the environment, or remove the webhook (line 1, column 41)',
    '1 problem: Muster would not start.',
  ]);
});

test('problems of environment and file are told together', () => {
  expect(checkConfiguration({ ...GOOD, PORT: 'x' }, () => 'announce: general')).toEqual({
    ok: false,
    lines: [
      'problem: PORT: "x" is not a port; write a number, usually 3000',
      'problem: announce: "general" is not a channel id; write the id that begins with C or G (in Slack: channel name, About, at the bottom) (line 1, column 1)',
      '2 problems: Muster would not start.',
    ],
  });
});

test('the usual file may be absent, a named one may not', () => {
  expect(checkConfiguration(GOOD, nothing).ok).toBe(true);
  expect(checkConfiguration({ ...GOOD, CONFIG_FILE: 'prod.yaml' }, nothing).lines).toEqual([
    'problem: CONFIG_FILE: prod.yaml does not exist; correct it, or remove it to work with the defaults',
    '1 problem: Muster would not start.',
  ]);
});

test('a file that cannot be read is a problem, not an exception', () => {
  const denied = () => {
    throw Object.assign(new Error('EACCES: permission denied'), { code: 'EACCES' });
  };
  expect(checkConfiguration(GOOD, denied).lines[0]).toBe(
    'problem: CONFIG_FILE: muster.yaml cannot be read (EACCES); let the user who runs Muster read this file',
  );
});

describe('gaps on call', () => {
  /** A file with one schedule `s`, which the policy of every severity names, and a rotation in it. */
  const warnings = (layers: string, notify = 'schedule:s') => {
    const yaml = `
policies: { default: { levels: [{ after: 0m, notify: [channel, '${notify}'] }] } }
schedules: { s: { time_zone: Europe/Amsterdam, layers: [${layers}] } }
`;
    const { ok, lines } = checkConfiguration(GOOD, () => yaml);
    expect(ok).toBe(true);
    return lines.filter((line) => line.startsWith('warning'));
  };
  const OFFICE = '{ every: week, members: [U1, U2], only: [Mon-Fri 09:00-17:00] }';

  test('are told for four weeks, with the first of them', () => {
    // 28 days less 20 times 8 hours.
    expect(warnings(OFFICE)).toEqual([
      'warning: schedules.s: nobody is on call for 21 days of the next 4 weeks (first Wed 7 Jan 17:00 to Thu 8 Jan 09:00, Europe/Amsterdam); end its layers with one that has no only: […], or have somebody stand in',
    ]);
  });

  test('of an hour each Sunday add up to four', () => {
    const [line] = warnings('{ every: day, members: [U1], only: [Mon-Sat, Sun 01:00-24:00] }');
    expect(line).toContain('nobody is on call for 4 h');
    expect(line).toContain('first Sun 11 Jan 00:00 to Sun 11 Jan 01:00');
  });

  test('are none where a layer always has somebody', () => {
    expect(warnings(`${OFFICE}, { every: day, members: [U3] }`)).toEqual([]);
  });

  test('of a schedule that nothing uses are none: that is what is told', () => {
    expect(warnings(OFFICE, 'declarer')).toEqual([
      expect.stringContaining('schedules.s: no policy names this schedule; write schedule:s in'),
    ]);
  });
});
