import { describe, expect, test } from 'vitest';
import { CHECKS } from '../../../src/domain/postmortem/checks.ts';
import type { Question } from '../../../src/domain/postmortem/draft.ts';
import { readCorpus, typed } from '../../support/check-corpus.ts';
import { asked } from '../../support/check-scores.ts';
import type { Diary } from '../../support/diary.ts';

/** What somebody puts in the place of each `<…>` of a question's command; by check and story. */
const ANSWERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'transfers: moments-order': { '<time>': '2026-01-14 22:38' },
  'backfilled: moments-order': { '<time>': '2026-03-24 15:42' },
  'transfers: posts-too-early': { '<time>': '2026-01-14 23:08' },
  'pune: impact-figures': { '<text>': 'Seat maps failed for all check-ins at 14 airports.' },
  'thirds: impact-figures': { '<text>': '9% of orders were put off.' },
  'tokyo: moments-missing': { '<time>': '11:00' },
  'nine: moments-missing': { '<time>': '11:17' },
  'nine: stated-figures': { '<why the published figure does not hold>': 'it was a guess' },
  'magazijn: stated-figures': { '<why the published figure does not hold>': 'it was a guess' },
  'reaberto: reopened-open': { '<time>': '16:20', '<text>': 'Busca responde' },
  'nine: after-resolution': { '<reason>': 'blank again for Swiss francs' },
  'tokyo: start-is-detection': { '<time>': '10:05' },
  'harbour: whole-period': { '<text>': 'All 3,400 containers showed old positions.' },
  'resolveur: zones-disagree': { '<time>': '2026-02-03 08:00 UTC' },
  'pune: times-unsettled': { '<time>': '18:35' },
  'backfilled: times-unsettled': { '<time>': '2024-03-24 13:50 UTC' },
  'thirds: cause-two-ways': { '<text>': 'Rule 121 reads the list of countries.' },
  'backfilled: data-damage': {
    '<what happened to the data>': '40 rows were restored from the backup',
  },
  'backfilled: alerts-claimed': { '<time>': '14:15', '<which alert>': 'slow query log above 5 s' },
  'pune: noticed-first': { '<why>': 'nobody counts seat maps' },
  'transfers: workaround': { '<text or none>': 'none' },
  'transfers: end-unconfirmed': {
    '<time>': '00:33',
    '<what confirmed it>': 'The clearing house has all 12,604 payments',
  },
  'thirds: times-missing': { '<time>': '09:55' },
  'pune: times-in-prose': { '<what happened>': 'nightly import finished' },
  'kathmandu: times-approximate': { '<time>': '12:26' },
  'harbour: gaps': { '<time>': '2026-07-20 17:00', '<what happened>': 'Waited for the vendor' },
  'nine: comms-claimed': { '<time>': '11:28', '<text>': 'Status page: rates are shown again' },
  'transfers: update-promised': {
    '<time>': '2026-01-14 22:59',
    '<text>': 'Status page: still at it',
  },
  'recorded-login: assumptions': {},
  'tokyo: findings-missing': { '<text>': '設定値の範囲を検査する仕組みがない。' },
  'pune: impact-uncounted': {
    '<who, which function, how many>': 'Seat maps failed for 4,100 check-ins',
  },
  'nine: impact-uncounted': { '<who, which function, how many>': '312 visits saw no rates' },
  'thirds: mitigation-as-prevention': { '<text>': 'An empty list counts as no country.' },
  'backfilled: blame': { '<text>': 'Nothing counts the use of an index.' },
  'harbour: blame': { '<text>': 'The broker answers tickets late.' },
  'transfers: vague-words': { '<text>': 'Transfers of 12,604 customers waited.' },
  'backfilled: vague-words': { '<text>': 'Exports of a single month work.' },
  'harbour: encoding': { '<text>': 'Consumers connect and receive nothing' },
  'thirds: repeated': {},
  'transfers: repeated': {},
  'tokyo: actions-missing': {
    '<text>': 'Check ranges in CI',
    '@owner': '<@U0SATO>',
    '<date>': 'Friday',
  },
  'nine: action-fields': { '@owner': '<@U0EOIN>' },
  'magazijn: action-fields': { '<date>': 'Friday' },
  'thirds: action-wording': { '<text>': 'Replay payments against new rules before activation' },
  'handover: action-wording': {},
  'resolveur: promise-and-state': {},
};

const specimens = readCorpus().filter(({ planted, part }) => planted !== null && part === 'tuned');

/** The lines that the question says to type, with somebody's answers in it. */
function lineOf({ command }: Question, answers: Readonly<Record<string, string>>): string {
  const line = Object.entries(answers).reduce(
    (text, [blank, answer]) => text.replace(blank, () => answer),
    command.replace(/^\S+ /, ''),
  );
  expect(line, 'every blank is filled in').not.toMatch(/<(?!@)|@owner/);
  return line;
}

const ofCheck = (diary: Diary, check: string | null): readonly Question[] =>
  asked(diary.record).filter((question) => question.check === check);

/** What a question is about: an answer that only words it anew is none. */
const about = (questions: readonly Question[]): readonly string[] =>
  questions.map(({ sources, command }) => `${JSON.stringify(sources)} ${command}`);

test('every check has a question that is settled here', () => {
  const settled = new Set(specimens.map(({ planted }) => planted));
  // What is far off is asked about when it is typed: see the next test.
  expect(CHECKS.map(({ id }) => id).filter((id) => !settled.has(id))).toEqual(['times-far']);
});

describe('a question is gone when what it says is typed', () => {
  test.each(specimens.map((specimen) => [specimen.name, specimen] as const))(
    '%s',
    (name, specimen) => {
      const diary = typed(specimen);
      const answers = ANSWERS[name];
      if (answers === undefined) throw new Error(`no answers for ${name}`);
      const [question] = ofCheck(diary, specimen.planted);
      if (question === undefined) throw new Error('nothing is asked');
      diary.work.isDownFor(60_000);
      diary.type(lineOf(question, answers));
      expect(ofCheck(diary, specimen.planted)).not.toContainEqual(
        expect.objectContaining({ sources: question.sources, text: question.text }),
      );
      expect(about(ofCheck(diary, specimen.planted))).not.toContain(about([question])[0]);
    },
  );
});
