import type { Incident } from '../incident.ts';
import { bold, code, instant, type Line, type Message, note, say, user } from '../text.ts';
import { channelOf, commanderOf, titled } from './phrases.ts';

const SHOWN = 20;

/** Which incidents a list is of. */
export type Listed = 'open' | 'all' | 'drills';

/** What a list is called when it has so many, and what it says when it has none. */
const TITLES: Readonly<Record<Listed, { one: string; more: string; none: Line }>> = {
  open: {
    one: 'open incident',
    more: 'open incidents',
    none: ['No incident is open. To declare one: ', code('/incident open <title>')],
  },
  all: {
    one: 'incident',
    more: 'incidents',
    none: ['There is no incident yet. To declare one: ', code('/incident open <title>')],
  },
  drills: {
    one: 'drill',
    more: 'drills',
    none: ['There was no drill yet. To start one: ', code('/incident drill <severity> <title>')],
  },
};

/** Incidents, the newest first, each with what it takes to decide whether to join. */
export function incidentList(incidents: readonly Incident[], what: Listed): Message {
  const { one, more, none } = TITLES[what];
  if (incidents.length === 0) return say(...none);
  const newest = [...incidents].sort((a, b) => b.number - a.number).slice(0, SHOWN);
  const left = incidents.length - newest.length;
  const count = `${incidents.length} ${incidents.length === 1 ? one : more}`;
  return {
    summary: [count],
    blocks: [
      { type: 'paragraph', line: [bold(count)] },
      { type: 'list', items: newest.map(listed) },
      ...(left > 0 ? [note(`${left} older ones are not shown.`)] : []),
    ],
  };
}

function ledBy(incident: Incident): Line {
  const commander = commanderOf(incident);
  return commander === null ? ['no commander'] : ['commander ', user(commander)];
}

/** An incident in one line. */
export const listed = (incident: Incident): Line => [
  bold(titled(incident)),
  ` ${incident.severity}, ${incident.status}, `,
  ...ledBy(incident),
  ', opened ',
  instant(incident.openedAt, 'ago'),
  ', ',
  channelOf(incident),
];
