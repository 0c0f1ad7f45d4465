import { type Block, code, heading, type Line, paragraph } from '../text.ts';
import type { Context } from './context.ts';
import type { Question } from './draft.ts';

/** Everything unknown, uncertain or contradictory: what a fact or a figure hangs on, then the rest. */
export function questionsSection(context: Context): readonly Block[] {
  const { questions } = context;
  if (questions.length === 0) {
    return [paragraph('The checks found no contradiction and no gap in the record.')];
  }
  return [
    ...listed(context, 'Facts, times and figures', (question) => question.grave),
    ...listed(context, 'Wording and follow-ups', (question) => !question.grave),
  ];
}

function listed(
  { questions, several }: Context,
  title: string,
  wanted: (question: Question) => boolean,
): readonly Block[] {
  const items = questions.filter(wanted).map((question) => questionLine(question, several));
  if (items.length === 0) return [];
  return [heading(`${title} (${items.length})`), { type: 'list', ordered: true, items }];
}

/** A question with where it comes from and what to type to settle it. */
export function questionLine(
  { text, sources, command, otherwise, incident }: Question,
  several: boolean,
): Line {
  const numbers = sources.map(({ entry }) => `#${entry}`).join(', ');
  const entries = several ? `${incident} ${numbers}` : numbers;
  // The question itself begins with its incident.
  const source = numbers === '' ? '' : ` [${entries}]`;
  return [
    ...(several ? [`${incident}: `] : []),
    ...text,
    `${source} → `,
    code(`/incident ${command}`),
    ...(otherwise === undefined ? [] : [' or ', code(`/incident ${otherwise}`)]),
  ];
}
