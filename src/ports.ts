import type { Doctor } from './doctor-port.ts';
import type { Action, Actor, Request } from './domain/action.ts';
import type { Address } from './domain/addressed.ts';
import type { Archive } from './domain/archive.ts';
import type { OnCallDecision } from './domain/decide/on-call.ts';
import type { Decision, Notice, OpenContext, Reply, Snapshot } from './domain/decision.ts';
import type { Denial } from './domain/denial.ts';
import type { Entry } from './domain/entry.ts';
import type { Incident } from './domain/incident.ts';
import type { Instant, Zone } from './domain/instant.ts';
import type { OpenChannel, Taken } from './domain/message.ts';
import type { IncidentRecord, Report } from './domain/record.ts';
import type { Result } from './domain/result.ts';
import type { Override } from './domain/schedules/schedule.ts';
import type { Found, Query } from './domain/search.ts';
import type { Settings } from './domain/settings.ts';
import type { StatsFacts, StatsQuery } from './domain/stats/facts.ts';
import type { Message } from './domain/text.ts';
import type { PageOfNumbers, Place, TimelineLines } from './domain/timeline-pages.ts';
import type { Timer } from './domain/timers/timer.ts';
import type { ListedAction } from './domain/views/action-list.ts';
import type { DeniedAttempt } from './domain/views/denials.ts';
import type { HomeFacts } from './domain/views/home-parts.ts';
import type { Listed } from './domain/views/list.ts';
import type { LastHere } from './domain/views/since.ts';

/** Who stands in on call, as this process last read it: for telling who is next, never for paging. */
export interface KnownOverrides {
  of(workspace: string): readonly Override[];
  /** Reads them again, because something was changed here. Never fails. */
  refresh(): Promise<void>;
}

/** One change of who is on call, with the key that makes its repetition harmless. */
export interface OnCallChange {
  readonly workspace: string;
  readonly key: string;
  readonly request: { readonly actor: Actor; readonly typed: string };
}

/** What became of it. */
export interface OnCallOutcome {
  readonly reply: Reply;
  readonly repeated: boolean;
  readonly hint: WakeHint;
}

export type { Delivered, Delivery, NamedPost, Posts, Trace } from './delivery.ts';
export type { Doctor, Mending } from './doctor-port.ts';

/** What the core needs from the world. Adapters implement these; only `app.ts` knows them all. */
export interface Ports {
  readonly store: Store;
  readonly settings: Settings;
  /** Without it nobody is known to stand in. */
  readonly overrides?: KnownOverrides;
  readonly doctor: Doctor;
  /** Tells sweep, dispatcher and queue that something was committed. Never waits, never fails. */
  readonly wake: (hint: WakeHint) => void;
}

export interface WakeHint {
  /** Milliseconds until the timers that this change armed or moved are due. */
  readonly timers: readonly number[];
  readonly outbox: boolean;
  readonly work: boolean;
}

/** Which incident a change is about. */
export type Subject = { readonly type: 'new' } | { readonly type: 'incident'; readonly id: string };

/** One change from the outside, with the key that makes its repetition harmless. */
export interface Change {
  readonly workspace: string;
  /** `trigger_id`, `event_id`, view id: the same key always gets the same reply. */
  readonly key: string;
  readonly subject: Subject;
  readonly request: Request;
  /** For a confirmation: the time at which the original was typed; otherwise the transaction's. */
  readonly typedAt?: Instant;
  /** For a line that was kept in Slack while the database was away. */
  readonly journaled?: Journaled;
}

/** What is known of a line that Slack kept while the database was away. */
export interface Journaled {
  /** When Muster received it. */
  readonly at: Instant;
  /** For an incident that was opened then: the channel that was made for it. */
  readonly channel: { readonly id: string; readonly name: string } | null;
}

export interface Outcome {
  readonly reply: Reply;
  /** True when the key was known and the stored reply was returned. */
  readonly repeated: boolean;
  readonly incident: Incident | null;
  readonly hint: WakeHint;
}

/** A reply that needed no change: a refusal, a question, something looked up. */
export interface Answer {
  readonly workspace: string;
  readonly key: string;
  readonly actor: Actor;
  readonly typed: string;
  readonly reply: Reply;
  /** The reminder of a question that nobody answers. */
  readonly notices?: readonly Notice[];
  /** For a question: what `confirm` will do. */
  readonly pending?: { readonly incident: string; readonly action: Action };
  /** When it was typed, where that was before now. */
  readonly typedAt?: Instant;
  /** Set where it is a refusal because they may not: that is written down too. */
  readonly denied?: Denial;
}

/**
 * Why the database is of no use just now: nobody there, no answer in time, another transaction in
 * the way, nothing may be written, no room to write.
 */
export type Unavailable = 'away' | 'late' | 'busy' | 'read-only' | 'full';

/** The database does not answer: nobody can say whether what was asked for was done. */
export class StoreUnavailable extends Error {
  readonly why: Unavailable;

  constructor(message: string, why: Unavailable, options?: ErrorOptions) {
    super(message, options);
    this.why = why;
  }
}

