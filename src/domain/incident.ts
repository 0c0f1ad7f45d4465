import type { Instant } from './instant.ts';
import type { Link } from './link.ts';
import type { MilestoneName, Status } from './words.ts';

/** One record, as the rules see it: everything but the entries and the timers. */
export interface Incident {
  readonly id: string;
  /** Slack team id. */
  readonly workspace: string;
  readonly number: number;
  readonly title: string;
  readonly severity: string;
  readonly status: Status;
  readonly private: boolean;
  /** An exercise: numbered apart, compressed in time, and pages nobody outside its channel. */
  readonly drill: boolean;
  /** Entered after it was over: no pings, no ladder. */
  readonly recorded: boolean;
  readonly channel: Channel;
  readonly declaredBy: string;
  /** When Muster received the `open`. */
  readonly openedAt: Instant;
  readonly roles: Readonly<Record<string, string>>;
  /** Header fields by name: service, classification, priority, zones… */
  readonly header: Readonly<Record<string, string>>;
  /** 0 at first, one more with every reopening. */
  readonly round: number;
  readonly milestones: readonly Milestone[];
  /** From when `acknowledge`, `commander`, `update` and the policy count: opening, upgrade, reopening. */
  readonly armedAt: Instant;
  /** The last change of severity that re-planned `mitigate` and `resolve`. */
  readonly severityChangedAt: Instant | null;
  readonly lastUpdateAt: Instant | null;
  readonly acknowledgedBy: string | null;
  /** When a person last did something here: what an acknowledgement lives on. */
  readonly lastSignAt: Instant | null;
  /** Since when it is being monitored, where that pauses clocks; null while it does not. */
  readonly pausedAt: Instant | null;
  /** By how much each clock was put off; it holds as long as the clock counts from `basis`. */
  readonly delays: Readonly<Record<string, Delay>>;
  /** What webhooks were called with, to be told when it is acknowledged or over. One for each webhook. */
  readonly called: readonly Alert[];
  /** Action items that are open, by their number. */
  readonly openActions: Readonly<Record<string, OpenAction>>;
  /** The incidents that it is linked with, each with the entry that says so. */
  readonly links: readonly Link[];
  /** When the owners of action items were last reminded. */
  readonly remindedAt: Instant | null;
  /** Who left the channel of a private incident, or was removed, and when; missing where nobody did. */
  readonly departed?: Readonly<Record<string, Instant>>;
  /** The number the next entry gets. */
  readonly nextEntry: number;
  /** How many findings of each type there are, so that c1, c2, a1… are never reused. */
  readonly counts: Readonly<Record<string, number>>;
  /** Grows by one with every change, under the lock: the order of decisions. */
  readonly seq: number;
  /** The hash of the newest row of its audit, which covers all before it; empty before there is one. */
  readonly chain: string;
}

/** How long a clock stands still, added up since it counts from `basis`. */
export interface Delay {
  readonly basis: Instant;
  /** As long as it is on the incident's own calendar: that of a drill goes faster. */
  readonly ms: number;
  /** How much of it people asked for; the rest was paused. */
  readonly snoozed: number;
  /** Where it was started anew without a new basis: from when it counts instead. */
  readonly from?: Instant;
}

/** What a system outside of Slack was called with. */
export interface Alert {
  /** By its name in the configuration. */
  readonly webhook: string;
  /** The `seq` of the change that began it: unique within the incident. */
  readonly id: number;
  /** Whether it was told that somebody acknowledged: it rings nobody any more. */
  readonly acknowledged: boolean;
}

/** What a reminder must know of an action item. */
export interface OpenAction {
  /** The beginning of its text, in one line. */
  readonly text: string;
  readonly due: Instant | null;
  readonly owner: string | null;
}

export interface Channel {
  /** Null until Slack has made it. */
  readonly id: string | null;
  /** The name it has or is to get: `inc-42-checkout-down`. */
  readonly name: string;
  /** What became of it; `archived`, `deleted` and `left` (Muster is not in it) as far as Slack has told. */
  readonly state: 'wanted' | 'ready' | 'failed' | 'archived' | 'deleted' | 'left';
}

/** Points to the entry whose instant is its instant; `at` is read through it and never stored twice. */
export interface Milestone {
  readonly name: MilestoneName;
  readonly round: number;
  readonly entry: number;
  readonly at: Instant | null;
}

/** What is true of every incident when it begins. */
export const UNTOUCHED = {
  private: false,
  drill: false,
  recorded: false,
  roles: {},
  header: {},
  round: 0,
  milestones: [],
  severityChangedAt: null,
  lastUpdateAt: null,
  acknowledgedBy: null,
  lastSignAt: null,
  pausedAt: null,
  delays: {},
  called: [],
  openActions: {},
  links: [],
  remindedAt: null,
  counts: {},
  chain: '',
} as const satisfies Partial<Incident>;

export const COMMANDER = 'commander';

/** The milestone of the given round, by default the first. */
export const milestone = (
  { milestones }: Pick<Incident, 'milestones'>,
  name: MilestoneName,
  round = 0,
): Milestone | undefined =>
  milestones.find((candidate) => candidate.name === name && candidate.round === round);

type Membership = Pick<Incident, 'private' | 'departed'>;

/** Whether somebody left the channel of this private incident: they see nothing of it any more. */
export const hasLeft = ({ private: hidden, departed = {} }: Membership, user: string): boolean =>
  hidden && Object.hasOwn(departed, user);

/** The first of these who has not left it; who declared it where there is none. */
export const firstInside = (
  incident: Membership & Pick<Incident, 'declaredBy'>,
  ...people: readonly (string | null | undefined)[]
): string => people.find((id) => id != null && !hasLeft(incident, id)) ?? incident.declaredBy;

/** What it takes to know whom to turn to. */
export type Led = Membership & Pick<Incident, 'roles' | 'declaredBy'>;

/** Who hears of it when the incident's channel cannot be told; of a drill whoever started it, and nobody else. */
export const responsible = (incident: Led & Pick<Incident, 'drill'>): string => {
  const { drill, roles, declaredBy } = incident;
  if (drill) return declaredBy;
  return firstInside(incident, roles[COMMANDER], declaredBy, ...Object.values(roles));
};

export const isOver = ({ status }: Pick<Incident, 'status'>): boolean =>
  status === 'resolved' || status === 'cancelled';

/** How people say it: `INC-42`, or `DRILL-3` for an exercise. */
export const incidentName = ({ number, drill }: Pick<Incident, 'number' | 'drill'>): string =>
  `${drill ? 'DRILL' : 'INC'}-${number}`;

/** How a command names it, before its verb: `42`, or `DRILL-3`, for drills number apart. */
export const addressOf = (incident: Pick<Incident, 'number' | 'drill'>): string =>
  incident.drill ? incidentName(incident) : `${incident.number}`;
