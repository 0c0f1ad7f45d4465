import { describe, expect, test } from 'vitest';
import { CHECKS } from '../../../src/domain/postmortem/checks.ts';
import { tell } from '../../../src/domain/postmortem/telling.ts';
import { type Change, record } from './clean-record.ts';
import { MOMENTS } from './corpus-moments.ts';
import { STORY } from './corpus-story.ts';
import { WORDS } from './corpus-words.ts';

const CORPUS = { ...MOMENTS, ...STORY, ...WORDS };

const check = (id: string) => CHECKS.find((candidate) => candidate.id === id);
const find = (id: string, change: Change) => {
  const telling = tell(record(change));
  return check(id)?.find(telling, [telling]) ?? [];
};

test('a clean record leaves nothing to be asked', () => {
  const telling = tell(record({}));
  expect(CHECKS.flatMap(({ find: look }) => look(telling, [telling]))).toEqual([]);
});

test('every check has at least two planted and two clean records', () => {
  for (const { id } of CHECKS) {
    expect(CORPUS[id]?.planted.length, id).toBeGreaterThanOrEqual(2);
    expect(CORPUS[id]?.clean.length, id).toBeGreaterThanOrEqual(2);
  }
});

describe.each(Object.entries(CORPUS))('%s', (id, { planted, clean }) => {
  test.each(planted.map((change, place) => [place + 1, change] as const))(
    'asks about planted record %i',
    (_, change) => {
      expect(find(id, change)).not.toEqual([]);
    },
  );
  test.each(clean.map((change, place) => [place + 1, change] as const))(
    'leaves clean record %i alone',
    (_, change) => {
      expect(find(id, change)).toEqual([]);
    },
  );
});

test('every question names what to type, and entries that exist', () => {
  for (const { planted } of Object.values(CORPUS)) {
    for (const change of planted) {
      const telling = tell(record(change));
      for (const { settle, entries } of CHECKS.flatMap(({ find: look }) =>
        look(telling, [telling]),
      )) {
        expect(settle).toMatch(/^[a-z]/);
        for (const no of entries) expect(telling.byNumber.has(no)).toBe(true);
      }
    }
  }
});
