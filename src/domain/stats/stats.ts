import { DAY, type Instant, inZone, type Zone } from '../instant.ts';
import type { Settings } from '../settings.ts';
import type { CountedAction, CountedIncident, StatsFacts } from './facts.ts';
import { type Distribution, distributionOf, STATS_METRICS, type StatsMetric } from './figures.ts';

/** A stretch of time as somebody asked for it. */
export interface Period {
  readonly from: Instant;
  /** The first moment that is no part of it; never later than now. */
  readonly to: Instant;
}

/** Incidents of a period in figures. */
export interface Stats {
  readonly period: Period;
  readonly count: number;
  /** Not over yet. */
  readonly open: number;
  readonly reopened: number;
  /** How many of them are private: counted because the reader takes part. */
  readonly private: number;
  readonly cancelled: number;
  /** As configured, the most severe first; others behind them. */
  readonly severities: readonly { readonly name: string; readonly count: number }[];
  readonly metrics: readonly MetricStats[];
  readonly rules: readonly RuleStats[];
  readonly buckets: readonly Bucket[];
  readonly actions: readonly { readonly at: Instant; readonly open: number }[];
}

export interface MetricStats {
  readonly metric: StatsMetric;
  readonly all: Distribution;
  readonly bySeverity: readonly { readonly severity: string; readonly lengths: Distribution }[];
}

/** How often a rule of the ladder was kept. */
export interface RuleStats {
  readonly rule: RuleName;
  readonly kept: number;
  readonly breached: number;
  /** Still running, and not breached so far. */
  readonly running: number;
}

/** A week or a month, with how many incidents of each severity began in it. */
export interface Bucket {
  readonly from: Instant;
  readonly to: Instant;
  readonly counts: Readonly<Record<string, number>>;
}

export const RULE_NAMES = [
  'acknowledge',
  'commander',
  'update',
  'mitigate',
  'resolve',
  'postmortem',
] as const;
export type RuleName = (typeof RULE_NAMES)[number];

/** At how many moments open action items are counted. */
const POINTS = 24;

/** The figures of a period. Weeks, months and days are those of the zone. */
export function statsOf(facts: StatsFacts, asked: Period, settings: Settings, zone: Zone): Stats {
  const period = sinceTheFirst(facts, asked);
  const { incidents, cancelled, actions } = facts;
  const severities = severitiesOf(incidents, settings);
  return {
    period,
    count: incidents.length,
    open: incidents.filter(({ status }) => status !== 'resolved').length,
    reopened: incidents.filter(({ round }) => round > 0).length,
    private: incidents.filter((incident) => incident.private).length,
    cancelled,
    severities,
    metrics: STATS_METRICS.map((metric) => metricStats(metric, incidents, severities)),
    rules: RULE_NAMES.map((rule) => ruleStats(rule, incidents)),
    buckets: bucketsOf(incidents, period, zone),
    actions: openOver(actions, period),
  };
}

/** All that there was begins with the first of it, and not with the epoch. */
function sinceTheFirst({ incidents }: StatsFacts, { from, to }: Period): Period {
  if (from > 0) return { from, to };
  return { from: Math.min(to - DAY, ...incidents.map(({ began }) => began)), to };
}

function severitiesOf(
  incidents: readonly CountedIncident[],
  settings: Settings,
): Stats['severities'] {
  const counts = new Map<string, number>(settings.severities.map(({ name }) => [name, 0]));
  for (const { severity } of incidents) counts.set(severity, (counts.get(severity) ?? 0) + 1);
  return [...counts].map(([name, count]) => ({ name, count }));
}

function metricStats(
  metric: StatsMetric,
  incidents: readonly CountedIncident[],
  severities: Stats['severities'],
): MetricStats {
  const measured = incidents.map((incident) => ({
    severity: incident.severity,
    length: metric.of(incident),
  }));
  return {
    metric,
    all: distributionOf(measured.map(({ length }) => length)),
    bySeverity: severities
      .filter(({ count }) => count > 0)
      .map(({ name }) => ({
        severity: name,
        lengths: distributionOf(
          measured.flatMap(({ severity, length }) => (severity === name ? [length] : [])),
        ),
      })),
  };
}

/** A rule counts where its clock ran; it is kept when the clock stopped without a breach. */
function ruleStats(rule: RuleName, incidents: readonly CountedIncident[]): RuleStats {
  const ran = incidents.flatMap(({ timers, breached }) => {
    const timer = timers.find(({ name }) => name === rule);
    return timer === undefined ? [] : [{ ...timer, breached: breached.includes(rule) }];
  });
  const breached = ran.filter((one) => one.breached).length;
  const running = ran.filter((one) => one.pending && !one.breached).length;
  return { rule, breached, running, kept: ran.length - breached - running };
}

/** More bars than this cannot be told apart. */
const MOST_BUCKETS = 26;

/** Days, weeks, months, quarters or years: the smallest of which there are not too many. */
function bucketsOf(
  incidents: readonly CountedIncident[],
  { from, to }: Period,
  zone: Zone,
): readonly Bucket[] {
  const days = (to - from) / DAY;
  const fits = ([, length]: readonly [string, number]): boolean => days / length <= MOST_BUCKETS;
  const units = [
    ['day', 1],
    ['week', 7],
    ['month', 28],
    ['quarter', 90],
  ] as const;
  const unit = units.find(fits)?.[0] ?? 'year';
  const buckets: Bucket[] = [];
  let start = inZone(from, zone).startOf(unit);
  while (start.toMillis() < to && buckets.length < 200) {
    const end = start.plus({ [unit]: 1 });
    buckets.push({
      from: start.toMillis(),
      to: end.toMillis(),
      counts: countsWithin(incidents, start.toMillis(), end.toMillis()),
    });
    start = end;
  }
  return buckets;
}

function countsWithin(
  incidents: readonly CountedIncident[],
  from: Instant,
  to: Instant,
): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { began, severity } of incidents) {
    if (began >= from && began < to) counts[severity] = (counts[severity] ?? 0) + 1;
  }
  return counts;
}

/** How many action items were open at even steps of the period, its last moment among them. */
function openOver(actions: readonly CountedAction[], { from, to }: Period): Stats['actions'] {
  return Array.from({ length: POINTS + 1 }, (_, place) => {
    const at = Math.round(from + ((to - from) * place) / POINTS);
    return { at, open: actions.filter((action) => isOpenAt(action, at)).length };
  });
}

const isOpenAt = ({ states }: CountedAction, moment: Instant): boolean =>
  states.findLast(({ at }) => at <= moment)?.open ?? false;
