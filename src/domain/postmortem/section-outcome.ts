import { type Block, heading, paragraph } from '../text.ts';
import { type Context, from, whenShown } from './context.ts';
import { reopenedTimes } from './phrases.ts';
import { resolutionSection } from './section-response.ts';
import { lastMark, type Telling } from './telling.ts';

/** Whether it is over and since when, in one sentence per incident; then how it was repaired. */
export const outcomeSection = (context: Context): readonly Block[] => [
  ...context.tellings.map((telling) => paragraph(answer(context, telling))),
  heading('Resolution'),
  ...resolutionSection(context),
];

function answer(context: Context, telling: Telling): string {
  const { status, round } = telling.record.incident;
  const name = context.several ? `${telling.name}: ` : '';
  const again = round === 0 ? '' : ` It was ${reopenedTimes(round)}.`;
  if (status !== 'resolved') return `${name}Not yet: its status is ${status}.${again}`;
  const resolved = lastMark(telling, 'resolved');
  if (resolved === null) return `${name}Yes; since when is not recorded.${again}`;
  const since = `${whenShown(context, resolved.at)}${from(context, telling, resolved.entry)}`;
  return `${name}Yes, since ${since}.${again}`;
}
