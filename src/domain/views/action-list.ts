import { type ActionState, isToDo, stateOf } from '../action-item.ts';
import type { ActionItem } from '../entry.ts';
import { addressOf, COMMANDER, type Incident, incidentName } from '../incident.ts';
import type { Instant } from '../instant.ts';
import type { IncidentRecord } from '../record.ts';
import {
  type Block,
  type Button,
  bold,
  buttons,
  code,
  dated,
  type Line,
  type Message,
  note,
  paragraph,
  say,
  user,
} from '../text.ts';
import { button, channelOf, oneLine, titled } from './phrases.ts';

const PER_PAGE = 20;
const LONGEST = 200;
/** The most urgent can be ticked off where they stand. */
const PRESSABLE = 5;

/** Which action items are wanted. */
export interface ActionFilter {
  readonly mine: boolean;
  readonly overdue: boolean;
  readonly page: number;
}

/** An action item with the incident that it is from. */
export interface ListedAction {
  readonly incident: Pick<
    Incident,
    'number' | 'drill' | 'title' | 'channel' | 'roles' | 'declaredBy'
  >;
  readonly n: number;
  readonly text: string;
  readonly item: ActionItem;
}

/** The action items of one record. */
export const actionsOf = ({ incident, entries }: IncidentRecord): readonly ListedAction[] =>
  entries.flatMap(({ detail, struck, text }) =>
    detail?.type === 'action' && struck === null
      ? [{ incident, n: detail.n, text, item: detail.item }]
      : [],
  );

interface Asked {
  readonly viewer: string;
  readonly now: Instant;
  /** The incident they are of; null for those of all that the viewer may see. */
  readonly here: Incident | null;
}

/** Whoever is reminded of it: its owner, else who leads, else who declared. */
const answersFor = ({ item, incident: { roles, declaredBy } }: ListedAction): string =>
  item.owner ?? roles[COMMANDER] ?? declaredBy;

const isOverdue = ({ item }: ListedAction, now: Instant): boolean =>
  isToDo(item) && item.due !== null && item.due < now;

function wanted(
  all: readonly ListedAction[],
  { mine, overdue }: ActionFilter,
  { viewer, now, here }: Asked,
): readonly ListedAction[] {
  const anyState = here !== null && !mine && !overdue;
  return all
    .filter(({ item }) => anyState || isToDo(item))
    .filter((one) => !mine || answersFor(one) === viewer)
    .filter((one) => !overdue || isOverdue(one, now))
    .toSorted(byUrgency);
}

/** What somebody has to do themselves, the most urgent first. */
export const toDoOf = (all: readonly ListedAction[], viewer: string): readonly ListedAction[] =>
  all.filter((one) => isToDo(one.item) && answersFor(one) === viewer).toSorted(byUrgency);

/** One of them in a line, with its incident. */
export const actionLine = (one: ListedAction, now: Instant): Line => itemLine(one, null, now);

/** What is to be done before what is not, the earliest due date first, those without one last. */
const byUrgency = (a: ListedAction, b: ListedAction): number =>
  Number(isToDo(b.item)) - Number(isToDo(a.item)) ||
  (a.item.due ?? Number.MAX_SAFE_INTEGER) - (b.item.due ?? Number.MAX_SAFE_INTEGER) ||
  b.incident.number - a.incident.number ||
  a.n - b.n;

/** Action items with owner, due date, tracker and state: of one incident, or of all that somebody may see. */
export function actionList(
  all: readonly ListedAction[],
  filter: ActionFilter,
  asked: Asked,
): Message {
  const found = wanted(all, filter, asked);
  const { here, now } = asked;
  if (found.length === 0) return say(...none(filter, asked, all.length));
  const pages = Math.ceil(found.length / PER_PAGE);
  const page = Math.min(filter.page, pages);
  const shown = found.slice((page - 1) * PER_PAGE, page * PER_PAGE);
  const title = headline(found, filter, asked);
  const turned = pager(filter, here, page, pages);
  const first = found.find(({ item }) => isToDo(item));
  const toDo = shown.filter(({ item }) => isToDo(item)).slice(0, PRESSABLE);
  const blocks: Block[] = [
    paragraph(bold(title)),
    { type: 'list', items: shown.map((one) => itemLine(one, here, now)) },
    note(
      ...(pages === 1 ? [] : [`Page ${page} of ${pages}. `]),
      ...(first === undefined ? [] : ['Done: ', code(doneLine(first, here))]),
    ),
    ...(toDo.length === 0 ? [] : [buttons(...toDo.map((one) => doneButton(one, here)))]),
    ...(turned.length === 0 ? [] : [buttons(...turned)]),
  ];
  return { summary: [title], blocks: blocks.filter((block) => !isEmptyNote(block)) };
}

