import { expect, test } from 'vitest';
import { composeDraft } from '../../../src/domain/postmortem/index.ts';
import type { IncidentRecord } from '../../../src/domain/record.ts';
import { settings } from '../../support/scribe.ts';
import { record as clean, log } from './clean-record.ts';

const NOW = Date.parse('2026-03-11T09:00:00Z');
const compose = (record: IncidentRecord) =>
  composeDraft({ records: [record] }, settings, { version: 3, now: NOW });
const section = (record: IncidentRecord, id: string): unknown =>
  compose(record).sections.find((one) => one.id === id)?.blocks;
const wordsOf = (blocks: unknown): string => JSON.stringify(blocks);

test('what was struck is neither an action, nor a cause, nor asked about', () => {
  const record = clean({ also: (scribe) => scribe.action('Improve everything') });
  const entries = record.entries.map((entry) =>
    entry.text === 'Improve everything'
      ? { ...entry, struck: { by: 'U1', at: NOW, reason: '' } }
      : entry,
  );
  const draft = compose({ ...record, entries });
  expect(draft.questions).toEqual([]);
  expect(JSON.stringify(draft)).not.toContain('Improve everything');
});

test('moments that run backwards give no figure', () => {
  const { metrics } = compose(clean({ marks: { detected: '13:50' } }));
  const detect = metrics.find(({ id }) => id === 'detect')?.figure;
  expect(detect).toMatchObject({ known: false });
  expect(detect?.known === false ? detect.reason : '').toMatch(/#\d+ is earlier than #\d+/);
});

test('a mitigation that begins after it was mitigated is not the first one', () => {
  const record = clean({ marks: { mitigated: '14:13' } });
  const lead = compose(record).metrics.find(({ id }) => id === 'lead')?.figure;
  expect(lead).toMatchObject({ known: false });
});

test('a failed attempt is measured to the next one that worked', () => {
  const record = clean({
    also: (scribe) => {
      log(scribe, '14:15', 'Restart of the pool failed', 'action', 'failed');
      log(scribe, '14:17', 'Second restart failed', 'mitigation', 'failed');
    },
  });
  const metrics = wordsOf(section(record, 'metrics'));
  expect(metrics).toMatch(/failed action #\d+ → next mitigation"\],\["7 min/);
  expect(metrics).toMatch(/failed action #\d+ → next mitigation"\],\["5 min/);
});

test('the summary names the root cause and how many were affected', () => {
  const record = clean({
    without: ['effect'],
    also: (scribe) => {
      scribe.find('effect', 'Checkout answered with errors.');
      scribe.find('effect', 'It failed for 20% of users.');
    },
  });
  const summary = wordsOf(section(record, 'summary'));
  expect(summary).toContain('Root cause: “The pool allows fewer connections');
  expect(summary).toContain('“It failed for 20% of users”');
});

test('an incident that was reopened and not resolved again is not told as over', () => {
  const record = clean({
    also: (scribe) => scribe.point('reopened', log(scribe, '16:00', 'again').no, 1),
    incident: { round: 1 },
  });
  expect(wordsOf(section(record, 'summary'))).toContain('no later resolution is recorded');
});

test('a change without a time that stands after the impact is not told as before it', () => {
  const record = clean({
    also: (scribe) => {
      const [alert] = scribe.entries.filter(({ text }) => text.startsWith('Alert:'));
      scribe.write({ text: 'Schema changed', kinds: ['change'], at: null, after: alert?.no ?? 0 });
      scribe.write({ text: 'Config changed', kinds: ['change'], at: null, after: 1 });
    },
  });
  const analysis = wordsOf(section(record, 'analysis'));
  expect(analysis).toContain('Config changed');
  expect(analysis).not.toContain('Schema changed');
});

test('the header tells each hand-over of a role', () => {
  const record = clean({
    also: (scribe) => {
      const role = { type: 'role', role: 'commander', note: null } as const;
      scribe.write({ text: 'a', at: NOW, detail: { ...role, user: 'U1', previous: null } });
      scribe.write({ text: 'b', at: NOW, detail: { ...role, user: 'U2', previous: 'U1' } });
    },
    incident: { roles: { commander: 'U2' } },
  });
  expect(wordsOf(section(record, 'header'))).toMatch(
    /"U1"\},"[^"]*\[#\d+\]","; ",\{"type":"user","id":"U1"\}," to "/,
  );
});
