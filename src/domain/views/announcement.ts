import type { Incident } from '../incident.ts';
import { bold, type Message, user } from '../text.ts';
import { channelOf, commanderOf, shortened, titled } from './phrases.ts';

/** What everybody outside the channel may read: no note, no name but the commander's. */
export function announcement(incident: Incident): Message {
  const commander = commanderOf(incident);
  return {
    summary: [`${titled(incident)}: ${incident.severity}, ${incident.status}`],
    blocks: [
      { type: 'paragraph', line: [bold(titled(incident))] },
      {
        type: 'facts',
        rows: [
          { label: 'Severity', value: [incident.severity] },
          { label: 'Status', value: [incident.status] },
          { label: 'Commander', value: [commander === null ? 'nobody yet' : user(commander)] },
          { label: 'Channel', value: [channelOf(incident)] },
        ],
      },
    ],
  };
}

/**
 * The channel's topic, without formatting: `sev2 | investigating | lead @ana`. Slack allows 250.
 * A drill says first that it is one.
 */
export function topic(incident: Incident, lead: string | null): string {
  const parts = [
    ...(incident.drill ? ['DRILL'] : []),
    incident.severity,
    incident.status,
    `lead ${lead === null ? 'nobody' : `@${lead}`}`,
  ];
  return shortened(parts.join(' | '), 250).slice(0, 250);
}
