import type { Answered } from './domain/decide/answered.ts';
import type { Destination, Notice, NoticeBody } from './domain/decision.ts';
import type { Instant } from './domain/instant.ts';

/** A row of the outbox that this process has leased. */
export interface Delivery {
  readonly id: string;
  /** Opaque, unique: travels as message metadata so that our own message can be found again. */
  readonly key: string;
  readonly workspace: string;
  readonly incident: string | null;
  readonly to: Destination;
  readonly what: NoticeBody;
  readonly attempts: number;
  /** Set when an earlier attempt may have reached Slack: look for our message before posting. */
  readonly unsureSince: Instant | null;
  /** Whether it is still ours: a process that stood still has lost its lease. Absent where there is none. */
  readonly ours?: () => boolean;
}

/** What became of a delivery. `next` follows from it: the same key twice is said once. */
export type Delivered =
  | {
      readonly type: 'done';
      /** It is wanted no more, and was not said. */
      readonly unwanted?: true;
      /** A message to be found again for edits, by name: `card`, `announcement`, `ping:<key>`. */
      readonly post?: { readonly name: string; readonly channel: string; readonly ts: string };
      /** The incident's channel, just made or adopted. */
      readonly channel?: { readonly id: string; readonly name: string };
      /** Who was pinged for a schedule, for the record. */
      readonly answered?: Answered;
      /** What follows: one message per member of a group, a note that somebody could not be invited. */
      readonly next?: readonly Notice[];
    }
  /** Nothing happened in Slack. `scope` waits until then, for every replica. */
  | {
      readonly type: 'wait';
      readonly ms: number;
      readonly scope: 'workspace' | 'method' | 'channel';
      readonly reason: string;
      readonly next?: readonly Notice[];
    }
  /** It may have happened: timeout, reset, 5xx. Tried again with a search first. */
  | { readonly type: 'unsure'; readonly reason: string; readonly next?: readonly Notice[] }
  /** It cannot succeed. The row dies, `next` tells whoever must know, the line moves on. */
  | { readonly type: 'failed'; readonly reason: string; readonly next?: readonly Notice[] };

/** A delivery that showed what is redacted by now. */
export interface Trace {
  readonly id: string;
  readonly key: string;
  readonly to: Destination;
  readonly what: NoticeBody;
  /** Whether it is being sent in this moment. */
  readonly underWay: boolean;
  /** Between these two it reached Slack, if it did. */
  readonly from: Instant;
  readonly until: Instant;
}

/** What delivering needs to look up. */
export interface Posts {
  post(
    incident: string,
    name: string,
  ): Promise<{ readonly channel: string; readonly ts: string } | null>;
  /** What was sent, or perhaps sent, of what the change `seq` of an incident redacted. */
  traces(incident: string, seq: number): Promise<readonly Trace[]>;
  /** Every post whose name begins so: all pings of an incident. */
  posts(incident: string, prefix: string): Promise<readonly NamedPost[]>;
}

/** One of our messages by its name. */
export interface NamedPost {
  readonly name: string;
  readonly channel: string;
  readonly ts: string;
  /** Who was pinged with it directly. */
  readonly user?: string | null;
}
