import { type Block, heading, type Line, note, paragraph } from '../text.ts';
import type { MilestoneName } from '../words.ts';
import { type Context, from, stated, whenShown } from './context.ts';
import { figureText } from './figure.ts';
import { found, mark, markEntry, type Telling } from './telling.ts';

/** Whom it hit and for how long: only what somebody recorded. */
export const impactSection = (context: Context): readonly Block[] => [
  ...context.tellings.flatMap((telling) => impactOf(context, telling)),
  note(
    'Support requests and consequences for data or business stand here only where they were recorded as an effect.',
  ),
];

function impactOf(context: Context, telling: Telling): Block[] {
  const title = context.several ? [heading(telling.name)] : [];
  const effects = found(telling, 'effect').map((entry): Line => {
    const when = entry.at === null ? '' : ` (${whenShown(context, entry.at)})`;
    return [...stated(context, telling, entry), when];
  });
  const restored = found(telling, 'restored').map((entry): Line => {
    const when = entry.at === null ? 'at a time not recorded' : whenShown(context, entry.at);
    return [`${entry.detail.percent}% restored ${when}${from(context, telling, entry.no)}`];
  });
  return [
    ...title,
    {
      type: 'facts',
      rows: [
        { label: 'Impact started', value: [momentText(context, telling, 'impact started')] },
        { label: 'Impact ended', value: [momentText(context, telling, 'impact ended')] },
        { label: 'Duration', value: [durationText(context, telling)] },
      ],
    },
    effects.length === 0 ? paragraph('Effects: not recorded.') : { type: 'list', items: effects },
    ...(restored.length === 0 ? [] : [{ type: 'list', items: restored } as const]),
  ];
}

/** The moments of all rounds, or what is missing. */
function momentText(context: Context, telling: Telling, name: MilestoneName): string {
  const moments = telling.rounds.flatMap((round) => {
    const moment = mark(telling, name, round);
    if (moment === null) return round === 0 ? [missingText(context, telling, name)] : [];
    const mark_ = moment.approximate ? '~' : '';
    return [`${mark_}${whenShown(context, moment.at)}${from(context, telling, moment.entry)}`];
  });
  return moments.join('; again ');
}

function missingText(context: Context, telling: Telling, name: MilestoneName): string {
  const entry = markEntry(telling, name);
  if (entry === null) return 'not recorded';
  return `time not recorded: ${entry.text}${from(context, telling, entry.no)}`;
}

function durationText(context: Context, telling: Telling): string {
  const impact = context.metrics.find(
    ({ id, incident }) => id === 'impact' && incident === telling.name,
  );
  if (impact === undefined) return 'unknown';
  const { figure, definition } = impact;
  return `${figureText(figure)} (${definition})`;
}
