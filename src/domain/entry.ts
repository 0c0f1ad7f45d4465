import type { ChannelEvent } from './channel-event.ts';
import type { Instant, Zone } from './instant.ts';
import type { LinkEnd } from './link.ts';
import type { TakenFrom } from './message.ts';
import type { TimeFlag } from './time/read.ts';
import type {
  Audience,
  CauseRole,
  Kind,
  LessonSort,
  MilestoneName,
  SectionPlace,
  Source,
  Status,
} from './words.ts';

/**
 * One line of the record.
 *
 * Everything a person types becomes an entry: a line of the timeline, a finding (an effect, a
 * cause, a fix…), an action item, a header field. So everything has one number, one audit trail,
 * and is corrected by `edit` and `strike` in the same way.
 */
export interface Entry {
  /** Given once per incident, never reused or shifted. */
  readonly no: number;
  /** When it happened, or null: not recorded. */
  readonly at: Instant | null;
  /** How the time was typed, for the audit and for questions; null when Muster or `now` set it. */
  readonly time: TypedTime | null;
  /** A time that could not be settled: the text is kept, the question is asked. */
  readonly question: TimeQuestion | null;
  /** For an entry without a time: the number of the entry it follows; null for the end. */
  readonly after: number | null;
  readonly kinds: readonly Kind[];
  /** What the person typed, exactly; or Muster's own sentence for its own entries. */
  readonly text: string;
  /** What the entry means to the draft beyond its text. */
  readonly detail: Detail | null;
  /** Slack user id; null for Muster itself. */
  readonly author: string | null;
  readonly source: Source;
  readonly recordedAt: Instant;
  readonly struck: { readonly by: string; readonly at: Instant; readonly reason: string } | null;
  /** How often it was corrected; 0 as first typed. */
  readonly revision: number;
}

export interface TypedTime {
  readonly typed: string;
  readonly zone: Zone;
  readonly flags: readonly TimeFlag[];
  /** Other zones' figures in the same line that do not agree with the first. */
  readonly disagreements: readonly string[];
}

export interface TimeQuestion {
  readonly code: string;
  readonly typed: string;
  /** One sentence, as it was shown. */
  readonly reason: string;
  /** Times that would settle it, ready to type. */
  readonly offers: readonly { readonly label: string; readonly typed: string }[];
}

/**
 * The structured part of an entry. `n` numbers a finding within its type: c1, c2; a1, a2.
 *
 * `was` is what the milestone that the entry carries pointed to before, so that striking the entry
 * can put it back. `line` is which of the pasted lines it was, for one that was imported; `origin`
 * which entry of another incident, for one that came with a merge; `message` where it was said, for
 * one that was taken from a message.
 */
export type Detail = DetailBody & {
  readonly was?: Pointer | null;
  readonly line?: number;
  readonly origin?: Origin;
  readonly message?: TakenFrom;
};

/** The entry of another incident that was merged into this one, of which this is the copy. */
export interface Origin {
  readonly number: number;
  readonly drill: boolean;
  readonly entry: number;
}

/** An entry and its instant, as a milestone pointed to it. */
export interface Pointer {
  readonly entry: number;
  readonly at: Instant | null;
}

