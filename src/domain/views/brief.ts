import { isToDo } from '../action-item.ts';
import type { Entry } from '../entry.ts';
import { isOnTimeline } from '../entry.ts';
import { COMMANDER, isOver, milestone } from '../incident.ts';
import type { IncidentRecord } from '../record.ts';
import type { Override } from '../schedules/schedule.ts';
import type { Settings } from '../settings.ts';
import {
  type Block,
  bold,
  buttons,
  code,
  heading,
  instant,
  type Line,
  type Message,
  note,
  paragraph,
  user,
} from '../text.ts';
import { inOrder } from '../timeline-order.ts';
import { running } from '../timers/index.ts';
import { nextLine } from './next.ts';
import {
  button,
  channelOf,
  commanderOf,
  drillNote,
  dueAt,
  dueLabel,
  oneLine,
  somebody,
  titled,
} from './phrases.ts';

const SHOWN = 5;
const LONGEST = 200;

/** For a late joiner: known, doing, waiting, what is next, and what happened since they were here. */
export function brief(
  record: IncidentRecord,
  reader: string,
  settings: Settings,
  overrides: readonly Override[] = [],
): Message {
  const { incident, timers, asOf } = record;
  const told = inOrder(record.entries).filter(({ struck }) => struck === null);
  const blocks: Block[] = [
    heading(titled(incident)),
    ...(incident.drill ? [drillNote()] : []),
    paragraph(...standing(record)),
    ...section('Known', known(record, told)),
    ...section('Doing', doing(told)),
    ...section('Waiting for', waiting(record, told)),
    ...section('Next', [
      ...running(incident, timers, settings)
        .slice(0, 3)
        .map(({ name, at, held }): Line => [`${dueLabel(name)} `, ...dueAt(at, asOf, held)]),
      ...(incident.recorded ? [] : [nextLine(incident, timers, asOf, settings, overrides)]),
    ]),
    ...sinceYouLeft(told, reader),
    buttons(...offered(record)),
  ];
  return {
    summary: [`Brief of ${titled(incident)}: ${incident.severity}, ${incident.status}`],
    blocks,
  };
}

function standing({ incident }: IncidentRecord): Line {
  const impact = milestone(incident, 'impact started')?.at ?? null;
  return [
    bold(`${incident.severity}, ${incident.status}`),
    '. Lead: ',
    somebody(commanderOf(incident)),
    '. Opened ',
    instant(incident.openedAt, 'full'),
    ...(impact === null ? ['. '] : ['. Impact since ', instant(impact, 'full'), '. ']),
    channelOf(incident),
  ];
}

const section = (title: string, items: readonly Line[]): readonly Block[] =>
  items.length === 0 ? [] : [paragraph(bold(title)), { type: 'list', items }];

/** An entry in one line, with its clock and number. */
const line = ({ no, at, text }: Entry, label = ''): Line => [
  ...(at === null ? [] : [instant(at), ' ']),
  `${label}${oneLine(text, LONGEST)} `,
  code(`#${no}`),
];

const newest = (entries: readonly Entry[], count = SHOWN): readonly Entry[] =>
  entries.slice(-count);

function known(_: IncidentRecord, told: readonly Entry[]): readonly Line[] {
  const of = (type: string) => told.filter(({ detail }) => detail?.type === type);
  const causes = of('cause').map((entry) =>
    line(entry, entry.detail?.type === 'cause' ? `${entry.detail.role} cause: ` : ''),
  );
  const ruledOut = told.filter(({ kinds }) => kinds.includes('dead-end'));
  return [
    ...newest(of('effect')).map((entry) => line(entry, 'Effect: ')),
    ...causes.slice(-SHOWN),
    ...newest(of('workaround'), 1).map((entry) => line(entry, 'Workaround: ')),
    ...newest(of('update'), 1).map((entry) => line(entry, 'Last update: ')),
    ...newest(ruledOut, 3).map((entry) => line(entry, 'Ruled out: ')),
  ];
}

/** What people do: actions and mitigations on the timeline, and guesses nobody has settled. */
function doing(told: readonly Entry[]): readonly Line[] {
  const tried = told.filter(
    ({ kinds, at }) => at !== null && (kinds.includes('action') || kinds.includes('mitigation')),
  );
  const guesses = told.filter(
    ({ kinds }) =>
      kinds.includes('hypothesis') && !kinds.includes('failed') && !kinds.includes('dead-end'),
  );
  return [
    ...newest(tried, 4).map((entry) =>
      line(entry, entry.kinds.includes('failed') ? 'Failed: ' : ''),
    ),
    ...newest(guesses, 3).map((entry) => line(entry, 'Hypothesis: ')),
  ];
}

function waiting({ incident }: IncidentRecord, told: readonly Entry[]): readonly Line[] {
  const questions = told.filter(({ question }) => question !== null);
  const open = told.filter(({ detail }) => detail?.type === 'action' && isToDo(detail.item));
  const responding = !isOver(incident) && !incident.recorded;
  const lacking: Line[] = [];
  if (responding && incident.acknowledgedBy === null) lacking.push(['Nobody has acknowledged it.']);
  if (responding && incident.roles[COMMANDER] === undefined) lacking.push(['Nobody leads it.']);
  return [
    ...lacking,
    ...newest(questions).map((entry) => line(entry, 'Time to be settled: ')),
    ...newest(open).map((entry) => [...line(entry, 'To do: '), ...ownedBy(entry)]),
  ];
}

function ownedBy({ detail }: Entry): Line {
  if (detail?.type !== 'action') return [];
  return detail.item.owner === null ? [' no owner'] : [' ', user(detail.item.owner)];
}

/** Everything recorded after the reader's own last entry; nothing for somebody who never wrote. */
function sinceYouLeft(told: readonly Entry[], reader: string): readonly Block[] {
  const own = told.filter(({ author }) => author === reader).map(({ no }) => no);
  if (own.length === 0) return [];
  const last = Math.max(...own);
  const later = told.filter((entry) => entry.no > last && isOnTimeline(entry));
  if (later.length === 0)
    return [note('Nothing has been recorded since your last entry, ', code(`#${last}`), '.')];
  const title = `Since your last entry (#${last}): ${later.length} ${later.length === 1 ? 'entry' : 'entries'}`;
  const more = later.length - SHOWN * 2;
  return [
    ...section(
      title,
      newest(later, SHOWN * 2).map((entry) => line(entry)),
    ),
    ...(more > 0 ? [note(`${more} earlier ones are in the timeline.`)] : []),
  ];
}

const offered = ({ incident }: IncidentRecord) => [
  button(incident, 'Timeline', 'timeline'),
  ...(isOver(incident)
    ? [button(incident, 'Draft', 'postmortem show')]
    : [button(incident, 'Add entry', 'log'), button(incident, 'Who is next', 'next')]),
];
