import { randomUUID } from 'node:crypto';
import postgres from 'postgres';
import { needsOf } from '../../src/app/needs.ts';
import { DEFAULTS } from '../../src/config/defaults.ts';
import { connect } from '../../src/db/connect.ts';
import { createFire } from '../../src/db/fire.ts';
import { createStore } from '../../src/db/store.ts';
import { installClock } from '../../src/demo/clock.ts';
import type { Action } from '../../src/domain/action.ts';
import { fire } from '../../src/domain/decide/index.ts';
import { refusalReply } from '../../src/domain/views/refusal.ts';
import { perform } from '../../src/perform.ts';
import type { Outcome } from '../../src/ports.ts';
import { createDatabase } from './postgres.ts';

/** How fast it answers is measured elsewhere: here a busy machine may take its time. */
const PATIENCE_MS = 10_000;

export const START = Date.UTC(2026, 2, 8, 14, 0);

export const open = (title: string): Action => ({
  type: 'open',
  title,
  severity: 'sev1',
  private: false,
  since: null,
});

export const OPEN = open('Checkout is down');

export const log = (text: string): Action => ({
  type: 'log',
  when: null,
  text,
  kinds: [],
  after: null,
  otherReading: null,
});

export type StoreBench = Awaited<ReturnType<typeof createStoreBench>>;

/** The store on a real database, with the real rules and a clock that the test turns. */
export async function createStoreBench() {
  const database = await createDatabase('store');
  const clock = await installClock(database.url);
  await clock.set(START);
  const pool = connect({ url: clock.url, name: 'test', max: 20, statementTimeout: 5000 });
  const sql = postgres(clock.url, { max: 2, onnotice: () => undefined });
  const store = createStore(pool, { needsOf, refuse: refusalReply }, PATIENCE_MS);

  const ask = (
    action: Action,
    {
      key,
      by = 'U0ANA',
      incident,
      workspace = 'T1',
    }: { key?: string; by?: string; incident?: string; workspace?: string } = {},
  ): Promise<Outcome> =>
    perform(
      { store, settings: DEFAULTS, wake: () => undefined },
      {
        workspace,
        key: key ?? randomUUID(),
        subject: incident ? { type: 'incident', id: incident } : { type: 'new' },
        request: {
          action,
          actor: { id: by, zone: 'Europe/Madrid' },
          source: 'command',
          typed: action.type,
        },
      },
    );

  return {
    clock,
    /** What the adapters use. */
    pool,
    /** For the test's own questions. */
    sql,
    store,
    ask,
    /** Opens an incident and gives its id. */
    async opened(title = 'Checkout is down'): Promise<string> {
      const { incident } = await ask(open(title));
      if (!incident) throw new Error('not opened');
      return incident.id;
    },
    /** Fires one batch of whatever is due. */
    fireAll: () =>
      createFire(pool)((snapshot, now) =>
        fire(snapshot, { now, settings: DEFAULTS, newId: randomUUID }),
      ),
    count: async (table: 'incident' | 'entry'): Promise<number> =>
      Number((await sql`select count(*) as n from ${sql(table)}`)[0]?.n),
    async stop(): Promise<void> {
      await pool.end();
      await sql.end({ timeout: 1 });
      await clock.close();
      await database.drop();
    },
  };
}
