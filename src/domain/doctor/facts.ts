import type { Destination, NoticeBody } from '../decision.ts';
import type { Incident } from '../incident.ts';
import type { Instant } from '../instant.ts';
import type { Settings } from '../settings.ts';
import type { Timer } from '../timers/timer.ts';

/** Everything the doctor looks at, as it was found: judging it is the checks' business. */
export interface Facts {
  readonly process: ProcessFacts;
  /** Null when PostgreSQL does not answer. */
  readonly record: RecordFacts | null;
  /** Incidents whose audit does not verify, as far as they were looked at. */
  readonly chains: readonly BrokenChain[];
  readonly queue: QueueFacts;
  /** Null when Slack was not asked, or did not answer. */
  readonly workspace: WorkspaceFacts | null;
  /** Why nothing that is typed in Slack arrives, and for how long; null while it does, or by HTTP. */
  readonly deaf: { readonly why: string; readonly forMs: number } | null;
  /** Installations that cannot be used. Absent where one workspace is served by its own token. */
  readonly installations?: readonly InstallationFacts[];
  readonly settings: Settings;
}

/** What there is to judge of one of several workspaces, by itself. */
export interface FactsInOne {
  readonly id: string;
  readonly name: string;
  readonly facts: Facts;
}

/** A workspace, or an organisation, that Muster cannot act in. */
export interface InstallationFacts {
  readonly id: string;
  readonly name: string;
  readonly problem: 'removed' | 'sealed' | 'not refreshed';
  /** In Slack's word; null where it has none. */
  readonly why: string | null;
}

/** This process and its machine. */
export interface ProcessFacts {
  /** Since its last sweep over the timers finished, milliseconds. */
  readonly sweptAgoMs: number;
  /** By how much Slack's clock is ahead of this machine's, milliseconds; null before the first answer. */
  readonly slackAheadMs: number | null;
  /** Left where the embedded PostgreSQL keeps its data, bytes; null with a database of one's own. */
  readonly diskFreeBytes: number | null;
}

/** What PostgreSQL knows. */
export interface RecordFacts {
  readonly asOf: Instant;
  /** By how much the database's clock is ahead of this machine's, milliseconds. */
  readonly aheadMs: number;
  /** Timers that are due for more than half a minute, and for how long the oldest is. */
  readonly overdue: { readonly count: number; readonly oldestMs: number };
  /** The first deliveries of their lines that have waited for more than a minute, the oldest first. */
  readonly stale: readonly StaleDelivery[];
  /** Given up within the last day. */
  readonly givenUp: readonly LostDelivery[];
  /** Held back at a start, because they were older than anything that should still be said. */
  readonly held: readonly LostDelivery[];
  readonly replicas: readonly Replica[];
  readonly drafts: readonly StuckDraft[];
  /** Why the newest draft is in no canvas, in Slack's word; null where it is in one, or there is none. */
  readonly noCanvas: string | null;
  /** Every incident that is neither resolved nor cancelled. */
  readonly open: readonly OpenIncident[];
}

/** A delivery, as far as it can be told without its text. */
export interface AnyDelivery {
  readonly type: NoticeBody['type'];
  readonly to: Destination;
  readonly incident: IncidentRef | null;
  /** In Slack's word, or ours. */
  readonly error: string | null;
}

export type LostDelivery = AnyDelivery;

/** A delivery that waits longer than it should. */
export interface StaleDelivery extends AnyDelivery {
  readonly ageMs: number;
  readonly attempts: number;
  /** Why it is held back on purpose: a rate limit, a refused token; null when it is not. */
  readonly gate: string | null;
}

/** An incident, as far as it is named. */
export type IncidentRef = Pick<Incident, 'id' | 'number' | 'drill' | 'title' | 'private'>;

/** An incident that is not as it was recorded. */
export interface BrokenChain {
  readonly incident: IncidentRef;
  /** How much was found, and the first of it in a sentence. */
  readonly findings: number;
  readonly first: string;
}

/** One instance of Muster, as it last reported. */
export interface Replica {
  readonly name: string;
  readonly seenAgoMs: number;
  readonly sweptAgoMs: number;
}

/** A draft that is wanted and does not come. */
export interface StuckDraft {
  readonly incident: IncidentRef;
  readonly attempts: number;
  readonly error: string | null;
}

/** An incident that is going on, with what of it is in Slack. */
export interface OpenIncident {
  readonly incident: Incident;
  readonly timers: readonly Timer[];
  readonly card: 'posted' | 'waiting' | 'missing';
  readonly announcement: 'posted' | 'waiting' | 'missing';
}

/** The queue of wake-ups. What could not be asked is null. */
export interface QueueFacts {
  readonly name: 'redis' | 'postgres';
  readonly reachable: boolean;
  /** Redis' `maxmemory-policy`. */
  readonly eviction: string | null;
  /** Whether Redis writes anything to disk. */
  readonly persistent: boolean | null;
  readonly jobs: JobCounts | null;
  /** The counts at the look before. */
  readonly before: JobCounts | null;
}

export interface JobCounts {
  readonly waiting: number;
  readonly failed: number;
}

/** What Slack says of us and of whom the configuration names. */
export interface WorkspaceFacts {
  /** Slack's word for why it refuses our token; null when it takes it. */
  readonly refused: string | null;
  readonly missingScopes: readonly string[];
  /** What Slack does not tell us of for want of them. */
  readonly unheardEvents: readonly string[];
  /** Those who are named and are not there as they should be. */
  readonly people: readonly { readonly id: string; readonly problem: PersonProblem }[];
  readonly groups: readonly { readonly id: string; readonly problem: 'unknown' | 'empty' }[];
  readonly channels: readonly { readonly id: string; readonly problem: ChannelProblem }[];
  /** How many were looked up. */
  readonly looked: { readonly people: number; readonly groups: number; readonly channels: number };
}

export type PersonProblem = 'unknown' | 'left' | 'bot';
export type ChannelProblem = 'unknown' | 'archived' | 'not in it';
