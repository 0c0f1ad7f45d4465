import { expect, test } from 'vitest';
import { kept } from '../../src/domain/archive.ts';
import { recordJson } from '../../src/exports/json.ts';
import { readDocument, readRecords, Unreadable } from '../../src/records/document.ts';
import { record as clean } from '../domain/postmortem/clean-record.ts';
import { sealed } from '../support/sealed.ts';

const archive = sealed(clean({}));
const whole = JSON.parse(recordJson([archive]));

const reasons = async (text: string): Promise<string> => {
  const error = await readDocument(text).catch((thrown: unknown) => thrown);
  if (!(error instanceof Unreadable)) throw new Error(`it was read: ${String(error)}`);
  return error.reasons.join('\n');
};

const changed = (change: (document: typeof whole) => unknown): string => {
  const document = structuredClone(whole);
  return JSON.stringify(change(document) ?? document);
};

test('what was exported is read as it was', async () => {
  expect(await readDocument(recordJson([archive]))).toEqual([
    { ...kept(archive), people: { U1: 'Robin Vermeer' } },
  ]);
});

test('the order of its lists and keys says nothing, nor does a byte order mark', async () => {
  const text = changed(({ records: [record] }) => ({
    records: [
      {
        ...record,
        entries: record.entries.toReversed(),
        incident: {
          ...record.incident,
          milestones: record.incident.milestones.toReversed(),
        },
      },
    ],
    version: 3,
    schema: 'muster.record',
  }));
  expect(await readDocument(`\uFEFF${text}`)).toEqual(await readDocument(recordJson([archive])));
});

test('version 2 is read: it said when it was exported, too', async () => {
  const older = changed(({ records: [record] }) => ({
    schema: 'muster.record',
    version: 2,
    records: [{ ...record, asOf: 1_700_000_000_000 }],
  }));
  expect(await readDocument(older)).toEqual(await readDocument(recordJson([archive])));
});

test.each([
  ['', 'It is no JSON'],
  ['{"schema": "muster.record", ', 'It is no JSON'],
  ['[]', 'It is no record of Muster’s. `/incident postmortem export json` makes one.'],
  ['{"schema": "else"}', 'It is no record of Muster’s.'],
  [changed((document) => ({ ...document, version: 1 })), 'It is version 1, which has neither'],
  [changed((document) => ({ ...document, version: 4 })), 'It is version 4, of a newer Muster'],
  [
    changed((document) => ({ ...document, version: '3' })),
    'Its version is "3"; this Muster reads 2 and 3.',
  ],
  [changed((document) => ({ ...document, version: 0 })), 'Its version is 0;'],
  [changed((document) => ({ ...document, records: [] })), 'There is no incident in it.'],
  [changed((document) => ({ ...document, records: 7 })), 'records: must be array (array).'],
  [
    changed((document) => {
      document.records[0].incident.more = 1;
    }),
    'records/0/incident: must NOT have additional properties (more).',
  ],
  [
    changed((document) => {
      delete document.records[0].audit;
    }),
    "records/0: must have required property 'audit' (audit).",
  ],
  [
    changed((document) => {
      document.records[0].entries[1].detail = { type: 'nonsense' };
    }),
    'records/0/entries/1/detail: is nothing that can stand there.',
  ],
  [
    changed((document) => {
      for (const entry of document.records[0].entries) entry.text = 7;
    }),
    'And ',
  ],
])('%.60s… is refused with the reason', async (text, reason) => {
  const said = await reasons(text);
  expect(said).toContain(reason);
  expect(said.split('\n').length).toBeLessThanOrEqual(6);
});

test('a file that is not there is named', async () => {
  await expect(readRecords('/nowhere/INC-1.json')).rejects.toThrow(
    'There is no file /nowhere/INC-1.json.',
  );
  await expect(readRecords('/')).rejects.toThrow('/ cannot be read: ');
});
