import { expect, test } from 'vitest';
import { inWords } from '../../../src/domain/decide/wording.ts';

test.each([
  [0, '1 s'],
  [133, '1 s'],
  [8000, '8 s'],
  [59_999, '60 s'],
  [300_000, '5 min'],
])('%i ms are said as “%s”, and never as 0 s', (ms, words) => {
  expect(inWords(ms)).toBe(words);
});
