import { isToDo } from '../action-item.ts';
import type { ActionItem } from '../entry.ts';
import { type Line, user } from '../text.ts';
import { type Change, notify } from './change.ts';
import { comeBack } from './departing.ts';
import type { Context } from './rule.ts';

/**
 * Whoever is to do something in a private incident is invited to its channel when that is decided, not
 * when they are reminded: nobody can do what they cannot read. Answers what to tell whoever decided it.
 *
 * Nothing is said to the owner by other ways: what it is they read among its members.
 */
export function inviteOwner(
  change: Change,
  item: ActionItem,
  { actor }: Pick<Context, 'actor'>,
): readonly Line[] {
  const { incident } = change;
  const { owner } = item;
  if (!incident.private || owner === null || owner === actor.id || !isToDo(item)) return [];
  comeBack(change, [owner]);
  notify(change, 'invite', {
    to: { type: 'chores' },
    what: { type: 'invite', targets: [{ type: 'user', id: owner }] },
  });
  return [
    [
      'The incident is private: ',
      user(owner),
      ' is invited to its channel, if not there yet, and can read it.',
    ],
  ];
}
