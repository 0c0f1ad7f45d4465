import postgres from 'postgres';
import { expect, test } from 'vitest';
import { storyteller } from '../support/backends.ts';
import { expectInvariants } from '../support/invariants.ts';
import { eventually, type Story } from '../support/story.ts';
import { idOf } from '../support/town.ts';

// A PostgreSQL that is there and does not do what it is asked. Numbers are the rows of the fault
// matrix; see docs/faults.md.

const begin = storyteller();

/** Types a line that is acknowledged as Slack wants it, and answered with what was typed. */
async function logs(story: Story, name: string, text: string): Promise<void> {
  const { workspace } = story;
  const before = workspace.seenBy(idOf(name)).length;
  const { status } = await workspace.type(idOf(name), story.channel().id, `/incident log ${text}`);
  expect(status).toBe(200);
  await eventually(
    () =>
      workspace
        .seenBy(idOf(name))
        .slice(before)
        .map(story.seen)
        .find((said) => said.includes(text)),
    'an answer',
    5000,
  );
}

/** The same, with nobody else typing: answered in the time that we promise. */
async function logsInTime(story: Story, name: string, text: string): Promise<void> {
  const began = Date.now();
  await logs(story, name, text);
  expect(Date.now() - began).toBeLessThan(2500);
}

/** All of it stands in the record once, in the end. */
async function expectKept(story: Story, texts: readonly string[]): Promise<void> {
  await eventually(
    async () => {
      const kept = (await story.entries()).map(({ text }) => text);
      return texts.every((text) => kept.includes(text));
    },
    `${texts.join(', ')} in the record`,
    20_000,
  );
  await story.settle();
  const kept = (await story.entries()).map(({ text }) => text);
  expect(kept.filter((text) => texts.includes(text)).toSorted()).toEqual(texts.toSorted());
}

const level2 = (story: Story): number =>
  story.heard('bo').filter((line) => line.includes('level 2')).length;

/** Lets the first so many inserts into a table fail with one of PostgreSQL's errors. */
const failing = (table: string, code: string, times: number): string => `
  create sequence if not exists tries_${table};
  create or replace function fail_${table}() returns trigger language plpgsql as $$
  begin
    if nextval('tries_${table}') <= ${times} then raise exception 'on purpose' using errcode = '${code}'; end if;
    return new;
  end $$;
  create or replace trigger fail before insert on ${table}
    for each row execute function fail_${table}();
  select setval('tries_${table}', 1, false);`;

test('35: a deadlock, and a transaction that another was in the way of, are done again unseen', async () => {
  const story = await begin();
  await story.opens('ana', 'sev1 Checkout is down');
  await story.sql.unsafe(failing('audit', '40P01', 2));
  expect(await story.type('bo', '/incident log the first')).toContain('Logged');
  await story.sql.unsafe(failing('audit', '40001', 2));
  expect(await story.type('bo', '/incident log the second')).toContain('Logged');
  await story.sql.unsafe(failing('audit', '40P01', 2));
  await story.fastForward(5);
  expect(level2(story)).toBe(1);
  await expectKept(story, ['the first', 'the second']);
  await expectInvariants(story);
});

test('34: an incident that somebody’s psql holds keeps nobody waiting, and no other incident', async () => {
  const story = await begin();
  await story.opens('ana', 'sev1 Checkout is down');
  await story.opens('ana', 'sev1 Search is down');
  const psql = await story.sql.reserve();
  await psql`begin`;
  await psql`select 1 from incident where number = 1 for update`;
  await logsInTime(story, 'bo', 'somebody looks at it');
  await story.clock.forward(5 * 60_000);
  await eventually(() => level2(story) === 1, 'the other one fires');
  expect(story.heard('bo').join('\n')).toContain('INC-2');
  await psql`rollback`;
  psql.release();
  await eventually(() => level2(story) === 2, 'and then this one');
  await expectKept(story, ['somebody looks at it']);
  await expectInvariants(story);
}, 40_000);

