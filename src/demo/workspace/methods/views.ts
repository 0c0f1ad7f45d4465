import type { Args } from '../args.ts';
import type { Json } from '../limits/rules.ts';
import { findView, openView, publishHome, pushView, updateView } from '../modals.ts';
import { breach, refuse } from '../slack-error.ts';
import type { State } from '../state.ts';
import { wireView } from '../wire.ts';
import { knownUser } from './access.ts';

const TRIGGER_MS = 3000;

/** Spends a trigger id and says whose click it was. */
function spendTrigger(args: Args, state: State): string {
  const id = args.text('trigger_id');
  const trigger = state.triggers.get(id);
  if (!trigger) throw breach('invalid_trigger_id', `trigger "${id}" was never issued`);
  const age = Date.now() - trigger.at;
  if (age > TRIGGER_MS) throw breach('expired_trigger_id', `the trigger is ${age} ms old`);
  if (trigger.used) throw breach('exchanged_trigger_id', 'a trigger is good for one view');
  trigger.used = true;
  return trigger.user;
}

function open(args: Args, state: State): Json {
  const view = openView(state, spendTrigger(args, state), args.raw.view);
  return { view: wireView(state, view) };
}

function push(args: Args, state: State): Json {
  const view = pushView(state, spendTrigger(args, state), args.raw.view);
  return { view: wireView(state, view) };
}

function update(args: Args, state: State): Json {
  const view = findView(state, args.text('view_id'), args.text('external_id'));
  return { view: wireView(state, updateView(state, view, args.raw.view, args.text('hash'))) };
}

function publish(args: Args, state: State): Json {
  const user = args.required('user_id');
  knownUser(state, user);
  if (state.options.homeTab === false) throw refuse('not_enabled');
  return { view: wireView(state, publishHome(state, user, args.raw.view, args.text('hash'))) };
}

/** `views.*`. */
export const views = {
  'views.open': open,
  'views.push': push,
  'views.update': update,
  'views.publish': publish,
};
