import type { Entry } from '../entry.ts';
import { type Block, heading, type Line, paragraph } from '../text.ts';
import { type Context, from, stated } from './context.ts';
import { firstAlert, firstReport, intervalsOf } from './intervals.ts';
import { lengthOf, timeOf } from './phrases.ts';
import { is, isWrongHypothesis, markEntry, type Telling } from './telling.ts';

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
  const detected = markEntry(telling, 'detected');
  const [report, alert] = [firstReport(telling), firstAlert(telling)];
  const lags = intervalsOf(telling).filter(({ what }) => /first (?:report|alert)/.test(what));
  const tagged = telling.timeline.filter((entry) => is(entry, 'detected') && entry !== detected);
  const items: Line[] = [
    signText(context, telling, 'Detected', detected ?? undefined),
    ...tagged.slice(0, 5).map((entry) => signText(context, telling, 'Tagged as detection', entry)),
    signText(context, telling, 'First report', report),
    signText(context, telling, 'First alert', alert),
    ...lags.map(
      ({ what, from: first, to }): Line => [
        `${what}: ${lengthOf(to.at - first.at)}${from(context, telling, first.entry, to.entry)}`,
      ],
    ),
  ];
  return [...titled(context, telling), { type: 'list', items }];
}

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
  return [`${label}${by}: ${when}, `, ...stated(context, telling, entry)];
}

function causeFound(context: Context, telling: Telling): Block[] {
  const milestone = markEntry(telling, 'cause found');
  const tagged = telling.timeline.filter(
    (entry) => is(entry, 'cause') && entry.no !== milestone?.no && entry.detail?.type !== 'cause',
  );
  const items = [
    milestone === null
      ? ['“Cause found” is not recorded as a milestone']
      : signText(context, telling, 'Cause found', milestone),
    ...tagged.slice(0, 20).map((entry) => signText(context, telling, 'Tagged as a cause', entry)),
  ];
  return [...titled(context, telling), { type: 'list', items }];
}

function wrongHypotheses(context: Context): Block[] {
  const items = context.tellings.flatMap((telling) => {
    const costs = new Map(
      intervalsOf(telling)
        .filter(({ what }) => what.includes('wrong hypothesis'))
        .map(({ from: first, to }) => [first.entry, to]),
    );
    return telling.timeline.filter(isWrongHypothesis).map((entry): Line => {
      const next = costs.get(entry.no);
      const when = timeOf(entry, context.zones[0] ?? 'UTC');
      const cost =
        next === undefined || entry.at === null
          ? ''
          : ` Until the next entry: ${lengthOf(next.at - entry.at)}${from(context, telling, next.entry)}.`;
      return [`${when}: `, ...stated(context, telling, entry), cost === '' ? '' : `.${cost}`];
    });
  });
  if (items.length === 0) return [paragraph('None recorded.')];
  return [paragraph(`${items.length} recorded.`), { type: 'list', items }];
}

const titled = ({ several }: Context, { name }: Telling): Block[] =>
  several ? [paragraph({ type: 'bold', text: name })] : [];
