import { counted } from '../counted.ts';
import { type Block, buttons, heading, type Message, note } from '../text.ts';
import type { Draft } from './draft.ts';
import { READ_FIRST } from './message.ts';

/** The whole draft to be read in Slack, by one person. */
export function draftSheet(draft: Draft): Message {
  const { title, preset, outward, incident, questions, sections } = draft;
  const open = counted(questions.length, 'open question');
  const blocks: readonly Block[] = [
    heading(outward ? title : `Postmortem: ${title}`),
    note(
      outward
        ? `For readers outside (${preset}). ${READ_FIRST}. ${open} in the record.`
        : `As ${preset}, composed from the record as it is now. ${open}.`,
    ),
    buttons({ label: 'As a file', command: `${incident} postmortem export md ${preset}` }),
    ...sections.flatMap(({ heading: title, blocks }) => [heading(title), ...blocks]),
  ];
  return { summary: [`Postmortem as ${preset}: ${title}. ${open}.`], blocks };
}
