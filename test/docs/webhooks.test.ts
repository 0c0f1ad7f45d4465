import { readFileSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { eventOf } from '../../src/webhooks/event.ts';
import { FORMATS } from '../../src/webhooks/formats/index.ts';
import { SETTINGS, START } from '../support/ladder.ts';
import { pagedIncident as incident } from '../support/paged.ts';

const page = readFileSync(new URL('../../docs/webhooks.md', import.meta.url), 'utf8');

const block = (language: string, from = 0): string => {
  const [, code = ''] = new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``).exec(page.slice(from)) ?? [];
  return code;
};

const KEY = 'a key of the receiver';

const sent = () => {
  const why = [
    'INC-42 is sev1: Checkout is down. Nobody has acknowledged it since 14:00 UTC: level 2.',
  ];
  const event = eventOf(
    {
      type: 'call webhook',
      event: 'trigger',
      alert: 3,
      at: START + 5 * 60_000,
      ping: { timer: 'policy', level: 2, why, who: [], stops: [], next: null, lateMs: 0 },
    },
    '5f0c1d1c6c0b6f0e2b7a4c6d8e9f0a1b2c3d4e5f',
    incident,
    SETTINGS,
    {},
  );
  return FORMATS.muster(event, { url: 'https://hooks.example.com/muster', key: KEY, now: START });
};

test('the request in docs/webhooks.md is the one that Muster sends', () => {
  expect(JSON.parse(block('json'))).toEqual(JSON.parse(sent().body));
});

test('the receiver in docs/webhooks.md takes what is from Muster, and nothing else', async () => {
  const file = join(await mkdtemp(join(tmpdir(), 'receiver-')), 'receiver.mjs');
  await writeFile(file, block('js'));
  const { isFromMuster } = await import(/* @vite-ignore */ file);
  const { headers, body } = sent();
  const header = headers['muster-signature'] ?? '';
  expect(isFromMuster(header, body, KEY, START)).toBe(true);
  expect(isFromMuster(header, `${body} `, KEY, START)).toBe(false);
  expect(isFromMuster(header, body, 'another key', START)).toBe(false);
  expect(isFromMuster(header, body, KEY, START + 301_000)).toBe(false);
  expect(isFromMuster(header.replace('t=1', 't=2'), body, KEY, START)).toBe(false);
  expect(isFromMuster(undefined, body, KEY, START)).toBe(false);
});
