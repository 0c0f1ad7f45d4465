import { type Block, code, type Line, paragraph } from '../text.ts';
import type { Context } from './context.ts';
import type { Question } from './draft.ts';

/** Everything unknown, uncertain or contradictory, in one list. */
export function questionsSection(context: Context): readonly Block[] {
  if (context.questions.length === 0) {
    return [paragraph('The checks found no contradiction and no gap in the record.')];
  }
  return [
    {
      type: 'list',
      ordered: true,
      items: context.questions.map((question) => questionLine(question, context.several)),
    },
  ];
}

/** A question with where it comes from and what to type to settle it. */
export function questionLine(
  { text, sources, command, incident }: Question,
  several: boolean,
): Line {
  const numbers = sources.map(({ entry }) => `#${entry}`).join(', ');
  const named = several ? `${incident} ` : '';
  const source = numbers === '' ? ` [${named}no entry]` : ` [${named}${numbers}]`;
  return [
    ...(several ? [`${incident}: `] : []),
    ...text,
    `${source} → `,
    code(`/incident ${command}`),
  ];
}
