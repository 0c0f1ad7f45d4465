import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { parse as parseCsv } from 'csv-parse/sync';
import { getTableConfig } from 'drizzle-orm/pg-core';
import ICAL from 'ical.js';
import { parse as parseHtml } from 'parse5';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as delivery from '../../src/db/schema/delivery.ts';
import * as record from '../../src/db/schema/record.ts';
import { bag, plain } from '../support/bag.ts';
import { expectInvariants } from '../support/invariants.ts';
import { createStory, type Story } from '../support/story.ts';

const HOSTILE =
  '=cmd|calc; <script>alert(1)</script> "q", \\ \'x\' END:VCALENDAR <!channel> 👩‍👩‍👧‍👦 \u202Eabc';
/** As it is kept: what would call everybody is a word. */
const KEPT = HOSTILE.replace('<!channel>', '@channel');
const ROOT = new URL('../../', import.meta.url);

let story: Story;

/** What was uploaded last, with where it is. */
const lastFile = () => {
  const file = story.workspace.files.at(-1);
  if (!file) throw new Error('no file was uploaded');
  return { ...file, text: file.content.toString('utf8') };
};

async function exported(format: string, where = story.channel().id) {
  const before = story.workspace.files.length;
  const said = await story.type('ana', `/incident postmortem export ${format}`, where);
  expect(said).toContain(`INC-1 as ${format} comes to the channel.`);
  expect(story.workspace.files.length).toBe(before + 1);
  return lastFile();
}

beforeAll(async () => {
  story = await createStory({ sweepEveryMs: 300 });
  await story.opens('ana', `sev1 ${HOSTILE}`);
  const lines = [
    'ack',
    `lead @bo`,
    `log at 1 minute ago, ${HOSTILE}`,
    `log +1 ${HOSTILE}`,
    `impact ${HOSTILE}`,
    `impact started 5m ago`,
    `detected by ${HOSTILE}`,
    `cause root ${HOSTILE}`,
    `fix permanent ${HOSTILE}`,
    `workaround ${HOSTILE}`,
    `lesson badly ${HOSTILE}`,
    `comms external ${HOSTILE}`,
    `set service ${HOSTILE}`,
    `action ${HOSTILE} due in 3 days ref =A1,B2`,
    'action +2 more probes @ana',
    `log to be corrected`,
    `sev sev2 ${HOSTILE}`,
    `handoff @cy ${HOSTILE}`,
    `snooze resolve 10m ${HOSTILE}`,
  ];
  for (const line of lines) {
    await story.clock.forward(1000);
    await story.type('ana', `/incident ${line}`);
  }
  const wrong = (await story.entries()).find(({ text }) => text === 'to be corrected');
  await story.type('ana', `/incident edit ${wrong?.no} corrected, ${HOSTILE}`);
  await story.type('ana', `/incident strike ${wrong?.no} ${HOSTILE}`);
  await story.fastForward(30);
}, 60_000);

afterAll(() => story.stop());

test('before anything has a date there is nothing for a calendar, and the refusal says what to type', async () => {
  await story.opens('bo', 'sev2 Something else');
  const said = await story.type('bo', '/incident postmortem export ics', story.channel(2).id);
  expect(said).toContain('INC-2 has nothing for a calendar yet');
  expect(said).toContain('set review Friday 14:00');
});

describe('the review', () => {
  test('needs a clock, in the future, and says how it was read', async () => {
    for (const day of ['Friday', 'in 3 days', 'today']) {
      const refused = await story.type('ana', `/incident set review ${day}`);
      expect(refused).toContain('say at what time, too');
      const [, works = ''] = /This would work: (\/incident set review .*)/.exec(refused) ?? [];
      expect(await story.type('ana', works), works).toContain('The review is ');
      await story.type('ana', '/incident undo');
    }
    expect(await story.type('ana', '/incident set review someday')).toContain(
      'This would work: /incident set review 18:00',
    );
    const said = await story.type('ana', '/incident set review in 50 hours');
    expect(said).toContain('The review is ');
    const [row] = await story.sql<{ review: string }[]>`
      select header->>'review' as review from incident where number = 1`;
    expect(row?.review).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d UTC$/);
    expect((await story.entries()).at(-1)?.text).toBe('review: in 50 hours');
  });

  test('is taken back by striking it', async () => {
    await story.type('ana', '/incident undo');
    const [row] = await story.sql<{ review: string | null }[]>`
      select header->>'review' as review from incident where number = 1`;
    expect(row?.review).toBeNull();
    await story.type('ana', '/incident set review 2026-12-24 14:00 UTC');
  });
});

