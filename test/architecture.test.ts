import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';

const SRC = resolve(import.meta.dirname, '../src');

/** Who may import whom. A folder or file that is not named here is a bug in this table. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  domain: ['domain', 'luxon'],
  delivery: ['domain'],
  'doctor-port': ['domain'],
  ports: ['delivery', 'doctor-port', 'domain'],
  installation: ['domain'],
  perform: ['domain', 'ports', 'node'],
  slate: ['domain'],
  journal: ['journal', 'commands', 'deadline', 'domain', 'handle', 'ports', 'slate', 'node'],
  commands: ['commands', 'domain'],
  exports: ['exports', 'domain', 'node', 'csv-stringify', 'ical.js', 'opentype.js'],
  handle: ['handle', 'commands', 'deadline', 'domain', 'perform', 'ports', 'node'],
  engine: ['engine', 'domain', 'ports', 'node'],
  doctor: ['config', 'slack'],
  slack: [
    'slack',
    'commands',
    'deadline',
    'domain',
    'exports',
    'handle',
    'ports',
    'slate',
    'luxon',
    'node',
    'installation',
    '@slack/bolt',
    '@slack/oauth',
    '@slack/web-api',
  ],
  db: [
    'db',
    'deadline',
    'domain',
    'installation',
    'ports',
    'node',
    'drizzle-orm',
    'postgres',
    'zod',
  ],
  webhooks: ['webhooks', 'deadline', 'domain', 'ports', 'node'],
  queue: ['queue', 'deadline', 'ports', 'bullmq', 'ioredis', 'pg'],
  config: ['config', 'domain', 'installation', 'luxon', 'node', 'pino', 'yaml', 'zod'],
  log: ['log', 'node', 'pino'],
  metrics: ['prom-client'],
  deadline: [],
  health: [],
  admin: ['node', 'health', 'prom-client'],
  check: ['config', 'domain', 'node'],
  manifest: ['config', 'slack', 'yaml'],
  // The composition root is the only place that knows all the adapters.
  app: [
    'admin',
    'app',
    'commands',
    'config',
    'db',
    'deadline',
    'domain',
    'engine',
    'handle',
    'journal',
    'health',
    'log',
    'metrics',
    'node',
    'perform',
    'ports',
    'queue',
    'slack',
    'slate',
    'webhooks',
  ],
  // What an operator types with nothing but the files or the database at hand.
  records: ['records', 'config', 'db', 'domain', 'exports', 'node', 'ajv'],
  verify: ['config', 'db', 'domain', 'records'],
  usage: ['domain'],
  main: [
    'app',
    'check',
    'config',
    'doctor',
    'log',
    'manifest',
    'node',
    'records',
    'usage',
    'verify',
  ],
  // The demo is a user of the product: it starts the app and stands in for Slack.
  demo: [
    'demo',
    'app',
    'commands',
    'config',
    'db',
    'domain',
    'log',
    'node',
    'slack',
    'emulate',
    'luxon',
    'postgres',
  ],
};

const layerOf = (path: string): string =>
  (relative(SRC, path).split('/')[0] ?? '').replace(/\.ts$/, '');

const packageOf = (name: string): string => {
  if (name.startsWith('node:')) return 'node';
  return name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/');
};

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.ts'),
);

const edges = files.flatMap((file) => {
  const path = join(SRC, file);
  const imports = readFileSync(path, 'utf8').matchAll(
    /^(?:import|export)\s[^'"]*?\sfrom '([^']+)'|^import '([^']+)'/gm,
  );
  return [...imports].map(([, named, bare]) => {
    const target = named ?? bare ?? '';
    if (!target.startsWith('.')) return { file, from: layerOf(path), to: packageOf(target) };
    const imported = resolve(dirname(path), target);
    return { file, from: layerOf(path), to: layerOf(imported), imported: relative(SRC, imported) };
  });
});

test('there is something to look at', () => {
  expect(edges.length).toBeGreaterThan(100);
});

test.each([...new Map(edges.map((edge) => [`${edge.from} ${edge.to}`, edge])).values()])(
  '$from may import $to, as $file does',
  ({ from, to }) => {
    expect(MAY_IMPORT[from]).toContain(to);
  },
);

/** Files that are reached again from what they import, by types or by values. */
function circles(): readonly string[] {
  const importedBy = (file: string) => edges.filter((edge) => edge.file === file);
  const settled = new Set<string>();
  const found: string[] = [];
  const visit = (file: string, way: readonly string[]) => {
    if (way.includes(file)) found.push([...way.slice(way.indexOf(file)), file].join(' → '));
    if (settled.has(file) || way.includes(file)) return;
    for (const { imported } of importedBy(file)) {
      if (imported !== undefined) visit(imported, [...way, file]);
    }
    settled.add(file);
  };
  for (const file of files) visit(file, []);
  return found;
}

test('no file leads back to itself', () => {
  expect(circles()).toEqual([]);
});

test('only main.ts and the demo touch the process', () => {
  const guilty = files
    .filter((file) => !/^(main\.ts|demo\/)/.test(file))
    .filter((file) =>
      /\bprocess\.(env|exit|on|argv)\b/.test(readFileSync(join(SRC, file), 'utf8')),
    );
  expect(guilty).toEqual([]);
});
