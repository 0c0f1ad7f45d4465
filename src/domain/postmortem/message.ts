import { counted } from '../counted.ts';
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
import { figureText } from './figure.ts';
import { questionLine } from './section-questions.ts';

const QUESTIONS_SHOWN = 8;

/** How a version differs from the one before it: by the headings of its sections. */
export interface Since {
  readonly version: number;
  readonly changed: readonly string[];
}

/** The draft as it is posted in the channel: what to read first; the document has the rest. */
export function draftMessage(draft: Draft, since: Since | null = null): Message {
  const { title, version, incident, questions } = draft;
  const open = counted(questions.length, 'open question');
  const news = since === null ? '' : ` ${sinceLine(since)}`;
  const summary: Line = [`Postmortem draft, version ${version}: ${title}. ${open}.${news}`];
  const blocks: readonly Block[] = [
    heading('Postmortem draft'),
    paragraph(bold(title)),
    note(`${standing(draft)}. The complete document is attached${formOf(draft)}.`),
    ...(since === null ? [] : [paragraph(sinceLine(since))]),
    ...draft.digest.summary,
    ...keyNumbers(draft),
    ...openQuestions(draft),
    heading('Timeline'),
    ...draft.digest.timeline,
    buttons(
      { label: 'Refresh', command: `${incident} postmortem refresh` },
      { label: 'Edit a section', command: `${incident} postmortem section` },
      { label: 'Export', command: `${incident} postmortem export md` },
    ),
  ];
  return { summary, blocks };
}

/** How it stands, without a full stop: `In review, version 3`. What was published is not always what stands here. */
export function standing({
  state,
  version,
  outdated,
}: Pick<Draft, 'state' | 'version' | 'outdated'>): string {
  const named = `${state.charAt(0).toUpperCase()}${state.slice(1)}, version ${version}`;
  if (outdated === null) return named;
  const which = outdated.version === null ? 'an earlier version' : `version ${outdated.version}`;
  return state === 'published'
    ? `Published is ${which}; this is version ${version}, changed since`
    : `${named}; ${which} was published before the incident was reopened`;
}

const sinceLine = ({ version, changed }: Since): string =>
  changed.length === 0
    ? `Nothing changed since version ${version}.`
    : `Changed since version ${version}: ${changed.join(', ')}.`;

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
    value: [figureText(figure)],
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
