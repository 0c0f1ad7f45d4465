import type { Entry } from '../entry.ts';
import type { Incident } from '../incident.ts';
import { inZone } from '../instant.ts';
import { type Block, bold, instant, type Line, type Message, note, user } from '../text.ts';
import { channelOf, commanderOf, shortened, sinceOf, titled } from './phrases.ts';

/**
 * What everybody outside the channel may read: no note, no name but the commander's, and of what people
 * wrote only the last status update, which was meant for them.
 */
export function announcement(incident: Incident, update: Entry | null = null): Message {
  const commander = commanderOf(incident);
  return {
    summary: [`${titled(incident)}: ${incident.severity}, ${incident.status}`],
    blocks: [
      { type: 'paragraph', line: [bold(titled(incident))] },
      ...(update === null ? [] : updated(update)),
      {
        type: 'facts',
        rows: [
          { label: 'Severity', value: [incident.severity] },
          { label: 'Status', value: [incident.status] },
          { label: 'Commander', value: [commander === null ? 'nobody yet' : user(commander)] },
          { label: 'Since', value: [instant(sinceOf(incident), 'full')] },
          { label: 'Channel', value: [channelOf(incident), ...shutNote(incident)] },
        ],
      },
    ],
  };
}

/** As much of an update as can be taken in at a glance. */
const UPDATE_SHOWN = 500;

const updated = ({ text, at, recordedAt }: Entry): Block[] => [
  { type: 'paragraph', line: [shortened(text, UPDATE_SHOWN)] },
  note('Last update ', instant(at ?? recordedAt, 'full')),
];

const shutNote = ({ channel }: Incident): Line =>
  channel.state === 'archived' ? [' (archived)'] : [];

/**
 * The channel's topic, without formatting: `sev2 | investigating | commander @ana | since 8 Mar 14:05 UTC`.
 * Slack allows 250.
 * A drill says first that it is one.
 */
export function topic(incident: Incident, lead: string | null): string {
  const parts = [
    ...(incident.drill ? ['DRILL'] : []),
    incident.severity,
    incident.status,
    lead === null ? 'no commander' : `commander @${lead}`,
    `since ${inZone(sinceOf(incident), 'UTC').setLocale('en').toFormat('d LLL HH:mm')} UTC`,
  ];
  return shortened(parts.join(' | '), 250).slice(0, 250);
}
