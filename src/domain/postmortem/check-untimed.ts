import type { Entry } from '../entry.ts';
import { type Check, cited, type Finding } from './check.ts';
import { commsClaimed } from './check-communication.ts';
import { bounds, momentsMissing } from './check-moments.ts';

/** Lines of the timeline of which nobody knows when they happened. */
export const timesMissing: Check = {
  id: 'times-missing',
  title: 'Entries without a time',
  find: (telling, report) => {
    // A moment that is not set is asked for by name, and its entry not a second time.
    const asked = new Set(
      [momentsMissing, commsClaimed]
        .flatMap(({ find }) => find(telling, report))
        .flatMap(({ entries }) => entries),
    );
    const untimed = telling.timeline.filter(
      (entry) =>
        entry.at === null &&
        entry.question === null &&
        !telling.marksOf.has(entry.no) &&
        !asked.has(entry.no),
    );
    const told = untimed.filter(({ detail }) => detail?.type === 'comms');
    const happened = untimed.filter(({ detail }) => detail?.type !== 'comms');
    return [
      ...happened.slice(0, 20).map((entry) => ({
        text: `When was ${cited(entry)}? Its time is not recorded.${bounds(telling, entry)}`,
        entries: [entry.no],
        settle: `edit ${entry.no} at <time>`,
      })),
      ...whenTold(told.slice(0, 20)),
    ];
  },
};

/** What was told is one question, however many lines there are. */
function whenTold(told: readonly Entry[]): readonly Finding[] {
  const [first] = told;
  if (first === undefined) return [];
  const named = told.map((entry) => cited(entry, 70)).join(', ');
  return [
    {
      text: `When was it told: ${named}? ${told.length === 1 ? 'Its time is' : 'Their times are'} not recorded.`,
      entries: told.map(({ no }) => no),
      settle: `edit ${first.no} at <time>`,
    },
  ];
}
