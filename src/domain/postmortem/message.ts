import {
  type Block,
  bold,
  buttons,
  heading,
  type Line,
  type Message,
  note,
  paragraph,
} from '../text.ts';
import type { Draft, SectionId } from './draft.ts';
import { lengthOf } from './phrases.ts';
import { questionLine } from './section-questions.ts';

const QUESTIONS_SHOWN = 8;

/** The draft as it is posted in the channel: what to read first; the document has the rest. */
export function draftMessage(draft: Draft): Message {
  const { title, version, incident, questions } = draft;
  const open = questions.length === 1 ? '1 open question' : `${questions.length} open questions`;
  const summary: Line = [`Postmortem draft, version ${version}: ${title}. ${open}.`];
  const blocks: readonly Block[] = [
    heading('Postmortem draft'),
    paragraph(bold(title)),
    note(`Draft, version ${version}. The complete document is attached.`),
    ...blocksOf(draft, 'summary'),
    ...keyNumbers(draft),
    ...openQuestions(draft),
    heading('Timeline'),
    ...blocksOf(draft, 'timeline'),
    buttons(
      { label: 'Refresh', command: `${incident} postmortem refresh` },
      { label: 'Export', command: `${incident} postmortem export md` },
    ),
  ];
  return { summary, blocks };
}

const blocksOf = ({ sections }: Draft, wanted: SectionId): readonly Block[] =>
  sections.find(({ id }) => id === wanted)?.blocks ?? [];

function keyNumbers({ metrics }: Draft): Block[] {
  const several = new Set(metrics.map(({ incident }) => incident)).size > 1;
  const rows = metrics.map(({ name, incident, figure }) => ({
    label: several ? `${incident}: ${name}` : name,
    value: [
      figure.known
        ? `${figure.approximate ? '~' : ''}${lengthOf(figure.ms)}`
        : `unknown: ${figure.reason}`,
    ],
  }));
  return rows.length === 0 ? [] : [heading('Key numbers'), { type: 'facts', rows }];
}

function openQuestions({ questions, metrics }: Draft): Block[] {
  if (questions.length === 0) return [];
  const several = new Set(metrics.map(({ incident }) => incident)).size > 1;
  const shown = questions.slice(0, QUESTIONS_SHOWN);
  const more = questions.length - shown.length;
  const items = shown.map((question) => questionLine(question, several));
  return [
    heading('Open questions'),
    { type: 'list', ordered: true, items },
    ...(more === 0 ? [] : [note(`… ${more} more in the document.`)]),
  ];
}
