import { viewProblems, viewTooLarge } from './assert-limits.ts';
import { withIds } from './content.ts';
import { isJson, type Json, jsonList } from './limits/rules.ts';
import { breach, refuse } from './slack-error.ts';
import { nextId, type State } from './state.ts';
import type { View } from './types.ts';

const STACK = 3;

const label = (value: unknown): string | undefined =>
  isJson(value) && typeof value.text === 'string' ? value.text : undefined;

function checkView(candidate: unknown, type: View['type']): Json {
  if (!isJson(candidate)) throw breach('invalid_arguments', 'view must be an object');
  if (viewTooLarge(candidate)) throw breach('view_too_large', 'over 250 KB');
  const problems = viewProblems(candidate);
  if (candidate.type !== type) problems.push(`/view/type: must be ${type} here`);
  if (problems.length > 0) {
    const messages = problems.map((problem) => `[ERROR] ${problem}`);
    throw breach('invalid_arguments', problems.join('; '), { response_metadata: { messages } });
  }
  return candidate;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

function fields(state: State, given: Json) {
  return {
    hash: nextId(state, 'h'),
    title: label(given.title) ?? '',
    submit: label(given.submit),
    close: label(given.close),
    callbackId: text(given.callback_id),
    externalId: text(given.external_id),
    privateMetadata: text(given.private_metadata),
    notifyOnClose: given.notify_on_close === true,
    clearOnClose: given.clear_on_close === true,
    blocks: withIds(state, jsonList(given.blocks)),
  };
}

function createView(
  state: State,
  user: string,
  given: Json,
  type: View['type'],
  below?: View,
): View {
  const id = nextId(state, 'V');
  const contents = fields(state, given);
  const all = [...[...state.modals.values()].flat(), ...state.homes.values()];
  if (contents.externalId && all.some((view) => view.externalId === contents.externalId)) {
    throw breach('duplicate_external_id', `external_id ${contents.externalId} is in use`);
  }
  return { id, rootId: below?.rootId ?? id, previousId: below?.id, user, type, ...contents };
}

/** Opens a modal on its own; whatever was open gives way. */
export function openView(state: State, user: string, candidate: unknown): View {
  const given = checkView(candidate, 'modal');
  state.modals.delete(user);
  const view = createView(state, user, given, 'modal');
  state.modals.set(user, [view]);
  return view;
}

/** Puts a modal on top of the open one, three at most. */
export function pushView(state: State, user: string, candidate: unknown): View {
  const stack = state.modals.get(user) ?? [];
  const top = stack.at(-1);
  if (!top) throw breach('not_found', 'there is no open modal to push onto');
  if (stack.length >= STACK) throw breach('push_limit_reached', `${STACK} modals are open`);
  const view = createView(state, user, checkView(candidate, 'modal'), 'modal', top);
  stack.push(view);
  return view;
}

/** Changes what a view shows. */
export function updateView(state: State, view: View, candidate: unknown, hash = ''): View {
  if (hash && hash !== view.hash) throw refuse('hash_conflict');
  Object.assign(view, fields(state, checkView(candidate, view.type)));
  return view;
}

/** Sets somebody's Home tab. */
export function publishHome(state: State, user: string, candidate: unknown, hash = ''): View {
  const existing = state.homes.get(user);
  if (existing) return updateView(state, existing, candidate, hash);
  const view = createView(state, user, checkView(candidate, 'home'), 'home');
  state.homes.set(user, view);
  return view;
}

/** An open modal, by its id or the id that the app chose. */
export function findView(state: State, viewId: string, externalId: string): View {
  const all = [...[...state.modals.values()].flat(), ...state.homes.values()];
  const found = all.find((view) =>
    viewId ? view.id === viewId : externalId !== '' && view.externalId === externalId,
  );
  if (!found) throw refuse('not_found');
  return found;
}

/** Takes the top modal away, or all of them. */
export function closeView(state: State, user: string, all = false): void {
  const stack = state.modals.get(user) ?? [];
  stack.pop();
  if (all || stack.length === 0) state.modals.delete(user);
}
