/** What Muster's manifest asks for; `reactions:write` confirms pinned messages, `im:history` finds our own direct messages again. */
export const BOT_SCOPES: readonly string[] = [
  'commands',
  'chat:write',
  'app_mentions:read',
  'channels:manage',
  'channels:read',
  'channels:join',
  'groups:write',
  'groups:read',
  'pins:write',
  'pins:read',
  'bookmarks:write',
  'bookmarks:read',
  'reactions:read',
  'reactions:write',
  'users:read',
  'usergroups:read',
  'canvases:write',
  'files:write',
  'im:write',
  'im:history',
  'channels:history',
  'groups:history',
];

/** What Muster's manifest subscribes to. */
export const BOT_EVENTS: readonly string[] = [
  'app_mention',
  'app_home_opened',
  'reaction_added',
  'reaction_removed',
  'member_joined_channel',
  'member_left_channel',
  'channel_archive',
  'channel_unarchive',
  'channel_rename',
  'channel_deleted',
  'channel_left',
  'group_archive',
  'group_unarchive',
  'group_rename',
  'group_deleted',
  'group_left',
  'pin_added',
  'message.channels',
  'message.groups',
  'subteam_members_changed',
  'app_uninstalled',
  'tokens_revoked',
];

/** A scope, by the kind of conversation where that matters; any of the listed ones will do. */
interface Needed {
  readonly public: readonly string[];
  readonly private: readonly string[];
  readonly im: readonly string[];
}

const anywhere = (...scopes: string[]): Needed => ({ public: scopes, private: scopes, im: scopes });
const manage = (...also: string[]): Needed => ({
  public: ['channels:manage', ...also.map((name) => `channels:${name}`)],
  private: ['groups:write', ...also.map((name) => `groups:${name}`)],
  im: ['im:write'],
});
const read = (what: string): Needed => ({
  public: [`channels:${what}`],
  private: [`groups:${what}`],
  im: [`im:${what}`],
});

/** What each method needs; a method that is not listed needs nothing. */
const NEEDED: Readonly<Record<string, Needed>> = {
  'chat.postMessage': anywhere('chat:write'),
  'chat.update': anywhere('chat:write'),
  'chat.delete': anywhere('chat:write'),
  'chat.postEphemeral': anywhere('chat:write'),
  'conversations.create': manage(),
  'conversations.rename': manage(),
  'conversations.archive': manage(),
  'conversations.unarchive': manage(),
  'conversations.kick': manage(),
  'conversations.invite': manage('write.invites'),
  'conversations.setTopic': manage('write.topic'),
  'conversations.setPurpose': manage('write.topic'),
  'conversations.join': anywhere('channels:join'),
  'conversations.info': read('read'),
  'conversations.list': anywhere('channels:read', 'groups:read', 'im:read'),
  'conversations.members': read('read'),
  'conversations.history': read('history'),
  'conversations.replies': read('history'),
  'conversations.open': anywhere('im:write', 'mpim:write'),
  'conversations.canvases.create': anywhere('canvases:write'),
  'canvases.create': anywhere('canvases:write'),
  'canvases.edit': anywhere('canvases:write'),
  'users.info': anywhere('users:read'),
  'users.list': anywhere('users:read'),
  'users.conversations': anywhere('channels:read', 'groups:read'),
  'usergroups.list': anywhere('usergroups:read'),
  'usergroups.users.list': anywhere('usergroups:read'),
  'pins.add': anywhere('pins:write'),
  'pins.remove': anywhere('pins:write'),
  'pins.list': anywhere('pins:read'),
  'bookmarks.add': anywhere('bookmarks:write'),
  'bookmarks.edit': anywhere('bookmarks:write'),
  'bookmarks.remove': anywhere('bookmarks:write'),
  'bookmarks.list': anywhere('bookmarks:read'),
  'reactions.add': anywhere('reactions:write'),
  'reactions.remove': anywhere('reactions:write'),
  'reactions.get': anywhere('reactions:read'),
  'reactions.list': anywhere('reactions:read'),
  'files.getUploadURLExternal': anywhere('files:write'),
  'files.completeUploadExternal': anywhere('files:write'),
  'files.info': anywhere('files:read'),
  'files.delete': anywhere('files:write'),
  'team.info': anywhere('team:read'),
};

/** The scope that a call lacks, as Slack names it, or nothing when it may go ahead. */
export function missingScope(
  method: string,
  kind: keyof Needed,
  granted: ReadonlySet<string>,
): string | undefined {
  const any = NEEDED[method]?.[kind] ?? [];
  return any.length === 0 || any.some((scope) => granted.has(scope)) ? undefined : any.join(',');
}
