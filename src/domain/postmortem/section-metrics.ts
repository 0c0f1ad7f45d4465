import { type Block, heading, type Line, note } from '../text.ts';
import { comparisonsOf } from './comparison.ts';
import { type Context, from } from './context.ts';
import type { Figure, Moment } from './draft.ts';
import { figureText } from './figure.ts';
import { CHANGE_ENDS, changesOf, intervalsOf } from './intervals.ts';
import { metricNamed } from './metrics.ts';
import { lengthOf, shown } from './phrases.ts';
import type { Telling } from './telling.ts';

/** Figures with their definitions, what somebody stated beside them, and the intervals between moments. */
export function metricsSection(context: Context): readonly Block[] {
  return [
    note(
      'Every figure is computed from the instants of the entries named, not from clock faces; a figure whose input is missing is unknown.',
    ),
    ...context.tellings.flatMap((telling) => [
      ...(context.several ? [heading(`Figures, ${telling.name}`)] : []),
      figures(context, telling),
      ...ofRounds(telling),
      ...otherStated(context, telling),
      ...intervals(context, telling),
      ...changes(context, telling),
    ]),
  ];
}

function figures(context: Context, telling: Telling): Block {
  const comparisons = comparisonsOf(telling);
  const rows = context.metrics
    .filter(({ incident }) => incident === telling.name)
    .map(({ name, definition, figure }): readonly Line[] => {
      const beside = comparisons.filter(
        ({ entry }) => metricNamed(entry.detail.stated.metric)?.name === name,
      );
      const said = beside.map(({ text, entry }) => `${text}${from(context, telling, entry.no)}`);
      return [
        [name],
        [definition],
        [figureText(figure)],
        [spansText(context, telling, figure)],
        [said.join('; ')],
      ];
    });
  const head = ['Metric', 'Definition', 'Figure', 'Computed from', 'Stated figure'];
  return { type: 'table', head, rows };
}

/** Which intervals a figure counts, where there are several. */
const ofRounds = ({ rounds }: Telling): Block[] =>
  rounds.length === 1
    ? []
    : [
        note(
          'It was reopened: durations sum all intervals, and the time between two intervals is in none; every other figure is that of the first interval.',
        ),
      ];

function spansText(context: Context, telling: Telling, figure: Figure): string {
  if (!figure.known) return '';
  return figure.spans
    .map(({ from: first, to }) => {
      const length = figure.spans.length > 1 ? ` = ${lengthOf(to.at - first.at)}` : '';
      return `${spanText(context, telling, first, to)}${length}`;
    })
    .join(' + ');
}

function spanText(context: Context, telling: Telling, first: Moment, last: Moment): string {
  const text = ({ entry, ...moment }: Moment): string =>
    `${shown({ entry, ...moment }, context.zones)}${from(context, telling, entry)}`;
  // No time passed because nobody told the two apart: that is to be seen where the figure is.
  return first.entry === last.entry
    ? `${text(first)}, which is both`
    : `${text(first)} → ${text(last)}`;
}

/** Stated figures that are none of the metrics still stand somewhere. */
function otherStated(context: Context, telling: Telling): Block[] {
  const others = comparisonsOf(telling).filter(
    ({ entry }) => metricNamed(entry.detail.stated.metric) === undefined,
  );
  if (others.length === 0) return [];
  const items = others.map(
    ({ entry, text }): Line => [`${text}${from(context, telling, entry.no)}`],
  );
  return [{ type: 'list', items }];
}

function intervals(context: Context, telling: Telling): Block[] {
  const rows = intervalsOf(telling).map(({ what, from: first, to }): readonly Line[] => [
    [what],
    [`${first.approximate || to.approximate ? '~' : ''}${lengthOf(to.at - first.at)}`],
    [spanText(context, telling, first, to)],
  ]);
  if (rows.length === 0) return [];
  const title = context.several ? `Intervals, ${telling.name}` : 'Intervals';
  return [heading(title), { type: 'table', head: ['From → to', 'Length', 'Computed from'], rows }];
}

function changes(context: Context, telling: Telling): Block[] {
  const recorded = changesOf(telling);
  if (recorded.length === 0) return [];
  const rows = recorded.map(({ change, from: first, to }): readonly Line[] => [
    [`${shown(first, context.zones)}: ${change.text}${from(context, telling, change.no)}`],
    ...to.map((moment): Line => [moment === null ? '' : lengthOf(moment.at - first.at)]),
  ]);
  const title = context.several
    ? `From each recorded change, ${telling.name}`
    : 'From each recorded change';
  const head = ['Change', ...CHANGE_ENDS.map((name) => `to ${name}`)];
  return [heading(title), { type: 'table', head, rows }];
}
