import type { Line } from '../text.ts';
import type { Facts, IncidentRef } from './facts.ts';

/** `broken`: somebody may not be paged. `degraded`: mend it soon. `hint`: good to know. */
export type Weight = 'broken' | 'degraded' | 'hint';

/** One thing that can be wrong: how it is found, what it means, what mends it. A row of the table. */
export interface Check {
  /** Typed after `doctor repair`, and the label of the metric. */
  readonly name: string;
  readonly title: string;
  readonly weight: Weight;
  /** `/readyz` follows it by itself, every few seconds. */
  readonly watched?: true;
  /** Slack is asked about it every quarter of an hour, rather than at every look. */
  readonly seldom?: true;
  /** What it means, one sentence. */
  readonly means: string;
  /** What mends it, one sentence for whoever has to do it. */
  readonly repair: string;
  /** What Muster can do about it by itself; the first one is what `doctor repair <name>` does. */
  readonly repairs: readonly RepairOffer[];
  readonly find: (facts: Facts) => readonly Symptom[];
}

/** A repair as a button. */
export interface RepairOffer {
  readonly how: RepairName;
  readonly label: string;
  /** What cannot be taken back is asked about first. */
  readonly asks?: string;
}

/** Everything that Muster can mend by itself. */
export type RepairName =
  | 'fire'
  | 'plan'
  | 'try'
  | 'send'
  | 'release'
  | 'drop'
  | 'compose'
  | 'hint'
  | 'make'
  | 'post'
  | 'announce'
  | 'reach'
  | 'invite';

/** Repairs of Muster as a whole; the others are of one incident. */
const OF_ALL: readonly RepairName[] = ['fire', 'try', 'hint'];

export const isOfAll = (how: RepairName): boolean => OF_ALL.includes(how);

/** What a check found. */
export interface Symptom {
  /** Tells findings of one check apart: an incident's id, a replica's name; empty where there is one. */
  readonly subject: string;
  readonly incident: IncidentRef | null;
  /** The particulars, one sentence. */
  readonly says: Line;
}

/** A symptom with its check. */
export interface Finding extends Symptom {
  readonly check: Check;
}

/** A symptom that is about no incident and of which there is one. */
export const overall = (...says: Line): readonly Symptom[] => [
  { subject: '', incident: null, says },
];
