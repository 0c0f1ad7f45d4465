import { describe, expect, test } from 'vitest';
import { readSettings } from '../../src/config/file.ts';
import { problemsOf, settingsOf } from './reading.ts';

const webhook = (rest: string) => `webhooks: { w: { ${rest} } }`;

/** The problems of a file, with the variables of the process. */
function problemsWith(yaml: string, variables: Readonly<Record<string, string>>): string[] {
  const read = readSettings(yaml, variables);
  return read.ok ? [] : read.refusal.map(({ path, reason, fix }) => `${path}: ${reason}; ${fix}`);
}

test('webhooks become settings; pagers know where they are', () => {
  const yaml = `
webhooks:
  pager: { format: pagerduty, key: $PAGER_KEY }
  jsm: { format: opsgenie, key: "\${JSM_KEY}", url: https://api.eu.opsgenie.com/v2/alerts }
  ours: { format: muster, url: https://hooks.example.com/muster, key: $HOOK_KEY, internal: true }
  ops: { format: opsgenie, key: $OPS_KEY }
`;
  expect(settingsOf(yaml).webhooks).toEqual({
    pager: {
      name: 'pager',
      format: 'pagerduty',
      url: 'https://events.pagerduty.com/v2/enqueue',
      keyFrom: 'PAGER_KEY',
      internal: false,
    },
    jsm: {
      name: 'jsm',
      format: 'opsgenie',
      url: 'https://api.eu.opsgenie.com/v2/alerts',
      keyFrom: 'JSM_KEY',
      internal: false,
    },
    ours: {
      name: 'ours',
      format: 'muster',
      url: 'https://hooks.example.com/muster',
      keyFrom: 'HOOK_KEY',
      internal: true,
    },
    ops: {
      name: 'ops',
      format: 'opsgenie',
      url: 'https://api.opsgenie.com/v2/alerts',
      keyFrom: 'OPS_KEY',
      internal: false,
    },
  });
});

describe('a problem of a webhook', () => {
  test.each([
    [
      'format: pager, key: $K',
      'format: "pager" is not a choice here; write muster, pagerduty or opsgenie',
    ],
    ['key: $K', 'format: is missing'],
    [
      'format: pagerduty',
      'key: is missing; write $PAGER_KEY, and set that variable in the environment',
    ],
    ['format: muster, key: $K', 'url: is missing; write the address'],
    ['format: muster, key: $K, url: http://a.example', 'url: does not begin with https://'],
    ['format: muster, key: $K, url: somewhere', 'url: is not an address that can be read'],
    ['format: muster, key: $K, url: "https://a.example/#b"', 'url: has a # in it'],
    ['format: pagerduty, key: $SLACK_BOT_TOKEN', "key: $SLACK_BOT_TOKEN is Muster's own"],
    ['format: pagerduty, key: $DATABASE_URL', "key: $DATABASE_URL is Muster's own"],
    ['format: pagerduty, key: $K, internal: maybe', 'internal: "maybe" is not true or false'],
  ])('%s', (written, expected) => {
    const problems = problemsOf(webhook(written));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(`webhooks.w.${expected}`);
  });

  test.each([
    'key: R0123456789SECRET',
    'key: $lower-SECRET',
    'key: $K, url: https://me:SECRET@a.example',
    'key: $K, url: http://a.example/SECRET',
  ])('is told without what may be a secret: %s', (written) => {
    const problems = problemsOf(webhook(`format: pagerduty, ${written}`));
    expect(problems).toHaveLength(1);
    expect(problems[0]).not.toContain('SECRET');
  });
});

describe('the variable that holds a key', () => {
  const signed = webhook('format: muster, url: https://a.example, key: $HOOK_KEY');
  const pager = webhook('format: pagerduty, key: $PAGER_KEY');
  const LONG = 'f'.repeat(32);

  test.each([
    [
      pager,
      {},
      ['webhooks.w.key: $PAGER_KEY is not set; set it in the environment, or remove the webhook'],
    ],
    [pager, { PAGER_KEY: ' ' }, ['webhooks.w.key: $PAGER_KEY is not set; set it']],
    [pager, { PAGERKEY: LONG }, ['webhooks.w.key: $PAGER_KEY is not set; did you mean $PAGERKEY?']],
    [pager, { PAGER_KEY: 'r1' }, []],
    [signed, { HOOK_KEY: 'short' }, ['webhooks.w.key: $HOOK_KEY is too short to sign with']],
    [signed, { HOOK_KEY: LONG }, []],
  ])('%s with %j', (yaml, variables, expected) => {
    const problems = problemsWith(yaml, variables);
    expect(problems).toHaveLength(expected.length);
    for (const [index, start] of expected.entries()) expect(problems[index]).toContain(start);
  });

  test('is not looked for where nothing is started', () => {
    expect(problemsOf(pager)).toEqual([]);
  });
});
