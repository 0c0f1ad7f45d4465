import { existsSync, readFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { parseScript, readScript } from '../../src/demo/script.ts';
import type { PresetName } from '../../src/domain/words.ts';
import { createDatabase, type TestDatabase } from '../support/postgres.ts';
import { CASES, type Case } from './all.ts';
import { seed0Zones } from './facts/seed-0.ts';
import { seed1 } from './facts/seed-1.ts';
import { look, lookOutside } from './facts.ts';
import { INSIDE } from './forms.ts';
import { rowsOf, rowText } from './index-page.ts';
import { asKept, KEPT, keptAt } from './kept.ts';
import { expectToComeBack } from './round-trip.ts';
import { type Run, run } from './run.ts';

const LONG = 180_000;

const begun: TestDatabase[] = [];
afterAll(async () => {
  await Promise.all(begun.map((database) => database.drop()));
});

/** Plays scripts on a database of their own, which stays until all is over. */
async function playOn(scripts: Parameters<typeof run>[1]): Promise<Run & { readonly url: string }> {
  const database = await createDatabase('case');
  begun.push(database);
  return { ...(await run(database.url, scripts)), url: database.url };
}

const played = new Map<string, ReturnType<typeof playOn>>();

/** A case as it was played; once for all that is held of it. */
function playCase({ name, scripts }: Case): ReturnType<typeof playOn> {
  const known = played.get(name) ?? Promise.all(scripts.map(readScript)).then(playOn);
  played.set(name, known);
  return known;
}

const caseNamed = (name: string): Case => {
  const found = CASES.find((each) => each.name === name);
  if (!found) throw new Error(`There is no case ${name}.`);
  return found;
};

const draftsOf = ({ forms }: Run, preset: PresetName) =>
  new Map([...forms].map(([script, drafts]) => [script, drafts.get(preset) ?? '']));

const missing = (looked: readonly { what: string; found: boolean }[]) =>
  looked.flatMap(({ what, found }) => (found ? [] : [what]));

/** What nobody outside may read: numbers of entries and incidents, severities, commands. */
const INTERNAL = /\[#\d|\bINC-\d|\bsev\d|\/incident|not recorded|Muster/;

test.each(CASES)('the drafts of $name hold what was typed', { timeout: LONG }, async (each) => {
  const run = await playCase(each);
  expect(run.violations).toEqual([]);
  expect(run.complaints).toEqual([]);
  for (const expectation of each.expectations) {
    for (const preset of INSIDE) {
      const { facts, computed, questions } = look(expectation, draftsOf(run, preset));
      expect(missing([...facts, ...computed, ...questions]), preset).toEqual([]);
    }
    expect(missing(lookOutside(expectation, draftsOf(run, 'public')))).toEqual([]);
  }
  for (const draft of draftsOf(run, 'public').values()) expect(draft).not.toMatch(INTERNAL);

  const index = readFileSync(new URL('README.md', KEPT), 'utf8').split('\n');
  for (const row of rowsOf(each, run.forms)) expect(index).toContain(rowText(row));
  for (const [script, forms] of run.forms) {
    for (const [preset, draft] of forms) {
      const kept = readFileSync(keptAt(script, preset), 'utf8');
      expect(asKept(draft), `${script}/${preset}.md is old: npm run cases`).toBe(kept);
      // Only what is for ourselves names the hash; what is kept never does.
      expect(draft === kept).toBe(preset === 'public');
    }
  }
});

test.each(CASES)(
  'what was typed in $name comes back bit for bit on another Muster, with all that it led to',
  { timeout: LONG },
  async (each) => {
    const { url } = await playCase(each);
    // A script may go on with what others opened.
    await expectToComeBack(url, each.name === 'seed-1' ? 2 : each.scripts.length);
  },
);

test('another time typed makes another draft', { timeout: LONG }, async () => {
  const script = await readScript('seed-0');
  const path = new URL('../../src/demo/cases/seed-0.txt', import.meta.url);
  const text = readFileSync(path, 'utf8').replaceAll('at 3:16 PM UTC', 'at 3:20 PM UTC');
  const draft =
    draftsOf(await playOn([parseScript(script.name, text)]), 'standard').get('seed-0') ?? '';
  const row = draft.split('\n').find((line) => /^\| .*completed successfully.*\[#/.test(line));
  expect(row).toContain('35 min');
  expect(row).not.toContain('39 min');
});

test('every time of seed 0 is right in all three zones', { timeout: LONG }, async () => {
  const run = await playCase(caseNamed('seed-0'));
  for (const preset of INSIDE) {
    const lines = draftsOf(run, preset).get('seed-0')?.split('\n') ?? [];
    for (const words of seed0Zones) {
      const row = lines.find((line) => words.every((word) => line.includes(word)));
      expect(row, `${preset}: ${words.join(' ')}`).toBeDefined();
    }
  }
});

test('seed 1 as one report holds what both drafts hold, each incident apart', {
  timeout: LONG,
}, async () => {
  const draft = (await playCase(caseNamed('seed-1'))).performances.at(-1)?.draft ?? '';
  for (const one of [seed1.first, seed1.second, seed1.both]) {
    const { facts, computed, questions } = look(
      { ...one, scripts: ['seed-1'] },
      new Map([['seed-1', draft]]),
    );
    expect(missing([...facts, ...computed, ...questions])).toEqual([]);
  }
  expect(draft).toContain('This report is about 2 incidents: INC-1 (10 Apr 2024');
  expect(draft.match(/^\| a\d+: /gm)).toHaveLength(9);
  // What happened on one day stands under no other incident's heading.
  const [, ofFirst = '', ofSecond = ''] =
    /\n## Timeline\n([\s\S]*?\n### INC-1: [\s\S]*?)(\n### INC-2: [\s\S]*?)\n## /.exec(draft) ?? [];
  expect(ofFirst).toContain('Rollback');
  expect(ofFirst).not.toContain('Problematic SQL query');
  expect(ofSecond).toContain('Problematic SQL query');
  expect(ofSecond).not.toContain('Rollback');
});

test('a line that is refused stops the script', { timeout: LONG }, async () => {
  const script = parseScript(
    'wrong',
    'person: reporter UTC\n2026-01-05T10:00:00Z  reporter  /incident opne sev1 Typing mistakes',
  );
  await expect(playOn([script])).rejects.toThrow('line 2, was refused, not done');
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
