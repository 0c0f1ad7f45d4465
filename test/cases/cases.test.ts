import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseScript, readScript } from '../../src/demo/script.ts';
import { createDatabase } from '../support/postgres.ts';
import { CASES, type Case } from './all.ts';
import { seed0Zones } from './facts/seed-0.ts';
import { look } from './facts.ts';
import { type Run, run } from './run.ts';

const LONG = 90_000;

async function runOnce(scripts: Parameters<typeof run>[1]): Promise<Run> {
  const database = await createDatabase('case');
  try {
    return await run(database.url, scripts);
  } finally {
    await database.drop();
  }
}

const draftsOf = ({ performances }: Run) =>
  new Map(performances.map(({ script, draft }) => [script.name, draft]));

const missing = (looked: readonly { what: string; found: boolean }[]) =>
  looked.flatMap(({ what, found }) => (found ? [] : [what]));

test.each(CASES)('the drafts of $name hold what was typed', { timeout: LONG }, async (each) => {
  const played = await runOnce(await Promise.all(each.scripts.map(readScript)));
  expect(played.violations).toEqual([]);
  expect(played.complaints).toEqual([]);
  const looked = each.expectations.map((expectation) => look(expectation, draftsOf(played)));
  expect(missing(looked.flatMap(({ facts }) => facts))).toEqual([]);
  expect(missing(looked.flatMap(({ computed }) => computed))).toEqual([]);
  expect(missing(looked.flatMap(({ questions }) => questions))).toEqual([]);
});

test('another time typed makes another draft', { timeout: LONG }, async () => {
  const script = await readScript('seed-0');
  const path = new URL('../../src/demo/cases/seed-0.txt', import.meta.url);
  const text = readFileSync(path, 'utf8').replace('at 3:16 PM UTC', 'at 3:20 PM UTC');
  const draft = draftsOf(await runOnce([parseScript(script.name, text)])).get('seed-0') ?? '';
  const row = draft.split('\n').find((line) => /^\| .*completed successfully.*\[#/.test(line));
  expect(row).toContain('35 min');
  expect(row).not.toContain('39 min');
});

test('every time of seed 0 is right in all three zones', { timeout: LONG }, async () => {
  const draft = draftsOf(await runOnce([await readScript('seed-0')])).get('seed-0') ?? '';
  for (const words of seed0Zones) {
    const row = draft.split('\n').find((line) => words.every((word) => line.includes(word)));
    expect(row, words.join(' ')).toBeDefined();
  }
});

test('a line that is refused stops the script', { timeout: LONG }, async () => {
  const script = parseScript(
    'wrong',
    'person: reporter UTC\n2026-01-05T10:00:00Z  reporter  /incident opne sev1 Typing mistakes',
  );
  await expect(runOnce([script])).rejects.toThrow('line 2, was refused, not done');
});

test('a line that is none of a script is named', () => {
  expect(() => parseScript('odd', '2026-01-05 10:00 reporter /incident open x')).toThrow(
    'odd.txt, line 1',
  );
});

interface Given {
  readonly facts?: readonly string[];
  readonly incidents?: readonly Given[];
  readonly events?: readonly { asTyped: string | null; text: string }[];
}

const given = ({ file }: Case) => new URL(`../../../shared/cases/${file}.json`, import.meta.url);
const here = CASES.filter((each) => existsSync(given(each)));

// The case files are not part of the repository: this holds the scripts to them where they are at hand.
test.runIf(here.length > 0).each(here)(
  '$name types and expects what its case says',
  async (each) => {
    const said: Given = JSON.parse(readFileSync(given(each), 'utf8'));
    const parts = [said, ...(said.incidents ?? [])];
    const expected = each.expectations.flatMap(({ facts }) => Object.keys(facts));
    expect(expected.toSorted()).toEqual(parts.flatMap(({ facts = [] }) => facts).toSorted());
    const scripts = await Promise.all(each.scripts.map(readScript));
    const typed = scripts.flatMap(({ lines }) =>
      lines.flatMap(({ does }) => (does.type === 'command' ? [does.text] : [])),
    );
    for (const { asTyped, text } of parts.flatMap(({ events = [] }) => events)) {
      const words = asTyped === null ? text : `at ${asTyped}, ${text}`;
      expect(typed.filter((line) => line.includes(words))).toHaveLength(1);
    }
  },
);
