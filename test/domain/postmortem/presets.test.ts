import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  composeDraft,
  draftMarkdown,
  draftMessage,
  draftSheet,
} from '../../../src/domain/postmortem/index.ts';
import { isForOutside, PRESETS } from '../../../src/domain/postmortem/presets.ts';
import { isOutward, SECTIONS, type SectionId } from '../../../src/domain/postmortem/sections.ts';
import type { IncidentRecord } from '../../../src/domain/record.ts';
import type { OwnSection } from '../../../src/domain/settings.ts';
import { plainText } from '../../../src/domain/text.ts';
import type { PresetName } from '../../../src/domain/words.ts';
import { createScribe, settings } from '../../support/scribe.ts';
import { anyRecord } from './any-record.ts';
import { record as clean } from './clean-record.ts';

const NOW = Date.parse('2026-03-11T09:00:00Z');
const NAMES = Object.keys(PRESETS) as PresetName[];

const compose = (record: IncidentRecord, preset: PresetName | null = null, own = settings) =>
  composeDraft({ records: [record] }, own, { version: 3, now: NOW, preset });
const headings = (record: IncidentRecord, preset: PresetName): readonly string[] =>
  compose(record, preset).sections.map(({ heading }) => heading);
const own = (preset: string, ...sections: readonly OwnSection[]) => ({
  ...settings,
  postmortem: { preset, sections: sections.length === 0 ? null : sections },
});

test.each(NAMES)(
  'composes any record as %s, for the channel, as a document and to be shown',
  (name) => {
    fc.assert(
      fc.property(anyRecord, (record) => {
        const draft = compose(record, name);
        expect(draftMarkdown(draft)).toContain('\n## ');
        expect(draftMessage(draft).blocks.length).toBeGreaterThan(3);
        expect(draftSheet(draft).blocks.length).toBeGreaterThan(3);
      }),
      { numRuns: 50 },
    );
  },
);

test('every section is written by some preset, and has a heading of its own', () => {
  const used = NAMES.flatMap((name) => compose(clean({}), name).sections.map(({ id }) => id));
  expect(new Set(used)).toEqual(new Set(Object.keys(SECTIONS)));
  const titles = Object.values(SECTIONS).map(({ heading }) => heading);
  expect(new Set(titles).size).toBe(titles.length);
});

test.each(NAMES)('names no section twice in %s, nor two headings alike', (name) => {
  const { sections } = compose(clean({}), name);
  expect(new Set(sections.map(({ id }) => id)).size).toBe(sections.length);
  expect(new Set(sections.map(({ heading }) => heading)).size).toBe(sections.length);
});

test('classic is the narrative in its usual order', () => {
  expect(headings(clean({}), 'classic')).toEqual([
    'Record',
    'Issue summary',
    'Impact',
    'Timeline',
    'Trigger',
    'Root cause',
    'Detection',
    'How the cause was found',
    'Resolution and recovery',
    'Corrective and preventive measures',
    'Lessons learned',
    'Supporting figures',
    'Communication',
    'Open questions',
  ]);
});

