import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabases } from '../../src/demo/databases.ts';
import { readScript } from '../../src/demo/script.ts';
import { CASES, type Case } from './all.ts';
import { type Found, look, lookOutside } from './facts.ts';
import { INSIDE } from './forms.ts';
import { indexPage, type Row, rowsOf } from './index-page.ts';
import { asKept, KEPT, keptAt } from './kept.ts';
import { type Run, run } from './run.ts';

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/** Says what of one kind was found, and names what was not; how many were not. */
function tell(kind: string, looked: readonly Found[]): number {
  const missing = looked.filter(({ found }) => !found);
  if (looked.length === 0) return 0;
  say(`    ${kind}: ${looked.length - missing.length} of ${looked.length}`);
  for (const { what } of missing) say(`      not found: ${what}`);
  return missing.length;
}

async function keep({ forms }: Run): Promise<void> {
  for (const [script, drafts] of forms) {
    await mkdir(new URL(`${script}/`, KEPT), { recursive: true });
    for (const [preset, draft] of drafts) await writeFile(keptAt(script, preset), asKept(draft));
  }
}

/** Says what was found in every form of the drafts of a case; how much was not. */
function check({ expectations }: Case, { forms }: Run): number {
  let wrong = 0;
  const as = (preset: Parameters<typeof keptAt>[1]) =>
    new Map([...forms].map(([script, drafts]) => [script, drafts.get(preset) ?? '']));
  for (const expectation of expectations) {
    const about = expectation.scripts.join(' and ');
    for (const preset of INSIDE) {
      const { facts, computed, questions } = look(expectation, as(preset));
      say(`  ${about}, ${preset}`);
      wrong += tell('facts', facts) + tell('figures', computed) + tell('open questions', questions);
    }
    say(`  ${about}, public`);
    wrong += tell('told outside', lookOutside(expectation, as('public')));
  }
  return wrong;
}

/** Plays one case, keeps its drafts, and counts what is wrong with them. */
async function tryCase(each: Case, databaseUrl: string): Promise<{ wrong: number; rows: Row[] }> {
  const began = performance.now();
  const played = await run(databaseUrl, await Promise.all(each.scripts.map(readScript)));
  await keep(played);
  say(`${each.name}: ${each.scripts.join(', ')} in ${Math.round(performance.now() - began)} ms`);
  for (const { rule, reason } of played.violations)
    say(`    Slack would refuse: ${rule}: ${reason}`);
  for (const complaint of played.complaints) say(`    Muster complained: ${complaint}`);
  const wrong = played.violations.length + played.complaints.length + check(each, played);
  return { wrong, rows: rowsOf(each, played.forms) };
}

async function main(only: readonly string[]): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'muster-cases-'));
  // As root PostgreSQL runs as another account, which must get through.
  await chmod(directory, 0o711);
  const databases = await openDatabases(directory);
  const wanted = CASES.filter(({ name }) => only.length === 0 || only.includes(name));
  const rows: Row[] = [];
  let wrong = 0;
  try {
    for (const each of wanted) {
      const tried = await tryCase(each, await databases.fresh(each.name));
      wrong += tried.wrong;
      rows.push(...tried.rows);
    }
  } finally {
    await databases.stop();
    await rm(directory, { recursive: true, force: true });
  }
  if (only.length === 0) await writeFile(new URL('README.md', KEPT), indexPage(rows));
  say(wrong === 0 ? 'Everything was found.' : `${wrong} not as they should be.`);
  process.exitCode = wrong === 0 ? 0 : 1;
}

await main(process.argv.slice(2));
