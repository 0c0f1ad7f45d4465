import type { Instant } from './instant.ts';
import type { Target } from './settings.ts';
import type { Line } from './text.ts';
import type { LadderName } from './words.ts';

/**
 * A timer that pings. `presence` asks for a sign of life from whoever acknowledged; `actions` reminds
 * of action items that are due.
 */
export type PingingName = LadderName | 'policy' | 'presence' | 'postmortem' | 'actions';

/** A page to a person or a channel, self-contained: readable on a lock screen. */
export interface Ping {
  readonly timer: PingingName | 'page';
  readonly level: number;
  readonly why: Line;
  /** Who gets it, as names of targets. */
  readonly who: readonly Target[];
  /** What stops it: `Acknowledge, or /incident ack`; how to answer where it is acknowledged. */
  readonly stops: Line;
  /** Who had acknowledged it before a page by hand: there is nothing to stop. */
  readonly acknowledgedBy?: string;
  readonly next: {
    readonly who: readonly Target[];
    readonly at: Instant;
    /** Of the policy, 0 for the administrators; missing where another clock pings next. */
    readonly level?: number;
    /** The quiet hours hold it until then. */
    readonly held?: true;
    /** When it was foretold; missing in what an older Muster left to be delivered. */
    readonly asOf?: Instant;
  } | null;
  /** How late it was sent because of a restart or an outage; 0 when on time. */
  readonly lateMs: number;
  /** The entry that records it; missing in what an older Muster left to be delivered. */
  readonly entry?: number;
  /** Action items that are due, for a reminder of them. */
  readonly items?: readonly { readonly n: number; readonly text: string; readonly due: Instant }[];
}
