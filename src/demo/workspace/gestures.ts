import { type Entered, findControl } from './controls.ts';
import { deliver, type Reach } from './deliver.ts';
import { fillForm } from './form.ts';
import { knownChannel } from './happenings.ts';
import {
  commandPayload,
  messageAction,
  shortcutPayload,
  viewAction,
  viewPayload,
} from './interactions.ts';
import { isJson, type Json } from './limits/rules.ts';
import { closeView, pushView, updateView } from './modals.ts';
import { SlackError } from './slack-error.ts';
import { recordViolation, type State } from './state.ts';
import type { Answer, Message, Reply, View } from './types.ts';
import { escapeTyped } from './typing.ts';
import { whisper } from './whisper.ts';

/** How Muster answered something typed; `reply` is what the acknowledgement itself showed. */
export interface Typed extends Answer {
  readonly reply: Reply | null;
}

/** How Muster answered a form; status 0 without an error means that Slack itself refused to send it. */
export interface Submitted extends Answer {
  readonly response: Json | null;
}

/** What a person does to Muster: the requests that Slack would send for it. */
export interface Gestures {
  /** Types a slash command: `/incident open sev1 checkout down`. */
  type(userId: string, channel: string, text: string): Promise<Typed>;
  /** Presses a button or picks from a menu, by action id or label. */
  click(
    userId: string,
    on: Message | Reply | View,
    wanted: string,
    entered?: Entered,
  ): Promise<Answer>;
  /** Sends the open modal, its fields named by `block/action`, action id, block id or label. */
  submit(userId: string, values?: Readonly<Record<string, Entered>>): Promise<Submitted>;
  /** Closes the open modal. */
  dismiss(userId: string): Promise<void>;
  /** Uses a global shortcut, or a message shortcut when a message is given. */
  shortcut(userId: string, callbackId: string, message?: Message): Promise<Answer>;
}

function showReply(state: State, user: string, channel: string, body: unknown): Reply | null {
  if (body === null || body === '') return null;
  const given = isJson(body) ? body : { text: String(body) };
  if (Object.keys(given).length === 0) return null;
  try {
    return whisper(state, 'ack', { user, channel, original: undefined }, given);
  } catch (error) {
    if (!(error instanceof SlackError)) throw error;
    recordViolation(state, 'ack', error.code, error.breach ?? error.message);
    return null;
  }
}

function checkErrors(state: State, view: View, errors: unknown): void {
  const blocks = new Set(view.blocks.map((block) => block.block_id));
  const named = isJson(errors) ? Object.keys(errors) : [];
  const stray = named.filter((id) => !blocks.has(id));
  if (stray.length > 0 || named.length === 0) {
    const reason = `errors must name blocks of the form, not ${stray.join(', ') || 'nothing'}`;
    recordViolation(state, 'view_submission', 'invalid_errors', reason);
  }
}

function followResponse(state: State, view: View, response: Json | null): void {
  const next = response?.response_action;
  if (next === undefined) closeView(state, view.user);
  else if (next === 'clear') closeView(state, view.user, true);
  else if (next === 'errors') checkErrors(state, view, response?.errors);
  else if (next === 'update') updateView(state, view, response?.view);
  else if (next === 'push') pushView(state, view.user, response?.view);
  else recordViolation(state, 'view_submission', 'invalid_response_action', String(next));
}

function follow(state: State, view: View, response: Json | null): void {
  try {
    followResponse(state, view, response);
  } catch (error) {
    if (!(error instanceof SlackError)) throw error;
    recordViolation(state, 'view_submission', error.code, error.breach ?? error.message);
  }
}

function topView(state: State, userId: string): View {
  const view = state.modals.get(userId)?.at(-1);
  if (!view) throw new Error(`${userId} has no modal open.`);
  return view;
}

async function submit(
  state: State,
  reach: Reach,
  userId: string,
  entered: Readonly<Record<string, Entered>>,
): Promise<Submitted> {
  const view = topView(state, userId);
  const { values, errors } = fillForm(view, entered);
  if (Object.keys(errors).length > 0) {
    const response = { response_action: 'errors', errors };
    return { status: 0, ms: 0, body: response, error: undefined, response };
  }
  const payload = viewPayload(state, 'view_submission', view, values);
  const answer = await deliver(state, reach, { kind: 'interaction', payload });
  const response = isJson(answer.body) ? answer.body : null;
  if (answer.status === 200) follow(state, view, response);
  return { ...answer, response };
}

async function type(
  state: State,
  reach: Reach,
  userId: string,
  where: string,
  text: string,
): Promise<Typed> {
  const channel = knownChannel(state, where);
  if (channel.kind !== 'public' && !channel.members.includes(userId)) {
    throw new Error(`${userId} cannot type in ${channel.name || channel.id}: not a member.`);
  }
  const [, command = '', rest = ''] = /^(\/\S+)\s*([\s\S]*)$/.exec(text.trim()) ?? [];
  if (!command) throw new Error(`Not a slash command: "${text}".`);
  const typed = { command, text: escapeTyped(state, userId, rest.trim()) };
  const payload = commandPayload(state, userId, channel, typed);
  const answer = await deliver(state, reach, { kind: 'command', payload });
  const reply = answer.status === 200 ? showReply(state, userId, channel.id, answer.body) : null;
  return { ...answer, reply };
}

/** Lets people use Muster. */
export function createGestures(state: State, reach: Reach): Gestures {
  const interact = (payload: Json) => deliver(state, reach, { kind: 'interaction', payload });
  return {
    type: (userId, channel, text) => type(state, reach, userId, channel, text),
    submit: (userId, values = {}) => submit(state, reach, userId, values),
    click: async (userId, on, wanted, entered) => {
      const control = findControl(on.blocks, wanted);
      if ('rootId' in on) {
        return await interact(viewAction(state, userId, { view: on, control, entered }));
      }
      const channel = knownChannel(state, on.channel);
      const message = channel.messages.find((candidate) => candidate.ts === on.ts) ?? on;
      return await interact(messageAction(state, userId, { message, channel, control, entered }));
    },
    dismiss: async (userId) => {
      const view = topView(state, userId);
      closeView(state, userId, view.clearOnClose);
      if (view.notifyOnClose) await interact(viewPayload(state, 'view_closed', view, {}));
    },
    shortcut: async (userId, callbackId, message) => {
      const on = message && { message, channel: knownChannel(state, message.channel) };
      return await interact(shortcutPayload(state, userId, callbackId, on));
    },
  };
}
