import type { Action } from './action.ts';
import type { Address } from './addressed.ts';
import type { Bookmark } from './bookmark.ts';
import type { Entry, Revision } from './entry.ts';
import type { Incident } from './incident.ts';
import type { Instant, Zone } from './instant.ts';
import type { Asker } from './permitting.ts';
import type { Ping } from './ping.ts';
import type { Override } from './schedules/schedule.ts';
import type { Settings, Target } from './settings.ts';
import type { Line, Message } from './text.ts';
import type { Timer } from './timers/timer.ts';
import type { ExportFormat, MilestoneName, PresetName } from './words.ts';
import type { Work } from './work.ts';

/** What the rules may look at when they decide. */
export interface Snapshot {
  readonly incident: Incident;
  readonly timers: readonly Timer[];
  /** Only those that the action names or needs; not the whole timeline. */
  readonly entries: readonly Entry[];
  /** The revisions of those entries, oldest first, for `restore`. */
  readonly revisions: readonly Revision[];
  /** The other incident that the action names, locked too; null where whoever asked may see none. */
  readonly other?: Snapshot | null;
  /** Incidents that the action names, locked too: those that whoever asked may see. */
  readonly members?: readonly Incident[];
  /** Another incident that the action names and that is not for whoever asked: its id, to note that they looked. */
  readonly unseen?: string | null;
}

/** What is known before there is an incident: its identity, and whether somebody was faster. */
export interface OpenContext {
  readonly id: string;
  readonly workspace: string;
  readonly number: number;
  /** An incident with the same title, opened within the last minute. */
  readonly twin: Incident | null;
  /** The channel that was made for it while the database was away; by default it gets one. */
  readonly channel?: { readonly id: string; readonly name: string } | null;
}

/** What the rules may know besides the incident. */
export interface World {
  /** The transaction's `now()`. */
  readonly now: Instant;
  /** When the words were typed: earlier than `now` only where a question was confirmed later. */
  readonly typedAt?: Instant;
  /** When Muster received it: earlier than `now` only for what Slack kept meanwhile. */
  readonly receivedAt?: Instant;
  readonly settings: Settings;
  /** Who asks, as far as it decides what they may; missing for what Muster does by itself. */
  readonly asker?: Omit<Asker, 'id'>;
  /** Who stands in on call, as far as is known: for telling who is next. Firing asks the database. */
  readonly overrides?: readonly Override[];
  /** Makes the ids of new timers; the domain has no randomness of its own. */
  readonly newId: () => string;
}

/** What becomes true, and what is said about it. Effects are data. */
export interface Decision {
  readonly incident: Incident;
  readonly entries: readonly Entry[];
  readonly revised: readonly { readonly entry: Entry; readonly revision: Revision }[];
  readonly milestones: readonly MilestoneChange[];
  /** Timers that are new or differ from the snapshot. */
  readonly timers: readonly Timer[];
  readonly notices: readonly Notice[];
  readonly work: readonly Work[];
  readonly reply: Reply;
  /** An entry whose content goes, wherever else it was kept. */
  readonly redaction?: Redaction;
  /** What becomes true of the other incident, together with this or not at all. */
  readonly also?: Also;
}

/** What must not be kept any more. */
export interface Redaction {
  readonly entry: number;
  /** What is left of each of its revisions, by their numbers. */
  readonly revisions: Readonly<Record<string, Entry>>;
  /** What was typed into it, to be looked for where it may have been repeated. */
  readonly typed: readonly string[];
  /** Whether it is the incident's title, which every ping shows. */
  readonly title: boolean;
}

/** A change of a second incident in the same moment. */
export interface Also {
  readonly decision: Decision;
  /** How its own audit names it. */
  readonly action: Action;
}

export interface MilestoneChange {
  readonly name: MilestoneName;
  readonly round: number;
  /** The entry it points to from now on; null takes the milestone away. */
  readonly entry: number | null;
}

/** The answer to whoever asked. */
export interface Reply {
  readonly message: Message;
  /** `channel` only where others must know. */
  readonly to: 'asker' | 'channel';
  /** How a refused or questioned input is told from an accepted one; refused ones are kept for `last`. */
  readonly outcome: 'done' | 'refused' | 'asked';
  /** What yes will do, where that is more than the same action confirmed. */
  readonly question?: { readonly yes: string; readonly action: Action };
}

/**
 * Something to be done in Slack, once, after the commit. Rows of the outbox.
 *
 * `key` is unique for ever within the incident: the same decision cannot be delivered twice.
 * Of several pending notices with the same `collapse`, only the newest is delivered.
 */
