import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isOnTimeline } from '../../../src/domain/entry.ts';
import { blocksMarkdown, inline } from '../../../src/domain/markdown.ts';
import { composeDraft, draftMarkdown, draftMessage } from '../../../src/domain/postmortem/index.ts';
import type { IncidentRecord } from '../../../src/domain/record.ts';
import type { Block } from '../../../src/domain/text.ts';
import { plainText } from '../../../src/domain/text.ts';
import { createScribe, settings } from '../../support/scribe.ts';
import { anyRecord } from './any-record.ts';
import { record as clean, log } from './clean-record.ts';

const NOW = Date.parse('2026-03-11T09:00:00Z');
const compose = (record: IncidentRecord) =>
  composeDraft({ records: [record] }, settings, { version: 3, now: NOW });

const wordsOf = (blocks: readonly Block[]): string => JSON.stringify(blocks);
const section = (record: IncidentRecord, id: string): readonly Block[] =>
  compose(record).sections.find((one) => one.id === id)?.blocks ?? [];

test('composes any record, and loses no line of its timeline', () => {
  fc.assert(
    fc.property(anyRecord, (record) => {
      const draft = compose(record);
      const markdown = draftMarkdown(draft);
      expect(draftMessage(draft).blocks.length).toBeGreaterThan(3);
      for (const entry of record.entries.filter(isOnTimeline)) {
        expect(markdown).toContain(inline(entry.text));
      }
    }),
    { numRuns: 200 },
  );
});

test('no record breaks a table of the document', () => {
  fc.assert(
    fc.property(anyRecord, (record) => {
      let columns = 0;
      for (const line of draftMarkdown(compose(record)).split('\n')) {
        if (!line.startsWith('| ')) {
          columns = 0;
          continue;
        }
        const cells = line.split(/(?<!\\)(?:\\\\)*\|/).length;
        if (columns === 0) columns = cells;
        expect(cells).toBe(columns);
      }
    }),
    { numRuns: 200 },
  );
});

test('names the hash that its record had, for whoever checks it a year later', () => {
  const record = clean({});
  const chain = 'q-_'.padEnd(43, '_x');
  const sealed = { ...record, incident: { ...record.incident, seq: 57, chain } };
  expect(draftMarkdown(compose(sealed))).toContain(`as of change 57, hash \`${chain}\``);
  expect(draftMarkdown(compose(record))).not.toContain('as of change');
});

test('composes the same draft from the same record', () => {
  const record = clean({});
  expect(draftMarkdown(compose(record))).toBe(draftMarkdown(compose(record)));
});

test('a struck entry is not told, but counted', () => {
  const record = clean({});
  const [first, ...rest] = record.entries;
  if (first === undefined) throw new Error('no entries');
  const struck = { ...first, struck: { by: 'U1', at: NOW, reason: 'wrong' } };
  const timeline = wordsOf(section({ ...record, entries: [struck, ...rest] }, 'timeline'));
  expect(timeline).not.toContain(first.text);
  expect(timeline).toContain('1 entry was struck');
});

test('prints the date beside a zone where it is another day, with the name in force then', () => {
  const scribe = createScribe(42, NOW, 'x', 'UTC');
  scribe.write({ text: 'deployed', at: Date.parse('2026-05-07T14:49:00Z') });
  const record = scribe.record({ header: { zones: 'UTC, America/New_York, Australia/Sydney' } });
  const timeline = wordsOf(section(record, 'timeline'));
  expect(timeline).toContain('7 May 2026 14:49 UTC');
  expect(timeline).toContain('10:49 EDT');
  expect(timeline).toContain('8 May 00:49 AEST');
});

test('keeps the order of entry inside a minute and the place of what has no time', () => {
  const scribe = createScribe(42, NOW, 'x', 'UTC');
  const noon = Date.parse('2026-03-10T12:00:00Z');
  scribe.write({ text: 'one', at: noon + 40_000 });
  scribe.write({ text: 'two', at: noon + 10_000 });
  scribe.write({ text: 'after one', at: null, after: 1 });
  scribe.write({ text: 'earlier', at: noon - 60_000 });
  const markdown = blocksMarkdown(section(scribe.record(), 'timeline'));
  const places = ['earlier', 'one', 'after one', 'two'].map((text) =>
    markdown.indexOf(`| ${text} |`),
  );
  expect(places).toEqual([...places].sort((a, b) => a - b));
  expect(markdown).toContain('| time not recorded |');
});

