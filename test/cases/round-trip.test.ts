import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createArchives } from '../../src/db/archive.ts';
import { allIncidents } from '../../src/db/chain/verify.ts';
import { connect } from '../../src/db/connect.ts';
import { readScript } from '../../src/demo/script.ts';
import type { Archive } from '../../src/domain/archive.ts';
import { recordJson } from '../../src/exports/json.ts';
import { importFile } from '../../src/records/import.ts';
import { verify } from '../../src/verify.ts';
import { createDatabase } from '../support/postgres.ts';
import { CASES } from './all.ts';
import { run } from './run.ts';

/** Everything that is in a database, as one file. */
async function exported(url: string): Promise<{ text: string; incidents: number }> {
  const sql = connect({ url, name: 'test', max: 2, statementTimeout: 30_000 });
  try {
    const archives: Archive[] = [];
    for await (const { id } of allIncidents(sql)) {
      const archive = await createArchives(sql).archive(id);
      if (archive !== null) archives.push(archive);
    }
    return { text: recordJson(archives), incidents: archives.length };
  } finally {
    await sql.end();
  }
}

test.each(CASES)(
  'what was typed in $name comes back bit for bit on another Muster, with all that it led to',
  {
    timeout: 180_000,
  },
  async ({ name, scripts }) => {
    const [here, there] = await Promise.all([createDatabase('case'), createDatabase('restored')]);
    const folder = mkdtempSync(join(tmpdir(), 'muster-case-'));
    const path = join(folder, 'case.json');
    const said: string[] = [];
    const print = (line: string): void => void said.push(line);
    try {
      await run(here.url, await Promise.all(scripts.map(readScript)));
      const { text, incidents } = await exported(here.url);
      // A script may go on with what others opened.
      expect(incidents).toBe(name === 'seed-1' ? 2 : scripts.length);
      writeFileSync(path, text);
      expect(await verify([path], {}, print), said.join('\n')).toBe(0);
      expect(await importFile([path], { DATABASE_URL: there.url }, print), said.join('\n')).toBe(0);
      expect((await exported(there.url)).text).toBe(text);
      expect(await verify([], { DATABASE_URL: there.url }, print), said.join('\n')).toBe(0);
    } finally {
      rmSync(folder, { recursive: true, force: true });
      await Promise.all([here.drop(), there.drop()]);
    }
  },
);
