import type { Entry } from '../entry.ts';
import { type Block, heading, type Line, paragraph } from '../text.ts';
import { type Context, from, stated } from './context.ts';
import type { Moment } from './draft.ts';
import { firstAlert, firstReport, intervalsOf, signsOf } from './intervals.ts';
import { lengthOf, timeOf } from './phrases.ts';
import { is, isWrongHypothesis, markEntries, type Telling } from './telling.ts';

/** Who or what noticed it first, and what came before what. */
export const detectionSection = (context: Context): readonly Block[] =>
  context.tellings.flatMap((telling) => detection(context, telling));

/** How the cause was found, with the guesses that were wrong and what they cost. */
export const investigationSection = (context: Context): readonly Block[] => [
  ...context.tellings.flatMap((telling) => causeFound(context, telling)),
  heading('Hypotheses that were wrong'),
  ...wrongHypotheses(context),
];

function detection(context: Context, telling: Telling): Block[] {
  const detected = markEntries(telling, 'detected');
  const [report, alert] = [firstReport(telling), firstAlert(telling)];
  const lags = signsOf(telling);
  const tagged = telling.timeline.filter(
    (entry) => is(entry, 'detected') && !detected.includes(entry),
  );
  const items: Line[] = [
    ...once([
      ...inRounds('Detected', detected),
      ...tagged.slice(0, 5).map((entry): Sign => ['Tagged as detection', entry]),
      ['First report', report],
      ['First alert', alert],
    ]).map(([label, entry]) => signText(context, telling, label, entry)),
    ...lags.map(
      ({ what, from: first, to }): Line => [
        `${what}: ${lengthOf(to.at - first.at)}${from(context, telling, first.entry, to.entry)}`,
      ],
    ),
  ];
  return [...titled(context, telling), { type: 'list', items }];
}

type Sign = readonly [label: string, entry: Entry | undefined];

/** One entry that was several of them is told once: `Detected, first report`. */
const once = (signs: readonly Sign[]): readonly Sign[] =>
  signs.flatMap(([label, entry], place): readonly Sign[] => {
    if (entry === undefined) return [[label, entry]];
    if (signs.findIndex(([, other]) => other === entry) < place) return [];
    const others = signs.slice(place + 1).flatMap(([more, other]) => (other === entry ? more : []));
    return [[[label, ...others.map((more) => more.toLowerCase())].join(', '), entry]];
  });

/** One for each round; one without an entry where there is none. */
const inRounds = (label: string, entries: readonly Entry[]): readonly Sign[] =>
  entries.length === 0
    ? [[label, undefined]]
    : entries.map((entry, round) => [round === 0 ? label : `${label} again`, entry]);

function signText(
  context: Context,
  telling: Telling,
  label: string,
  entry: Entry | undefined,
): Line {
  if (entry === undefined) return [`${label}: not recorded`];
  const by =
    entry.detail?.type === 'detected' && entry.detail.by !== null ? ` by ${entry.detail.by}` : '';
  const when = timeOf(entry, context.zones[0] ?? 'UTC');
  const [first = '', ...others] = label.split(', ');
  const what = [`${first}${by}`, ...others].join(', ');
  return [`${what}: ${when}, `, ...stated(context, telling, entry)];
}

function causeFound(context: Context, telling: Telling): Block[] {
  const milestones = markEntries(telling, 'cause found');
  const tagged = telling.timeline.filter(
    (entry) => is(entry, 'cause') && !milestones.includes(entry) && entry.detail?.type !== 'cause',
  );
  const items = [
    ...inRounds('Cause found', milestones).map(([label, entry]) =>
      signText(context, telling, label, entry),
    ),
    ...tagged.slice(0, 20).map((entry) => signText(context, telling, 'Tagged as a cause', entry)),
  ];
  return [...titled(context, telling), { type: 'list', items }];
}

function wrongHypotheses(context: Context): Block[] {
  const items = context.tellings.flatMap((telling) => {
    const costs = new Map(
      intervalsOf(telling)
        .filter(({ what }) => what.includes('wrong hypothesis'))
        .map(({ from: first, to }) => [first.entry, { first, to }]),
    );
    return telling.timeline.filter(isWrongHypothesis).map((entry): Line => {
      const until = costs.get(entry.no);
      const when = timeOf(entry, context.zones[0] ?? 'UTC');
      const cost =
        until === undefined
          ? ''
          : ` Until the next entry: ${lengthBetween(until)}${from(context, telling, until.to.entry)}.`;
      return [`${when}: `, ...stated(context, telling, entry), cost === '' ? '' : `.${cost}`];
    });
  });
  if (items.length === 0) return [paragraph('None recorded.')];
  return [paragraph(`${items.length} recorded.`), { type: 'list', items }];
}

const lengthBetween = ({ first, to }: { readonly first: Moment; readonly to: Moment }): string =>
  `${first.approximate || to.approximate ? '~' : ''}${lengthOf(to.at - first.at)}`;

const titled = ({ several }: Context, { name }: Telling): Block[] =>
  several ? [paragraph({ type: 'bold', text: name })] : [];
