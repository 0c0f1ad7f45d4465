import { expect, test } from 'vitest';
import { DEFAULTS } from '../../src/config/defaults.ts';
import { webhookKeys } from '../../src/config/webhook-keys.ts';
import type { Webhook } from '../../src/domain/settings.ts';

const webhook = (name: string, keyFrom: string): Webhook => ({
  name,
  format: 'muster',
  url: 'https://hooks.example.com/',
  keyFrom,
  internal: false,
});

test('only what a webhook names is taken from the environment', () => {
  const settings = {
    ...DEFAULTS,
    webhooks: {
      one: webhook('one', 'ONE_KEY'),
      two: webhook('two', 'TWO_KEY'),
      three: webhook('three', 'THREE_KEY'),
    },
  };
  const env = { ONE_KEY: ' abc\n', TWO_KEY: '  ', SLACK_BOT_TOKEN: 'xoxb-1' };
  expect(webhookKeys(settings, env)).toEqual({ ONE_KEY: 'abc' });
});
