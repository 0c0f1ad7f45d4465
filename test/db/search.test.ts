import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Term } from '../../src/domain/search.ts';
import { UNFILTERED } from '../support/search.ts';
import { createStoreBench, log, open, START, type StoreBench } from '../support/store-bench.ts';

let bench: StoreBench;
let first: string;
let hidden: string;

beforeAll(async () => {
  bench = await createStoreBench();
  first = await bench.opened('Checkout pool exhausted');
  await bench.ask(log('Restarted the pool of connections'), { incident: first });
  await bench.ask(log('Die Datenbank ist überlastet, 日本 too'), { incident: first, by: 'U0BO' });
  await bench.ask({ ...log('pool pool pool is too small'), kinds: ['cause'] } as never, {
    incident: first,
  });
  await bench.clock.set(START + 60_000);
  const other = await bench.opened('Search is slow');
  await bench.ask(log('deployment of the index was rolled back'), { incident: other, by: 'U0BO' });
  await bench.ask({ type: 'strike', entry: 2, reason: null }, { incident: other });
  const secret = await bench.ask({ ...open('Payroll pool leak'), private: true } as never, {
    by: 'U0CY',
  });
  hidden = secret.incident?.id ?? '';
  await bench.ask(log('the zanzibar pool'), { incident: hidden, by: 'U0CY' });
  await bench.ask({ ...open('A drill of the pool'), drill: true } as never);
  await bench.store.savePerson('T1', {
    id: 'U0ANA',
    name: 'ana maría',
    zone: null,
    admin: false,
    guest: false,
    bot: false,
    deleted: false,
  });
});

afterAll(() => bench.stop());

const term = (text: string, more: Partial<Term> = {}): Term => ({
  text,
  exact: false,
  not: false,
  or: false,
  ...more,
});

const ask = (terms: readonly Term[], more: object = {}) =>
  bench.store.find({
    workspace: 'T1',
    viewer: 'U0MAX',
    here: null,
    terms,
    ...UNFILTERED,
    ...more,
  });

/** What is found, as `1` for an incident and `1#2` for an entry. */
async function find(terms: readonly Term[], more: object = {}): Promise<string[]> {
  const { hits } = await ask(terms, more);
  return hits.map(({ incident, entry }) => `${incident.number}${entry ? `#${entry.no}` : ''}`);
}

test('the incident before its entries, what says it more often before what says it once', async () => {
  expect(await find([term('pool')])).toEqual(['1', '1#4', '1#2']);
});

test('a word finds longer ones that begin with it, in quotes only itself', async () => {
  expect(await find([term('überlast')])).toEqual(['1#3']);
  expect(await find([term('überlast', { exact: true })])).toEqual([]);
  expect(await find([term('ÜBERLASTET', { exact: true })])).toEqual(['1#3']);
  expect(await find([term('日本')])).toEqual(['1#3']);
});

test('phrases, what is left out, and either of two', async () => {
  expect(await find([term('pool of connections', { exact: true })])).toEqual(['1#2']);
  expect(await find([term('connections of pool', { exact: true })])).toEqual([]);
  expect(await find([term('pool'), term('small', { not: true })])).toEqual(['1', '1#2']);
  expect(await find([term('small'), term('slow', { or: true })])).toEqual(['2', '1#4']);
});

test('numbers and people find incidents, people together with words', async () => {
  expect(await find([term('INC-2')])).toEqual(['2']);
  expect(await find([term('1')])).toEqual(['1']);
  expect(await find([term('María')])).toEqual(['2', '1']);
  expect(await find([term('ana'), term('checkout')])).toEqual(['1']);
  expect(await find([term('ana'), term('nothing')])).toEqual([]);
  // What says the word comes before what it merely names somebody of.
  await bench.ask(log('told maría of it'), { incident: first });
  expect(await find([term('María')])).toEqual(['1#5', '2', '1']);
});

test('filters narrow it down, alone or together', async () => {
  expect(await find([], { severities: ['sev1'] })).toEqual(['2', '1']);
  expect(await find([], { severities: ['sev2'] })).toEqual([]);
  expect(await find([], { statuses: ['resolved'] })).toEqual([]);
  expect(await find([], { kinds: ['cause'] })).toEqual(['1#4']);
  expect(await find([term('pool')], { kinds: ['cause'] })).toEqual(['1#4']);
  expect(await find([term('pool')], { by: 'U0BO' })).toEqual([]);
  expect(await find([term('datenbank')], { by: 'U0BO' })).toEqual(['1#3']);
  expect(await find([], { since: START + 30_000 })).toEqual(['2']);
  expect(await find([term('pool')], { since: START + 30_000 })).toEqual([]);
  expect(await find([term('pool')], { within: 2 })).toEqual([]);
});

test('struck entries are not found', async () => {
  expect(await find([term('deployment')])).toEqual([]);
});

test('drills are found apart', async () => {
  expect(await find([term('pool')], { drills: true })).toEqual(['1']);
});

test('a private incident is found by those who take part, and in its own channel', async () => {
  const outside = await ask([term('zanzibar')]);
  expect(outside).toMatchObject({ hits: [], count: 0 });
  expect(outside.vocabulary).toContain('exhausted');
  expect(outside.vocabulary).not.toContain('zanzibar');
  expect(await find([term('payroll')])).toEqual([]);
  expect(await find([term('3')])).toEqual([]);
  expect(await find([], { within: 3 })).toEqual([]);
  expect(await find([], { by: 'U0CY' })).toEqual([]);
  expect(await find([], { kinds: [], severities: ['sev1'] })).not.toContain('3');
  expect((await ask([term('zanzibat')])).vocabulary).not.toContain('zanzibar');
  expect(await find([term('zanzibar')], { viewer: 'U0CY' })).toEqual(['3#2']);
  expect(await find([term('zanzibar')], { here: hidden })).toEqual(['3#2']);
  expect(await find([term('zanzibar')], { here: first })).toEqual([]);
  expect(await find([term('pool')], { workspace: 'T2' })).toEqual([]);
});

test('pages follow one another without a gap', async () => {
  const whole = await ask([term('pool')]);
  const pages = await Promise.all(
    [0, 1, 2].map((offset) => find([term('pool')], { limit: 1, offset })),
  );
  expect(pages.flat()).toEqual(['1', '1#4', '1#2']);
  expect(whole.count).toBe(3);
});

test.each(["');", '<-> & | !', ':*', "it's", '\\', '%', '"', 'a:b*c', '((('])(
  '%s is taken literally',
  async (text) => {
    const { hits } = await ask([term(text), term('pool', { or: true })]);
    expect(hits).toHaveLength(3);
  },
);

test('what is no word is said to be none', async () => {
  expect((await ask([term('&&&')])).hasWords).toBe(false);
});