test('where nobody said when the impact began, the lead-up does not say so either', () => {
  const scribe = createScribe(42, NOW, 'x', 'UTC');
  const noon = Date.parse('2026-03-10T12:00:00Z');
  scribe.write({ text: 'Release 118 deployed', at: noon, kinds: ['change'] });
  scribe.write({ text: 'Latency alert', at: noon + 600_000, kinds: ['alert'] });
  const timeline = wordsOf(section(scribe.record(), 'timeline'));
  expect(timeline).toContain('Lead-up, before the first sign');
  expect(timeline).not.toContain('before the impact');
});

test('lead-up, incident, aftermath and reopening stand apart', () => {
  const record = clean({
    also: (scribe) => {
      const reopened = scribe.write({
        text: 'Reopened: again',
        at: Date.parse('2026-03-10T16:00:00Z'),
        detail: { type: 'reopened', reason: null },
      });
      scribe.point('reopened', reopened.no, 1);
      log(scribe, '15:00', 'Between the two', 'note');
      log(scribe, '16:10', 'Second time', 'action');
    },
    incident: { round: 1 },
  });
  const blocks = section(record, 'timeline');
  const under = (title: string): string => {
    const place = blocks.findIndex((block) => block.type === 'heading' && block.text === title);
    return place === -1 ? '' : JSON.stringify(blocks[place + 1]);
  };
  expect(under('Lead-up, before the impact')).toContain('Release 118 deployed');
  expect(under('The incident')).toContain('Rolled back to the release of Monday');
  expect(under('After the resolution')).toContain('Between the two');
  expect(under('Reopened (1)')).toContain('Second time');
});

test('sums the intervals of a reopened incident and lists them', () => {
  const record = clean({
    also: (scribe) => {
      const write = (clock: string, text: string) => log(scribe, clock, text).no;
      scribe.point('reopened', write('15:00', 'again'), 1);
      scribe.point('impact started', write('15:00', 'errors again'), 1);
      scribe.point('impact ended', write('15:10', 'gone again'), 1);
      scribe.point('resolved', write('15:20', 'resolved again'), 1);
    },
    incident: { round: 1 },
  });
  const { metrics } = compose(record);
  const figure = (id: string) => metrics.find((metric) => metric.id === id)?.figure;
  expect(figure('impact')).toMatchObject({ known: true, ms: 38 * 60_000 });
  expect(figure('incident')).toMatchObject({ known: true, ms: 53 * 60_000 });
  expect(wordsOf(section(record, 'metrics'))).toContain('= 28 min');
});

test('a figure whose input is missing is unknown, with the reason', () => {
  const { metrics } = compose(clean({ marks: { 'impact started': 'untimed', mitigated: null } }));
  for (const { id, figure } of metrics.filter((one) =>
    ['detect', 'mitigate', 'impact'].includes(one.id),
  )) {
    expect(figure.known, id).toBe(false);
  }
});

test('the pings of Muster are condensed into one row per level, with everybody who was paged', () => {
  const record = clean({
    also: (scribe) => {
      for (const [place, clock] of ['14:02', '14:03', '14:03'].entries()) {
        scribe.write({
          text: `Pinged, turn ${place + 1}.`,
          at: Date.parse(`2026-03-10T${clock}:00Z`),
          author: null,
          source: 'system',
          detail: { type: 'ping', level: 1, targets: ['user:U7', 'usergroup:S1'] },
        });
      }
    },
  });
  const blocks = section(record, 'timeline');
  const tables = blocks.filter((block) => block.type === 'table');
  expect(tables.at(-1)?.rows).toHaveLength(1);
  const row = JSON.stringify(tables.at(-1)?.rows);
  expect(row).toContain('"id":"U7"');
  expect(row).toContain('Pinged, turn 3.');
  expect(JSON.stringify(tables.slice(0, -1))).not.toContain('Pinged');
});

test('the message shows eight questions and says how many more there are', () => {
  const draft = compose(
    clean({
      marks: {
        detected: null,
        acknowledged: null,
        mitigated: null,
        'cause found': null,
        'impact ended': null,
      },
      without: ['effect', 'cause', 'trigger', 'fix', 'workaround', 'comms', 'action'],
    }),
  );
  expect(draft.questions.length).toBeGreaterThan(8);
  const { blocks, summary } = draftMessage(draft);
  const list = blocks.find((block) => block.type === 'list' && block.ordered === true);
  expect(list?.type === 'list' ? list.items : []).toHaveLength(8);
  expect(wordsOf(blocks)).toContain(`… ${draft.questions.length - 8} more in the document.`);
  expect(plainText(summary)).toContain(`${draft.questions.length} open questions`);
  const buttons = blocks.find((block) => block.type === 'buttons');
  expect(buttons?.type === 'buttons' ? buttons.buttons.map(({ command }) => command) : []).toEqual([
    '42 postmortem refresh',
    '42 postmortem section',
    '42 postmortem export md',
  ]);
});
