import type { Incident } from '../incident.ts';
import { type Block, buttons, type Line, type Message, note, paragraph } from '../text.ts';
import { button, titled } from './phrases.ts';

/** The brief for somebody who has just come into the channel. */
export const welcome = (brief: Message): Message => ({
  summary: ['Welcome. ', ...brief.summary],
  blocks: [
    paragraph('Welcome. This is where things stand:'),
    ...brief.blocks,
    note('Only you see this. /incident brief shows it again, as it is then.'),
  ],
});

/** After it is over: how it ended, and where to read more. */
export function welcomeAfter(incident: Incident, draft: string | null): Message {
  const { status } = incident;
  const said: Line = [`${titled(incident)} is ${status}. Nothing has to be done here.`];
  const link: Block[] =
    draft === null
      ? []
      : [paragraph({ type: 'link', url: draft, text: 'The draft of the postmortem' })];
  const read = status === 'resolved' ? [button(incident, 'Read the draft', 'postmortem show')] : [];
  return {
    summary: said,
    blocks: [
      paragraph(...said),
      ...link,
      note('Only you see this.'),
      buttons(...read, button(incident, 'Timeline', 'timeline')),
    ],
  };
}
