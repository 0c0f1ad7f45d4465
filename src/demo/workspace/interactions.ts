import { randomUUID } from 'node:crypto';
import type { Control, Entered } from './controls.ts';
import { controlsIn, filled } from './controls.ts';
import type { Json } from './limits/rules.ts';
import { nextId, type ResponseUrl, type State } from './state.ts';
import type { Channel, Message, Reply, View } from './types.ts';
import { wireMessage, wireView } from './wire.ts';

const VERIFICATION_TOKEN = 'legacy-verification-token';

/** A fresh trigger id for something that this person just did. */
export function issueTrigger(state: State, user: string): string {
  const id = `${nextId(state, '')}.${state.team.id}.${randomUUID().replaceAll('-', '')}`;
  state.triggers.set(id, { user, at: Date.now(), used: false });
  return id;
}

/** A fresh response URL; replies through it are shown to this person in this channel. */
export function issueResponseUrl(
  state: State,
  to: Pick<ResponseUrl, 'user' | 'channel' | 'original'>,
): string {
  const id = randomUUID();
  state.responseUrls.set(id, { ...to, at: state.now(), uses: 0 });
  return `${state.baseUrl}/response/${id}`;
}

/** A person, or a mistake of the test. */
export function person(state: State, id: string) {
  const user = state.users.get(id);
  if (!user) throw new Error(`Nobody here is ${id}.`);
  return user;
}

function envelope(state: State, type: string, userId: string): Json {
  const user = person(state, userId);
  return {
    type,
    token: VERIFICATION_TOKEN,
    api_app_id: state.appId,
    team: { id: state.team.id, domain: state.team.domain },
    enterprise:
      state.enterprise === null ? null : { id: state.enterprise, name: 'The organisation' },
    is_enterprise_install: state.enterprise !== null,
    user: {
      id: user.id,
      username: user.name,
      name: user.name,
      team_id: user.team ?? state.team.id,
    },
    trigger_id: issueTrigger(state, userId),
  };
}

const now = (state: State) => (state.now() / 1000).toFixed(6);

const shownName = (channel: Channel) =>
  ({ public: channel.name, private: 'privategroup', im: 'directmessage', mpim: 'mpdm' })[
    channel.kind
  ];

function action(state: State, control: Control, entered: Entered | undefined): Json {
  return {
    ...filled(control, entered),
    action_id: control.element.action_id,
    block_id: control.block.block_id,
    ...(control.element.style !== undefined && { style: control.element.style }),
    action_ts: now(state),
  };
}

function valuesIn(blocks: readonly Json[]): Json {
  const values: Record<string, Json> = {};
  for (const control of controlsIn(blocks)) {
    if (control.element.type === 'button' || control.element.type === 'overflow') continue;
    const block = String(control.block.block_id);
    values[block] = { ...values[block], [String(control.element.action_id)]: filled(control) };
  }
  return { values };
}

/** A slash command as the form fields that Slack posts. */
export function commandPayload(
  state: State,
  userId: string,
  channel: Channel,
  typed: { command: string; text: string },
): Json {
  const user = person(state, userId);
  return {
    token: VERIFICATION_TOKEN,
    team_id: state.team.id,
    team_domain: state.team.domain,
    channel_id: channel.id,
    channel_name: shownName(channel),
    user_id: userId,
    user_name: user.name,
    ...typed,
    api_app_id: state.appId,
    // Text, as in a form.
    is_enterprise_install: String(state.enterprise !== null),
    ...(state.enterprise !== null && { enterprise_id: state.enterprise }),
    response_url: issueResponseUrl(state, {
      user: userId,
      channel: channel.id,
      original: undefined,
    }),
    trigger_id: issueTrigger(state, userId),
  };
}

/** A press of something in a message or in a reply that only this person sees. */
export function messageAction(
  state: State,
  userId: string,
  on: {
    message: Message | Reply;
    channel: Channel;
    control: Control;
    entered: Entered | undefined;
  },
): Json {
  const { message, channel, control } = on;
  const ephemeral = 'via' in message;
  return {
    ...envelope(state, 'block_actions', userId),
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: channel.id,
      is_ephemeral: ephemeral,
      ...(message.threadTs && { thread_ts: message.threadTs }),
    },
    channel: { id: channel.id, name: shownName(channel) },
    // Slack leaves the message out when only one person sees it.
    ...(!ephemeral && { message: wireMessage(state, message, channel) }),
    state: valuesIn(message.blocks),
    response_url: issueResponseUrl(state, { user: userId, channel: channel.id, original: message }),
    actions: [action(state, control, on.entered)],
  };
}

/** A press of something in a modal or on the Home tab. */
export function viewAction(
  state: State,
  userId: string,
  on: { view: View; control: Control; entered: Entered | undefined },
): Json {
  return {
    ...envelope(state, 'block_actions', userId),
    container: { type: 'view', view_id: on.view.id },
    view: wireView(state, on.view, valuesIn(on.view.blocks).values as Json),
    actions: [action(state, on.control, on.entered)],
  };
}

/** A modal that is sent, or closed by its person. */
export function viewPayload(
  state: State,
  type: 'view_submission' | 'view_closed',
  view: View,
  values: Json,
): Json {
  const { trigger_id, ...rest } = envelope(state, type, view.user);
  return {
    ...rest,
    view: wireView(state, view, values),
    ...(type === 'view_submission'
      ? { trigger_id, response_urls: [] }
      : { is_cleared: view.clearOnClose }),
  };
}

/** A global or message shortcut. */
export function shortcutPayload(
  state: State,
  userId: string,
  callbackId: string,
  on?: { message: Message; channel: Channel },
): Json {
  const base = { ...envelope(state, on ? 'message_action' : 'shortcut', userId) };
  if (!on) return { ...base, callback_id: callbackId, action_ts: now(state) };
  const { message, channel } = on;
  return {
    ...base,
    callback_id: callbackId,
    action_ts: now(state),
    message_ts: message.ts,
    channel: { id: channel.id, name: shownName(channel) },
    message: wireMessage(state, message, channel),
    response_url: issueResponseUrl(state, {
      user: userId,
      channel: channel.id,
      original: undefined,
    }),
  };
}

/** An event in its wrapper. */
export function eventPayload(state: State, event: Json, eventId?: string): Json {
  const ts = now(state);
  return {
    token: VERIFICATION_TOKEN,
    team_id: state.team.id,
    api_app_id: state.appId,
    type: 'event_callback',
    event_id: eventId ?? nextId(state, 'Ev'),
    event_time: Math.floor(Number(ts)),
    event: { event_ts: ts, ...event },
    authorizations: [
      {
        team_id: state.team.id,
        enterprise_id: state.enterprise,
        user_id: state.botUserId,
        is_bot: true,
        is_enterprise_install: state.enterprise !== null,
      },
    ],
  };
}
