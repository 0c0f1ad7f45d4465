import { describe, expect, test } from 'vitest';
import { readEnvironment, secretsOf } from '../../src/config/environment.ts';
import type { Variables } from '../../src/config/variables.ts';

const BOT = 'xoxb-111111111111-aBcDeFgHiJkL';
const SIGNING = '8f14e45fceea167a5a36dedd4bea2543';

function problemsOf(env: Variables): string[] {
  const read = readEnvironment(env);
  return read.ok ? [] : read.refusal.map(({ path, reason }) => `${path}: ${reason}`);
}

describe('several workspaces', () => {
  const KEY = '00112233445566778899aabbccddeeff0123456789abcdeffedcba9876543210';
  const BASE64 = 'dM0YwBbZAvlAVU39B1RfIZBksn/m6JDpRH8Mnjd5A6g=';
  const OAUTH: Variables = {
    SLACK_SIGNING_SECRET: SIGNING,
    SLACK_CLIENT_ID: '111.222',
    SLACK_CLIENT_SECRET: 'fedcba9876543210fedcba9876543210',
    SLACK_STATE_SECRET: '1f2e3d4c5b6a79881f2e3d4c5b6a7988',
    ENCRYPTION_KEY: KEY,
    PUBLIC_URL: 'https://muster.example.net/',
  };

  test('five variables are enough, in place of a bot token', () => {
    const read = readEnvironment(OAUTH);
    if (!read.ok || !('oauth' in read.value.slack)) throw new Error(JSON.stringify(read));
    expect(read.warnings).toEqual([]);
    expect(read.value.slack).not.toHaveProperty('botToken');
    const { keys, ...oauth } = read.value.slack.oauth;
    expect(oauth).toEqual({
      clientId: '111.222',
      clientSecret: OAUTH.SLACK_CLIENT_SECRET,
      stateSecret: OAUTH.SLACK_STATE_SECRET,
      publicUrl: 'https://muster.example.net',
    });
    expect(keys.map(({ key }) => Buffer.from(key).toString('hex'))).toEqual([KEY]);
    expect(secretsOf(read.value)).toEqual(
      expect.arrayContaining([OAUTH.SLACK_CLIENT_SECRET, OAUTH.SLACK_STATE_SECRET, KEY]),
    );
  });

  test('several keys, with names or without, the newest first', () => {
    const read = readEnvironment({ ...OAUTH, ENCRYPTION_KEY: `new:${BASE64}, ${KEY}` });
    if (!read.ok || !('oauth' in read.value.slack)) throw new Error(JSON.stringify(read));
    const [newest, old] = read.value.slack.oauth.keys;
    expect(newest?.id).toBe('new');
    expect(newest?.key).toHaveLength(32);
    expect(old?.id).toMatch(/^[0-9a-f]{8}$/);
  });

  test.each([
    [{ SLACK_BOT_TOKEN: BOT }, /^SLACK_BOT_TOKEN: is one workspace’s token/],
    [{ ENCRYPTION_KEY: '' }, /^ENCRYPTION_KEY: is not set, and several workspaces need/],
    [{ PUBLIC_URL: '' }, /^PUBLIC_URL: is not set/],
    [{ SLACK_CLIENT_SECRET: '' }, /^SLACK_CLIENT_SECRET: is not set/],
    [{ SLACK_CLIENT_ID: 'A0123' }, /^SLACK_CLIENT_ID: is not one of Slack’s/],
    [{ SLACK_STATE_SECRET: 'short' }, /^SLACK_STATE_SECRET: is a placeholder or too short/],
    [
      { SLACK_STATE_SECRET: OAUTH.SLACK_CLIENT_SECRET },
      /^SLACK_STATE_SECRET: is the same as SLACK_CLIENT_SECRET/,
    ],
    [{ ENCRYPTION_KEY: 'hunter2' }, /^ENCRYPTION_KEY: has a key that is not 32 bytes/],
    [{ ENCRYPTION_KEY: '0'.repeat(64) }, /^ENCRYPTION_KEY: has a key that is no random one/],
    [{ ENCRYPTION_KEY: 'deadbeef'.repeat(8) }, /^ENCRYPTION_KEY: has a key that is no random one/],
    [{ ENCRYPTION_KEY: `a b:${KEY}` }, /^ENCRYPTION_KEY: has a key whose id cannot be read/],
    [{ ENCRYPTION_KEY: `a:${KEY},a:${BASE64}` }, /^ENCRYPTION_KEY: has two keys called a/],
    [{ PUBLIC_URL: 'http://muster.example.net' }, /^PUBLIC_URL: does not begin with https/],
    [{ PUBLIC_URL: 'https://muster.example.net/?a=1' }, /^PUBLIC_URL: has a \? or a # in it/],
  ])('%o is refused', (change, problem) => {
    expect(problemsOf({ ...OAUTH, ...change })).toEqual([expect.stringMatching(problem)]);
    const said = JSON.stringify(readEnvironment({ ...OAUTH, ...change }));
    expect(said).not.toContain('hunter2');
    expect(said).not.toContain(KEY);
  });

  test('this machine needs no TLS, for trying it out', () => {
    expect(problemsOf({ ...OAUTH, PUBLIC_URL: 'http://localhost:3000' })).toEqual([]);
  });
});
