import { isToDo } from '../action-item.ts';
import type { Entry } from '../entry.ts';
import { COMMANDER, isOver, milestone } from '../incident.ts';
import type { IncidentRecord } from '../record.ts';
import type { Override } from '../schedules/schedule.ts';
import type { Settings } from '../settings.ts';
import {
  type Block,
  bold,
  buttons,
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
  somebody,
  titled,
} from './phrases.ts';
import { entryLine, type LastHere, section, sinceYouLeft } from './since.ts';

const SHOWN = 5;

/** What a brief is told of besides the record. */
export interface BriefedWith {
  /** When the reader last did something in the incident; null for never. */
  readonly last?: LastHere | null;
  readonly overrides?: readonly Override[];
}

/** For a late joiner: known, doing, waiting, what is next, and what happened since they were here. */
export function brief(
  record: IncidentRecord,
  reader: string,
  settings: Settings,
  { last = null, overrides = [] }: BriefedWith = {},
): Message {
  const { incident, timers, asOf } = record;
  const told = inOrder(record.entries).filter(({ struck }) => struck === null);
  const blocks: Block[] = [
    heading(titled(incident)),
    ...(incident.drill ? [drillNote()] : []),
    ...(timers.some(({ state }) => state === 'resting')
      ? [note('It was imported: its clocks stand still until somebody changes it.')]
      : []),
    paragraph(...standing(record)),
    ...section([bold('Known')], known(record, told)),
    ...section([bold('Doing')], doing(told)),
    ...section([bold('Waiting for')], waiting(record, told)),
    ...section(
      [bold('Next')],
      [
        ...running(incident, timers, settings)
          .slice(0, 3)
          .map(({ name, at, held }): Line => [`${dueLabel(name)} `, ...dueAt(at, asOf, held)]),
        ...(incident.recorded ? [] : [nextLine(incident, timers, asOf, settings, overrides)]),
      ],
    ),
    ...section([bold('Related incidents')], related(told)),
    ...sinceYouLeft(record, reader, last),
    buttons(...offered(record)),
  ];
  return {
    summary: [`Brief of ${titled(incident)}: ${incident.severity}, ${incident.status}`],
    blocks,
  };
}

function standing({ incident }: IncidentRecord): Line {
  const impact = milestone(incident, 'impact started')?.at ?? null;
  const over = milestone(incident, 'resolved', incident.round)?.at ?? null;
  return [
    bold(`${incident.severity}, ${incident.status}`),
    ...(incident.private ? [', private'] : []),
    '. Commander: ',
    somebody(commanderOf(incident)),
    '. Opened ',
    instant(incident.openedAt, 'full'),
    '. ',
    ...(impact === null ? [] : ['Impact since ', instant(impact, 'full'), '. ']),
    ...(incident.status === 'resolved' && over !== null
      ? ['Resolved ', instant(over, 'full'), '. ']
      : []),
    channelOf(incident),
  ];
}

const newest = (entries: readonly Entry[], count = SHOWN): readonly Entry[] =>
  entries.slice(-count);

const capitalOf = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

function known(_: IncidentRecord, told: readonly Entry[]): readonly Line[] {
  const of = (type: string) => told.filter(({ detail }) => detail?.type === type);
  const causes = of('cause').map((entry) =>
    entryLine(
      entry,
      entry.detail?.type === 'cause' ? `${capitalOf(entry.detail.role)} cause: ` : '',
    ),
  );
  const ruledOut = told.filter(({ kinds }) => kinds.includes('dead-end'));
  return [
    ...newest(of('effect')).map((entry) => entryLine(entry, 'Effect: ')),
    ...causes.slice(-SHOWN),
    ...newest(of('workaround'), 1).map((entry) => entryLine(entry, 'Workaround: ')),
    ...newest(of('update'), 1).map((entry) => entryLine(entry, 'Last update: ')),
    ...newest(ruledOut, 3).map((entry) => entryLine(entry, 'Ruled out: ')),
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
      entryLine(entry, entry.kinds.includes('failed') ? 'Failed: ' : ''),
    ),
    ...newest(guesses, 3).map((entry) => entryLine(entry, 'Hypothesis: ')),
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
    ...newest(questions).map((entry) => entryLine(entry, 'Time to be settled: ')),
    ...newest(open).map((entry) => [...entryLine(entry, 'To do: '), ...ownedBy(entry)]),
  ];
}

const related = (told: readonly Entry[]): readonly Line[] =>
  newest(told.filter(({ detail }) => detail?.type === 'link')).map((entry) => entryLine(entry));

function ownedBy({ detail }: Entry): Line {
  if (detail?.type !== 'action') return [];
  return detail.item.owner === null ? [' no owner'] : [' ', user(detail.item.owner)];
}

const offered = ({ incident }: IncidentRecord) => [
  button(incident, 'Timeline', 'timeline'),
  ...(isOver(incident)
    ? [button(incident, 'Draft', 'postmortem show')]
    : [button(incident, 'Add entry', 'log'), button(incident, 'Who is next', 'next')]),
];
