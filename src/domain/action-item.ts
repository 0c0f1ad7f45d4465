import type { ActionItem } from './entry.ts';

/** How far an action item is. */
export type ActionState = 'open' | 'in progress' | 'done' | 'dropped';

/** Its state. Items that were written before there were four are open or done. */
export function stateOf({ done, started, dropped }: ActionItem): ActionState {
  if (dropped !== undefined) return 'dropped';
  if (done) return 'done';
  return started === true ? 'in progress' : 'open';
}

/** Whether somebody still has to do it. */
export const isToDo = (item: ActionItem): boolean => !item.done && item.dropped === undefined;

/** The item in another state; a reason only where it is dropped. */
export function inState(item: ActionItem, state: ActionState, reason: string): ActionItem {
  const { started: _, dropped: __, ...rest } = item;
  return {
    ...rest,
    done: state === 'done',
    ...(state === 'in progress' ? { started: true } : {}),
    ...(state === 'dropped' ? { dropped: reason } : {}),
  };
}
