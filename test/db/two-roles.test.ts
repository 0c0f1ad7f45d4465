import { randomBytes, randomUUID } from 'node:crypto';
import postgres from 'postgres';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { needsOf } from '../../src/app/needs.ts';
import { DEFAULTS } from '../../src/config/defaults.ts';
import { protectionOf } from '../../src/db/chain/protection.ts';
import { connect, type Sql } from '../../src/db/connect.ts';
import { createStore } from '../../src/db/store.ts';
import type { Action } from '../../src/domain/action.ts';
import { refusalReply } from '../../src/domain/views/refusal.ts';
import { perform } from '../../src/perform.ts';
import { verify } from '../../src/verify.ts';
import { createDatabase, type TestDatabase } from '../support/postgres.ts';
import { log, OPEN } from '../support/store-bench.ts';
import { createStory, eventually } from '../support/story.ts';

let database: TestDatabase;
let owner: postgres.Sql;
let role: string;
/** Where Muster works, as a role that owns nothing. */
let url: string;

beforeEach(async () => {
  database = await createDatabase('roles');
  owner = postgres(database.url, { max: 1, onnotice: () => undefined });
  role = `muster app ${randomBytes(4).toString('hex')}`;
  await owner.unsafe(`create role "${role}" login password 'word'`);
  // What docs/operations.md says, "Two roles".
  const name = new URL(database.url).pathname.slice(1);
  await owner.unsafe(`grant create on database "${name}" to "${role}"`);
  const asRole = new URL(database.url);
  asRole.username = encodeURIComponent(role);
  asRole.password = 'word';
  url = asRole.href;
});

afterEach(async () => {
  await database.drop().catch(() => undefined);
  await owner.end({ timeout: 1 });
  const server = postgres(new URL('/postgres', database.url).href, { max: 1 });
  await server.unsafe(`drop role if exists "${role}"`).catch(() => undefined);
  await server.end({ timeout: 1 });
});

/** Opens an incident, writes a line into it and corrects that. */
async function actsAs(pool: Sql) {
  const store = createStore(pool, { needsOf, refuse: refusalReply }, 30_000);
  const ask = (action: Action, id?: string) =>
    perform(
      { store, settings: DEFAULTS, wake: () => undefined },
      {
        workspace: 'T1',
        key: randomUUID(),
        subject: id === undefined ? { type: 'new' } : { type: 'incident', id },
        request: { action, actor: { id: 'U0ANA', zone: null }, source: 'command', typed: '' },
      },
    );
  const { incident } = await ask(OPEN);
  await ask(log('restarted the pool'), incident?.id);
  const corrected = { type: 'edit', entry: 2, when: null, text: 'both pools', kinds: [] } as const;
  const { reply } = await ask(corrected, incident?.id);
  expect(reply.outcome).toBe('done');
  // It may take out what an entry said, and nothing else.
  const gone = { type: 'redact', entry: 2, reason: 'a slip', confirmed: true } as const;
  expect((await ask(gone, incident?.id)).reply.outcome).toBe('done');
  return incident;
}

test('Muster works as a role that cannot change its audit, and says so', async () => {
  const story = await createStory({
    databaseUrl: database.url,
    ownerUrl: database.url,
    replicas: 0,
  });
  const mine = new URL(url);
  mine.searchParams.set('search_path', 'muster_clock,pg_catalog,public');
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  const pool = connect({ url, name: 'test', max: 1, statementTimeout: 5000 });
  try {
    const app = await story.startReplica(mine.href);
    await eventually(
      async () => (await fetch(`http://127.0.0.1:${app.port}/readyz`)).ok,
      'it was given its rights',
      60_000,
    );
    const incident = await actsAs(pool);
    for (const table of ['audit', 'revision'])
      for (const statement of [
        `update ${table} set seq = 0`,
        `delete from ${table}`,
        `truncate ${table}`,
        `alter table ${table} disable trigger user`,
        `drop table ${table}`,
      ])
        await expect(sql.unsafe(statement), statement).rejects.toThrow(
          /permission denied|must be owner/,
        );
    await expect(sql`select muster_purge('T1', 1, false, 'tired of it')`).rejects.toThrow(
      'permission denied',
    );
    const [row] = await sql<{ action: object; id: string }[]>`select action, incident_id as id
      from audit where seq = 2`;
    expect(row?.action).toEqual({ type: 'log', redacted: 4 });
    await expect(sql`select * from muster_redact(${row?.id ?? ''}, 3, '{}')`).rejects.toThrow(
      'is no redaction',
    );
    await expect(sql`delete from purged`).rejects.toThrow('permission denied');
    expect(await protectionOf(pool)).toEqual({
      ok: true,
      says: `Protection: ${role}, the role Muster works as, may only add to audit and revision; triggers refuse changes by others too.`,
    });
    const lines: string[] = [];
    expect(incident?.chain).toBeDefined();
    expect(await verify([], { DATABASE_URL: url }, (line) => lines.push(line))).toBe(0);
    expect(lines.at(-1)).toContain('everything is as it was recorded');
  } finally {
    await sql.end({ timeout: 1 });
    await pool.end();
    await story.stop();
  }
}, 120_000);

test('where one role does it all, or a trigger is switched off, that is said', async () => {
  const pool = connect({ url: database.url, name: 'test', max: 1, statementTimeout: 5000 });
  try {
    expect(await protectionOf(pool)).toMatchObject({
      ok: true,
      says: expect.stringContaining('who owns the tables and could remove them'),
    });
    await owner`alter table audit disable trigger audit_append_only`;
    expect(await protectionOf(pool)).toEqual({
      ok: false,
      says: '1 of the 4 triggers that guard audit and revision are gone or switched off.',
    });
  } finally {
    await pool.end();
  }
});