/** Which one is done is said by the button itself, for whoever does not see the list above it. */
export const doneButton = ({ incident, n }: ListedAction, here: Incident | null): Button =>
  button(
    incident,
    here === null ? `${incidentName(incident)} a${n} is done` : `a${n} is done`,
    `action done ${n}`,
  );

const isEmptyNote = (block: Block): boolean => block.type === 'note' && block.line.length === 0;

const doneLine = ({ incident, n }: ListedAction, here: Incident | null): string =>
  `/incident ${here === null ? `${addressOf(incident)} ` : ''}action done a${n}`;

function headline(found: readonly ListedAction[], filter: ActionFilter, asked: Asked): string {
  const { here, now } = asked;
  const late = found.filter((one) => isOverdue(one, now)).length;
  const toDo = found.filter(({ item }) => isToDo(item)).length;
  const whose = `${filter.mine ? ' of yours' : ''}${here === null ? '' : ` in ${titled(here)}`}`;
  const count = toDo === 1 ? '1 action item to do' : `${toDo} action items to do`;
  const ended = (['done', 'dropped'] as const).flatMap((state) => {
    const n = found.filter(({ item }) => stateOf(item) === state).length;
    return n === 0 ? [] : [`, ${n} ${state}`];
  });
  return `${count}${whose}${late === 0 ? '' : `, ${late} overdue`}${ended.join('')}`;
}

function none({ mine, overdue }: ActionFilter, { here }: Asked, known: number): Line {
  const where = here === null ? '' : ` in ${incidentName(here)}`;
  if (overdue) return [`Nothing${mine ? ' of yours' : ''} is overdue${where}.`];
  if (mine) return [`There is nothing for you to do${where}.`];
  const begin: Line = [' To record one: ', code('/incident action <text> @owner due Friday')];
  if (here !== null) return [`No action item is recorded${where}.`, ...begin];
  return known === 0
    ? ['There is nothing to do in any incident that you may see.']
    : ['Everything is done.'];
}

function itemLine(
  { incident, n, text, item }: ListedAction,
  here: Incident | null,
  now: Instant,
): Line {
  const name = here === null ? `${incidentName(incident)} a${n}` : `a${n}`;
  return [
    bold(name),
    ` ${oneLine(text, LONGEST)}, `,
    ...(item.owner === null ? ['no owner'] : [user(item.owner)]),
    ...dueIn(item, now),
    ...(item.refs.length === 0 ? [] : [`, ${item.refs.join(', ')}`]),
    ...stateIn(item),
    ...(here === null ? [', ', channelOf(incident)] : []),
  ];
}

const dueIn = (item: ActionItem, now: Instant): Line =>
  item.due === null
    ? [', no due date']
    : [', due ', dated(item.due, now), ...(isToDo(item) && item.due < now ? [' (overdue)'] : [])];

const SAID: Readonly<Record<ActionState, string>> = {
  open: '',
  'in progress': ', in progress',
  done: ', done',
  dropped: ', dropped',
};
const stateIn = (item: ActionItem): Line => (stateOf(item) === 'open' ? [] : [SAID[stateOf(item)]]);

function pager(
  { mine, overdue }: ActionFilter,
  here: Incident | null,
  page: number,
  pages: number,
): readonly Button[] {
  const line = `${here === null ? '' : `${addressOf(here)} `}action list${mine ? ' mine' : ''}${overdue ? ' overdue' : ''}`;
  return [
    ...(page > 1 ? [{ label: 'Back', command: `${line} ${page - 1}` }] : []),
    ...(page < pages ? [{ label: 'More', command: `${line} ${page + 1}` }] : []),
  ];
}
