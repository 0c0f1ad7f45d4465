import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { createArchives } from '../../src/db/archive.ts';
import { allIncidents } from '../../src/db/chain/verify.ts';
import { connect } from '../../src/db/connect.ts';
import type { Archive } from '../../src/domain/archive.ts';
import { recordJson } from '../../src/exports/json.ts';
import { importFile } from '../../src/records/import.ts';
import { verify } from '../../src/verify.ts';
import { createDatabase } from '../support/postgres.ts';

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

/** Holds that a database with so many incidents comes back bit for bit on another Muster, by its file. */
export async function expectToComeBack(url: string, count: number): Promise<void> {
  const there = await createDatabase('restored');
  const folder = mkdtempSync(join(tmpdir(), 'muster-case-'));
  const path = join(folder, 'case.json');
  const said: string[] = [];
  const print = (line: string): void => void said.push(line);
  try {
    const { text, incidents } = await exported(url);
    expect(incidents).toBe(count);
    writeFileSync(path, text);
    expect(await verify([path], {}, print), said.join('\n')).toBe(0);
    expect(await importFile([path], { DATABASE_URL: there.url }, print), said.join('\n')).toBe(0);
    expect((await exported(there.url)).text).toBe(text);
    expect(await verify([], { DATABASE_URL: there.url }, print), said.join('\n')).toBe(0);
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await there.drop();
  }
}
