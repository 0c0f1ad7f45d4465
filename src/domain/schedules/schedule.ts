import type { Instant, Zone } from '../instant.ts';

/** Who is on call when, as it is configured: layers, of which the first that has somebody decides. */
export interface Schedule {
  readonly name: string;
  /** Hand-offs are read on this zone's calendar, and hours are shown in it. */
  readonly zone: Zone;
  readonly layers: readonly Layer[];
}

/** People who take turns. */
export interface Layer {
  /** Slack user ids, in the order in which they follow each other. */
  readonly members: readonly string[];
  /** How long a turn lasts, on the calendar: a day is a day also when it has 23 hours. */
  readonly turn: { readonly unit: 'hour' | 'day' | 'week'; readonly count: number };
  /** When a turn ends and the next begins. `weekday` is 1 for Monday, and only counts for weeks. */
  readonly handoff: { readonly weekday: number; readonly hour: number; readonly minute: number };
  /** The day on which the first member's first turn begins; of a turn of weeks, any day of its first week. */
  readonly start: string;
  /** The hours of the week in which the layer is on; none means always. */
  readonly only: readonly Hours[];
  /** Its own calendar, for teams that follow the sun. */
  readonly zone: Zone;
}

/** Hours of some days of the week, such as Monday to Friday 09:00 to 17:00. */
export interface Hours {
  /** 1 for Monday to 7 for Sunday: the day on which they begin. */
  readonly days: readonly number[];
  /** Minutes since midnight, 24:00 included. `to` at or before `from` reaches into the next day. */
  readonly from: number;
  readonly to: number;
}

/** Somebody who stands in, whatever the rotation says. The latest made wins where two overlap. */
export interface Override {
  readonly id: string;
  readonly schedule: string;
  readonly user: string;
  readonly from: Instant;
  readonly until: Instant;
  /** Who arranged it, and when. */
  readonly by: string;
  readonly at: Instant;
}

/** Who is on call, and for how long that holds. */
export interface OnCall {
  /** Null in a gap: nobody is on call. */
  readonly user: string | null;
  /** Null when it has held for more than a year. */
  readonly from: Instant | null;
  /** Null when it does not end within a year. */
  readonly until: Instant | null;
  readonly override: Override | null;
}
