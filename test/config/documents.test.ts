import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readSettings } from '../../src/config/file.ts';
import { type JsonSchema, jsonSchema } from '../../src/config/json-schema.ts';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const page = read('docs/configuration.md');
const example = read('docs/muster.example.yaml');

const VARIABLES = [
  'SLACK_BOT_TOKEN',
  'SLACK_SIGNING_SECRET',
  'SLACK_APP_TOKEN',
  'SLACK_API_URL',
  'DATABASE_URL',
  'REDIS_URL',
  'PORT',
  'HOST',
  'ADMIN_PORT',
  'CONFIG_FILE',
  'DATA_DIR',
  'LOG_LEVEL',
  'HEARTBEAT_URL',
  'SLACK_CLIENT_ID',
  'SLACK_CLIENT_SECRET',
  'SLACK_STATE_SECRET',
  'ENCRYPTION_KEY',
  'PUBLIC_URL',
];

test('the JSON Schema is the one the file is checked with', () => {
  expect(
    JSON.parse(read('docs/muster.schema.json')),
    'Out of date. Regenerate: npx tsx test/support/print-schema.ts > docs/muster.schema.json && npx biome format --write docs/muster.schema.json',
  ).toEqual(jsonSchema());
});

test('the documented example is read without a problem or a warning', () => {
  expect(readSettings(example)).toMatchObject({ ok: true, warnings: [] });
});

test('the page shows the example as it is', () => {
  expect(/```yaml\n(?<yaml>[\s\S]*?)```/.exec(page)?.groups?.yaml).toBe(example);
});

test('the example shows every key there is', () => {
  const missing = keysOf(jsonSchema()).filter((key) => !new RegExp(`\\b${key}:`).test(example));
  expect(missing).toEqual([]);
});

test('the page says the ladder that is the default', () => {
  const written = readSettings('severities: { sev1: {}, sev2: {}, sev3: {}, sev4: {} }');
  const rungs = written.ok ? written.value.severities : [];
  const row = (name: string) =>
    new RegExp(`^\\| \`${name}\` \\|(?<cells>.*)\\|$`, 'm')
      .exec(page)
      ?.groups?.cells?.split('|')
      .map((cell) => cell.trim());
  const spelled = (ms: number | null) => (ms === null ? 'none' : shortest(ms));
  expect(row('acknowledge')).toEqual(rungs.map(({ sla }) => spelled(sla.acknowledge)));
  expect(row('commander')).toEqual(rungs.map(({ sla }) => spelled(sla.commander)));
  expect(row('first_update')).toEqual(rungs.map(({ sla }) => spelled(sla.firstUpdate)));
  expect(row('update_every')).toEqual(rungs.map(({ sla }) => spelled(sla.updateEvery)));
  expect(row('mitigate')).toEqual(rungs.map(({ sla }) => spelled(sla.mitigate)));
  expect(row('resolve')).toEqual(rungs.map(({ sla }) => spelled(sla.resolve)));
});

test.each(VARIABLES)('%s is on the page and in .env.example', (name) => {
  expect(page).toContain(`| \`${name}\` |`);
  expect(read('.env.example')).toMatch(new RegExp(`^(# )?${name}=`, 'm'));
});

test('.env.example, copied as it is, holds no secret that could be used', () => {
  expect(read('.env.example')).not.toMatch(/^[A-Z_]+=\S/m);
});

test('a policy and a schedule of the example are not taken for each other', () => {
  const { policies, schedules } = settingsOfExample();
  expect(Object.keys(schedules).filter((name) => name in policies)).toEqual([]);
});

test('what is told to be typed is there: `muster` is no command', () => {
  for (const path of ['.env.example', 'docs/operations.md', 'docs/configuration.md', 'README.md']) {
    expect(read(path), path).not.toContain('`muster check');
  }
});

function settingsOfExample() {
  const settings = readSettings(example);
  if (!settings.ok) throw new Error('the example is refused');
  return settings.value;
}

function keysOf(schema: JsonSchema): string[] {
  const own = Object.entries(schema.properties ?? {});
  const below = [schema.items, schema.additionalProperties, ...own.map(([, inner]) => inner)];
  return [
    ...own.map(([key]) => key),
    ...below.flatMap((inner) => (typeof inner === 'object' ? keysOf(inner) : [])),
  ];
}

function shortest(ms: number): string {
  const minutes = ms / 60_000;
  if (minutes % 1440 === 0) return `${minutes / 1440}d`;
  return minutes % 60 === 0 ? `${minutes / 60}h` : `${minutes}m`;
}
