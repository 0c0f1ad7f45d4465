import type { AppsManifestCreateArguments } from '@slack/web-api';

type Manifest = AppsManifestCreateArguments['manifest'];
type Settings = NonNullable<Manifest['settings']>;

/** Scopes that Slack knows; its library has not heard of this one yet. */
export type Scope =
  | NonNullable<NonNullable<NonNullable<Manifest['oauth_config']>['scopes']>['bot']>[number]
  | 'canvases:write';
/** Events that Slack knows. */
export type Event = NonNullable<NonNullable<Settings['event_subscriptions']>['bot_events']>[number];

/** What the bot's token must be allowed, each for a call that is made. */
export const BOT_SCOPES: readonly string[] = [
  /** `/incident` and the shortcuts. */
  'commands',
  /** Posting and editing. */
  'chat:write',
  /** Announcing in a public channel that nobody invited the bot to. */
  'chat:write.public',
  /** Making incident channels: topic, invitations, archiving and unarchiving. */
  'channels:manage',
  'groups:write',
  /** Coming back into a public channel that somebody removed us from, when `doctor` is asked to. */
  'channels:join',
  /** Finding our own channel again after a lost answer; hearing what becomes of it, and who comes. */
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
  /** Links above the messages: card, draft, runbook; looking for them after a lost answer. */
  'bookmarks:write',
  'bookmarks:read',
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
] satisfies Scope[];

/** Without these something is left out, and nothing is refused that people wait for. */
export const OPTIONAL_SCOPES: readonly string[] = [
  'canvases:write',
  'bookmarks:write',
  'bookmarks:read',
  'channels:join',
];

/** Without one of these scopes Slack does not tell us of the event. */
export const NEEDED_FOR_EVENTS: Readonly<Record<string, readonly string[]>> = {
  'reactions:read': ['reaction_added', 'reaction_removed'],
  'channels:history': ['message.channels'],
  'groups:history': ['message.groups'],
  'channels:read': [
    'member_joined_channel',
    'member_left_channel',
    'channel_archive',
    'channel_unarchive',
    'channel_rename',
    'channel_deleted',
    'channel_left',
  ],
  'groups:read': [
    'member_joined_channel',
    'member_left_channel',
    'group_archive',
    'group_unarchive',
    'group_rename',
    'group_deleted',
    'group_left',
  ],
};

/** What Slack tells us without being asked. */
export const BOT_EVENTS: readonly string[] = [
  /** A message goes on the timeline, or comes off it. */
  'reaction_added',
  'reaction_removed',
  /** A message that is on the timeline is edited or deleted; all others are passed over unread. */
  'message.channels',
  'message.groups',
  /** Somebody comes into an incident's channel, and is told where things stand. */
  'member_joined_channel',
  /** Somebody leaves a private incident's channel, or is removed: they see nothing of it any more. */
  'member_left_channel',
  /** What people do to an incident's channel by hand; the twins are for private ones. */
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
  /** Somebody looks at their Home tab. */
  'app_home_opened',
  /** We were thrown out. */
  'app_uninstalled',
  'tokens_revoked',
] satisfies Event[];

/** What Slack tells an app besides that an organisation installs for all of its workspaces. */
export const ORG_EVENTS: readonly string[] = [
  /** A workspace of it may be served from now on, or no more. */
  'team_access_granted',
  'team_access_revoked',
] satisfies Event[];
