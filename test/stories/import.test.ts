import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Entered } from '../../src/demo/workspace/index.ts';
import { storyteller } from '../support/backends.ts';
import { expectInvariants } from '../support/invariants.ts';
import { startProxy } from '../support/proxy.ts';
import type { Story } from '../support/story.ts';

const begin = storyteller();

/** What the open form shows, its blocks as one text. */
const form = (story: Story, name = 'ana') => story.workspace.viewOf(story.idOf(name));

const shown = (story: Story): string => JSON.stringify(form(story)?.blocks ?? []);

const submit = (story: Story, values: Record<string, Entered> = {}) =>
  story.workspace.submit('U0ANA', values);

const seed = (name: string, from: string, to: string): string => {
  const text = readFileSync(new URL(`../fixtures/seeds/${name}.txt`, import.meta.url), 'utf8');
  const start = text.indexOf(from);
  return text.slice(start, text.indexOf(to, start));
};

/** The field that asks about a line. */
const asking = (story: Story, line: number): string => {
  const field = form(story)?.blocks.find(({ block_id: id }) =>
    String(id).startsWith(`ask${line}-`),
  );
  return String(field?.block_id);
};

async function beginImport(pasted = ''): Promise<Story> {
  const story = await begin();
  await story.opens('ana', 'sev2 Portal is down');
  await story.type('ana', `/incident import ${pasted}`.trim());
  return story;
}

/** What was imported, by number. */
async function imported(story: Story): Promise<(string | undefined)[][]> {
  const rows = await story.sql<{ at: Date | null; text: string }[]>`
    select at, text from entry where source = 'import' order by no`;
  return rows.map(({ at, text }) => [at?.toISOString(), text]);
}

test('a pasted timeline is previewed line by line, recorded as a whole, and says who imported what', async () => {
  const story = await beginImport();
  const opened = form(story);
  expect(opened?.title).toBe('Import a timeline');
  expect(shown(story)).toContain('"initial_value":"Europe/Madrid"');
  await submit(story, {
    date: '2026-03-07',
    zone: '+3 GMT',
    lines1: seed('002_e629d0852e698982', '<h3>Timeline', '<h3>Root'),
  });
  expect(form(story)?.submit).toBe('Preview');
  expect(shown(story)).toContain('a day before anything else');
  expect(await imported(story)).toEqual([]);
  await submit(story, { [asking(story, 0)]: 'yes' });
  expect(form(story)?.submit).toBe('Import 7 entries');
  expect(shown(story)).toContain('#impact (proposed)');
  const { said } = await story.fill('ana', {});
  expect(said).toContain('Imported 7 entries, #3 to #9');
  expect(said).toContain('Set “impact started” to #4');
  expect(form(story)).toBeUndefined();
  expect(await imported(story)).toEqual([
    ['2026-03-07T05:00:00.000Z', 'database update begins'],
    ['2026-03-07T05:30:00.000Z', 'Outage begins'],
    ['2026-03-07T06:00:00.000Z', 'Pagers alerted teams'],
    ['2026-03-07T06:45:00.000Z', 'Failed configuration change rollback'],
    ['2026-03-07T07:50:00.000Z', 'Successful configuration change rollback'],
    ['2026-03-07T08:30:00.000Z', 'Server restarts begin'],
    ['2026-03-07T09:00:00.000Z', '100% of traffic back online'],
  ]);
  const timeline = await story.type('bo', '/incident timeline');
  expect(timeline).toContain('Outage begins #impact imported by @ana, line 4');
  await expectInvariants(story);
});

test('what can be read two ways is asked about, and nothing is recorded before the answer', async () => {
  const story = await beginImport();
  await submit(story, {
    date: '2026-03-08',
    zone: 'UTC',
    lines1: '13:50 Release\n08/03/2026 13:52 Errors\n13:40 Queue grows',
  });
  expect(shown(story)).toContain('can be read two ways');
  const field = asking(story, 2);
  await submit(story);
  expect(await imported(story)).toEqual([]);
  await submit(story, { [field]: '2026-03-08 13:52' });
  expect(form(story)?.submit).toBe('Preview');
  expect(shown(story)).toContain('earlier than the line above');
  await submit(story, { [asking(story, 3)]: 'left out' });
  expect(form(story)?.submit).toBe('Import 2 entries');
  const { said } = await story.fill('ana', {});
  expect(said).toContain('1 line was left out, as you chose.');
  expect((await imported(story)).map(([at]) => at)).toEqual([
    '2026-03-08T13:50:00.000Z',
    '2026-03-08T13:52:00.000Z',
  ]);
  await expectInvariants(story);
});

