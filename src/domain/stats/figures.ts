import type { Instant } from '../instant.ts';
import type { MilestoneName } from '../words.ts';
import type { CountedIncident } from './facts.ts';

/** A length of time that is counted over incidents. A test holds each against the draft's own. */
export interface StatsMetric {
  /** The draft's metric. */
  readonly id: 'acknowledge' | 'mitigate' | 'incident';
  readonly name: string;
  readonly definition: string;
  /** Milliseconds, or null: a moment of it is not recorded, or one is earlier than the one before. */
  readonly of: (incident: CountedIncident) => number | null;
}

export const STATS_METRICS: readonly StatsMetric[] = [
  {
    id: 'acknowledge',
    name: 'time to acknowledge',
    definition: 'detected → acknowledged',
    of: (incident) => between(at(incident, 'detected'), at(incident, 'acknowledged')),
  },
  {
    id: 'mitigate',
    name: 'time to mitigate',
    definition: 'impact started → mitigated',
    of: (incident) => between(at(incident, 'impact started'), at(incident, 'mitigated')),
  },
  {
    id: 'incident',
    name: 'incident duration',
    definition: 'impact started (else detected) → resolved, all intervals summed when reopened',
    of: duration,
  },
];

const at = ({ milestones }: CountedIncident, name: MilestoneName, round = 0): Instant | null =>
  milestones.find((one) => one.name === name && one.round === round)?.at ?? null;

const between = (from: Instant | null, to: Instant | null): number | null =>
  from === null || to === null || to < from ? null : to - from;

function duration(incident: CountedIncident): number | null {
  let sum = 0;
  for (let round = 0; round <= incident.round; round += 1) {
    const from =
      at(incident, 'impact started', round) ??
      at(incident, 'detected', round) ??
      (round > 0 ? at(incident, 'reopened', round) : null);
    const length = between(from, at(incident, 'resolved', round));
    if (length === null) return null;
    sum += length;
  }
  return sum;
}

/** Some lengths of time in two figures. */
export interface Distribution {
  /** Of how many it is known. */
  readonly n: number;
  readonly unknown: number;
  /** Null where none is known. */
  readonly median: number | null;
  readonly p90: number | null;
}

/** Counts lengths of time, unknown ones too. */
export function distributionOf(lengths: readonly (number | null)[]): Distribution {
  const known = lengths.filter((length) => length !== null).sort((a, b) => a - b);
  return {
    n: known.length,
    unknown: lengths.length - known.length,
    median: nearestRank(known, 0.5),
    p90: nearestRank(known, 0.9),
  };
}

/**
 * The smallest of them that at least this share does not exceed: always one that happened, never a
 * figure between two. Null where there is none. They must be in order.
 */
export const nearestRank = (sorted: readonly number[], share: number): number | null =>
  sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null;
