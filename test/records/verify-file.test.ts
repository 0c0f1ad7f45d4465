import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { examineRecord } from '../../src/db/chain/examine-record.ts';
import type { Archive, KeptRecord } from '../../src/domain/archive.ts';
import { recordJson } from '../../src/exports/json.ts';
import { verify } from '../../src/verify.ts';
import { CASES, caseReport } from '../support/case-record.ts';
import { sealed } from '../support/sealed.ts';

const folder = mkdtempSync(join(tmpdir(), 'muster-records-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function fileOf(text: string): string {
  const path = join(folder, `${crypto.randomUUID()}.json`);
  writeFileSync(path, text);
  return path;
}

/** As `npm start -- verify` with these words, and nothing in its environment. */
async function typed(...words: string[]): Promise<{ code: number; said: string }> {
  const lines: string[] = [];
  const code = await verify(words, {}, (line) => lines.push(line));
  return { code, said: lines.join('\n') };
}

const cases: readonly Archive[] = CASES.flatMap((name) => caseReport(name).records).map((record) =>
  sealed(record),
);

test('every case verifies from its file, without a database, and a noted hash is found in it', async () => {
  const path = fileOf(recordJson(cases));
  const { code, said } = await typed(path);
  expect(code).toBe(0);
  expect(said).toMatch(/^INC-42: 1 change, as recorded\. Newest hash: [\w-]{43}\n/);
  expect(said).toContain(
    `${cases.length} incidents in the file: everything is as it was recorded.`,
  );
  const hash = cases[3]?.incident.chain ?? '';
  expect((await typed(path, hash)).said).toContain(`${hash} is the hash of change 1`);
  const unknown = await typed(path, 'A'.repeat(43));
  expect(unknown.code).toBe(1);
  expect(unknown.said).toContain('is the hash of no change in the file');
});

test('a file that was touched is not as recorded, and the row is named', async () => {
  const text = recordJson(cases.slice(0, 1)).replace('"text": "Declared."', '"text": "Nothing."');
  const { code, said } = await typed(fileOf(text));
  expect(code).toBe(1);
  expect(said).toMatch(
    /INC-42: 1 change, 1 finding\..*\n {2}Entry 1 is not what was recorded with change 1 \(/,
  );
  expect(said).toContain('1 incident in the file: 1 finding.');
});

test('a file that is none cannot be told of, which is another thing', async () => {
  expect(await typed(fileOf('{}'))).toEqual({
    code: 2,
    said: expect.stringMatching(/^\S+ was not verified\.\n {2}It is no record of Muster’s\./),
  });
  expect((await typed('/nowhere/else.json')).code).toBe(2);
});

/** What no seal covers, and why. */
const NOT_COVERED =
  /^\/(people|timers)|^\/incident\/(channel|armedAt|severityChangedAt|lastUpdateAt|lastSignAt|pausedAt|delays|called|openActions|remindedAt|departed|counts|nextEntry)\b/;

/** The same document once for each of its values, with that one changed. */
function* spoilt(value: unknown, path = ''): Generator<readonly [string, (root: unknown) => void]> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    const here = `${path}/${key}`;
    if (typeof inner === 'object' && inner !== null) yield* spoilt(inner, here);
    else
      yield [
        here,
        (root) => {
          const steps = here.slice(1).split('/');
          const last = steps.pop() ?? '';
          const parent = steps.reduce<unknown>(
            (at, step) => (at as Record<string, unknown>)[step],
            root,
          );
          (parent as Record<string, unknown>)[last] = otherThan(inner);
        },
      ];
  }
}

function otherThan(value: unknown): unknown {
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'boolean') return !value;
  return value === null ? 'x' : `${String(value)}x`;
}

test('a change of any value that is sealed is found', () => {
  const missed: string[] = [];
  let looked = 0;
  for (const archive of cases.slice(0, 2)) {
    const [record] = JSON.parse(recordJson([archive])).records as KeptRecord[];
    for (const [path, spoil] of spoilt(record)) {
      if (NOT_COVERED.test(path)) continue;
      const copy = structuredClone(record) as KeptRecord;
      spoil(copy);
      looked += 1;
      if (examineRecord(copy).findings.length === 0) missed.push(path);
    }
  }
  expect(looked).toBeGreaterThan(500);
  expect(missed).toEqual([]);
});

test.each([
  [
    'an entry that is gone',
    (record: KeptRecord) => ({ ...record, entries: record.entries.slice(1) }),
    'Entry 1 is missing',
  ],
  [
    'an entry twice',
    (record: KeptRecord) => ({
      ...record,
      entries: [...record.entries, ...record.entries.slice(0, 1)],
    }),
    'somebody added it',
  ],
  [
    'a change that is gone',
    (record: KeptRecord) => ({ ...record, audit: [] }),
    'is missing at the end',
  ],
  [
    'a milestone that is gone',
    (record: KeptRecord) => ({ ...record, incident: { ...record.incident, milestones: [] } }),
    'The milestone impact started is missing: it was recorded with change 1 (',
  ],
  [
    'a milestone at another time than its entry',
    (record: KeptRecord) => ({
      ...record,
      incident: {
        ...record.incident,
        milestones: record.incident.milestones.map((mark) => ({ ...mark, at: 7 })),
      },
    }),
    'is not at the time of its entry, 1.',
  ],
  [
    'a number that would be given twice',
    (record: KeptRecord) => ({ ...record, incident: { ...record.incident, nextEntry: 2 } }),
    'The next entry would get the number 2',
  ],
])('%s is found', (_, spoil, says) => {
  const [record] = JSON.parse(recordJson(cases.slice(0, 1))).records as [KeptRecord];
  expect(examineRecord(spoil(record)).findings.join('\n')).toContain(says);
});