type DetailBody =
  // findings: what the draft's prose is made of
  | { readonly type: 'effect'; readonly n: number }
  | { readonly type: 'cause'; readonly n: number; readonly role: CauseRole }
  | {
      readonly type: 'fix';
      readonly n: number;
      readonly permanence: 'temporary' | 'permanent' | null;
    }
  /** `none` is an answer, and differs from nothing recorded. */
  | { readonly type: 'workaround'; readonly n: number; readonly none: boolean }
  | { readonly type: 'lesson'; readonly n: number; readonly sort: LessonSort | null }
  | { readonly type: 'stated'; readonly n: number; readonly stated: Stated }
  | { readonly type: 'action'; readonly n: number; readonly item: ActionItem }
  | { readonly type: 'field'; readonly field: string; readonly value: string }
  /** Another incident that this one has to do with. */
  | ({ readonly type: 'link' } & LinkEnd)
  /** What somebody wrote for a section of the draft: the entry's text. */
  | {
      readonly type: 'section';
      /** The section's id. */
      readonly section: string;
      readonly place: SectionPlace;
      readonly basis: Basis;
    }
  // events with figures in them
  | { readonly type: 'comms'; readonly audience: Audience }
  | { readonly type: 'restored'; readonly percent: number }
  | { readonly type: 'detected'; readonly by: string | null }
  | { readonly type: 'update' }
  | { readonly type: 'imported'; readonly line: number }
  | { readonly type: 'merged' }
  | { readonly type: 'captured'; readonly message: TakenFrom }
  // what Muster itself records
  | { readonly type: 'declared' }
  | { readonly type: 'milestone'; readonly milestone: MilestoneName }
  | { readonly type: 'status'; readonly from: Status; readonly to: Status }
  | {
      readonly type: 'severity';
      readonly from: string;
      readonly to: string;
      readonly reason: string | null;
    }
  | {
      readonly type: 'role';
      readonly role: string;
      readonly user: string;
      readonly previous: string | null;
      readonly note: string | null;
    }
  | { readonly type: 'acknowledged' }
  | { readonly type: 'ping'; readonly level: number; readonly targets: readonly string[] }
  /** Who was pinged for a schedule by what the entry `ping` records; null for nobody. */
  | {
      readonly type: 'on call';
      readonly schedule: string;
      readonly user: string | null;
      /** Pinged because nobody was on call, or whoever was is not there. */
      readonly instead: boolean;
      readonly ping: number | null;
    }
  | { readonly type: 'page'; readonly targets: readonly string[]; readonly reason: string | null }
  | {
      readonly type: 'timer';
      readonly timer: string;
      readonly step: 'warning' | 'breach' | 'exhausted';
      readonly due: Instant;
      readonly lateMs: number;
      /** Whom it called; entries written before that was kept do not say. */
      readonly targets?: readonly string[];
    }
  /** What became of the channel in Slack. */
  | { readonly type: 'channel'; readonly event: ChannelEvent }
  /** An acknowledgement that nothing was heard for; `user` had given it. */
  | { readonly type: 'decayed'; readonly user: string }
  /** One clock put off; it holds as long as the clock counts from `basis`. */
  | {
      readonly type: 'snoozed';
      readonly timer: string;
      readonly ms: number;
      readonly basis: Instant;
      readonly reason: string;
    }
  | { readonly type: 'resolved' }
  | { readonly type: 'reopened'; readonly reason: string | null }
  | { readonly type: 'cancelled'; readonly reason: string };

/** The record as somebody looked at it. */
export interface Basis {
  /** The incident's `seq` then. */
  readonly seq: number;
  /** The number that its next entry was to get. */
  readonly next: number;
}

/** A figure that somebody published, to be held against the computed one. */
export interface Stated {
  /** A metric's name as in the draft, or as typed where it is none of ours. */
  readonly metric: string;
  /** Null for `N/A`. */
  readonly ms: number | null;
  readonly from: Instant | null;
  readonly to: Instant | null;
}

/** A follow-up. Its text is the entry's text. */
export interface ActionItem {
  readonly owner: string | null;
  /** End of the day unless a clock was given. */
  readonly due: Instant | null;
  readonly refs: readonly string[];
  /** The cause it addresses, as `c2`. */
  readonly addresses: string | null;
  readonly sort: 'corrective' | 'preventive' | null;
  readonly done: boolean;
  /** Somebody is at it. Items that were written before that was kept do not say. */
  readonly started?: boolean;
  /** Why nobody does it any more. */
  readonly dropped?: string;
}

const FINDINGS: readonly string[] = [
  'effect',
  'cause',
  'fix',
  'workaround',
  'lesson',
  'stated',
  'action',
  'field',
  'link',
  'section',
];

/** A finding belongs to the draft's prose; it is on the timeline only when it was given a time. */
export const isFinding = ({ detail }: Entry): boolean => isFindingType(detail?.type ?? null);

/** Whether what has this sort of detail is a finding. */
export const isFindingType = (type: string | null): boolean =>
  type !== null && FINDINGS.includes(type);

/** Whether the entry is a line of the timeline. Struck entries are not, nor findings without a time. */
export const isOnTimeline = (entry: Entry): boolean =>
  entry.struck === null && (!isFinding(entry) || entry.at !== null);

/** A correction: what the entry was before it, by whom and why. The original is revision 0. */
export interface Revision {
  readonly entry: number;
  readonly revision: number;
  readonly before: Entry;
  readonly by: string | null;
  readonly at: Instant;
  readonly change: 'edited' | 'struck' | 'time settled' | 'done' | 'taken back' | 'redacted';
  readonly reason: string | null;
}