test('classic tells what went well, wrong and by luck apart, and what was not recorded of them', () => {
  const record = clean({
    also: (scribe) => {
      const lesson = (sort: 'well' | 'badly', text: string) =>
        scribe.write({
          text,
          after: null,
          detail: { type: 'lesson', n: scribe.next('lesson'), sort },
        });
      lesson('well', 'The rollback was rehearsed');
      lesson('badly', 'The alert came late');
    },
  });
  const markdown = draftMarkdown(compose(record, 'classic'));
  const lessons = markdown.slice(markdown.indexOf('## Lessons learned'));
  expect(lessons).toMatch(/### What went well\n\n- The rollback was rehearsed \[#\d+\]\n/);
  expect(lessons).toMatch(/### What went wrong\n\n- The alert came late \[#\d+\]\n/);
  expect(lessons).toMatch(/\n\nNot recorded: where we got lucky\.\n/);
});

test('register has one line per field, also for what is not recorded', () => {
  const markdown = draftMarkdown(compose(clean({ marks: { acknowledged: null } }), 'register'));
  expect(markdown).toMatch(
    /\n- \*\*Impact started:\*\* 10 Mar 2026 14:00 UTC \(15:00 CET\) \[#\d+\]\n/,
  );
  expect(markdown).toContain('\n- **Acknowledged:** not recorded\n');
  expect(markdown).toMatch(
    /\n- \*\*Workaround:\*\* \(none, recorded as such\) There was none\. \[#\d+\]\n/,
  );
  expect(markdown).toContain('\n- **Lesson:** not recorded\n');
  expect(markdown).toContain('| lead time | detected → first mitigation started | 13 min |');
  expect(markdown).toContain('stated 28 min; computed 28 min; no difference');
});

test('register tells every round of a reopened incident', () => {
  const record = clean({
    incident: { round: 1 },
    also: (scribe) => {
      const again = scribe.write({
        at: Date.parse('2026-03-10T16:00:00Z'),
        text: 'Reopened',
        detail: { type: 'reopened', reason: null },
      });
      scribe.point('reopened', again.no, 1);
    },
  });
  const markdown = draftMarkdown(compose(record, 'register'));
  expect(markdown).toMatch(/\n- \*\*Reopened, round 2:\*\* 10 Mar 2026 16:00 UTC/);
  expect(markdown).not.toContain('**Resolved, round 2:**');
});

test('the questions stand where nobody outside reads them, and the message says where', () => {
  const record = clean({
    without: ['effect', 'cause', 'trigger', 'fix', 'workaround', 'comms'],
    marks: { detected: null, mitigated: null, acknowledged: null, 'cause found': null },
  });
  const more = (preset: PresetName) => JSON.stringify(draftMessage(compose(record, preset)).blocks);
  expect(more('classic')).toContain('more in the document.');
  expect(more('public')).not.toContain('more in the document.');
  expect(more('public')).toContain('/incident 42 postmortem show standard');
});

describe('a form of one’s own', () => {
  const impact = { id: 'impact', heading: 'What customers saw' };
  const timeline = { id: 'timeline', heading: null };

  test('has its sections in its order, under its headings', () => {
    const { sections } = compose(clean({}), null, own('classic', timeline, impact));
    expect(sections.map(({ id, heading }) => [id, heading])).toEqual([
      ['timeline', 'Timeline'],
      ['impact', 'What customers saw'],
    ]);
  });

  test('is what its preset means from then on, and no other', () => {
    const mine = own('classic', impact);
    expect(compose(clean({}), 'classic', mine).sections).toHaveLength(1);
    expect(compose(clean({}), 'register', mine).sections.map(({ id }) => id)).toEqual(
      compose(clean({}), 'register').sections.map(({ id }) => id),
    );
  });

  test('leaves the message in the channel as it is', () => {
    const usual = draftMessage(compose(clean({}), null));
    const mine = draftMessage(
      compose(
        clean({}),
        null,
        own('standard', { id: 'lessons', heading: null }, { id: 'questions', heading: null }),
      ),
    );
    expect(mine).toEqual(usual);
  });
});

test('the configured preset is that of every draft, another one only for once', () => {
  expect(compose(clean({})).preset).toBe('standard');
  expect(compose(clean({}), null, own('register')).preset).toBe('register');
  expect(compose(clean({}), 'classic', own('register')).preset).toBe('classic');
});

test('a preset is for the outside when all of it is', () => {
  expect(NAMES.filter(isForOutside)).toEqual(['public']);
  expect((Object.keys(SECTIONS) as SectionId[]).filter(isOutward)).toEqual(PRESETS.public.sections);
});

test.each([
  ['private', { private: true }],
  ['a drill', { drill: true }],
])('what is %s is written for the inside even where the outside is configured', (_, incident) => {
  const draft = compose(clean({ incident }), null, own('public'));
  expect(draft).toMatchObject({ preset: 'standard', outward: false });
});

test('the title of a document for the outside is the incident’s, that of ours has its number', () => {
  expect(draftMarkdown(compose(clean({}), 'public'))).toMatch(/^# Checkout fails\n/);
  expect(draftMarkdown(compose(clean({}), 'classic'))).toMatch(
    /^# Postmortem: INC-42 · Checkout fails\n/,
  );
});

test('a moment outside is shown in UTC first, with the date where another zone has another', () => {
  const scribe = createScribe(42, NOW, 'x', 'UTC');
  const ended = scribe.write({ text: 'over', at: Date.parse('2026-05-07T14:49:00Z') });
  scribe.point('impact ended', ended.no);
  scribe.point('resolved', ended.no);
  const record = scribe.record({ header: { zones: 'Australia/Sydney, America/New_York' } });
  const markdown = draftMarkdown(compose(record, 'public'));
  expect(markdown).toContain(
    '| 7 May 2026 14:49 UTC | 8 May 00:49 AEST | 10:49 EDT | Impact ended, resolved |',
  );
  expect(draftMarkdown(compose(record, 'classic'))).toContain('8 May 2026 00:49 AEST');
});

test('what is shown says how many questions are open', () => {
  const draft = compose(clean({ without: ['workaround'] }), 'public');
  expect(plainText(draftSheet(draft).summary)).toContain('1 open question.');
});
