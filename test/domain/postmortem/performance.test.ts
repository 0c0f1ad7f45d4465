import { expect, test } from 'vitest';
import { composeDraft, draftMarkdown, draftMessage } from '../../../src/domain/postmortem/index.ts';
import type { IncidentRecord } from '../../../src/domain/record.ts';
import { KINDS } from '../../../src/domain/words.ts';
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
    const began = performance.now();
    const draft = composeDraft({ records: [record] }, settings, { version: 1, now: START });
    draftMarkdown(draft);
    draftMessage(draft);
    return performance.now() - began;
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
