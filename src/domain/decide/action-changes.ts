import { inState, isToDo, stateOf } from '../action-item.ts';
import type { Reply } from '../decision.ts';
import type { ActionItem, Detail, Entry } from '../entry.ts';
import { ok, type Result, refuse } from '../result.ts';
import { bold, instant, type Line, user } from '../text.ts';
import { readDeadline } from '../time/deadline.ts';
import { settlePings } from './announcing.ts';
import { type Change, revise } from './change.ts';
import { inviteOwner } from './owners.ts';
import type { ActionOf, Context, Rules } from './rule.ts';
import { typedAt } from './times.ts';
import { button, quoted, reply, sentence } from './wording.ts';

type ActionChange = ActionOf<'action change'>;
type ActionEntry = Entry & { readonly detail: Extract<Detail, { type: 'action' }> };

/** The entry of an action item that still stands. */
function itemNumbered({ snapshot }: Change, n: number): ActionEntry | undefined {
  return snapshot.entries.find(
    (entry): entry is ActionEntry =>
      entry.detail?.type === 'action' && entry.detail.n === n && entry.struck === null,
  );
}

/** Reminders of what is due end with the last item that is. */
export function settleReminders(change: Change, said: string): void {
  const left = Object.values(change.incident.openActions);
  if (left.some(({ due }) => due !== null && due <= change.now)) return;
  settlePings(change, [`${said} Nothing else is due.`], ['actions']);
}

/** Changes one thing of an action item; what it was stays as a revision. */
function changeItem(change: Change, action: ActionChange, context: Context): Result<Reply> {
  const entry = itemNumbered(change, action.item);
  const label = `a${action.item}`;
  if (entry === undefined) return refuse(`There is no action item ${label} here.`, 'timeline all');
  const before = entry.detail.item;
  const after = changed(before, action, context);
  if (!after.ok) return after;
  const item = after.value;
  if (JSON.stringify(item) === JSON.stringify(before)) {
    return ok(
      reply([`Action item ${label} is so already: ${quoted(entry.text)}`], {
        lines: [about(item)],
      }),
    );
  }
  const how = { by: context.actor.id, change: 'edited', reason: action.reason ?? null } as const;
  revise(change, entry, { detail: { ...entry.detail, item } }, how);
  settleReminders(change, 'Changed.');
  const notes = item.owner === before.owner ? [] : inviteOwner(change, item, context);
  return ok(
    reply([bold(label), ` (#${entry.no}) changed: ${quoted(entry.text)}`], {
      lines: [
        ['Was: ', ...about(before)],
        ['Now: ', ...about(item)],
      ],
      notes,
      buttons: [
        ...(isToDo(item) ? [button(change.incident, 'Done', `action done ${action.item}`)] : []),
        button(change.incident, 'Take it back', `restore ${entry.no}`),
      ],
    }),
  );
}

function changed(item: ActionItem, action: ActionChange, context: Context): Result<ActionItem> {
  const { state, reason, due, owner, refs, addresses } = action;
  if (state !== undefined) return ok(inState(item, state, reason ?? ''));
  if (owner !== undefined) return ok({ ...item, owner });
  if (refs !== undefined) return ok({ ...item, refs: [...new Set([...item.refs, ...refs])] });
  if (addresses !== undefined) return ok({ ...item, addresses });
  const read = readDeadline(due ?? '', { now: typedAt(context), zone: context.actor.zone });
  if (read.ok) return ok({ ...item, due: read.value.at });
  const [offer] = read.refusal.offers;
  const example = `action ${action.item} due ${offer?.typed ?? 'Friday'}`;
  return refuse(sentence(read.refusal.reason), example);
}

/** Who does it until when, how far it is, and where it is tracked. */
export function about(item: ActionItem): Line {
  const { owner, due, addresses, refs, sort, dropped } = item;
  return [
    owner === null ? 'No owner yet' : user(owner),
    ' · ',
    ...(due === null ? ['no due date'] : ['due ', instant(due, 'full')]),
    ...(addresses === null ? [] : [` · for ${addresses}`]),
    ...(refs.length === 0 ? [] : [` · ${refs.join(', ')}`]),
    ...(sort === null ? [] : [` · ${sort}`]),
    ...(stateOf(item) === 'open' ? [] : [` · ${stateOf(item)}`]),
    ...(dropped === undefined ? [] : [`: ${dropped}`]),
  ];
}

/** What becomes of follow-ups. */
export const actionChanges: Rules<'action change'> = {
  'action change': { needs: ({ item }) => ({ action: item }), handle: changeItem },
};
