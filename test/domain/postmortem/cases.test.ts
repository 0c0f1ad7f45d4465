import { expect, test } from 'vitest';
import { composeDraft, type Draft, draftMarkdown } from '../../../src/domain/postmortem/index.ts';
import { plainText } from '../../../src/domain/text.ts';
import { CASES, type Case, caseReport, readCase } from '../../support/case-record.ts';
import { settings } from '../../support/scribe.ts';

const NOW = Date.parse('2026-11-21T09:00:00Z');

function draftOf(name: string): { draft: Draft; markdown: string; cases: readonly Case[] } {
  const given = readCase(name);
  const cases = given.incidents ?? [given];
  const zones = ['UTC', cases[0]?.reporterTimeZone ?? 'UTC'];
  const draft = composeDraft(caseReport(name), { ...settings, zones }, { version: 1, now: NOW });
  return { draft, markdown: draftMarkdown(draft), cases };
}

const drafts = new Map(CASES.map((name) => [name, draftOf(name)]));
const has = (markdown: string, minutes: number): boolean =>
  new RegExp(`(?<![\\d-])${minutes} min`).test(markdown);

test.each(CASES)('prints every figure that is computed for %s', (name) => {
  const { markdown, cases } = drafts.get(name) ?? draftOf(name);
  const figures = cases.flatMap(({ computed, computedDurationMinutes }) => [
    ...Object.entries(computed),
    ['duration', computedDurationMinutes] as const,
  ]);
  const absent = figures.filter(([, figure]) => figure !== null && !has(markdown, figure));
  expect(absent).toEqual([]);
});

test.each(CASES)('prints every clock, date and tracker that the facts of %s name', (name) => {
  const { markdown, cases } = drafts.get(name) ?? draftOf(name);
  const all = [...cases, readCase(name)].flatMap(({ facts }) => facts);
  const words = all
    .filter((fact) => !/open question|assumed|\(\+|until|published|stated window/i.test(fact))
    .flatMap((fact) => fact.match(/\b\d{2}:\d{2}\b|\bT\d{6}\b|\bCAPA-\d\b|\d+%/g) ?? []);
  expect(words.length).toBeGreaterThan(2);
  expect([...new Set(words)].filter((word) => !markdown.includes(word))).toEqual([]);
});

test.each(CASES)('tells every event of %s exactly as it was typed, once, in order', (name) => {
  const { draft, cases } = drafts.get(name) ?? draftOf(name);
  const timeline = draft.sections.find(({ id }) => id === 'timeline')?.blocks ?? [];
  const told = timeline.flatMap((block) =>
    block.type === 'table' ? block.rows.map((row) => plainText(row.at(-3) ?? [])) : [],
  );
  for (const { events } of cases) {
    const places = events.map(({ text }) => told.findIndex((line) => line.endsWith(text)));
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  }
});

const EXPECTED: readonly (readonly [string, string, RegExp])[] = [
  ['seed-0', 'zones-disagree', /7:19 PM IST/],
  ['seed-0', 'zones-disagree', /EST: New York is on EDT/],
  ['seed-0', 'posts-too-early', /79 min before .* and 145 min before the recorded resolution/],
  ['seed-0', 'impact-figures', /US region/],
  ['seed-0', 'stated-figures', /39 min.*cannot be compared.*#3.*#7/],
  ['seed-0', 'moments-missing', /When did the impact start/],
  ['seed-0', 'moments-missing', /When was it detected/],
  ['seed-0', 'times-missing', /Database migrations started/],
  ['seed-0', 'vague-words', /immediately/],
  ['seed-0', 'action-wording', /more closely/],
  ['seed-0', 'action-wording', /where applicable/],
  ['seed-0', 'assumptions', /severity/],
  ['seed-1', 'stated-figures', /lead time.*15 min.*16 min/],
  ['seed-1', 'stated-figures', /correction time.*15 min.*14 min/],
  ['seed-1', 'stated-figures', /downtime.*20 min.*18 min/],
  ['seed-1', 'stated-figures', /correction time.*22 min.*cannot be compared/],
  ['seed-1', 'alerts-claimed', /No alerts were missed/],
  ['seed-1', 'comms-claimed', /InStatus updates were used for both/],
  ['seed-1', 'workaround', /No workaround.*could be|No workaround.*what users could do/],
  ['seed-1', 'moments-missing', /When was it resolved/],
  ['seed-1', 'moments-missing', /When did the impact start/],
  ['seed-1', 'end-unconfirmed', /seem stable/],
  ['seed-1', 'blame', /one of the developers/],
  ['seed-1', 'assumptions', /zone/],
  ['seed-2', 'stated-figures', /240 min.*210 min/],
  ['seed-2', 'repeated', /says nearly the same/],
  ['seed-2', 'data-damage', /corrupted.*schema/],
  ['seed-2', 'assumptions', /date/],
  ['seed-2', 'times-missing', /top management/],
  ['seed-2', 'vague-words', /many/],
  ['seed-2', 'noticed-first', /30 min/],
  ['seed-2', 'action-wording', /quicker/],
  ['seed-3', 'impact-figures', /inaccessible|30%/],
  ['seed-3', 'cause-two-ways', /triggered by/],
  ['seed-3', 'promise-and-state', /have been documented/],
  ['seed-3', 'mitigation-as-prevention', /to prevent further incidents/],
  ['seed-3', 'encoding', /â€“/],
  ['seed-3', 'start-is-detection', /true start/],
  ['seed-3', 'noticed-first', /15 min before monitoring/],
  ['seed-4', 'impact-figures', /all users.*80%/],
  ['seed-4', 'whole-period', /360 min/],
  ['seed-4', 'gaps', /300 min.*misconfiguration/],
  ['seed-4', 'gaps', /360 min/],
  ['seed-4', 'start-is-detection', /true start/],
  ['seed-4', 'action-wording', /review/],
  ['seed-4', 'comms-claimed', /No communication is recorded/],
  ['02-2i2c-leap-2025', 'reopened-open', /no second resolution/],
  ['02-2i2c-leap-2025', 'stated-figures', /60 min.*68 min/],
  ['08-wikimedia-commons-2019', 'stated-figures', /1140 min.*1147 min/],
  ['08-wikimedia-commons-2019', 'noticed-first', /no alert is recorded/],
  ['08-wikimedia-commons-2019', 'gaps', /14 h 33 min/],
  ['10-bilibili-slb-2021', 'times-approximate', /approximate/],
];

test.each(EXPECTED)('asks in %s, by the check %s, about %s', (name, check, text) => {
  const { draft } = drafts.get(name as (typeof CASES)[number]) ?? draftOf(name);
  const asked = draft.questions.filter((question) => question.check === check);
  expect(
    asked.map(({ text: line }) => plainText(line)).filter((line) => text.test(line)),
  ).not.toEqual([]);
});

test('never shows a wrong hypothesis as the cause, or a failed action as the fix', () => {
  const { draft } = drafts.get('seed-4') ?? draftOf('seed-4');
  const summary = JSON.stringify(draft.sections.find(({ id }) => id === 'summary'));
  expect(summary).not.toMatch(/increased traffic|code deployment/);
});

test('a summary has at most five sentences, however many were recorded', () => {
  for (const { draft } of drafts.values()) {
    const blocks = draft.sections.find(({ id }) => id === 'summary')?.blocks ?? [];
    for (const block of blocks) {
      const text = block.type === 'paragraph' ? plainText(block.line) : '';
      expect(text.match(/\.(?=\s|$)/g)?.length ?? 0).toBeLessThanOrEqual(5);
    }
  }
});