test('a text that was changed after the preview is previewed again', async () => {
  const story = await beginImport('13:50 Release\n13:55 Errors');
  await submit(story);
  expect(form(story)?.submit).toBe('Import 2 entries');
  await submit(story, { lines1: '13:50 Release\n13:55 Errors\n13:58 Rollback' });
  expect(form(story)?.submit).toBe('Import 3 entries');
  expect(await imported(story)).toEqual([]);
  await story.fill('ana', {});
  expect(await imported(story)).toHaveLength(3);
});

test('the button pressed twice imports once', async () => {
  const story = await beginImport('13:50 Release\n13:55 Errors');
  await submit(story);
  await story.fill('ana', {});
  const delivery = story.workspace.deliveries.at(-1);
  if (!delivery) throw new Error('nothing was delivered');
  await Promise.all([story.replay(delivery), story.replay(delivery)]);
  await story.settle();
  expect(await imported(story)).toHaveLength(2);
  await expectInvariants(story);
});

test('a zone, a day and lines that cannot be used are named at their fields, and the text stays', async () => {
  const story = await beginImport('13:50 Release');
  const zone = await submit(story, { zone: 'Middle Earth' });
  expect(zone.response?.errors).toEqual({ zone: expect.stringContaining('Middle Earth') });
  const lines = await submit(story, { zone: 'UTC', lines1: '# Timeline' });
  expect(lines.response?.errors).toEqual({ lines1: expect.stringContaining('its time') });
  const day = await submit(story, { zone: 'EST', date: '2025-07-01' });
  expect(day.response?.errors).toEqual({ zone: expect.stringContaining('not in force') });
  expect(form(story)).toBeDefined();
  expect(await imported(story)).toEqual([]);
});

test('300 lines and 40,000 characters go through one form', async () => {
  const line = (n: number): string =>
    `2026-03-08 ${String(Math.floor(n / 60) + 6).padStart(2, '0')}:${String(n % 60).padStart(2, '0')} line ${n} ${'x'.repeat(105)}`;
  const pasted = Array.from({ length: 300 }, (_, n) => line(n)).join('\n');
  expect(pasted.length).toBeGreaterThan(39_000);
  const story = await beginImport(pasted);
  await submit(story);
  expect(form(story)?.submit).toBe('Import 300 entries');
  await story.fill('ana', {});
  const rows = await imported(story);
  expect(rows).toHaveLength(300);
  expect(rows.at(-1)).toEqual(['2026-03-08T09:59:00.000Z', line(299).slice(17)]);
  expect(story.workspace.violations).toEqual([]);
  await expectInvariants(story);
});

test('while the database is away the form stays with what was pasted', async () => {
  const story = await begin();
  const way = await startProxy(story.databaseUrl);
  story.through(await story.startReplica(way.url));
  await story.opens('ana', 'sev2 Portal is down');
  await story.type('ana', '/incident import 13:50 Release');
  await submit(story);
  way.freeze();
  const { response } = await submit(story);
  expect(response?.errors).toEqual({ lines1: expect.stringContaining('Your text stays here') });
  expect(shown(story)).toContain('13:50 Release');
  way.thaw();
  const [first] = story.apps;
  if (first) story.through(first);
  await story.fill('ana', {});
  expect(await imported(story)).toHaveLength(1);
  await way.close();
});

test('in a private incident only those who are in it can import', async () => {
  const story = await begin();
  await story.opens('ana', 'private: sev2 A key has leaked');
  const said = await story.type('cy', '/incident 1 import 13:50 Release', 'C0GENERAL');
  expect(said).toContain('There is no INC-1.');
  expect(form(story, 'cy')).toBeUndefined();
});
