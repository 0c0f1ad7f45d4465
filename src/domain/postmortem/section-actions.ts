import { type ActionState, stateOf } from '../action-item.ts';
import { counted } from '../counted.ts';
import { type Block, heading, type Line, note, paragraph, user } from '../text.ts';
import { type Context, from, leadTime } from './context.ts';
import { type Found, found, type Telling } from './telling.ts';
import { twinsOf } from './twins.ts';
import { needsWording } from './wording.ts';

interface Item {
  readonly telling: Telling;
  readonly entry: Found<'action'>;
}

interface Row extends Item {
  /** An earlier action that says nearly the same. */
  readonly twin: Item | null;
}

/** The follow-ups as recorded; what is missing is marked and never made up. */
export function actionsSection(context: Context): readonly Block[] {
  const rows = rowsOf(context);
  if (rows.length === 0) return NOTHING;
  return [table(context, rows, COLUMNS), note(counts(rows))];
}

const GROUPS = [
  ['corrective', 'Corrective'],
  ['preventive', 'Preventive'],
  [null, 'Type not recorded'],
] as const;

/** The same, what corrects and what prevents apart. */
export function measuresSection(context: Context): readonly Block[] {
  const rows = rowsOf(context);
  if (rows.length === 0) return NOTHING;
  const columns = COLUMNS.filter(({ head }) => head !== 'Type');
  return [
    ...GROUPS.flatMap(([sort, title]): readonly Block[] => {
      const group = rows.filter(({ entry }) => entry.detail.item.sort === sort);
      return group.length === 0 ? [] : [heading(title), table(context, group, columns)];
    }),
    note(counts(rows)),
  ];
}

const NOTHING: readonly Block[] = [paragraph('No action items are recorded.')];

function rowsOf({ tellings }: Context): readonly Row[] {
  const all = sharedOnce(
    tellings.flatMap((telling) => found(telling, 'action').map((entry) => ({ telling, entry }))),
  );
  const twins = twinsOf(all.map(({ entry }) => entry.text));
  return all.map((row, place) => ({ ...row, twin: all[twins.get(place) ?? -1] ?? null }));
}

const table = (context: Context, rows: readonly Row[], columns: typeof COLUMNS): Block => ({
  type: 'table',
  head: columns.map(({ head }) => head),
  rows: rows.map((row) => columns.map(({ cell }) => cell(row, context))),
});

/** What is to be done for several incidents stands once; it stands in both where it differs in anything. */
function sharedOnce(rows: readonly Item[]): readonly Item[] {
  const first = new Map<string, Telling>();
  return rows.filter(({ telling, entry }) => {
    const key = JSON.stringify([entry.text.trim().toLowerCase(), entry.detail.item]);
    const told = first.get(key);
    if (told === undefined) first.set(key, telling);
    return told === undefined || told === telling;
  });
}

const NOT_RECORDED: Line = ['not recorded'];

const COLUMNS: readonly {
  readonly head: string;
  readonly cell: (row: Row, context: Context) => Line;
}[] = [
  { head: 'Action', cell: ({ entry }) => [`a${entry.detail.n}: ${entry.text}`] },
  { head: 'Type', cell: ({ entry: { detail } }) => [detail.item.sort ?? 'not recorded'] },
  {
    head: 'Owner',
    cell: ({ entry: { detail } }) =>
      detail.item.owner === null ? NOT_RECORDED : [user(detail.item.owner)],
  },
  {
    head: 'Due',
    cell: ({ entry: { detail } }, context) =>
      detail.item.due === null ? NOT_RECORDED : [leadTime(context, detail.item.due)],
  },
  {
    head: 'Tracker',
    cell: ({ entry: { detail } }) =>
      detail.item.refs.length === 0 ? NOT_RECORDED : [detail.item.refs.join(', ')],
  },
  {
    head: 'State',
    cell: ({ entry: { detail } }) => [
      detail.item.dropped === undefined ? stateOf(detail.item) : `dropped: ${detail.item.dropped}`,
    ],
  },
  {
    head: 'Cause',
    cell: ({ telling, entry }) => [causeText(telling, entry.detail.item.addresses)],
  },
  { head: 'Remarks', cell: remarks },
  {
    head: 'Entry',
    cell: ({ telling, entry }, context) => [from(context, telling, entry.no).trim()],
  },
];

function remarks({ entry, twin }: Row, context: Context): Line {
  const wording = needsWording(entry.text);
  const said = [
    ...(wording === null ? [] : [`needs wording: ${wording}`]),
    ...(twin === null
      ? []
      : [`like a${twin.entry.detail.n}${from(context, twin.telling, twin.entry.no)}`]),
  ];
  return [said.join('; ')];
}

function causeText(telling: Telling, addresses: string | null): string {
  if (addresses === null) return 'no linked cause';
  const cause = found(telling, 'cause').find(
    ({ detail }) => `c${detail.n}` === addresses.toLowerCase(),
  );
  return cause === undefined
    ? `${addresses} (there is no such cause)`
    : `${addresses} (${cause.detail.role})`;
}

/** How many, and how they stand: totals that a reader can check against another list. */
function counts(rows: readonly Row[]): string {
  const states = rows.map(({ entry }) => stateOf(entry.detail.item));
  const so = (state: ActionState): number => states.filter((one) => one === state).length;
  const others = (['in progress', 'dropped'] as const)
    .flatMap((state) => (so(state) === 0 ? [] : [`, ${so(state)} ${state}`]))
    .join('');
  const trackers = new Map<string, number>();
  for (const ref of rows.flatMap(({ entry }) => entry.detail.item.refs)) {
    trackers.set(ref, (trackers.get(ref) ?? 0) + 1);
  }
  const named = [...trackers].map(([ref, count]) => `${ref}: ${count}`).join(', ');
  const total = counted(rows.length, 'action');
  return `${total}, ${so('done')} done, ${so('open')} open${others}.${named === '' ? '' : ` By tracker: ${named}.`}`;
}
