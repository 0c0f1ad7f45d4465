import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Archive, type KeptRecord, kept } from '../../src/domain/archive.ts';
import { recordJson } from '../../src/exports/json.ts';
import { anyRecord } from '../domain/postmortem/any-record.ts';
import { record as clean } from '../domain/postmortem/clean-record.ts';
import { archived } from '../support/archived.ts';
import { recordSchema } from '../support/record-schema.ts';

const published = JSON.parse(
  readFileSync(new URL('../../docs/record.schema.json', import.meta.url), 'utf8'),
);
const validate = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true }).compile(
  published,
);

/** What the schema finds wrong with an export. */
const faultsOf = (text: string): unknown => {
  validate(JSON.parse(text));
  return validate.errors;
};

test('the published schema is that of the code', () => {
  expect(
    published,
    'Out of date. Regenerate: npx tsx test/support/print-record-schema.ts > docs/record.schema.json && npx biome format --write docs/record.schema.json. When a field went or changed its meaning, raise the version in src/domain/archive.ts.',
  ).toEqual(JSON.parse(JSON.stringify(recordSchema())));
}, 60_000);

test('every instant in it is described as one, and every object is closed', () => {
  expect(published.definitions.Instant.description).toMatch(/milliseconds since the Unix epoch/);
  const open = Object.entries<{ type?: string; additionalProperties?: unknown }>(
    published.definitions,
  )
    .filter(
      ([, { type, additionalProperties }]) =>
        type === 'object' && additionalProperties === undefined,
    )
    .map(([name]) => name);
  expect(open).toEqual([]);
});

test('an export is complete, with its version and the same order of keys each time', () => {
  const archive = archived(clean({}));
  const shuffled = {
    ...archive,
    incident: Object.fromEntries(Object.entries(archive.incident).reverse()) as never,
  };
  expect(recordJson([shuffled])).toBe(recordJson([archive]));
  const read = JSON.parse(recordJson([archive]));
  expect(read).toMatchObject({ schema: 'muster.record', version: 3 });
  expect(read.records[0]).toEqual(JSON.parse(JSON.stringify(kept(archive))));
  expect(faultsOf(recordJson([archive]))).toBeNull();
});

test('names those who occur in the record, and nobody else', () => {
  const people = { U1: 'Robin', U2: 'Sam', W9: 'Kim', S0SRE: 'sre' };
  const audit: Archive['audit'] = [
    {
      seq: 1,
      at: 0,
      actor: 'W9',
      source: 'command',
      action: { type: 'update', text: 'asked <!subteam^S0SRE>' },
      seals: null,
      hash: null,
    },
  ];
  const read = JSON.parse(recordJson([archived({ ...clean({}), people }, { audit })]));
  expect(read.records[0].people).toEqual({ U1: 'Robin', W9: 'Kim', S0SRE: 'sre' });
});

test('whatever is recorded comes back from it, and fits the schema', () => {
  fc.assert(
    fc.property(anyRecord, (record) => {
      const text = recordJson([archived(record)]);
      expect(faultsOf(text)).toBeNull();
      const [read] = JSON.parse(text).records;
      expect(read.entries).toEqual(record.entries);
      expect({ ...read.incident, milestones: [] }).toEqual({ ...record.incident, milestones: [] });
    }),
    { numRuns: 100 },
  );
});

test('the same record makes the same file, whenever it is exported and however it was read', () => {
  const archive = archived(clean({}));
  const { entries, incident } = archive;
  const later = {
    ...archive,
    asOf: archive.asOf + 1,
    entries: entries.toReversed(),
    incident: { ...incident, milestones: incident.milestones.toReversed() },
  };
  expect(recordJson([later])).toBe(recordJson([archive]));
});

test.each([
  ['nothing of a whole one', (record: KeptRecord) => record, true],
  ['a field that nobody knows', (record: KeptRecord) => ({ ...record, more: 1 }), false],
  ['no audit', ({ audit: _, ...rest }: KeptRecord) => rest, false],
  [
    'a kind that there is not',
    (record: KeptRecord) => ({
      ...record,
      entries: record.entries.map((entry) => ({ ...entry, kinds: ['?'] })),
    }),
    false,
  ],
  [
    'an instant in words',
    (record: KeptRecord) => ({
      ...record,
      incident: { ...record.incident, openedAt: '2026-03-10' },
    }),
    false,
  ],
])('the schema refuses %s', (_, spoil, fits) => {
  const records = [spoil(kept(archived(clean({}))))];
  const faults = faultsOf(JSON.stringify({ schema: 'muster.record', version: 3, records }));
  expect(faults === null).toBe(fits);
});
