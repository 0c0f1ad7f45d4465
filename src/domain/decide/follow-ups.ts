import type { Reply } from '../decision.ts';
import type { ActionItem } from '../entry.ts';
import { ok, type Result, refuse } from '../result.ts';
import { bold, code, type Line, user } from '../text.ts';
import { readDeadline } from '../time/deadline.ts';
import type { TimeRefusal } from '../time/reading.ts';
import { about } from './action-changes.ts';
import { type Change, nextCount, write } from './change.ts';
import { inviteOwner } from './owners.ts';
import type { ActionOf, Context, Rules } from './rule.ts';
import { typedAt } from './times.ts';
import { button, quoted, reply, sentence } from './wording.ts';

const REMINDED =
  ' is reminded by direct message when it is due, and each working morning until it is done.';

/** A follow-up. A due date that cannot be read never loses the text: the item is kept without one. */
function actionItem(
  change: Change,
  action: ActionOf<'action item'>,
  context: Context,
): Result<Reply> {
  const text = action.text.trim();
  if (text === '')
    return refuse('What is to be done?', 'action add an alert on pool size due Friday');
  const { actor } = context;
  const now = typedAt(context);
  const due = action.due === null ? null : readDeadline(action.due, { now, zone: actor.zone });
  const at = due?.ok === true ? due.value.at : null;
  const n = nextCount(change, 'action');
  const item: ActionItem = { ...action.item, due: at };
  const entry = write(change, {
    at: null,
    text,
    detail: { type: 'action', n, item },
    author: actor.id,
    source: context.request.source,
  });
  const reminded: Line[] =
    at === null || item.done || change.incident.drill
      ? []
      : [[item.owner === null ? 'Whoever leads' : user(item.owner), REMINDED]];
  const invited = inviteOwner(change, item, context);
  const unread: Line[] = due === null || due.ok ? [] : [unreadDue(n, due.refusal)];
  return ok(
    reply([bold(`a${n}`), ` (#${entry.no}) noted: ${quoted(text)}`], {
      lines: [about(item), ...unread],
      notes: [...invited, ...reminded],
      buttons: [
        button(change.incident, 'Done', `action done ${n}`),
        button(change.incident, 'Strike', `strike ${entry.no}`),
      ],
    }),
  );
}

/** Why there is no due date, and how there will be one. */
function unreadDue(n: number, { reason, offers: [offer] }: TimeRefusal): Line {
  const typed = offer?.typed ?? 'Friday';
  const instead: Line = [' To give it one: ', code(`/incident action ${n} due ${typed}`)];
  return [`Kept without a due date. ${sentence(reason)}`, ...instead];
}

/** What is to be done afterwards. */
export const followUps: Rules<'action item'> = { 'action item': { handle: actionItem } };
