import { randomUUID } from 'node:crypto';
import postgres from 'postgres';
import { needsOf } from '../../src/app/needs.ts';
import { readSettings } from '../../src/config/file.ts';
import { connect, type Sql } from '../../src/db/connect.ts';
import { createStore } from '../../src/db/store.ts';
import type { Action } from '../../src/domain/action.ts';
import type { Settings } from '../../src/domain/settings.ts';
import { refusalReply } from '../../src/domain/views/refusal.ts';
import { perform } from '../../src/perform.ts';
import { channelOf, POLICY, personOf, WORKSPACE } from './office.ts';

/** The configuration that every scenario runs with. */
export function settingsOf(): Settings {
  const read = readSettings(POLICY);
  if (!read.ok) throw new Error(JSON.stringify(read.refusal));
  return read.value;
}

/** For preparing and for looking, apart from what is measured. */
export const lookInto = (url: string): postgres.Sql =>
  postgres(url, { max: 2, onnotice: () => undefined });

/** The adapters' own pool, for preparing by the rules. */
export const poolOf = (url: string): Sql =>
  connect({ url, name: 'bench', max: 2, statementTimeout: 60_000 });

/** Does what somebody typed, by the rules, before the service runs. */
export async function performed(sql: Sql, action: Action, incident?: string): Promise<string> {
  const store = createStore(sql, { needsOf, refuse: refusalReply });
  const { incident: done } = await perform(
    { store, settings: settingsOf(), wake: () => undefined },
    {
      workspace: WORKSPACE,
      key: randomUUID(),
      subject: incident ? { type: 'incident', id: incident } : { type: 'new' },
      request: {
        action,
        actor: { id: personOf(0), zone: 'Europe/Madrid' },
        source: 'command',
        typed: action.type,
      },
    },
  );
  if (!done) throw new Error(`${action.type} did nothing`);
  return done.id;
}

export const opening = (title: string): Action => ({
  type: 'open',
  title,
  severity: 'sev1',
  private: false,
  since: null,
});

/** Whoever was never seen is acknowledged before Slack is asked for their zone: not what is measured. */
async function knownPeople(sql: Sql, count: number): Promise<void> {
  const store = createStore(sql, { needsOf, refuse: refusalReply });
  for (let n = 0; n < count; n += 1) {
    await store.savePerson(WORKSPACE, {
      id: personOf(n),
      name: `person-${n}`,
      zone: 'Europe/Madrid',
      admin: false,
      guest: false,
      bot: false,
      deleted: false,
    });
  }
}

/** Incidents that have their channel and were acknowledged, with nothing left to send. */
export async function runningIncidents(url: string, count: number): Promise<void> {
  const sql = lookInto(url);
  const pool = poolOf(url);
  try {
    for (let n = 0; n < count; n += 1) {
      const id = await performed(pool, opening(`Checkout ${n} is down`));
      await performed(pool, { type: 'ack', when: null }, id);
      await sql`update incident set channel_id = ${channelOf(n)}, channel_state = 'ready'
        where id = ${id}`;
    }
    await sql`update outbox set state = 'sent'`;
    await knownPeople(pool, count);
  } finally {
    await pool.end();
    await sql.end({ timeout: 1 });
  }
}