test('32: statements that take every connection of people keep nobody waiting, and no clock', async () => {
  const story = await begin();
  await story.opens('ana', 'sev1 Checkout is down');
  await story.type('bo', '/incident list');
  await story.sql.unsafe(`create function dawdle() returns trigger language plpgsql as $$
    begin perform pg_sleep(30); return new; end $$;
    create trigger dawdle before insert on inbound for each row execute function dawdle();`);
  const texts = Array.from({ length: 12 }, (_, n) => `line ${String.fromCharCode(97 + n)} of them`);
  const names = ['ana', 'bo', 'cy', 'max'];
  const asked = Promise.all(texts.map((text, n) => logs(story, names[n % 4] ?? 'ana', text)));
  await story.clock.forward(5 * 60_000);
  await eventually(() => level2(story) === 1, 'Bo is pinged meanwhile', 30_000);
  await asked;
  await story.sql`drop trigger dawdle on inbound`;
  await expectKept(story, texts);
  await expectInvariants(story);
}, 60_000);

test('33: a full disk is said, and what was typed is kept until there is room', async () => {
  const story = await begin();
  await story.opens('ana', 'sev1 Checkout is down');
  // What PostgreSQL says when a file cannot grow; see docs/faults.md for why none is filled here.
  await story.sql.unsafe(failing('audit', '53100', 1_000_000));
  await logsInTime(story, 'bo', 'no room for this');
  expect(story.messages().join('\n')).toContain('no room for this');
  await story.clock.forward(5 * 60_000);
  await story.sql`drop trigger fail on audit`;
  await eventually(() => level2(story) === 1, 'Bo is pinged', 15_000);
  await expectKept(story, ['no room for this']);
  await expectInvariants(story);
}, 40_000);

test('31: a PostgreSQL that has no connection left is as one that is away, and is used again', async () => {
  const story = await begin();
  await story.opens('ana', 'sev1 Checkout is down');
  await story.type('bo', '/incident list');
  const { sql } = story;
  const name = String((await sql`select current_database() as name`)[0]?.name);
  // The two of the test itself stay; nobody else comes in.
  await sql.unsafe(`alter database "${name}" connection limit 2`);
  const others = sql`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and application_name in ('muster', 'muster-engine')`;
  await others;
  const refused = postgres(story.databaseUrl, { max: 1, onnotice: () => undefined });
  await expect(refused`select 1`).rejects.toMatchObject({ code: '53300' });
  await logsInTime(story, 'bo', 'nobody gets in');
  await story.clock.forward(5 * 60_000);
  await sql.unsafe(`alter database "${name}" connection limit -1`);
  await eventually(() => level2(story) === 1, 'Bo is pinged', 15_000);
  await expectKept(story, ['nobody gets in']);
  await refused.end({ timeout: 1 });
  await expectInvariants(story);
}, 40_000);

test('37: a database whose clock leaps an hour ahead and back fires once, and goes on', async () => {
  const story = await begin({ replicas: 2 });
  await story.opens('ana', 'sev1 Checkout is down');
  await story.jump(60);
  const everybody = () => ['ana', 'bo', 'cy', 'max', 'ada'].flatMap((name) => story.heard(name));
  const told = everybody();
  expect(told.join('\n')).toContain('Nobody has acknowledged INC-1');
  await story.jump(-60);
  expect(await story.type('bo', '/incident log the clock is back')).toContain('Logged');
  await story.fastForward(50);
  expect(everybody()).toEqual(told);
  expect(await story.type('bo', '/incident ack')).toContain('Acknowledged');
  await story.fastForward(60);
  await expectInvariants(story);
});

test('8: an incident whose firing always fails keeps no other from firing, and fires when it can', async () => {
  const story = await begin();
  await story.opens('ana', 'sev1 Checkout is down');
  await story.opens('ana', 'sev1 Search is down');
  await story.sql.unsafe(`create function poison() returns trigger language plpgsql as $$
    begin
      if new.source = 'system' and exists (
        select 1 from incident i where i.id = new.incident_id and i.number = 1
      ) then raise exception 'poisoned'; end if;
      return new;
    end $$;
    create trigger poison before insert on entry for each row execute function poison();`);
  await story.clock.forward(5 * 60_000);
  await eventually(() => level2(story) === 1, 'the other one fires');
  expect(story.heard('bo').join('\n')).toContain('INC-2');
  await logs(story, 'cy', 'the others are well');
  await story.sql`drop trigger poison on entry`;
  await eventually(() => level2(story) === 2, 'and then this one');
  await story.settle();
  await expectInvariants(story);
});
