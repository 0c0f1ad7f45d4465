import type { Instant, Zone } from '../instant.ts';

/** What must be known to read a time: who typed it, when, and about which incident. */
export interface TimeContext {
  /** When the command was received. */
  readonly now: Instant;
  /** The reporter's profile zone; null when the profile has none: a bare time is then refused. */
  readonly zone: Zone | null;
  /** A resolved or recorded incident: a bare time is its one occurrence within 12 h of this. */
  readonly span?: { readonly from: Instant; readonly to: Instant };
  /** The incident's first event or declaration; more than 24 h earlier is questioned, 12 h without a day. */
  readonly firstEvent?: Instant;
}

/** What should be said about a reading besides the time itself. */
export type TimeFlag =
  /** A bare time was taken to be yesterday's. */
  | 'yesterday'
  /** A date without a year was taken to be last year's. */
  | 'previous-year'
  /** Typed with `~`, `ca.` or `-ish`. */
  | 'approximate'
  /** Far before the incident's first event: to be confirmed. */
  | 'far-past'
  /** The reading as PM would be nearer to now; see `alternative`. */
  | 'pm-nearer'
  /** Counted back from now. */
  | 'relative';

/** A time as it was understood. */
export interface Reading {
  readonly at: Instant;
  /** The zone the time was written in: an IANA name, or fixed such as `UTC+3`. */
  readonly zone: Zone;
  /** The time as typed. */
  readonly typed: string;
  readonly flags: readonly TimeFlag[];
  /** Another reading, offered in the echo; `typed` is ready to type. */
  readonly alternative?: { readonly at: Instant; readonly label: string; readonly typed: string };
  /** What was not written and had to be assumed: the day, the zone. */
  readonly assumed?: readonly ('day' | 'zone')[];
  /** The same moment restated in brackets for other zones, each read by itself. */
  readonly restated?: readonly Restated[];
}

/** One bracketed figure; `problem` says why it is not the same moment. */
export interface Restated {
  readonly typed: string;
  readonly at: Instant | null;
  readonly problem: string | null;
}

/** Why a time was refused. */
export type TimeRefusalCode =
  | 'unreadable'
  | 'unknown-zone'
  | 'ambiguous-zone'
  | 'wrong-season'
  | 'future'
  /** Deadlines only. */
  | 'past'
  | 'ambiguous-date'
  | 'no-such-date'
  | 'no-such-time'
  | '24h'
  | 'ambiguous-midnight'
  | 'contradiction'
  | 'dst-gap'
  | 'dst-overlap'
  | 'range'
  | 'incomplete'
  | 'vague'
  | 'no-zone'
  | 'ambiguous-day'
  | 'outside-incident';

/** A time that would work: `typed` can be typed or put on a button. */
export interface TimeOffer {
  readonly label: string;
  readonly typed: string;
}

/** Why a time could not be taken, and what would settle it. */
export interface TimeRefusal {
  readonly code: TimeRefusalCode;
  readonly reason: string;
  readonly offers: readonly TimeOffer[];
}

/** Refuses a time; offers are texts ready to type, each its own label. */
export function refuseTime(
  code: TimeRefusalCode,
  reason: string,
  offers: readonly (string | TimeOffer)[] = [],
): { ok: false; refusal: TimeRefusal } {
  const ready = offers.map((offer) =>
    typeof offer === 'string' ? { label: offer, typed: offer } : offer,
  );
  return { ok: false, refusal: { code, reason, offers: ready } };
}

/** The typed text in quotes, shortened when somebody pasted a page. */
export function quote(typed: string): string {
  const characters = Array.from(typed.trim());
  const short = characters.length > 60 ? `${characters.slice(0, 60).join('')}…` : typed.trim();
  return `“${short}”`;
}
