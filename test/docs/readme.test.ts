import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { COMMANDS } from '../../src/commands/index.ts';
import { createMetrics } from '../../src/metrics.ts';
import { BOT_EVENTS, BOT_SCOPES, ORG_EVENTS } from '../../src/slack/scopes.ts';
import { commandRows } from '../support/command-table.ts';

const ROOT = new URL('../../', import.meta.url);
const PAGES = [
  'README.md',
  'CHANGELOG.md',
  'docs/architecture.md',
  'docs/doctor.md',
  'docs/exports.md',
  'docs/operations.md',
  'docs/permissions.md',
  'docs/security.md',
  'docs/slack-app.md',
];
const read = (path: string): string => readFileSync(new URL(path, ROOT), 'utf8');

const captured = (found: RegExpExecArray): string => found[1] ?? '';

/** The cells of every row between the markers, however the table is aligned. */
function documented(): string[][] {
  const [, table = ''] = read('README.md').split(/<!-- \/?commands -->/);
  const rows = table.split('\n').filter((line) => line.startsWith('|'));
  return rows.slice(2).map((row) =>
    row
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll('\\|', '|')),
  );
}

test('the README lists every command as it is', () => {
  expect(
    documented(),
    'Out of date. Print the table with: npx tsx test/support/print-commands.ts',
  ).toEqual(commandRows);
});

test('what is documented is what can be typed', () => {
  const typed = COMMANDS.filter(({ hidden }) => hidden !== true).map(({ name }) => name);
  const verbs = documented().map(([, usage = '']) => /^`(\S+?)[ `]/.exec(usage)?.[1]);
  expect(verbs).toEqual(typed);
});

test.each(PAGES)('%s links only to what is there', (page) => {
  const links = [...read(page).matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, path]) => path);
  const missing = links.filter((path = '') => {
    try {
      readFileSync(new URL(path, new URL(page, ROOT)));
      return false;
    } catch (error) {
      // A folder is there too.
      return !(error instanceof Error && 'code' in error && error.code === 'EISDIR');
    }
  });
  expect(missing).toEqual([]);
});

test('every scope and event that the app asks for is explained, and no other', () => {
  const page = read('docs/slack-app.md');
  const cells = (heading: string): string[] => {
    const section = page.split(`## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
    const rows = section.split('\n').filter((line) => line.startsWith('| `'));
    return rows.flatMap((row) =>
      [...(row.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].map(captured),
    );
  };
  expect(cells('Scopes').toSorted()).toEqual(BOT_SCOPES.toSorted());
  expect(cells('Events').toSorted()).toEqual([...BOT_EVENTS, ...ORG_EVENTS].toSorted());
});

test('every metric of ours is on the operator’s page, and no other', () => {
  const page = read('docs/operations.md').split('## Metrics')[1] ?? '';
  const named = new Set([...page.matchAll(/`(muster_\w+)`/g)].map(captured));
  const ours = createMetrics()
    .registry.getMetricsAsArray()
    .map(({ name }) => name)
    .filter((name) => name.startsWith('muster_'));
  expect([...named].toSorted()).toEqual(ours.toSorted());
});
