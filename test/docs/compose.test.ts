import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

// Docker is not here: what can be read is held against what it must say.

const read = (path: string): string =>
  readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

interface Service {
  readonly image: string;
  readonly user?: string;
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly cap_add?: readonly string[];
  readonly privileged?: boolean;
  readonly security_opt?: readonly string[];
  readonly ports?: readonly string[];
  readonly networks?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly env_file?: string;
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly command?: readonly string[];
  readonly volumes?: readonly string[];
}

const text = read('docs/compose.yaml');
const compose: {
  readonly services: Readonly<Record<string, Service>>;
  readonly networks: Readonly<Record<string, { readonly internal?: boolean }>>;
  readonly volumes: Readonly<Record<string, unknown>>;
} = parse(text, { merge: true });
const services = Object.entries(compose.services);
const { muster, postgres, redis } = compose.services;

test.each(services)('%s runs without privileges on a read-only root', (_, service) => {
  expect(service).toMatchObject({ read_only: true, cap_drop: ['ALL'] });
  expect(service.security_opt).toContain('no-new-privileges:true');
  expect(service.cap_add).toBeUndefined();
  expect(service.privileged).toBeUndefined();
  expect(service.user).toMatch(/^(?!root$|0\b)\w/);
  expect(service.image).not.toMatch(/:latest$/);
});

test('nobody outside reaches the database or Redis, and Muster only from this machine', () => {
  for (const service of [postgres, redis]) {
    expect(service?.ports).toBeUndefined();
    expect(service?.networks).toEqual(['inside']);
  }
  expect(compose.networks.inside?.internal).toBe(true);
  expect(muster?.ports?.every((port) => port.startsWith('127.0.0.1:'))).toBe(true);
});

test('secrets come from the env file: none is in this one, and a missing one is refused', () => {
  expect(muster?.env_file).toBe('.env');
  const given = services.flatMap(([, { environment = {} }]) => Object.entries(environment));
  for (const [name, value] of given.filter(([key]) => /PASSWORD|SECRET|TOKEN|_URL/.test(key))) {
    expect(value, name).toMatch(/\$\{(POSTGRES|REDIS)_PASSWORD:\?[^}]+\}/);
  }
  expect(text).not.toMatch(/xox[a-z]-|:\/\/\w*:[^$\s]+@/);
});

test('each is healthy before the next one needs it, and its data outlives it', () => {
  for (const [name, service] of Object.entries({ postgres, redis })) {
    expect(service?.healthcheck?.test[0], name).toMatch(/^CMD/);
    expect(muster?.depends_on?.[name]).toEqual({ condition: 'service_healthy' });
    const [volume = ''] = service?.volumes ?? [];
    expect(Object.keys(compose.volumes)).toContain(volume.split(':')[0]);
  }
  // Muster's is in the image.
  expect(read('Dockerfile')).toContain('HEALTHCHECK');
});

test('Redis is set as Muster wants it', () => {
  const command = redis?.command?.join(' ');
  expect(command).toContain('--appendonly yes');
  expect(command).toContain('--maxmemory-policy noeviction');
  expect(command).toContain('--requirepass');
});

const FROM_ENVIRONMENT = /^#? ?([A-Z_]+)=/gm;

test('Muster knows every variable that it is given', () => {
  const known = [...read('.env.example').matchAll(FROM_ENVIRONMENT)].map(([, name]) => name);
  expect(known).toEqual(expect.arrayContaining(Object.keys(muster?.environment ?? {})));
});

/** The instructions of the image that is run, not of the one that builds. */
const instructions = (
  read('Dockerfile')
    .replaceAll('\\\n', '')
    .split(/^FROM /m)
    .at(-1) ?? ''
)
  .split('\n')
  .filter((line) => /^[A-Z]+ /.test(line));

test('the image runs as nobody in particular, on files that it cannot change', () => {
  const last = instructions.findLast((line) => line.startsWith('USER '));
  expect(last).toBe('USER node');
  const at = (word: string): number => instructions.findIndex((line) => line.startsWith(word));
  expect(at('USER ')).toBeLessThan(at('CMD '));
  const copies = instructions.filter((line) => line.startsWith('COPY '));
  expect(copies.length).toBeGreaterThan(3);
  for (const copy of copies) expect(copy).toContain('--chown=root:root');
  expect(instructions.filter((line) => line.startsWith('ADD '))).toEqual([]);
  expect(instructions.join('\n')).not.toMatch(/chmod .*7|sudo|setuid/);
});

test('the image is made of what the lockfile names, and of nothing secret', () => {
  const dockerfile = read('Dockerfile');
  const [install, ...more] = dockerfile.match(/npm (?:install|ci|i|add) .*/g) ?? [];
  expect(install).toMatch(/^npm install --ignore-scripts --no-save /);
  expect(more).toEqual([]);
  expect(dockerfile).toContain("require('./node_modules/.package-lock.json')");
  expect(dockerfile).not.toMatch(/^(?:ARG|ENV) .*(?:TOKEN|SECRET|PASSWORD|KEY)/m);
  const ignored = read('.dockerignore').split('\n');
  expect(ignored).toEqual(expect.arrayContaining(['.env', '.git', '.muster']));
});
