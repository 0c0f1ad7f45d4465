import { expect, test } from 'vitest';
import { composeDraft, draftMarkdown } from '../../../src/domain/postmortem/index.ts';
import type { IncidentRecord } from '../../../src/domain/record.ts';
import { createScribe, type Scribe, settings } from '../../support/scribe.ts';

const T0 = Date.parse('2026-03-10T14:00:00Z');
const HOUR = 3_600_000;

function incident(number: number, at: number, more: (scribe: Scribe) => void): IncidentRecord {
  const scribe = createScribe(number, at, `Outage ${number}`, 'UTC');
  scribe.point('impact started', scribe.write({ text: `Errors in ${number}`, at }).no);
  scribe.point('resolved', scribe.write({ text: `Repaired ${number}`, at: at + HOUR }).no);
  more(scribe);
  return scribe.record();
}

const document = (...records: readonly IncidentRecord[]): string =>
  draftMarkdown(composeDraft({ records }, settings, { version: 1, now: T0 + 9 * HOUR }));
const section = (markdown: string, title: string): string =>
  (markdown.split(`\n## ${title}\n\n`)[1] ?? '').split('\n\n## ')[0] ?? '';

test('incidents are told in the order in which they happened, whichever the report is of', () => {
  const later = incident(7, T0 + 5 * HOUR, () => undefined);
  const earlier = incident(9, T0, () => undefined);
  const draft = document(later, earlier);
  expect(draft).toMatch(/^# Postmortem: INC-9 · Outage 9 \+ INC-7 · Outage 7\n/);
  expect(section(draft, 'Summary')).toContain(
    'This report is about 2 incidents: INC-9 (10 Mar 2026 14:00 UTC), INC-7 (10 Mar 2026 19:00 UTC).',
  );
  const [, of9 = '', of7 = ''] = section(draft, 'Timeline').split(/### INC-\d: /);
  expect(of9).toContain('### INC-9 · The incident');
  expect(of9).toContain('Errors in 9');
  expect(of9).not.toContain('Errors in 7');
  expect(of7).toContain('Errors in 7');
  expect(of7).not.toContain('Errors in 9');
});

test('what several say in the same words stands once, with every source', () => {
  const same = (scribe: Scribe): void => {
    scribe.find('lesson', 'No alert went off.');
    scribe.action('Alarm on lock waits', { refs: ['OPS-1'] });
  };
  const draft = document(
    incident(1, T0, same),
    incident(2, T0 + 5 * HOUR, (scribe) => {
      same(scribe);
      scribe.find('lesson', 'The rollback was quick.');
      scribe.action('Rehearse the rollback');
    }),
  );
  const lessons = section(draft, 'Response');
  expect(lessons.match(/No alert went off\./g)).toHaveLength(1);
  expect(lessons).toContain('No alert went off. [INC-1 #3; INC-2 #3]');
  expect(lessons).toContain('The rollback was quick. [INC-2 #5]');
  const actions = section(draft, 'Action items');
  expect(actions.match(/Alarm on lock waits/g)).toHaveLength(1);
  expect(actions).toContain('2 actions, 0 done, 2 open.');
});

test('an action that differs in anything stands twice', () => {
  const draft = document(
    incident(1, T0, (scribe) => scribe.action('Alarm on lock waits', { done: true })),
    incident(2, T0 + 5 * HOUR, (scribe) => scribe.action('Alarm on lock waits')),
  );
  expect(section(draft, 'Action items').match(/\| a1: Alarm on lock waits/g)).toHaveLength(2);
});

test('one incident by itself is told without its name', () => {
  const draft = document(incident(1, T0, () => undefined));
  expect(section(draft, 'Timeline')).toContain('### The incident');
  expect(section(draft, 'Summary')).not.toContain('This report is about');
});

test('texts and state are those of the incident that the report is of', () => {
  const earlier = incident(9, T0, (scribe) => {
    scribe.write({ text: 'Not this.', after: null, detail: text });
  });
  const lead = incident(7, T0 + 5 * HOUR, (scribe) => {
    scribe.write({ text: 'Both were the same bug.', after: null, detail: text });
    scribe.header['postmortem review'] = 'asked';
  });
  const draft = document(lead, earlier);
  expect(section(draft, 'Summary')).toContain('Both were the same bug.');
  expect(section(draft, 'Summary')).not.toContain('Not this.');
  expect(section(draft, 'Record')).toContain('- **Status:** in review, version 1');
});

const text = {
  type: 'section',
  section: 'summary',
  place: 'beside',
  basis: { seq: 100, next: 100 },
} as const;
