import { expect, test } from 'vitest';
import { composeDraft, draftMarkdown, draftMessage } from '../../../src/domain/postmortem/index.ts';
import type { IncidentRecord } from '../../../src/domain/record.ts';
import { pageOf } from '../../../src/domain/timeline-pages.ts';
import { KINDS } from '../../../src/domain/words.ts';
import { draftHtml } from '../../../src/exports/html/document.ts';
import { createScribe, settings } from '../../support/scribe.ts';

const START = Date.parse('2026-03-10T12:00:00Z');

/** Thousands of entries of every kind, with findings and actions among them. */
function long(count: number): IncidentRecord {
  const scribe = createScribe(42, START, 'A long one', 'Europe/Amsterdam');
  for (let no = 1; no <= count; no += 1) {
    const kind = KINDS[no % KINDS.length] ?? 'note';
    if (no % 25 === 0) scribe.find('lesson', `Lesson ${no} of the pool number ${no * 7}.`);
    else if (no % 40 === 1) scribe.action(`Add test ${no} for part ${no * 13}`);
    else if (no % 15 === 0) scribe.write({ text: `Without a time ${no}`, at: null, after: no - 1 });
    else
      scribe.write({
        text: `Step ${no}: restarted node ${no * 31}`,
        at: START + no * 20_000,
        kinds: [kind],
      });
  }
  scribe.point('impact started', 2);
  scribe.point('detected', 3);
  scribe.point('resolved', count - 1);
  return scribe.record();
}

function time(record: IncidentRecord): number {
  const took = [1, 2, 3].map(() => {
    // The processor's time: a busy machine makes nothing slower that is ours.
    const began = process.cpuUsage().user;
    const draft = composeDraft({ records: [record] }, settings, { version: 1, now: START });
    draftMarkdown(draft);
    draftMessage(draft);
    return (process.cpuUsage().user - began) / 1000;
  });
  return Math.min(...took);
}

test('composes 10,000 entries within a second, in time that grows with their number', () => {
  const [half, whole] = [long(5000), long(10_000)];
  time(half);
  const [short, full] = [time(half), time(whole)];
  expect(full).toBeLessThan(1000);
  expect(full / short).toBeLessThan(3.2);
});

test('the page of 10,000 entries that a browser opens is smaller than 5 MB, and so is the document', () => {
  const draft = composeDraft({ records: [long(10_000)] }, settings, { version: 1, now: START });
  const html = Buffer.byteLength(draftHtml(draft, { private: false }));
  expect(html).toBeGreaterThan(500_000);
  expect(html).toBeLessThan(5_000_000);
  expect(Buffer.byteLength(draftMarkdown(draft))).toBeLessThan(5_000_000);
});

test('turning to a page of 10,000 entries takes the processor a tenth of a second at most', () => {
  const places = long(10_000).entries.map((entry) => ({
    ...{ no: entry.no, at: entry.at, after: entry.at === null ? 2 : null },
    struck: entry.no % 50 === 0,
    finding: false,
  }));
  const began = process.cpuUsage().user;
  const { numbers } = pageOf(places, { all: false, page: 3 });
  expect((process.cpuUsage().user - began) / 1000).toBeLessThan(100);
  expect(numbers).toHaveLength(15);
});
