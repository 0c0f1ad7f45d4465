import { setTimeout as pause } from 'node:timers/promises';
import postgres from 'postgres';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connect, type Sql } from '../../src/db/connect.ts';
import { createInstallStates } from '../../src/db/install-states.ts';
import { createInstallations } from '../../src/db/installations.ts';
import { CannotOpen, createSealer } from '../../src/db/sealing.ts';
import { type Clock, installClock } from '../../src/demo/clock.ts';
import type { Granted, Installation } from '../../src/installation.ts';
import { createDatabase, type TestDatabase } from '../support/postgres.ts';
import { keyOf } from '../support/tenants.ts';

const HOUR = 3_600_000;
const [OLD, NEW] = [keyOf('old'), keyOf('new')];

let database: TestDatabase;
let clock: Clock;
let pool: Sql;
let sql: postgres.Sql;

beforeEach(async () => {
  database = await createDatabase('installations');
  clock = await installClock(database.url);
  pool = connect({ url: clock.url, name: 'test', max: 4, statementTimeout: 5000 });
  sql = postgres(clock.url, { max: 2, onnotice: () => undefined });
});

afterEach(async () => {
  await Promise.all([pool.end(), sql.end({ timeout: 1 }), clock.close()]);
  await database.drop();
});

const workspace = (id: string): Omit<Installation, 'tokens'> => ({
  ...{ id, isOrg: false, enterprise: null, name: `Workspace ${id}`, appId: 'A0MUSTER' },
  ...{ botId: 'B0', botUserId: 'U0BOT', scopes: ['commands', 'chat:write'], installedBy: 'U0ANA' },
});
const tokens = (of: string): Granted => ({
  ...{ bot: `xoxe.xoxb-1-${of}`, refresh: `xoxe-1-${of}`, expiresInMs: 12 * HOUR },
});
const storeWith = (...keys: (typeof OLD)[]) =>
  createInstallations(pool, createSealer(keys), 20_000);
const tokensIn = async (store: ReturnType<typeof storeWith>, id: string) =>
  (await store.all()).installations.find((one) => one.id === id)?.tokens;

test('a token opens with its key, in its place, and as it was written', () => {
  const sealer = createSealer([NEW, OLD]);
  const sealed = sealer.seal('xoxb-1', 'T1:bot_token');
  expect(sealed).not.toContain('xoxb');
  expect(sealed.startsWith('new.')).toBe(true);
  expect(sealer.open(sealed, 'T1:bot_token')).toBe('xoxb-1');
  expect(sealer.open(createSealer([OLD]).seal('x', 'p'), 'p')).toBe('x');
  // The same text is never sealed the same way twice.
  expect(sealer.seal('xoxb-1', 'T1:bot_token')).not.toBe(sealed);
  expect(() => sealer.open(sealed, 'T2:bot_token')).toThrow(CannotOpen);
  expect(() => sealer.open(sealed, 'T1:refresh_token')).toThrow(CannotOpen);
  expect(() => createSealer([OLD]).open(sealed, 'T1:bot_token')).toThrow(CannotOpen);
  const [id, body = ''] = sealed.split('.');
  const changed = `${id}.${body.slice(0, -2)}${body.endsWith('AA') ? 'BB' : 'AA'}`;
  for (const bad of [changed, `${id}.AAAA`, `${id}.`, 'plain', ''])
    expect(() => sealer.open(bad, 'T1:bot_token')).toThrow(CannotOpen);
});

test('tokens that were swapped between two rows open for neither, and the others are served', async () => {
  const store = storeWith(NEW);
  for (const id of ['T1', 'T2', 'T3']) await store.save(workspace(id), tokens(id));
  await sql`update installation a set bot_token = b.bot_token from installation b
    where (a.id = 'T1' and b.id = 'T2') or (a.id = 'T2' and b.id = 'T1')`;
  const { installations } = await store.all();
  expect(installations).toMatchObject([
    { id: 'T1', tokens: null, untokened: 'sealed' },
    { id: 'T2', tokens: null, untokened: 'sealed' },
    { id: 'T3', tokens: { bot: 'xoxe.xoxb-1-T3', refresh: 'xoxe-1-T3' }, untokened: null },
  ]);
});

test('what older keys sealed is sealed anew once, and then opens without them', async () => {
  await storeWith(OLD).save(workspace('T1'), tokens('T1'));
  const both = storeWith(NEW, OLD);
  // Two replicas start at once.
  const counts = await Promise.all([both.reseal(), both.reseal()]);
  expect(counts.reduce((a, b) => a + b, 0)).toBe(1);
  expect(await both.reseal()).toBe(0);
  expect(await tokensIn(storeWith(NEW), 'T1')).toMatchObject({
    bot: 'xoxe.xoxb-1-T1',
    refresh: 'xoxe-1-T1',
  });
  expect(await tokensIn(storeWith(OLD), 'T1')).toBeNull();
});

