import { expect, test } from 'vitest';
import type { Basis } from '../../../src/domain/entry.ts';
import { composeDraft, draftMarkdown, draftMessage } from '../../../src/domain/postmortem/index.ts';
import type { IncidentRecord } from '../../../src/domain/record.ts';
import type { PresetName } from '../../../src/domain/words.ts';
import { createScribe, settings } from '../../support/scribe.ts';

const T0 = Date.parse('2026-03-10T14:00:00Z');
const NEVER: Basis = { seq: 1000, next: 1000 };

/** An incident with an effect, a cause and a fix, and what somebody wrote for a section. */
function written(
  section: string,
  text: string,
  place: 'instead' | 'beside' = 'beside',
  basis: Basis = NEVER,
): { record: IncidentRecord; no: number } {
  const scribe = createScribe(42, T0, 'Checkout is down', 'UTC');
  scribe.point('declared', scribe.write({ text: 'Declared.', at: T0, source: 'system' }).no);
  scribe.find('effect', 'Orders failed.');
  scribe.find('cause', 'The migration held a lock.');
  scribe.find('fix', 'Rolled back.');
  const { no } = scribe.write({
    text,
    after: null,
    detail: { type: 'section', section, place, basis },
  });
  return { record: scribe.record(), no };
}

const compose = (record: IncidentRecord, preset: PresetName | null = null) =>
  composeDraft({ records: [record] }, settings, { version: 2, now: T0, preset });

/** One section of the document. */
const section = (record: IncidentRecord, title: string, preset: PresetName | null = null): string =>
  (draftMarkdown(compose(record, preset)).split(`\n## ${title}\n\n`)[1] ?? '').split(
    '\n\n## ',
  )[0] ?? '';

test('a text stands before what is generated, with who wrote it and when', () => {
  const { record, no } = written('impact', 'Carts were lost too.\n- in Spain\n- in India');
  const said = section(record, 'Impact');
  expect(said).toMatch(/^Carts were lost too\.\n\n- in Spain\n- in India\n/);
  expect(said).toContain(
    `Written by @Robin Vermeer, 10 Mar 2026 14:00 UTC [#${no}]; what follows is generated.`,
  );
  expect(said).toContain('Orders failed. [#2]');
});

test('a text may stand in place of what is generated, in the message too', () => {
  const { record } = written('summary', 'Carts were lost.', 'instead');
  const said = section(record, 'Summary');
  expect(said).toContain('Carts were lost.');
  expect(said).not.toContain('Orders failed');
  expect(JSON.stringify(draftMessage(compose(record)))).toContain('Carts were lost.');
});

test.each([
  ['questions', 'Open questions'],
  ['timeline', 'Timeline'],
  ['header', 'Record'],
  ['metrics', 'Metrics'],
])('what is computed always stays: %s', (id, title) => {
  const { record } = written(id, 'Nothing to see.', 'instead');
  const without = section(written('lessons', 'x').record, title).replaceAll(/Generated.*/g, '');
  const said = section(record, title);
  expect(said).toContain('Nothing to see.');
  expect(said.length).toBeGreaterThan(without.length);
});

test('a struck text is gone, and what is generated is back', () => {
  const { record, no } = written('summary', 'Carts were lost.', 'instead');
  const struck = { by: 'U1', at: T0, reason: '' };
  const entries = record.entries.map((one) => (one.no === no ? { ...one, struck } : one));
  expect(section({ ...record, entries }, 'Summary')).not.toContain('Carts were lost');
});

test('who wrote it last is named, not who wrote it first', () => {
  const { record, no } = written('impact', 'Carts were lost.');
  const corrected = { [no]: { seq: 9, by: 'U2', at: T0 + 3_600_000 } };
  const people = { ...record.people, U2: 'Ana Ruiz' };
  expect(section({ ...record, corrected, people }, 'Impact')).toContain(
    'Written by @Ana Ruiz, 10 Mar 2026 15:00 UTC',
  );
});

test('a text on an older basis is marked with what changed that the section is made of', () => {
  const { record } = written('impact', 'Carts were lost.', 'instead', { seq: 3, next: 5 });
  const corrected = { 2: { seq: 7, by: 'U1', at: T0 }, 3: { seq: 8, by: 'U1', at: T0 } };
  expect(section({ ...record, corrected }, 'Impact')).toContain(
    'Written before #2 changed; look again: `/incident 42 postmortem section impact`',
  );
});

test('what came later, or was struck, marks it as well; what came and went does not', () => {
  const { record } = written('impact', 'Carts were lost.', 'beside', { seq: 3, next: 3 });
  const scribe = createScribe(42, T0, 'x', 'UTC');
  scribe.entries.push(...record.entries);
  scribe.counts.effect = 1;
  const late = scribe.find('effect', 'Refunds failed.');
  const gone = scribe.find('effect', 'No, they did not.');
  const entries = scribe.entries.map((one) =>
    one.no === 2 || one.no === gone.no ? { ...one, struck: { by: 'U1', at: T0, reason: '' } } : one,
  );
  const corrected = { 2: { seq: 7, by: 'U1', at: T0 }, [gone.no]: { seq: 9, by: 'U1', at: T0 } };
  expect(section({ ...record, entries, corrected }, 'Impact')).toContain(
    `Written before #2, #${late.no} changed;`,
  );
});

test('nothing marks a text that was written on the record as it is', () => {
  const { record } = written('impact', 'Carts were lost.', 'beside', { seq: 9, next: 6 });
  const corrected = { 2: { seq: 7, by: 'U1', at: T0 } };
  expect(section({ ...record, corrected }, 'Impact')).not.toContain('look again');
});

test('for readers outside, a text loses names and links, and nobody is named or asked', () => {
  const text = 'Robin Vermeer saw carts lost in https://acme.dev/x';
  const basis = { seq: 0, next: 1 };
  const { record } = written('what-happened', text, 'instead', basis);
  const corrected = { 2: { seq: 7, by: 'U1', at: T0 } };
  const said = section({ ...record, corrected }, 'What happened?', 'public');
  expect(said.trim()).toBe('[name] saw carts lost in [link]');
});

test('a text of one section is in no other', () => {
  const { record } = written('lessons', 'Ask earlier.');
  expect(draftMarkdown(compose(record))).not.toContain('Ask earlier.');
  expect(section(record, 'Lessons learned', 'classic')).toContain('Ask earlier.');
});