/** PostgreSQL, as the core sees it. */
export interface Store {
  /**
   * One transaction: claims the key, locks the incident, reads the database's `now()`, lets
   * `decide` decide, writes everything or nothing, stores the reply.
   */
  change(
    change: Change,
    decide: (snapshot: Snapshot | OpenContext, now: Instant) => Result<Decision>,
  ): Promise<Outcome>;
  /** Stores a refusal or a question that needed no incident, for repeats and for `last`. */
  answer(answer: Answer): Promise<Reply>;
  /** What a stored question was about, or null when it is older than a day or already done. */
  pending(
    workspace: string,
    key: string,
  ): Promise<{ incident: string; request: Request; at: Instant } | null>;
  /** Tells somebody something once, however often it is asked for under this key. */
  tell(workspace: string, key: string, incident: string | null, notice: Notice): Promise<void>;
  inChannel(workspace: string, channel: string): Promise<Incident | null>;
  numbered(workspace: string, address: Address): Promise<Incident | null>;
  /** Drills are listed by themselves, and nowhere else. */
  list(workspace: string, what: Listed, viewer: string): Promise<readonly Incident[]>;
  /** Incidents and entries by words and filters; what the viewer may not see is not there. */
  find(query: Query): Promise<Found>;
  /** What is to be done after incidents that the viewer may see, drills aside. */
  actionItems(workspace: string, viewer: string): Promise<readonly ListedAction[]>;
  /** What waits for somebody and what is theirs, as far as they may see it. */
  home(workspace: string, viewer: string): Promise<HomeFacts>;
  /** Reads otherwise than before as soon as an incident has changed, in whichever process. Cheap. */
  homeMark(workspace: string): Promise<string>;
  /** What is counted of a period, for one pair of eyes: what they may not see is not counted. */
  stats(query: StatsQuery): Promise<StatsFacts>;
  /** The channels of incidents that are open, newest first, at most so many. */
  openChannels(workspace: string, most: number): Promise<readonly OpenChannel[]>;
  /** What was taken from messages of a channel, as it stands in an incident. */
  takenFrom(incident: string, channel: string): Promise<readonly Taken[]>;
  /** The entry that was taken from a message, by Slack's time of it; struck ones too. */
  entryOf(incident: string, ts: string): Promise<Entry | null>;
  /** The newest status update that was not struck. */
  lastUpdate(incident: string): Promise<Entry | null>;
  record(incident: string): Promise<IncidentRecord | null>;
  /** What the incident's postmortem is about: it and the others that were put into its report. */
  report(incident: string): Promise<Report | null>;
  /** The record with all its corrections and decisions, for exports. */
  archive(incident: string): Promise<Archive | null>;
  /** The same of every incident of its report, the incident itself first. */
  archives(incident: string): Promise<readonly Archive[]>;
  /** The lines of the timeline that are chosen among all: the others are not read whole. */
  timeline(
    incident: string,
    choose: (places: readonly Place[]) => PageOfNumbers,
  ): Promise<TimelineLines | null>;
  /** The incident and its timers without its entries: enough for the card. */
  glance(incident: string): Promise<Glance | null>;
  /** Whether a person may see a private incident: declared it, has a role or an open action item, wrote in it, or was pinged. */
  takesPart(incident: string, user: string): Promise<boolean>;
  /**
   * When this person last did something in an incident, before `until` where it is given, and which
   * entries others have corrected since; null when they never did.
   */
  lastHere(incident: string, user: string, until?: Instant): Promise<LastHere | null>;
  /** What this person typed last and was refused, within a day. */
  lastRefused(
    workspace: string,
    user: string,
  ): Promise<{ typed: string; reason: string; at: Instant } | null>;
  /** Who was refused what, the newest first, and how often there was anything. Administrators look at it. */
  denied(
    workspace: string,
    viewer: string,
    limit: number,
  ): Promise<{ readonly attempts: readonly DeniedAttempt[]; readonly count: number }>;
  /** A version of the draft, by default the newest. */
  draft(incident: string, version?: number): Promise<StoredDraft | null>;
  now(): Promise<Instant>;
  person(workspace: string, user: string): Promise<Person | null>;
  savePerson(workspace: string, person: Person): Promise<void>;
  /** Whom entries of the last 30 days mention and nobody has named yet: at most 50, the newest first. */
  strangers(workspace: string): Promise<readonly string[]>;
  /** Overrides that are not over, by when they were made. */
  overrides(workspace: string): Promise<readonly Override[]>;
  /** One transaction, as `change` is: claims the key, lets `decide` decide, writes all or nothing. */
  arrange(
    change: OnCallChange,
    decide: (overrides: readonly Override[], now: Instant) => Result<OnCallDecision>,
  ): Promise<OnCallOutcome>;
  /** What people and groups are called, as far as that is known. */
  names(workspace: string, ids: readonly string[]): Promise<Readonly<Record<string, string>>>;
  /** Keeps what a user group is called, for drafts and exports. */
  saveGroup(workspace: string, id: string, handle: string): Promise<void>;
}

/** A draft as it was composed: later corrections make a new version, never change an old one. */
export interface StoredDraft {
  readonly version: number;
  readonly markdown: string;
  /** What is posted in the channel. */
  readonly message: Message;
  readonly at: Instant;
  /** The incident's `seq` it was composed from. */
  readonly basedOn: number;
}

export interface Glance {
  readonly incident: Incident;
  readonly timers: readonly Timer[];
  readonly asOf: Instant;
}

/** A Slack profile, as far as Muster keeps it. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly zone: Zone | null;
  readonly admin: boolean;
  readonly guest: boolean;
  readonly bot: boolean;
  readonly deleted: boolean;
}
