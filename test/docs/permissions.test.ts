import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readSettings } from '../../src/config/file.ts';
import { LEVELS } from '../../src/domain/permissions.ts';
import { permissionRows } from '../support/permission-table.ts';
import { tableRows } from '../support/table-rows.ts';

const page = readFileSync(new URL('../../docs/permissions.md', import.meta.url), 'utf8');

test('the page lists everything that may be allowed, with who may', () => {
  const [, table = ''] = page.split(/<!-- \/?permissions -->/);
  expect(
    tableRows(table),
    'Out of date. Print the rows with: npx tsx test/support/print-permissions.ts',
  ).toEqual(permissionRows);
});

test('the page explains every group', () => {
  const groups = tableRows(page.split('## The groups')[1]?.split('\n## ')[0] ?? '');
  expect(groups.map(([name]) => name)).toEqual(LEVELS.map((level) => `\`${level}\``));
});

test('the configuration that the page shows is right', () => {
  const yaml = /```yaml\n(?<yaml>[\s\S]*?)```/.exec(page)?.groups?.yaml ?? '';
  const read = readSettings(yaml);
  expect(read).toMatchObject({ ok: true, warnings: [] });
  expect(read.ok && read.value.permissions).toEqual({
    resolve: 'responder',
    redact: 'administrator',
  });
});
