import {
  type Block,
  bold,
  buttons,
  code,
  heading,
  type Line,
  type Message,
  note,
  paragraph,
} from '../text.ts';
import type { Draft } from './draft.ts';
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
    note(`Draft, version ${version}. The complete document is attached${formOf(draft)}.`),
    ...draft.digest.summary,
    ...keyNumbers(draft),
    ...openQuestions(draft),
    heading('Timeline'),
    ...draft.digest.timeline,
    buttons(
      { label: 'Refresh', command: `${incident} postmortem refresh` },
      { label: 'Export', command: `${incident} postmortem export md` },
    ),
  ];
  return { summary, blocks };
}

/** What is to be known of the document before somebody opens it or passes it on. */
function formOf({ preset, outward }: Draft): string {
  if (outward) return ` for readers outside (${preset}). ${READ_FIRST}`;
  return preset === 'standard' ? '' : ` (${preset})`;
}

/** What nobody but a person can tell. */
export const READ_FIRST =
  'Names that Muster knows, channels and links are taken out; read it before you publish it';

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

function openQuestions(draft: Draft): Block[] {
  const { questions, metrics } = draft;
  if (questions.length === 0) return [];
  const several = new Set(metrics.map(({ incident }) => incident)).size > 1;
  const shown = questions.slice(0, QUESTIONS_SHOWN);
  const more = questions.length - shown.length;
  const items = shown.map((question) => questionLine(question, several));
  return [
    heading('Open questions'),
    { type: 'list', ordered: true, items },
    ...(more === 0 ? [] : [whereMore(more, draft)]),
  ];
}

/** Not every form of the document has the questions. */
function whereMore(more: number, { sections, incident, preset }: Draft): Block {
  if (sections.some(({ id }) => id === 'questions')) return note(`… ${more} more in the document.`);
  const other = preset === 'standard' ? 'classic' : 'standard';
  return note(`… ${more} more: `, code(`/incident ${incident} postmortem show ${other}`));
}
