import type { Json } from './limits/rules.ts';
import type { State } from './state.ts';
import type { Channel, Message, UploadedFile, UserSeed, View } from './types.ts';

/** A file as Slack's JSON shows it. */
export function wireFile(state: State, file: UploadedFile): Json {
  return {
    id: file.id,
    name: file.name,
    title: file.title,
    size: file.content.length,
    user: file.user,
    channels: file.channel ? [file.channel] : [],
    permalink: `https://${state.team.domain}.slack.com/files/${file.user}/${file.id}/${file.name}`,
    url_private: `${state.baseUrl}/files/${file.id}`,
  };
}

/** A message as Slack's JSON shows it. */
export function wireMessage(
  state: State,
  message: Message,
  channel?: Channel,
  includeMetadata = false,
): Json {
  const replies = channel?.messages.filter(
    (other) => other.threadTs === message.ts && other.ts !== message.ts,
  );
  const threadTs = message.threadTs ?? (replies?.length ? message.ts : undefined);
  return {
    type: 'message',
    ...(message.tombstone && { subtype: 'tombstone', hidden: true }),
    // An incoming webhook has a name and no account.
    ...(message.username
      ? { subtype: 'bot_message', username: message.username }
      : { user: message.user }),
    ts: message.ts,
    text: message.text,
    team: state.team.id,
    ...(message.botId && { bot_id: message.botId, app_id: state.appId }),
    ...(message.blocks.length > 0 && { blocks: message.blocks }),
    ...(threadTs && { thread_ts: threadTs }),
    ...(replies?.length && {
      reply_count: replies.length,
      latest_reply: replies.at(-1)?.ts,
    }),
    ...(message.edited && { edited: message.edited }),
    ...(message.files.length > 0 && { files: message.files.map((file) => wireFile(state, file)) }),
    ...(message.reactions.length > 0 && {
      reactions: message.reactions.map((reaction) => ({
        ...reaction,
        count: reaction.users.length,
      })),
    }),
    ...(includeMetadata && message.metadata && { metadata: message.metadata }),
  };
}

/** A conversation as Slack's JSON shows it. */
export function wireChannel(state: State, channel: Channel): Json {
  const direct = channel.kind === 'im' || channel.kind === 'mpim';
  const note = (value: string) => ({ value, creator: value ? channel.creator : '', last_set: 0 });
  return {
    id: channel.id,
    name: channel.name,
    name_normalized: channel.name,
    created: channel.created,
    creator: channel.creator,
    is_channel: channel.kind === 'public',
    is_group: channel.kind === 'private',
    is_im: channel.kind === 'im',
    is_mpim: channel.kind === 'mpim',
    is_private: channel.kind !== 'public',
    is_archived: channel.archived,
    is_general: false,
    is_member: channel.members.includes(state.botUserId),
    context_team_id: state.team.id,
    num_members: channel.members.length,
    topic: note(channel.topic),
    purpose: note(channel.purpose),
    ...(direct && { user: channel.members.find((member) => member !== state.botUserId) }),
    ...(channel.canvas && { properties: { canvas: { file_id: channel.canvas.id } } }),
  };
}

function zoneOffset(tz: string, at: number): number {
  const local = new Date(at).toLocaleString('sv-SE', { timeZone: tz });
  return Math.round((Date.parse(`${local.replace(' ', 'T')}Z`) - at) / 60_000) * 60;
}

/** A person as Slack's JSON shows them. */
export function wireUser(state: State, user: UserSeed & { bot?: boolean }): Json {
  const tz = user.tz ?? 'Etc/UTC';
  const parts = new Intl.DateTimeFormat('en-US', { timeZone: tz, timeZoneName: 'long' });
  const label = parts.formatToParts(state.now()).find((part) => part.type === 'timeZoneName');
  const realName = user.realName ?? user.name;
  return {
    id: user.id,
    team_id: user.team ?? state.team.id,
    name: user.name,
    real_name: realName,
    deleted: user.deleted ?? false,
    tz,
    tz_label: label?.value ?? tz,
    tz_offset: zoneOffset(tz, state.now()),
    locale: 'en-GB',
    profile: { real_name: realName, display_name: user.name, team: state.team.id },
    is_admin: user.admin ?? false,
    is_owner: false,
    is_restricted: user.guest ?? false,
    is_ultra_restricted: false,
    ...(user.team !== undefined && { is_stranger: true }),
    is_bot: user.bot ?? false,
    is_app_user: false,
  };
}

const words = (text: string) => ({ type: 'plain_text', text, emoji: true });

/** A view as Slack's JSON shows it. */
export function wireView(state: State, view: View, values: Json = {}): Json {
  return {
    id: view.id,
    team_id: state.team.id,
    type: view.type,
    blocks: view.blocks,
    private_metadata: view.privateMetadata,
    callback_id: view.callbackId,
    external_id: view.externalId,
    state: { values },
    hash: view.hash,
    title: words(view.title),
    submit: view.submit ? words(view.submit) : null,
    close: view.close ? words(view.close) : null,
    clear_on_close: view.clearOnClose,
    notify_on_close: view.notifyOnClose,
    submit_disabled: false,
    root_view_id: view.rootId,
    previous_view_id: view.previousId ?? null,
    app_id: state.appId,
    bot_id: state.botId,
    app_installed_team_id: state.team.id,
  };
}
