import postgres from 'postgres';
import { expect, test } from 'vitest';
import { channelOf } from '../../src/demo/live.ts';
import { createDatabase } from '../support/postgres.ts';

test('the channel of the incident is waited for, and not for ever', async () => {
  const database = await createDatabase('demo_live');
  const options = { max: 2, onnotice: () => undefined, connection: { search_path: 'town' } };
  const sql = postgres(database.url, options);
  try {
    await sql`create schema town`;
    await sql`create table incident (number int, channel_id text)`;
    await sql`insert into incident values (1, 'C0OLD'), (2, null)`;
    await expect(channelOf(sql, 150)).rejects.toThrow('no channel after 0.15 s');
    const channel = channelOf(sql, 10_000);
    await sql`update incident set channel_id = 'C0NEW' where number = 2`;
    expect(await channel).toBe('C0NEW');
  } finally {
    await sql.end({ timeout: 1 });
    await database.drop();
  }
});
