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
  /**
   * Reading a message that somebody puts on the timeline and what becomes of it; finding our own
   * messages again after a lost answer, and editing pings in place.
   */
  'channels:history',
  'groups:history',
  'im:history',
  /** Opening the direct conversation that is searched or gets a file. */
  'im:write',
  'pins:write',
  /** Reactions that put a message on the timeline, and finding those that still wait for it. */
  'reactions:read',
  /** Confirming that a message is on the timeline. */
  'reactions:write',
  /** Names and, above all, time zones. */
  'users:read',
  /** Who is in a group when it is pinged. */
  'usergroups:read',
  /** The draft and exports. */
  'files:write',
  /** The channel's canvas with the draft, where the plan has canvases. */
  'canvases:write',
];

/** Without these something is left out, and nothing is refused that people wait for. */
export const OPTIONAL_SCOPES: readonly string[] = ['canvases:write'];

/** What Slack tells us without being asked. */
export const BOT_EVENTS: readonly string[] = [
  /** A message goes on the timeline, or comes off it. */
  'reaction_added',
  'reaction_removed',
  /** A message that is on the timeline is edited or deleted; all others are passed over unread. */
  'message.channels',
  'message.groups',
  /** Somebody looks at their Home tab. */
  'app_home_opened',
  /** We were thrown out. */
  'app_uninstalled',
  'tokens_revoked',
];
