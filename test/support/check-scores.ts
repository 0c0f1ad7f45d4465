import { CHECKS, questionsOf } from '../../src/domain/postmortem/checks.ts';
import type { Question } from '../../src/domain/postmortem/draft.ts';
import { tell } from '../../src/domain/postmortem/telling.ts';
import type { IncidentRecord } from '../../src/domain/record.ts';
import { readCorpus, type Specimen, typed } from './check-corpus.ts';

/** What is asked of a record. */
export const asked = (record: IncidentRecord): readonly Question[] => {
  const telling = tell(record);
  return questionsOf(telling, [telling]);
};

/** A record of the corpus and what the checks asked of it. */
export interface Tried extends Specimen {
  readonly questions: readonly Question[];
  /** Questions that nobody planted. */
  readonly surplus: readonly Question[];
  /** Whether what was planted was asked about; true where nothing was. */
  readonly found: boolean;
}

/** How a check did. */
export interface Score {
  readonly id: string;
  readonly title: string;
  readonly planted: number;
  readonly found: number;
  /** Records in which it asks and nothing of the kind was planted. */
  readonly falseAlarms: number;
  /** Records in which it has nothing to ask. */
  readonly others: number;
}

/** Types the whole corpus. */
export const tryCorpus = (): readonly Tried[] =>
  readCorpus().map((specimen) => {
    const questions = asked(typed(specimen).record);
    const { planted, also } = specimen;
    const surplus = questions.filter(({ check }) => check !== planted && !also.includes(check));
    const found = planted === null || questions.some(({ check }) => check === planted);
    return { ...specimen, questions, surplus, found };
  });

/** How each check did. */
export const scoresOf = (tried: readonly Tried[]): readonly Score[] =>
  CHECKS.map(({ id, title }) => {
    const own = tried.filter(({ planted }) => planted === id);
    const rest = tried.filter(({ planted, also }) => planted !== id && !also.includes(id));
    return {
      id,
      title,
      planted: own.length,
      found: own.filter(({ found }) => found).length,
      falseAlarms: rest.filter(({ surplus }) => surplus.some(({ check }) => check === id)).length,
      others: rest.length,
    };
  });

/** The figures that are promised. */
export interface Totals {
  readonly planted: number;
  readonly found: number;
  readonly clean: number;
  /** Clean records in which anything is asked. */
  readonly disturbed: number;
}

/** The figures of these records. */
export function totalsOf(tried: readonly Tried[]): Totals {
  const planted = tried.filter((one) => one.planted !== null);
  const clean = tried.filter((one) => one.planted === null);
  return {
    planted: planted.length,
    found: planted.filter(({ found }) => found).length,
    clean: clean.length,
    disturbed: clean.filter(({ surplus }) => surplus.length > 0).length,
  };
}
