import type { Zone } from './instant.ts';
import type { Permission, Level as Who } from './permissions.ts';
import type { Hours, Schedule } from './schedules/schedule.ts';

/** The configuration as the rules see it: checked, complete, defaults filled in. */
export interface Settings {
  /** Zones the draft and the card show side by side; the first one leads. */
  readonly zones: readonly Zone[];
  /** Channel id for announcements, or null for none. */
  readonly announce: string | null;
  /** How long after its end an incident's channel is archived, milliseconds; null for never. */
  readonly archiveAfter: number | null;
  /** Bookmarks of every incident's channel, or of those whose service they are about. */
  readonly links: readonly ChannelLink[];
  /** Most severe first. */
  readonly severities: readonly Severity[];
  readonly policies: Readonly<Record<string, Policy>>;
  /** Invited to every incident besides whoever is pinged. */
  readonly invite: readonly Target[];
  /** Told when a policy is exhausted, and again every hour. */
  readonly administrators: readonly string[];
  /** `page` asks first above this many people, and always for a whole channel. */
  readonly pageAsksAbove: number;
  readonly schedules: Readonly<Record<string, Schedule>>;
  readonly webhooks: Readonly<Record<string, Webhook>>;
  /** When the less severe incidents keep still; null for never. */
  readonly quietHours: QuietHours | null;
  /** How long whoever acknowledged has to answer before an acknowledgement that decayed is void. */
  readonly ackGrace: number;
  /** How many times faster than life a drill runs. */
  readonly drillSpeed: number;
  /** Roles that may be given besides the commander; any word is allowed, these are offered. */
  readonly roles: readonly string[];
  readonly postmortem: PostmortemForm;
  /** Reactions, any of which puts a message on the timeline: names without colons. */
  readonly captureReactions: readonly string[];
  /** Who may do what, where it is not as `PERMISSIONS` says. */
  readonly permissions: Readonly<Partial<Record<Permission, Who>>>;
  readonly limits: Limits;
  readonly retention: Retention;
  /** Of workspaces that have a section of their own, complete; see `settingsIn`. */
  readonly workspaces?: Readonly<Record<string, Settings>>;
}

/** How many commands, buttons and forms are taken within ten seconds. */
export interface Limits {
  readonly person: number;
  readonly workspace: number;
}

/** A link that people need while they work in an incident's channel. */
export interface ChannelLink {
  readonly title: string;
  readonly url: string;
  /** Only where the incident's service is this one; null for all. */
  readonly service: string | null;
}

/** How long incidents are kept after the last change of one that is over, milliseconds; null for ever. */
export interface Retention {
  readonly incidents: number | null;
  readonly drills: number | null;
}

/** The settings as they hold in a workspace. */
export function settingsIn(settings: Settings, workspace: string): Settings {
  const { workspaces = {} } = settings;
  return Object.hasOwn(workspaces, workspace) ? (workspaces[workspace] ?? settings) : settings;
}

/** Which form every draft has. */
export interface PostmortemForm {
  /** The name of a preset. */
  readonly preset: string;
  /** Its sections, in their order, instead of the preset's own; null for those. */
  readonly sections: readonly OwnSection[] | null;
}

/** A section by its name, under a heading of one's own; null for the usual one. */
export interface OwnSection {
  readonly id: string;
  readonly heading: string | null;
}

export interface Severity {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly policy: string;
  readonly sla: Sla;
  /** Share of the time after which the warning goes out, 0 to 1. */
  readonly warnAt: number;
  /** Whether `update`, `mitigate` and `resolve` stand still while the incident is being monitored. */
  readonly pausesWhileMonitoring: boolean;
}

/** Milliseconds; null where the ladder has no such rung. */
export interface Sla {
  readonly acknowledge: number | null;
  readonly commander: number | null;
  readonly firstUpdate: number | null;
  readonly updateEvery: number | null;
  readonly mitigate: number | null;
  readonly resolve: number | null;
  /** Business days after resolution, for the postmortem. */
  readonly postmortemBusinessDays: number | null;
}

export interface Policy {
  readonly name: string;
  readonly levels: readonly Level[];
  /** How often the levels are gone through again after the first time. */
  readonly repeat: number;
  /** Wait after the last level before the next round begins, milliseconds. */
  readonly repeatAfter: number;
}

export interface Level {
  /** Milliseconds from the opening or the re-arming. */
  readonly after: number;
  readonly notify: readonly Target[];
}

export type Target =
  | { readonly type: 'user'; readonly id: string }
  | { readonly type: 'usergroup'; readonly id: string }
  /** The incident's own channel, or another one by id. */
  | { readonly type: 'channel'; readonly id: string | null }
  /** Whoever opened the incident: the default where nobody configured anything. */
  | { readonly type: 'declarer' }
  /** Whoever is on call when it fires. */
  | { readonly type: 'schedule'; readonly name: string }
  /** Everybody on the first level of another policy. */
  | { readonly type: 'policy'; readonly name: string }
  /** A system outside of Slack: a pager, or anything that takes a signed request. */
  | { readonly type: 'webhook'; readonly name: string };

/** A system outside of Slack that is told of pings, acknowledgements and resolutions. */
export interface Webhook {
  readonly name: string;
  /** What its requests look like: Muster's own signed ones, PagerDuty Events v2, JSM or Opsgenie alerts. */
  readonly format: 'muster' | 'pagerduty' | 'opsgenie';
  readonly url: string;
  /** The environment variable that holds its key: to sign with, to route by, or to authorise. */
  readonly keyFrom: string;
  /** Whether it may be in the operator's own network; else such addresses are refused. */
  readonly internal: boolean;
}

/** Hours in which pings of incidents less severe than `below` wait until they are over. */
export interface QuietHours {
  readonly zone: Zone;
  readonly hours: readonly Hours[];
  /** The name of a severity: it and everything more severe is never quiet. */
  readonly below: string;
}

/** What is declared without a severity: the middle of the configured ones, rounded to the milder. */
export const severityWithout = ({
  severities,
}: Pick<Settings, 'severities'>): Severity | undefined =>
  severities[Math.floor(severities.length / 2)];

/** The severity named or aliased, ignoring case. */
export const severityNamed = (settings: Settings, word: string): Severity | undefined =>
  settings.severities.find(
    ({ name, aliases }) =>
      name.toLowerCase() === word.toLowerCase() ||
      aliases.some((alias) => alias.toLowerCase() === word.toLowerCase()),
  );

/** A target as people write it in the configuration. */
export function targetName(target: Target): string {
  if (target.type === 'declarer') return 'declarer';
  if (target.type === 'channel') return target.id === null ? 'channel' : `channel:${target.id}`;
  return 'id' in target ? `${target.type}:${target.id}` : `${target.type}:${target.name}`;
}
