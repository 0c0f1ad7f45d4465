import { type Block, heading, type Line, paragraph } from '../text.ts';
import { type Context, from, leadTime, stated } from './context.ts';
import { fixesOf } from './fixes.ts';
import { timeOf } from './phrases.ts';
import { lessonsList } from './section-lessons.ts';
import { found, is, isWrongHypothesis, markEntries, type Telling } from './telling.ts';

/** What was done about it: workaround, mitigation, fix, failed attempts, lessons. */
export const responseSection = (context: Context): readonly Block[] => [
  heading('Workaround'),
  workarounds(context),
  heading('Resolution'),
  fixes(context),
  heading('Attempts that failed'),
  ...failures(context),
  heading('Lessons'),
  ...lessonsList(context),
];

/** How it was repaired: what took effect first, what was tried in vain after it. */
export const resolutionSection = (context: Context): readonly Block[] => [
  fixes(context),
  heading('Workaround'),
  workarounds(context),
  heading('Attempts that failed'),
  ...failures(context),
];

const listOr = (items: readonly Line[], otherwise: string): Block =>
  items.length === 0 ? paragraph(otherwise) : { type: 'list', items };

function workarounds(context: Context): Block {
  const items = context.tellings.flatMap((telling) =>
    found(telling, 'workaround').map((entry): Line => {
      const said = entry.detail.none ? 'None (recorded as such): ' : '';
      const when = entry.at === null ? '' : `${leadTime(context, entry.at)}: `;
      return [`${when}${said}`, ...stated(context, telling, entry)];
    }),
  );
  return listOr(items, 'Not recorded, which is not the same as none.');
}

function fixes(context: Context): Block {
  const items = context.tellings.flatMap((telling) => [
    ...mitigation(context, telling),
    ...fixesOf(telling).map((entry): Line => {
      const permanence = entry.detail.permanence ?? 'temporary or permanent: not recorded';
      const when = entry.at === null ? '' : `, ${leadTime(context, entry.at)}`;
      return [`Fix (${permanence})${when}: `, ...stated(context, telling, entry)];
    }),
  ]);
  return listOr(items, 'Not recorded.');
}

function mitigation(context: Context, telling: Telling): Line[] {
  return markEntries(telling, 'mitigated').map((entry, round): Line => {
    const when = timeOf(entry, context.zones[0] ?? 'UTC');
    const again = round === 0 ? '' : ' again';
    return [`Mitigated${again} ${when}: `, ...stated(context, telling, entry)];
  });
}

/** What was tried in vain; where it was tried on a wrong hypothesis it is told with that one. */
function failures(context: Context): readonly Block[] {
  const failed = context.tellings.map((telling) => {
    const entries = telling.timeline.filter((entry) => is(entry, 'failed'));
    return { telling, entries, guessed: entries.filter(isWrongHypothesis) };
  });
  const items = failed.flatMap(({ telling, entries }) =>
    entries
      .filter((entry) => !isWrongHypothesis(entry))
      .map((entry): Line => {
        const when = timeOf(entry, context.zones[0] ?? 'UTC');
        return [`${when}: `, ...stated(context, telling, entry)];
      }),
  );
  const guesses = failed
    .map(({ telling, guessed }) => from(context, telling, ...guessed.map(({ no }) => no)))
    .join('');
  return [
    ...(items.length === 0 && guesses !== '' ? [] : [listOr(items, 'None recorded.')]),
    ...(guesses === '' ? [] : [paragraph(`Tried on hypotheses that were wrong:${guesses}.`)]),
  ];
}
