import { describe, expect, test } from 'vitest';
import { readEnvironment, secretsOf } from '../../src/config/environment.ts';
import type { Variables } from '../../src/config/variables.ts';

const BOT = 'xoxb-111111111111-aBcDeFgHiJkL';
const SIGNING = '8f14e45fceea167a5a36dedd4bea2543';
const APP = 'xapp-1-A111-222-abcdef';
const GOOD: Variables = { SLACK_BOT_TOKEN: BOT, SLACK_SIGNING_SECRET: SIGNING };

function problemsOf(env: Variables): string[] {
  const read = readEnvironment(env);
  return read.ok ? [] : read.refusal.map(({ path, reason }) => `${path}: ${reason}`);
}

const warningsOf = (env: Variables) =>
  readEnvironment(env).warnings.map(({ path, reason }) => `${path}: ${reason}`);

const DEFAULT = {
  slack: {
    botToken: BOT,
    apiUrl: 'https://slack.com/api/',
    connection: { type: 'http', signingSecret: SIGNING },
  },
  databaseUrl: null,
  databaseOwnerUrl: null,
  redisUrl: null,
  port: 3000,
  host: '0.0.0.0',
  adminPort: 9090,
  configFile: 'muster.yaml',
  configFileNamed: false,
  dataDir: '.muster',
  logLevel: 'info',
  heartbeatUrl: null,
  escalateWithoutDatabase: false,
};

describe('what is read', () => {
  test('two variables are enough', () => {
    expect(readEnvironment(GOOD)).toEqual({ ok: true, value: DEFAULT, warnings: [] });
  });

  test('empty and blank ones count as unset', () => {
    const blank = { ...GOOD, DATABASE_URL: '', REDIS_URL: ' ', PORT: '', LOG_LEVEL: '' };
    expect(readEnvironment(blank)).toEqual({ ok: true, value: DEFAULT, warnings: [] });
  });

  test('all of them', () => {
    const env = {
      SLACK_BOT_TOKEN: ` ${BOT}\n`,
      SLACK_APP_TOKEN: APP,
      SLACK_API_URL: 'http://127.0.0.1:4000/api',
      DATABASE_URL: 'postgresql://m:p%40ss@db/muster?sslmode=require',
      DATABASE_OWNER_URL: 'postgresql://owner:own%40r@db/muster',
      REDIS_URL: 'rediss://:word@cache:6380',
      PORT: '80',
      HOST: '::1',
      ADMIN_PORT: '0',
      CONFIG_FILE: '/etc/muster.yaml',
      DATA_DIR: '/var/lib/muster',
      LOG_LEVEL: 'WARN',
      HEARTBEAT_URL: 'https://hc.example/ping/8f2c',
      ESCALATE_WITHOUT_DB: 'true',
    };
    expect(readEnvironment(env)).toEqual({
      ok: true,
      value: {
        slack: {
          botToken: BOT,
          apiUrl: 'http://127.0.0.1:4000/api/',
          connection: { type: 'socket', appToken: APP },
        },
        databaseUrl: env.DATABASE_URL,
        databaseOwnerUrl: env.DATABASE_OWNER_URL,
        redisUrl: env.REDIS_URL,
        port: 80,
        host: '::1',
        adminPort: 0,
        configFile: '/etc/muster.yaml',
        configFileNamed: true,
        dataDir: '/var/lib/muster',
        logLevel: 'warn',
        heartbeatUrl: env.HEARTBEAT_URL,
        escalateWithoutDatabase: true,
      },
      warnings: [
        {
          path: 'SLACK_API_URL',
          reason: 'is not Slack: tokens and everything Muster says go there',
          fix: 'remove it to talk to Slack, or write an address such as https://slack.com/api/',
        },
      ],
    });
  });

  test('its secrets are known, in both spellings of a password', () => {
    const read = readEnvironment({ ...GOOD, DATABASE_URL: 'postgres://m:p%40ss@db/muster' });
    expect(read.ok && secretsOf(read.value)).toEqual([BOT, SIGNING, 'p%40ss', 'p@ss']);
  });
});

