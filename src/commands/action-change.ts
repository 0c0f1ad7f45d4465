import type { Action } from '../domain/action.ts';
import { ok, type Result, refuse } from '../domain/result.ts';
import { trackersIn } from './action-options.ts';
import { readable, trailingUser } from './slack-tokens.ts';
import { isDeadline } from './when.ts';

type ActionChange = Extract<Action, { type: 'action change' }>;
type Part = Omit<ActionChange, 'type' | 'item'>;

const ITEM = /^(?:a|#)?(\d{1,6})[:,]?\s+(.+)$/is;
const DROP = /^(?:drop|dropped)\s+(?:a|#)?(\d{1,6})[:,]?(?:\s+(.*))?$/is;
const START = /^(?:start|started)\s+(?:a|#)?(\d{1,6})\.?$/i;

/**
 * A change to an action item, `3 due Friday`; null when the line is the text of a new one.
 *
 * A text may begin with a figure (`3 replicas must be added`): only a whole option after the number
 * is a change.
 */
export function actionChange(typed: string): Result<ActionChange> | null {
  const line = typed.trim();
  const [, dropped, why = ''] = DROP.exec(line) ?? [];
  if (dropped !== undefined) return drop(Number(dropped), why);
  const started = START.exec(line)?.[1];
  if (started !== undefined) return changed(Number(started), { state: 'in progress' });
  const [, digits, rest = ''] = ITEM.exec(line) ?? [];
  if (digits === undefined || Number(digits) === 0) return null;
  const item = Number(digits);
  const reason = /^(?:drop|dropped)(?:\s+(.*))?$/is.exec(rest);
  if (reason !== null) return drop(item, reason[1] ?? '');
  const part = partIn(rest);
  return part === null ? null : changed(item, part);
}

const changed = (item: number, part: Part): Result<ActionChange> =>
  ok({ type: 'action change', item, ...part });

function drop(item: number, typed: string): Result<ActionChange> {
  const reason = readable(typed.trim());
  if (reason === '')
    return refuse('Say why it is dropped.', `action drop ${item} done by the vendor`);
  return changed(item, { state: 'dropped', reason });
}

const STATES = {
  open: 'open',
  reopen: 'open',
  start: 'in progress',
  started: 'in progress',
} as const;

function partIn(rest: string): Part | null {
  const word = rest.toLowerCase().replace(/\.$/, '');
  if (/^(?:is\s+)?in progress$/.test(word)) return { state: 'in progress' };
  if (/^(?:is\s+)?done$/.test(word)) return { state: 'done' };
  if (Object.hasOwn(STATES, word)) return { state: STATES[word as keyof typeof STATES] };
  const due = /^due:?\s+(?:on\s+|by\s+)?(.+)$/is.exec(rest)?.[1];
  if (due !== undefined) return due.length <= 60 && isDeadline(due) ? { due } : null;
  const refs = /^(?:trackers?|refs?):?\s+(.+)$/is.exec(rest)?.[1];
  if (refs !== undefined) {
    const refsIn = trackersIn(refs);
    return refsIn === null ? null : { refs: refsIn };
  }
  const cause = /^for:?\s+(c\d{1,4})$/i.exec(rest)?.[1];
  if (cause !== undefined) return { addresses: cause.toLowerCase() };
  const owner = trailingUser(rest);
  return owner !== null && /^(?:owner:?)?$/i.test(owner.before.trim()) ? { owner: owner.id } : null;
}
