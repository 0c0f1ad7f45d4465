import { type Incident, isOver } from '../incident.ts';
import type { Instant } from '../instant.ts';
import { buttons, code, instant, type Line, type Message, note, paragraph, say } from '../text.ts';
import { button, channelOf, titled } from './phrases.ts';

const ARCHIVED = ['is_archived', 'is_inactive'];

/** That Slack does not let Muster open a channel again, and how a person does it. */
export function channelReachedNot(incident: Incident, reason: string): Message {
  const { channel } = incident;
  const how: Line =
    channel.state === 'archived' || ARCHIVED.includes(reason)
      ? [
          'Please unarchive ',
          channelOf(incident),
          ' by hand: open it, and press Unarchive at its bottom.',
        ]
      : ['Please type ', code('/invite @muster'), ' in ', channelOf(incident), '.'];
  const { summary, blocks } = say(
    `Muster could not open the channel of ${titled(incident)} again: Slack says ${reason}.`,
  );
  const meanwhile = isOver(incident)
    ? []
    : [
        note(
          'Until then what would be said there comes to you directly. If nobody can open it now, go on in a new channel: the record, its people and its timers come along.',
        ),
        buttons(button(incident, 'Make a new channel', 'doctor repair channel-shut make')),
      ];
  return { summary, blocks: [...blocks, paragraph(...how), ...meanwhile] };
}

/** A day before: what happens, when, and what keeps it from happening. */
export const archivedSoon = (incident: Incident, at: Instant): Message => {
  const { summary, blocks } = say(
    `${titled(incident)} is ${incident.status}, and nobody has written here for a day. This channel is archived `,
    instant(at, 'full'),
    '.',
  );
  return {
    summary,
    blocks: [
      ...blocks,
      note(
        'To keep it open, write something here. What is in it stays readable. Should it come back, type /incident reopen.',
      ),
    ],
  };
};
