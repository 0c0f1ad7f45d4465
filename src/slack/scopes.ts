/** What the bot's token must be allowed, each for a call that is made. */
export const BOT_SCOPES: readonly string[] = [
  /** `/incident` and the shortcuts. */
  'commands',
  /** Posting and editing. */
  'chat:write',
  /** Announcing in a public channel that nobody invited the bot to. */
  'chat:write.public',
  /** Making incident channels: topic, invitations, unarchiving. */
  'channels:manage',
  'groups:write',
  /** Finding our own channel again after a lost answer. */
  'channels:read',
  'groups:read',
  /** Finding our own messages again after a lost answer, and editing pings in place. */
  'channels:history',
  'groups:history',
  'im:history',
  /** Opening the direct conversation that is searched or gets a file. */
  'im:write',
  'pins:write',
  /** Names and, above all, time zones. */
  'users:read',
  /** Who is in a group when it is pinged. */
  'usergroups:read',
  /** The draft and exports. */
  'files:write',
];

/** What Slack tells us without being asked: that we were thrown out. */
export const BOT_EVENTS: readonly string[] = ['app_uninstalled', 'tokens_revoked'];
