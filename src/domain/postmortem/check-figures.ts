import type { Check } from './check.ts';
import { comparisonsOf } from './comparison.ts';

/** Published figures that differ from the computed ones, or cannot be held against them. */
export const statedFigures: Check = {
  id: 'stated-figures',
  title: 'Stated and computed figures',
  find: (telling) =>
    comparisonsOf(telling)
      .filter(({ verdict }) => verdict !== 'same')
      .map(({ entry, question }) => ({
        text: question,
        entries: [entry.no],
        settle: `strike ${entry.no} <why the published figure does not hold>`,
        otherwise: 'edit <n> at <time>',
      })),
};