describe('each format arrives in the incident’s channel under its name', () => {
  test('HTML', async () => {
    const { name, title, channel, text } = await exported('html');
    expect(name).toMatch(/^INC-1-\d+\.html$/);
    expect([title, channel]).toEqual(['INC-1 postmortem (html)', story.channel().id]);
    const errors: string[] = [];
    parseHtml(text, { onParseError: ({ code }) => errors.push(code) });
    expect(errors).toEqual([]);
    expect(text).toMatch(/^<!doctype html>\n/);
    expect(text).not.toMatch(/<script|<img/);
    expect(text.match(/&lt;script&gt;alert\(1\)&lt;\/script&gt;/g)?.length).toBeGreaterThan(12);
  });

  test('CSV', async () => {
    const { name, title, content, text } = await exported('csv');
    expect(name).toMatch(/^INC-1-\d+\.csv$/);
    expect(title).toBe('INC-1 timeline (csv)');
    expect(content.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    const rows: Record<string, string>[] = parseCsv(text, { bom: true, columns: true });
    expect(rows.length).toBeGreaterThan(8);
    const told = rows.map((row) => row['What happened']).join('\u0000');
    expect(told).toContain(`\u0000'${KEPT}\u0000`);
    expect(told).toContain(`\u0000'+1 ${KEPT}\u0000`);
    for (const cell of rows.flatMap((row) => Object.values(row)))
      expect(cell).not.toMatch(/^[=+\-@\t\r]/);
  });

  test('ICS', async () => {
    const { name, title, text } = await exported('ics');
    expect(name).toMatch(/^INC-1-\d+\.ics$/);
    expect(title).toBe('INC-1 dates (ics)');
    const parts = new ICAL.Component(ICAL.parse(text)).getAllSubcomponents();
    expect(parts.map(({ name: kind }) => kind)).toEqual(['vevent', 'vtodo', 'vevent', 'vtodo']);
    expect(String(parts[0]?.getFirstPropertyValue('dtstart'))).toBe('2026-12-24T14:00:00Z');
    expect(String(parts[1]?.getFirstPropertyValue('description'))).toContain(KEPT);
    const [row] = await story.sql<{ id: string }[]>`select id from incident where number = 1`;
    expect(parts[1]?.getFirstPropertyValue('uid')).toBe(`${row?.id}-action-1@muster`);
  });

  test('Markdown', async () => {
    const { name, text } = await exported('md');
    expect(name).toMatch(/^INC-1-\d+\.md$/);
    expect(text).toMatch(/^# Postmortem: INC-1/);
  });
});

/** Tables with rows of an incident that are no part of its record, and why. */
const NOT_THE_RECORD = {
  outbox: 'what is still to be said in Slack',
  post: 'where our messages are',
  inbound: 'replies to requests, kept a day',
  work: 'drafts that are wanted',
  draft: 'composed from the record',
};

describe('JSON holds all that is kept of the incident', () => {
  const tables = [...Object.values(record), ...Object.values(delivery)].map(getTableConfig);
  const ofIncidents = tables.filter(({ columns }) =>
    columns.some(({ name }) => name === 'incident_id'),
  );
  const kept = ofIncidents
    .map(({ name }) => name)
    .filter((name) => !Object.hasOwn(NOT_THE_RECORD, name));

  test('every table of it', () => {
    expect(kept.toSorted()).toEqual(['audit', 'entry', 'milestone', 'revision', 'timer']);
  });

  test('every row and every value, as the published schema says', async () => {
    const { name, title, text } = await exported('json');
    expect(name).toMatch(/^INC-1-\d+\.json$/);
    expect(title).toBe('INC-1 record (json)');
    const document = JSON.parse(text);
    const schema = JSON.parse(readFileSync(new URL('docs/record.schema.json', ROOT), 'utf8'));
    const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(schema);
    validate(document);
    expect(validate.errors).toBeNull();

    const [read] = document.records;
    const details = read.entries.map(
      ({ detail }: { detail: { type: string } | null }) => detail?.type,
    );
    for (const type of ['role', 'severity', 'snoozed', 'ping', 'timer', 'action', 'field']) {
      expect(details).toContain(type);
    }
    expect(read.incident.roles.commander).toBe('U0CY');
    const lists: Record<string, unknown[]> = {
      audit: read.audit,
      entry: read.entries,
      // Its time is that of its entry: read through it, and kept there only.
      milestone: read.incident.milestones.map(
        ({ at: _, ...milestone }: { at: unknown }) => milestone,
      ),
      revision: read.revisions,
      timer: read.timers,
    };
    for (const table of kept) {
      const rows = await story.sql.unsafe<Record<string, unknown>[]>(
        `select t.* from ${table} t join incident i on i.id = t.incident_id where i.number = 1 and not i.drill`,
      );
      expect(rows.length, table).toBeGreaterThan(0);
      expect(bag(lists[table] ?? []), table).toEqual(bag(rows));
    }
    // Who left a private one; where nobody did it is left out.
    const [{ channel_id, channel_name, channel_state, departed, ...incident } = {}] =
      await story.sql.unsafe<Record<string, unknown>[]>(
        'select * from incident where number = 1 and not drill',
      );
    expect(departed).toEqual({});
    const { milestones: _, ...exportedIncident } = read.incident;
    const channel = { id: channel_id, name: channel_name, state: channel_state };
    expect(plain(exportedIncident)).toEqual(plain({ ...incident, channel }));
  });
});

test('that of a private incident goes to its channel and nowhere else, whoever asks', async () => {
  await story.opens('ana', 'sev2 private: Payroll leaked');
  const secret = story.channel(3).id;
  const before = story.workspace.files.length;
  await story.type('ana', '/incident postmortem export html', secret);
  const mine = story.workspace.files.slice(before);
  expect(mine.map(({ channel }) => channel)).toEqual([secret]);
  expect(mine[0]?.content.toString('utf8')).toContain('Private: for members');
  for (const format of ['md', 'html', 'json', 'csv', 'ics']) {
    const said = await story.type('cy', `/incident 3 postmortem export ${format}`, 'C0GENERAL');
    expect(said).not.toContain('Payroll');
    expect(story.workspace.files.length).toBe(before + 1);
  }
});

test('a format that there is not is refused with those that there are', async () => {
  const said = await story.type('ana', '/incident postmortem export pdf');
  expect(said).toContain(
    '“pdf” is no format of Muster’s. The draft can be exported as md, html, png, json, csv or ics.',
  );
});

test('at the end nothing was broken in Slack, and nobody was called', () =>
  expectInvariants(story));
