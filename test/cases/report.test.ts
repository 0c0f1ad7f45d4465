import { expect, test } from 'vitest';
import { readScript } from '../../src/demo/script.ts';
import { createDatabase } from '../support/postgres.ts';
import { seed1 } from './facts/seed-1.ts';
import { look } from './facts.ts';
import { run } from './run.ts';

const SCRIPTS = ['seed-1a', 'seed-1b', 'seed-1'];

async function report(): Promise<string> {
  const database = await createDatabase('report');
  try {
    const scripts = await Promise.all(SCRIPTS.map(readScript));
    const { performances, violations, complaints } = await run(database.url, scripts);
    expect([...violations, ...complaints]).toEqual([]);
    return performances.at(-1)?.draft ?? '';
  } finally {
    await database.drop();
  }
}

const missing = (looked: readonly { what: string; found: boolean }[]) =>
  looked.flatMap(({ what, found }) => (found ? [] : [what]));

test('seed 1 as one report holds what both drafts hold, each incident apart', {
  timeout: 300_000,
}, async () => {
  const draft = await report();
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
