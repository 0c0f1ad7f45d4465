import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseScript, readScript } from '../../src/demo/script.ts';
import type { PresetName } from '../../src/domain/words.ts';
import { createDatabase } from '../support/postgres.ts';
import { CASES, type Case } from './all.ts';
import { seed0Zones } from './facts/seed-0.ts';
import { look, lookOutside } from './facts.ts';
import { INSIDE } from './forms.ts';
import { rowsOf, rowText } from './index-page.ts';
import { asKept, KEPT, keptAt } from './kept.ts';
import { type Run, run } from './run.ts';

const LONG = 180_000;

async function runOnce(scripts: Parameters<typeof run>[1]): Promise<Run> {
  const database = await createDatabase('case');
  try {
    return await run(database.url, scripts);
  } finally {
    await database.drop();
  }
}

const draftsOf = ({ forms }: Run, preset: PresetName) =>
  new Map([...forms].map(([script, drafts]) => [script, drafts.get(preset) ?? '']));

const missing = (looked: readonly { what: string; found: boolean }[]) =>
  looked.flatMap(({ what, found }) => (found ? [] : [what]));

/** What nobody outside may read: numbers of entries and incidents, severities, commands. */
const INTERNAL = /\[#\d|\bINC-\d|\bsev\d|\/incident|not recorded|Muster/;

test.each(CASES)('the drafts of $name hold what was typed', { timeout: LONG }, async (each) => {
  const played = await runOnce(await Promise.all(each.scripts.map(readScript)));
  expect(played.violations).toEqual([]);
  expect(played.complaints).toEqual([]);
  for (const expectation of each.expectations) {
    for (const preset of INSIDE) {
      const { facts, computed, questions } = look(expectation, draftsOf(played, preset));
      expect(missing([...facts, ...computed, ...questions]), preset).toEqual([]);
    }
    expect(missing(lookOutside(expectation, draftsOf(played, 'public')))).toEqual([]);
  }
  for (const draft of draftsOf(played, 'public').values()) expect(draft).not.toMatch(INTERNAL);

  const index = readFileSync(new URL('README.md', KEPT), 'utf8').split('\n');
  for (const row of rowsOf(each, played.forms)) expect(index).toContain(rowText(row));
  for (const [script, forms] of played.forms) {
    for (const [preset, draft] of forms) {
      const kept = readFileSync(keptAt(script, preset), 'utf8');
      expect(asKept(draft), `${script}/${preset}.md is old: npm run cases`).toBe(kept);
      // Only what is for ourselves names the hash; what is kept never does.
      expect(draft === kept).toBe(preset === 'public');
    }
  }
});

test('another time typed makes another draft', { timeout: LONG }, async () => {
  const script = await readScript('seed-0');
  const path = new URL('../../src/demo/cases/seed-0.txt', import.meta.url);
  const text = readFileSync(path, 'utf8').replaceAll('at 3:16 PM UTC', 'at 3:20 PM UTC');
  const draft =
    draftsOf(await runOnce([parseScript(script.name, text)]), 'standard').get('seed-0') ?? '';
  const row = draft.split('\n').find((line) => /^\| .*completed successfully.*\[#/.test(line));
  expect(row).toContain('35 min');
  expect(row).not.toContain('39 min');
});

test('every time of seed 0 is right in all three zones', { timeout: LONG }, async () => {
  const played = await runOnce([await readScript('seed-0')]);
  for (const preset of INSIDE) {
    const lines = draftsOf(played, preset).get('seed-0')?.split('\n') ?? [];
    for (const words of seed0Zones) {
      const row = lines.find((line) => words.every((word) => line.includes(word)));
      expect(row, `${preset}: ${words.join(' ')}`).toBeDefined();
    }
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