describe('a problem', () => {
  test('all of them at once', () => {
    const env = {
      SLACK_APP_TOKEN: BOT,
      DATABASE_URL: 'mysql://x',
      PORT: 'http',
      LOG_LEVEL: 'loud',
    };
    expect(problemsOf(env)).toEqual([
      'SLACK_BOT_TOKEN: is not set',
      'SLACK_APP_TOKEN: is a bot token; that one belongs into SLACK_BOT_TOKEN',
      'DATABASE_URL: does not begin with postgres:// or postgresql://',
      'PORT: "http" is not a port',
      'LOG_LEVEL: "loud" is not one of its values',
    ]);
  });

  test.each([
    [
      { SLACK_SIGNING_SECRET: '' },
      'SLACK_SIGNING_SECRET: is not set, and neither is SLACK_APP_TOKEN',
    ],
    [
      { SLACK_SIGNING_SECRET: 'hunter2' },
      'SLACK_SIGNING_SECRET: is a placeholder or too short to be safe',
    ],
    [
      { SLACK_SIGNING_SECRET: 'your-signing-secret-here' },
      'SLACK_SIGNING_SECRET: is a placeholder or too short to be safe',
    ],
    [
      { SLACK_SIGNING_SECRET: '0'.repeat(32) },
      'SLACK_SIGNING_SECRET: is a placeholder or too short to be safe',
    ],
    [
      { SLACK_SIGNING_SECRET: '0123456789abcdef0123456789abcdef' },
      'SLACK_SIGNING_SECRET: is a placeholder or too short to be safe',
    ],
    [{ SLACK_BOT_TOKEN: 'xoxb-your-token' }, 'SLACK_BOT_TOKEN: is a placeholder'],
    [{ SLACK_BOT_TOKEN: 'xoxb-xxxxxxxxxxxx' }, 'SLACK_BOT_TOKEN: is a placeholder'],
    [{ SLACK_APP_TOKEN: 'xapp-<your app token>' }, 'SLACK_APP_TOKEN: is a placeholder'],
    [{ SLACK_SIGNING_SECRET: BOT }, 'SLACK_SIGNING_SECRET: is a token, not the signing secret'],
    [
      { SLACK_BOT_TOKEN: APP },
      'SLACK_BOT_TOKEN: is an app-level token; that one belongs into SLACK_APP_TOKEN',
    ],
    [{ SLACK_BOT_TOKEN: 'xoxp-1234567890' }, "SLACK_BOT_TOKEN: is a user's token"],
    [
      { SLACK_BOT_TOKEN: 'xoxe.xoxb-1234567890' },
      'SLACK_BOT_TOKEN: is a token that expires; renewing it takes SLACK_CLIENT_ID: docs/slack-app.md',
    ],
    [{ SLACK_BOT_TOKEN: `"${BOT}"` }, 'SLACK_BOT_TOKEN: has quotation marks around it'],
    [{ SLACK_BOT_TOKEN: 'xoxb-…' }, 'SLACK_BOT_TOKEN: is not a complete token'],
    [{ SLACK_API_URL: 'slack.com/api' }, 'SLACK_API_URL: is not an address that can be read'],
    [{ SLACK_API_URL: 'https://u:p@slack.test/' }, 'SLACK_API_URL: has a user or password in it'],
    [
      { DATABASE_URL: 'postgres://u:p#ss@db:x/y' },
      'DATABASE_URL: is not an address that can be read',
    ],
    [{ DATABASE_URL: "'postgres://db/y'" }, 'DATABASE_URL: has quotation marks around it'],
    [{ DATABASE_URL: 'postgres:///y' }, 'DATABASE_URL: names no host'],
    [
      { DATABASE_OWNER_URL: 'postgres://owner@db/y' },
      'DATABASE_OWNER_URL: is set, and DATABASE_URL is not',
    ],
    [
      { DATABASE_URL: 'postgres://m@db/y', DATABASE_OWNER_URL: 'postgres://owner@db/z' },
      'DATABASE_OWNER_URL: names another database than DATABASE_URL',
    ],
    [
      { DATABASE_URL: 'postgres://m@db/y', DATABASE_OWNER_URL: 'postgres://m:p@db/y' },
      'DATABASE_OWNER_URL: names the same role as DATABASE_URL',
    ],
    [{ REDIS_URL: 'http://cache' }, 'REDIS_URL: does not begin with redis:// or rediss://'],
    [{ PORT: '65536' }, 'PORT: "65536" is not a port'],
    [{ PORT: '3e3' }, 'PORT: "3e3" is not a port'],
    [{ HOST: 'http://x' }, 'HOST: "http://x" is not an address'],
    [{ PORT: '9090' }, 'ADMIN_PORT: is 9090, the same as PORT'],
  ])('%j', (env, expected) => {
    expect(problemsOf({ ...GOOD, ...env })).toEqual([expected]);
  });

  test('never repeats a secret', () => {
    const said = JSON.stringify(
      readEnvironment({
        SLACK_BOT_TOKEN: 'oops-hunter2',
        SLACK_SIGNING_SECRET: 'hunter2',
        DATABASE_URL: 'mysql://me:hunter2@db',
        REDIS_URL: 'hunter2',
        SLACK_API_URL: 'https://me:hunter2@slack.test',
        ENCRYPTION_KEY: 'hunter2',
      }),
    );
    expect(said).not.toContain('hunter2');
  });
});

describe('a warning', () => {
  test.each([
    [{ SLACK_BOT_TOKN: 'x' }, 'SLACK_BOT_TOKN: is not a variable Muster knows'],
    [
      { SLACK_SIGNING_SECRET: 'not-the-hex-that-slack-gives' },
      'SLACK_SIGNING_SECRET: does not look like one of Slack’s (32 digits and letters a to f)',
    ],
  ])('%j', (env, expected) => {
    expect(problemsOf({ ...GOOD, ...env })).toEqual([]);
    expect(warningsOf({ ...GOOD, ...env })).toEqual([expected]);
  });
});
