import { readFileSync } from 'node:fs';
import { DateTime } from 'luxon';
import { expect, test } from 'vitest';
import { readTime } from '../../../src/domain/time/read.ts';

interface Row {
  id: number;
  typed: string;
  zone: string;
  now: string;
  expect: 'ok' | 'reject';
  utc?: string;
  code?: string;
  flags?: string[];
  exampleMessage?: string;
}

const file = new URL('../../fixtures/time-input.json', import.meta.url);
const rows: Row[] = JSON.parse(readFileSync(file, 'utf8'));

test.each(rows)('row $id: $typed typed in $zone at $now', (row) => {
  const now = DateTime.fromISO(row.now, { zone: 'utc' }).toMillis();
  const read = readTime(row.typed, { now, zone: row.zone });
  if (row.expect === 'reject') {
    expect(read.ok ? read.value : read.refusal.code).toBe(row.code);
    expect(read.ok ? '' : read.refusal.reason).toContain(row.exampleMessage ?? '');
    return;
  }
  expect(read.ok ? '' : read.refusal).toBe('');
  if (!read.ok) return;
  expect(DateTime.fromMillis(read.value.at).toUTC().toISO({ suppressMilliseconds: true })).toBe(
    row.utc,
  );
  expect(read.value.flags).toEqual(expect.arrayContaining(row.flags ?? []));
  const choices = ['yesterday', 'previous-year', 'approximate', 'far-past'];
  const chosen = read.value.flags.filter((flag) => choices.includes(flag));
  expect(chosen).toEqual(row.flags ?? []);
});
