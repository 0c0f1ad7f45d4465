import { afterAll, beforeAll, expect, test } from 'vitest';
import { createWork } from '../../src/db/work.ts';
import { say } from '../../src/domain/text.ts';
import { createStoreBench, type StoreBench } from '../support/store-bench.ts';

let bench: StoreBench;

beforeAll(async () => {
  bench = await createStoreBench();
}, 60_000);
afterAll(() => bench.stop());

const DRAFT = { markdown: '# Draft', message: say('Draft'), basedOn: 1_000_000, others: [] };

async function resolved(title: string): Promise<string> {
  const id = await bench.opened(title);
  await bench.ask({ type: 'resolve', when: null, text: null, confirmed: true }, { incident: id });
  return id;
}

/** Two reports, and an incident that is in both; nothing is left to be composed. */
async function combined() {
  const leads = [await resolved('Checkout is down'), await resolved('Carts are lost')];
  const member = await resolved('Refunds fail');
  const [row] = await bench.sql<{ number: number }[]>`
    select number from incident where id = ${member}`;
  const numbers = [row?.number ?? 0];
  for (const incident of leads) await bench.ask({ type: 'postmortem with', numbers }, { incident });
  await bench.sql`update work set state = 'done'`;
  return { leads, member };
}

const pending = async (): Promise<string[]> => {
  const rows = await bench.sql<{ id: string }[]>`
    select incident_id as id from work where state = 'pending' and due_at <= now()`;
  return rows.map(({ id }) => id);
};

test('a version that is kept has the reports composed again that its incident is in, at once', async () => {
  const { leads, member } = await combined();
  const work = createWork(bench.pool);
  expect(await work.keepDraft(member, 1, DRAFT, [])).toBe(true);
  expect((await pending()).sort()).toEqual([...leads].sort());
  await bench.sql`update work set state = 'done'`;
  expect(await work.keepDraft(member, 1, DRAFT, [])).toBe(false);
  expect(await pending()).toEqual([]);
});

test('a version that could not be kept whole refreshes nothing, and nothing of it is there', async () => {
  const { member } = await combined();
  await bench.sql.unsafe(`create function no_more() returns trigger language plpgsql as
    $$ begin raise exception 'the process died'; end $$;
    create trigger no_more before insert or update on work for each row execute function no_more()`);
  const kept = createWork(bench.pool).keepDraft(member, 1, DRAFT, []);
  await expect(kept).rejects.toThrow('the process died');
  await bench.sql.unsafe('drop trigger no_more on work');
  const versions = await bench.sql`select 1 from draft where incident_id = ${member}`;
  expect(versions).toHaveLength(0);
  expect(await pending()).toEqual([]);
});
