import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { connect } from '../../src/db/connect.ts';
import { migrate } from '../../src/db/migrate.ts';
import { restore } from '../../src/db/restore.ts';
import { kept } from '../../src/domain/archive.ts';
import { recordJson } from '../../src/exports/json.ts';
import { record as clean } from '../domain/postmortem/clean-record.ts';
import { createGround, isGone, postmasterPid } from '../support/embedded.ts';
import { sealed } from '../support/sealed.ts';

const ROOT = new URL('../..', import.meta.url).pathname;
const MIGRATIONS = join(ROOT, 'drizzle');
const PATIENCE = 240_000;

/** `npm start --` with these words, as a process of its own and without a DATABASE_URL. */
function typed(dataDir: string, ...words: string[]): Promise<{ code: number; said: string }> {
  const env = { PATH: process.env.PATH ?? '', DATA_DIR: dataDir, DATABASE_URL: '' };
  return new Promise((resolve) => {
    const argv = ['--import', 'tsx', 'src/main.ts', ...words];
    execFile(process.execPath, argv, { cwd: ROOT, env }, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), said: `${stdout}${stderr}`.trim() }),
    );
  });
}

test(
  'the embedded database is verified and imported into, whether or not Muster runs it',
  async ({ onTestFinished }) => {
    const ground = createGround(null, onTestFinished);
    const owner = await ground.running();
    await migrate(owner.url, MIGRATIONS);
    const sql = connect({ url: owner.url, name: 'test', max: 1, statementTimeout: 30_000 });
    await sql.begin((tx) => restore(tx, kept(sealed(clean({})))));
    await sql.end();

    const whole = /^Protection: .*\n1 incident, 1 change: everything is as it was recorded\.$/;
    const running = await typed(ground.dataDir, 'verify');
    expect(running.said).toMatch(whole);
    expect(running.code).toBe(0);
    expect(isGone(postmasterPid(ground.data))).toBe(false);

    await owner.stop();
    const alone = await typed(ground.dataDir, 'verify');
    expect(alone.said).toMatch(whole);
    expect(alone.code).toBe(0);
    expect(existsSync(join(ground.data, 'postmaster.pid'))).toBe(false);

    const other = sealed({
      ...clean({}),
      incident: {
        ...clean({}).incident,
        number: 43,
        channel: { id: 'C2', name: 'x', state: 'ready' },
      },
    });
    const file = join(ground.dataDir, 'INC-43.json');
    writeFileSync(file, recordJson([other]));
    expect(await typed(ground.dataDir, 'import', file)).toEqual({
      code: 0,
      said: expect.stringContaining('1 incident imported. Nothing was posted.'),
    });
    expect((await typed(ground.dataDir, 'verify')).said).toContain('2 incidents, 2 changes');
  },
  PATIENCE,
);

test(
  'where no Muster ever was nothing is made, and it is said what to do',
  async () => {
    const nowhere = mkdtempSync(join(tmpdir(), 'muster-nowhere-'));
    const dataDir = join(nowhere, 'mistyped');
    try {
      const { code, said } = await typed(dataDir, 'verify');
      expect(said).toBe(
        `Nothing was verified: there is no database in ${dataDir} (DATA_DIR), and DATABASE_URL is not set. Type it where Muster runs, with the same DATA_DIR or DATABASE_URL; Muster must have started there once.`,
      );
      expect(code).toBe(2);
      expect(existsSync(dataDir)).toBe(false);
    } finally {
      rmSync(nowhere, { recursive: true, force: true });
    }
  },
  PATIENCE,
);
