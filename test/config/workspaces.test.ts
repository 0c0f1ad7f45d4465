import { expect, test } from 'vitest';
import { readConfiguration } from '../../src/config/configuration.ts';
import { readSettings } from '../../src/config/file.ts';
import { webhookKeys } from '../../src/config/webhook-keys.ts';
import type { Settings } from '../../src/domain/settings.ts';
import { settingsIn } from '../../src/domain/settings.ts';

const FILE = `
announce: C0ALL
administrators: [U0ALL]
policies:
  platform: { levels: [{ after: 0m, notify: ["user:U0ALL"] }] }
severities:
  sev1: { policy: platform, sla: { acknowledge: 5m } }
workspaces:
  T0ONE:
    announce: C0ONE
    policies:
      platform: { levels: [{ after: 0m, notify: ["user:U0ONE"] }] }
`;

function settingsOf(file: string): Settings {
  const read = readSettings(file);
  if (!read.ok) throw new Error(JSON.stringify(read.refusal));
  return read.value;
}

const problemsOf = (file: string, variables = {}) => {
  const read = readSettings(file, variables);
  return read.ok ? [] : read.refusal.map(({ path, reason }) => `${path}: ${reason}`);
};

const paged = ({ policies }: Settings) => policies.platform?.levels[0]?.notify;

test('a workspace has what its section says, and the rest of the file', () => {
  const settings = settingsOf(FILE);
  const one = settingsIn(settings, 'T0ONE');
  expect(one.announce).toBe('C0ONE');
  expect(one.administrators).toEqual(['U0ALL']);
  expect(paged(one)).toEqual([{ type: 'user', id: 'U0ONE' }]);
  expect(one.severities).toEqual(settings.severities);
});

test('every other workspace has the file without it', () => {
  const settings = settingsOf(FILE);
  for (const id of ['T0TWO', '', 'constructor']) {
    expect(settingsIn(settings, id)).toBe(settings);
    expect(settingsIn(settings, id).announce).toBe('C0ALL');
  }
  expect(settingsOf('announce: C0ALL')).not.toHaveProperty('workspaces');
});

test.each([
  [
    'workspaces: { T0ONE: { announce: nowhere } }',
    ['workspaces.T0ONE.announce: "nowhere" is not a channel id'],
  ],
  ['workspaces: { acme: {} }', ['workspaces.acme: "acme" is not a workspace\'s id']],
  ['workspaces: { T0ONE: { anounce: C0ONE } }', ['workspaces.T0ONE.anounce: is not a known key']],
  [
    'workspaces: { T0ONE: { severities: { sev1: { policy: gone } } } }',
    ['workspaces.T0ONE.severities.sev1.policy: there is no policy "gone"'],
  ],
  [
    `
schedules: { team: { time_zone: UTC, rotation: { every: week, handoff: Monday 09:00, members: [U1A] } } }
policies: { platform: { levels: [{ after: 0m, notify: ["schedule:team"] }] } }
severities: { sev1: { policy: platform } }
workspaces: { T0ONE: { schedules: {} } }`,
    [
      'workspaces.T0ONE: does not fit what is outside of it: policies.platform.levels[0].notify[0] there is no schedule "team"',
    ],
  ],
])('%s is refused where it stands', (file, problems) => {
  expect(problemsOf(file)).toEqual(problems);
});

const OWN_WEBHOOK = `
policies: { default: { levels: [{ after: 0m, notify: ["webhook:pager"] }] } }
workspaces: { T0ONE: { webhooks: { pager: { format: pagerduty, key: $ONE_KEY } } } }
webhooks: { pager: { format: pagerduty, key: $ALL_KEY } }`;

test('a webhook of one workspace needs its key, and is given it', () => {
  expect(problemsOf(OWN_WEBHOOK, { ALL_KEY: 'a'.repeat(32) })).toEqual([
    'workspaces.T0ONE.webhooks.pager.key: $ONE_KEY is not set',
  ]);
  const keys = { ALL_KEY: 'a'.repeat(32), ONE_KEY: 'b'.repeat(32) };
  expect(webhookKeys(settingsOf(OWN_WEBHOOK), keys)).toEqual(keys);
});

test('with one workspace a section is told to be of no use, and is of none', () => {
  const env = {
    SLACK_BOT_TOKEN: 'xoxb-111111111111-aBcDeFgHiJkL',
    SLACK_SIGNING_SECRET: '8f14e45fceea167a5a36dedd4bea2543',
  };
  const read = readConfiguration(env, () => FILE);
  expect(read.warnings.map(({ path }) => path)).toContain('workspaces');
  expect(read.ok && read.value.settings).not.toHaveProperty('workspaces');
});
