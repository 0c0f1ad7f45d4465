import { type ActionState, stateOf } from '../action-item.ts';
import { type Block, type Line, note, paragraph, user } from '../text.ts';
import { type Context, from, leadTime } from './context.ts';
import { type Found, found, type Telling } from './telling.ts';
import { twinsOf } from './twins.ts';
import { needsWording } from './wording.ts';

interface Row {
  readonly telling: Telling;
  readonly entry: Found<'action'>;
}

/** The follow-ups as recorded; what is missing is marked and never made up. */
export function actionsSection(context: Context): readonly Block[] {
  const rows: Row[] = context.tellings.flatMap((telling) =>
    found(telling, 'action').map((entry) => ({ telling, entry })),
  );
  if (rows.length === 0) return [paragraph('No action items are recorded.')];
  const twins = twinsOf(rows.map(({ entry }) => entry.text));
  const head = ['Action', 'Type', 'Owner', 'Due', 'Tracker', 'State', 'Cause', 'Remarks', 'Entry'];
  return [
    {
      type: 'table',
      head,
      rows: rows.map((row, place) => actionRow(context, row, rows[twins.get(place) ?? -1])),
    },
    note(counts(rows)),
  ];
}

const NOT_RECORDED: Line = ['not recorded'];

function actionRow(
  context: Context,
  { telling, entry }: Row,
  twin: Row | undefined,
): readonly Line[] {
  const { item, n } = entry.detail;
  const { owner, due, refs, addresses, sort } = item;
  const wording = needsWording(entry.text);
  const remarks = [
    ...(wording === null ? [] : [`needs wording: ${wording}`]),
    ...(twin === undefined
      ? []
      : [`like a${twin.entry.detail.n}${from(context, twin.telling, twin.entry.no)}`]),
  ];
  return [
    [`a${n}: ${entry.text}`],
    sort === null ? NOT_RECORDED : [sort],
    owner === null ? NOT_RECORDED : [user(owner)],
    due === null ? NOT_RECORDED : [leadTime(context, due)],
    refs.length === 0 ? NOT_RECORDED : [refs.join(', ')],
    [item.dropped === undefined ? stateOf(item) : `dropped: ${item.dropped}`],
    [causeText(telling, addresses)],
    [remarks.join('; ')],
    [from(context, telling, entry.no).trim()],
  ];
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
  const total = rows.length === 1 ? '1 action' : `${rows.length} actions`;
  return `${total}, ${so('done')} done, ${so('open')} open${others}.${named === '' ? '' : ` By tracker: ${named}.`}`;
}
