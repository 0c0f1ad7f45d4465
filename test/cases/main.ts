import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabases } from '../../src/demo/databases.ts';
import { readScript } from '../../src/demo/script.ts';
import { CASES, type Case } from './all.ts';
import { type Found, look } from './facts.ts';
import { run } from './run.ts';

const DRAFTS = new URL('../../docs/drafts/', import.meta.url);

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

/** Plays one case, keeps its drafts, and counts what is wrong with them. */
async function tryCase({ name, scripts, expectations }: Case, databaseUrl: string) {
  const began = performance.now();
  const read = await Promise.all(scripts.map(readScript));
  const { performances, violations, complaints } = await run(databaseUrl, read);
  const drafts = new Map(performances.map(({ script, draft }) => [script.name, draft]));
  for (const [script, draft] of drafts) await writeFile(new URL(`${script}.md`, DRAFTS), draft);
  say(`${name}: ${scripts.join(', ')} in ${Math.round(performance.now() - began)} ms`);
  let wrong = violations.length + complaints.length;
  for (const { rule, reason } of violations) say(`    Slack would refuse: ${rule}: ${reason}`);
  for (const complaint of complaints) say(`    Muster complained: ${complaint}`);
  for (const expectation of expectations) {
    const { facts, computed, questions } = look(expectation, drafts);
    say(`  ${expectation.scripts.join(' and ')}`);
    wrong += tell('facts', facts) + tell('figures', computed) + tell('open questions', questions);
  }
  return wrong;
}

async function main(): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'muster-cases-'));
  // As root PostgreSQL runs as another account, which must get through.
  await chmod(directory, 0o711);
  await mkdir(DRAFTS, { recursive: true });
  const databases = await openDatabases(directory);
  let wrong = 0;
  try {
    for (const each of CASES) wrong += await tryCase(each, await databases.fresh(each.name));
  } finally {
    await databases.stop();
    await rm(directory, { recursive: true, force: true });
  }
  say(wrong === 0 ? 'Everything was found.' : `${wrong} not as they should be.`);
  process.exitCode = wrong === 0 ? 0 : 1;
}

await main();