test('of many who refresh at once one asks Slack, and all have the next token', async () => {
  const stores = [storeWith(NEW), storeWith(NEW), storeWith(NEW)];
  const [store] = stores;
  if (!store) throw new Error('no store');
  await store.save(workspace('T1'), tokens('T1'));
  const asked: string[] = [];
  const renew = async (refresh: string): Promise<Granted> => {
    asked.push(refresh);
    // Slack takes its time: meanwhile the others ask too.
    await pause(300);
    return { bot: 'xoxe.xoxb-1-next', refresh: 'xoxe-1-next', expiresInMs: 12 * HOUR };
  };
  expect(await store.refresh('T1', 2 * HOUR, renew)).toEqual({ type: 'fresh' });
  expect(asked).toEqual([]);
  await clock.forward(11 * HOUR);
  await Promise.all(stores.map((one) => one.refresh('T1', 2 * HOUR, renew)));
  expect(asked).toEqual(['xoxe-1-T1']);
  expect(await tokensIn(store, 'T1')).toMatchObject({
    bot: 'xoxe.xoxb-1-next',
    refresh: 'xoxe-1-next',
  });
});

test('a replica that dies while it asks is followed by another one', async () => {
  const store = storeWith(NEW);
  await store.save(workspace('T1'), tokens('T1'));
  await clock.forward(11 * HOUR);
  const never = store.refresh('T1', 2 * HOUR, () => new Promise<Granted>(() => undefined));
  void never;
  await expect
    .poll(() => store.refresh('T1', 2 * HOUR, async () => tokens('too soon')))
    .toEqual({ type: 'elsewhere' });
  await clock.forward(31_000);
  expect(await store.refresh('T1', 2 * HOUR, async () => tokens('other'))).toEqual({
    type: 'fresh',
  });
  expect(await tokensIn(store, 'T1')).toMatchObject({ bot: 'xoxe.xoxb-1-other' });
});

test('a refusal is kept until a refresh succeeds, and is not repeated at once', async () => {
  const store = storeWith(NEW);
  await store.save(workspace('T1'), tokens('T1'));
  await clock.forward(11 * HOUR);
  const refused = async () => ({ fault: 'invalid_refresh_token' });
  expect(await store.refresh('T1', 2 * HOUR, refused)).toEqual({
    type: 'refused',
    fault: 'invalid_refresh_token',
  });
  expect(await store.refresh('T1', 2 * HOUR, refused)).toEqual({ type: 'elsewhere' });
  expect((await store.all()).installations).toMatchObject([
    { refreshFault: 'invalid_refresh_token' },
  ]);
  await clock.forward(61_000);
  await store.refresh('T1', 2 * HOUR, async () => tokens('next'));
  expect((await store.all()).installations).toMatchObject([{ refreshFault: null }]);
});

test('removal wipes both tokens, a refresh that was under way brings none back, and installing does', async () => {
  const store = storeWith(NEW);
  await store.save(workspace('T1'), tokens('T1'));
  await clock.forward(11 * HOUR);
  await store.refresh('T1', 2 * HOUR, async () => {
    expect(await store.remove('T1', 'app_uninstalled')).toBe(true);
    return tokens('too late');
  });
  expect(await sql`select bot_token, refresh_token, removed_why from installation`).toMatchObject([
    { bot_token: null, refresh_token: null, removed_why: 'app_uninstalled' },
  ]);
  expect(await store.remove('T1', 'tokens_revoked')).toBe(false);
  await sql`insert into gate values ('ws:T1', now() + interval '1 minute', 'not installed')`;
  await store.save(workspace('T1'), tokens('again'));
  expect((await store.all()).installations).toMatchObject([
    { removedAt: null, tokens: { bot: 'xoxe.xoxb-1-again' } },
  ]);
  expect(await sql`select 1 from gate where scope = 'ws:T1'`).toEqual([]);
  await store.forget('T1');
  expect(await sql`select 1 from installation`).toEqual([]);
});

test('a state is spent once, whoever spends it', async () => {
  const states = createInstallStates(pool);
  const spent = await Promise.all([1, 2, 3].map(() => states.spend('digest', 60_000)));
  expect(spent.filter(Boolean)).toHaveLength(1);
  expect(await states.spend('another', 60_000)).toBe(true);
});