export interface Notice {
  readonly key: string;
  readonly to: Destination;
  readonly collapse?: string;
  /** Held back until then; by default it goes out at once. */
  readonly notBefore?: Instant;
  readonly what: NoticeBody;
}

export type Destination =
  /** The incident's channel, once it exists. */
  | { readonly type: 'incident' }
  | { readonly type: 'channel'; readonly id: string }
  /** A direct message: never waits for the channel. */
  | { readonly type: 'user'; readonly id: string }
  /** Seen by one person in one channel: reminders of what they were asked. */
  | { readonly type: 'ephemeral'; readonly channel: string; readonly user: string }
  /** A system outside of Slack, by its name in the configuration. */
  | { readonly type: 'webhook'; readonly name: string }
  /** Finding out who is meant before they are pinged: like a direct message, it never waits for the channel. */
  | { readonly type: 'lookup'; readonly name: string }
  /** The making of the channel itself, and other chores that are not messages in it. */
  | { readonly type: 'chores' };

export type NoticeBody =
  | { readonly type: 'create channel' }
  /** The card, posted once and edited in place; rendered from the record when it is sent. */
  | { readonly type: 'card' }
  | { readonly type: 'announcement' }
  | { readonly type: 'topic' }
  /** A link above the channel's messages: to the card, to the newest draft, or one that is configured. */
  | { readonly type: 'bookmark'; readonly of: Bookmark }
  /** Tells somebody who came into the channel where things stand, and nobody else. */
  | { readonly type: 'welcome'; readonly user: string }
  /** Unarchives the channel, or has Muster come back into it. */
  | { readonly type: 'reach' }
  /** Archives the channel of what is over since `basis`; `noticed`: it was said there a day before. */
  | { readonly type: 'archive'; readonly basis: Instant; readonly noticed: boolean }
  | { readonly type: 'invite'; readonly targets: readonly Target[] }
  /** `quiet`: people in it are named and not mentioned, so that it calls nobody. */
  | { readonly type: 'message'; readonly message: Message; readonly quiet?: true }
  | { readonly type: 'ping'; readonly ping: Ping }
  /** Resolves a group to its members when it fires, and pings each of them. */
  | { readonly type: 'ping group'; readonly group: string; readonly ping: Ping }
  /** Finds out who is on call when it fires, and pings them. */
  | { readonly type: 'ping schedule'; readonly schedule: string; readonly ping: Ping }
  /** Tells a system outside of Slack. `ping` says why; only a trigger has one. */
  | {
      readonly type: 'call webhook';
      readonly event: 'trigger' | 'acknowledge' | 'resolve';
      /** The `id` of the alert it is about. */
      readonly alert: number;
      readonly at: Instant;
      readonly ping: Ping | null;
    }
  /** Edits pings of this incident so far: who acted, when; buttons gone. Null for those of every clock. */
  | {
      readonly type: 'settle pings';
      readonly line: Line;
      readonly timers: readonly Ping['timer'][] | null;
    }
  | { readonly type: 'briefing'; readonly role: string }
  /** A version of the draft: message to read, whole Markdown attached; later ones in its thread. */
  | { readonly type: 'draft'; readonly version: number }
  /** The newest version of the draft in the channel's canvas, where there can be one. */
  | { readonly type: 'canvas' }
  /** The incident as a picture, beside the version of the draft that it belongs to. */
  | { readonly type: 'picture'; readonly version: number }
  /** Figures of a period as charts, for whoever asked: what they may not see is not counted. */
  | { readonly type: 'charts'; readonly from: Instant; readonly to: Instant; readonly zone: Zone }
  /** `asker` gets it where the channel cannot. */
  | {
      readonly type: 'file';
      readonly format: ExportFormat;
      readonly preset?: PresetName;
      readonly asker?: string;
    }
  /** Takes what showed a redacted entry out of Slack: `change` is the redaction's `seq`. */
  | {
      readonly type: 'redact';
      readonly entry: number;
      readonly change: number;
      readonly by: string;
      /** Whose entry it is, where another incident's report showed it. */
      readonly of?: Address;
    }
  /** Shows at a message whether it stands on the timeline, by a reaction of Muster's. */
  | {
      readonly type: 'mark';
      readonly channel: string;
      readonly ts: string;
      readonly on: boolean;
    }
  /** At the end of a drill: who would have been pinged, and how long everything took. */
  | { readonly type: 'how it went' };
