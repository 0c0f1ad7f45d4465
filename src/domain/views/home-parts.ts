import type { Finding } from '../doctor/index.ts';
import type { Incident } from '../incident.ts';
import type { Instant } from '../instant.ts';
import type { Override } from '../schedules/schedule.ts';
import type { Message } from '../text.ts';
import type { Timer } from '../timers/timer.ts';
import type { ListedAction } from './action-list.ts';

/** An open incident as somebody's Home shows it. */
export interface HomeIncident {
  readonly incident: Incident;
  readonly timers: readonly Timer[];
  /** Whether they take part in it: declared it, have a role, wrote in it, or were pinged. */
  readonly mine: boolean;
  /** Whether they were pinged for it since it was armed. */
  readonly pinged: boolean;
}

/** What the record knows for somebody's Home. */
export interface HomeFacts {
  /** Open ones that they may see, the newest first; at most so many as are ever shown. */
  readonly open: readonly HomeIncident[];
  /** How many there are of their own, and of others. */
  readonly counts: { readonly mine: number; readonly others: number };
  /** Resolved ones whose postmortem waits for them, with their timers. */
  readonly postmortems: readonly Omit<HomeIncident, 'mine' | 'pinged'>[];
  readonly asOf: Instant;
}

/** Everything that somebody's Home is made of. */
export interface HomeParts extends HomeFacts {
  readonly viewer: string;
  /** Whether they may: a guest sees no button of which every press is refused. */
  readonly mayDeclare: boolean;
  readonly actions: readonly ListedAction[];
  readonly overrides: readonly Override[];
  /** What the doctor found; null for whoever is no administrator. */
  readonly findings: readonly Finding[] | null;
  /** The answer to what was pressed here last. */
  readonly said: Message | null;
}
