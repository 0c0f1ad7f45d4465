import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { CHECKS } from '../../src/domain/doctor/index.ts';
import { doctorRows } from '../support/doctor-table.ts';
import { tableRows } from '../support/table-rows.ts';

const page = readFileSync(new URL('../../docs/doctor.md', import.meta.url), 'utf8');

test('the page lists every check as it is', () => {
  const [, table = ''] = page.split(/<!-- \/?checks -->/);
  expect(
    tableRows(table),
    'Out of date. Print the table with: npx tsx test/support/print-doctor.ts',
  ).toEqual(doctorRows);
});

test('the page explains every repair, and no other', () => {
  const explained = tableRows(page.split('## Repairs')[1]?.split('\n## ')[0] ?? '').map(
    ([how]) => how,
  );
  const offered = CHECKS.flatMap(({ repairs }) => repairs.map(({ how }) => `\`${how}\``));
  expect(explained.toSorted()).toEqual([...new Set(offered)].toSorted());
});
