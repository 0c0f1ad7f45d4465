import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { unknownCommand } from '../src/usage.ts';

const folder = mkdtempSync(join(tmpdir(), 'muster-usage-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ROOT = new URL('..', import.meta.url).pathname;

/** Types it in a folder with nothing in it. */
function typed(...words: string[]): { code: number | null; out: string; err: string } {
  const program = ['--import', import.meta.resolve('tsx'), join(ROOT, 'src/main.ts')];
  const ran = spawnSync(process.execPath, [...program, ...words], {
    cwd: folder,
    encoding: 'utf8',
    env: {
      PATH: process.env.PATH ?? '',
      SLACK_BOT_TOKEN: 'xoxb-111111111111-aBcDeFgHiJkL',
      SLACK_SIGNING_SECRET: '8f14e45fceea167a5a36dedd4bea2543',
    },
  });
  return { code: ran.status, out: ran.stdout, err: ran.stderr };
}

test('--help shows a line for each command', { timeout: 60_000 }, () => {
  const { code, out, err } = typed('--help');
  expect(code).toBe(0);
  expect(err).toBe('');
  for (const name of ['check', 'doctor', 'manifest', 'verify', 'import', 'purge'])
    expect(out).toMatch(new RegExp(`^  ${name}\\b.* {2}\\S`, 'm'));
});

test('an unknown command is answered with the nearest one', () => {
  const [first] = unknownCommand('docter');
  expect(first).toBe('docter is no command of Muster. Did you mean doctor?');
});

test('check takes a file, and refuses more than one', { timeout: 60_000 }, () => {
  writeFileSync(join(folder, 'other.yaml'), 'severity: {}\n');
  const { code, out } = typed('check', 'other.yaml');
  expect(code).toBe(1);
  expect(out).toContain('severity: is not a known key; did you mean severities?');
  expect(typed('check', 'absent.yaml').out).toContain('absent.yaml does not exist');
  expect(typed('check', 'one.yaml', 'two.yaml').code).toBe(2);
});

test('what is wrong with manifest is not written into the manifest', { timeout: 60_000 }, () => {
  const { code, out, err } = typed('manifest', '--host', 'http://muster.example.com');
  expect(code).toBe(1);
  expect(out).toBe('');
  expect(err).toContain('is no address that Slack could call');
});
