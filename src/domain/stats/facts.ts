import type { Instant } from '../instant.ts';
import type { TimerName } from '../timers/timer.ts';
import type { MilestoneName, Status } from '../words.ts';

/** What is counted: incidents that somebody may see and that began within a period. */
export interface StatsFacts {
  /** When this was read. */
  readonly asOf: Instant;
  readonly incidents: readonly CountedIncident[];
  /** How many began within the period and were cancelled: they are not counted. */
  readonly cancelled: number;
  /** Of every incident that somebody may see, whenever it began. */
  readonly actions: readonly CountedAction[];
}

export interface CountedIncident {
  readonly number: number;
  readonly severity: string;
  readonly status: Status;
  readonly private: boolean;
  readonly round: number;
  /** When the impact started, else when it was detected, else declared. */
  readonly began: Instant;
  readonly milestones: readonly {
    readonly name: MilestoneName;
    readonly round: number;
    readonly at: Instant | null;
  }[];
  /** The clocks that ran for it. */
  readonly timers: readonly { readonly name: TimerName; readonly pending: boolean }[];
  /** Those that were breached. */
  readonly breached: readonly TimerName[];
}

/** An action item with every state that it was in. */
export interface CountedAction {
  /** In order of time; each holds until the next. */
  readonly states: readonly { readonly at: Instant; readonly open: boolean }[];
}

/** Which incidents are wanted, and for whose eyes. */
export interface StatsQuery {
  readonly workspace: string;
  /** Slack user id: private incidents count only for those who take part in them. */
  readonly viewer: string;
  readonly from: Instant;
  readonly to: Instant;
}
