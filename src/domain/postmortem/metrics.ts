import type { Entry } from '../entry.ts';
import type { Figure, Metric, Moment, Span } from './draft.ts';
import { betweenMarks, figureOf, missing, unknown } from './figure.ts';
import { lengthOf } from './phrases.ts';
import { found, is, mark, markEntry, momentOf, type Telling } from './telling.ts';

/** One figure of the draft: how it is called, what it means, how it is computed. */
export interface MetricRule {
  readonly id: string;
  readonly name: string;
  /** What people call it when they state it, lower case. */
  readonly aliases: readonly string[];
  readonly definition: string;
  readonly compute: (telling: Telling) => Figure;
}

/** The figures of every draft. To add one, add a row. */
export const METRICS: readonly MetricRule[] = [
  {
    id: 'detect',
    name: 'time to detect',
    aliases: ['ttd', 'mttd', 'detection', 'detection time', 'detect'],
    definition: 'impact started → detected',
    compute: (telling) => betweenMarks(telling, 'impact started', 'detected'),
  },
  {
    id: 'acknowledge',
    name: 'time to acknowledge',
    aliases: ['tta', 'mtta', 'acknowledge', 'acknowledgement', 'response time'],
    definition: 'detected → acknowledged',
    compute: (telling) => betweenMarks(telling, 'detected', 'acknowledged'),
  },
  {
    id: 'mitigate',
    name: 'time to mitigate',
    aliases: ['ttm', 'mttm', 'mitigate', 'mitigation', 'mitigation time'],
    definition: 'impact started → mitigated',
    compute: (telling) => betweenMarks(telling, 'impact started', 'mitigated'),
  },
  {
    id: 'impact',
    name: 'impact duration',
    aliases: ['impact', 'downtime', 'outage', 'outage duration', 'unavailability', 'impact time'],
    definition: 'impact started → impact ended, all intervals summed',
    compute: impactDuration,
  },
  {
    id: 'incident',
    name: 'incident duration',
    aliases: [
      'duration',
      'incident',
      'total duration',
      'total',
      'ttr',
      'mttr',
      'time to resolve',
      'time to recover',
      'time to restore',
      'resolution time',
    ],
    definition: 'impact started (else detected) → resolved, all intervals summed',
    compute: incidentDuration,
  },
  {
    id: 'lead',
    name: 'lead time',
    aliases: ['lead'],
    definition: 'detected → first mitigation started',
    compute: leadTime,
  },
  {
    id: 'correction',
    name: 'correction time',
    aliases: ['correction'],
    definition: 'first mitigation started → impact ended',
    compute: correctionTime,
  },
  {
    id: 'workaround',
    name: 'workaround time',
    aliases: ['workaround', 'work around time', 'work around', 'work-around time'],
    definition: 'detected → workaround in place',
    compute: workaroundTime,
  },
];

/** The figures of one incident. */
export const metricsOf = (telling: Telling): readonly Metric[] =>
  METRICS.map(({ id, name, definition, compute }) => ({
    id,
    name,
    definition,
    incident: telling.name,
    figure: compute(telling),
  }));

/** The figure that somebody meant, by its name or an alias; undefined when it is none of ours. */
export function metricNamed(typed: string): MetricRule | undefined {
  const name = typed
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, ' ')
    .trim();
  return METRICS.find((rule) => rule.name === name || rule.aliases.includes(name));
}

function impactDuration(telling: Telling): Figure {
  const spans: Span[] = [];
  for (const round of telling.rounds) {
    const from = mark(telling, 'impact started', round);
    const to = mark(telling, 'impact ended', round);
    // A reopening for other reasons than users has no impact of its own.
    const none = round > 0 && from === null && to === null;
    if (none) continue;
    if (from === null) return unknown(missing(telling, 'impact started', round));
    if (to === null) return unknown(missing(telling, 'impact ended', round));
    spans.push({ from, to });
  }
  return figureOf(spans, 'impact started → impact ended');
}

function incidentDuration(telling: Telling): Figure {
  const spans: Span[] = [];
  for (const round of telling.rounds) {
    const from = startOf(telling, round);
    const to = mark(telling, 'resolved', round);
    if (from === null) {
      return unknown(
        `${missing(telling, 'impact started', round)}, and ${missing(telling, 'detected', round)}`,
      );
    }
    if (to === null) return unknown(`${missing(telling, 'resolved', round)}${soFar(spans)}`);
    spans.push({ from, to });
  }
  return figureOf(spans, 'start → resolved');
}

/** The intervals that are known although the sum is not. */
function soFar(spans: readonly Span[]): string {
  if (spans.length === 0) return '';
  const known = spans.map(({ from, to }) => lengthOf(to.at - from.at));
  return `; known ${known.length === 1 ? 'is the interval before' : 'are the intervals before'}: ${known.join(', ')}`;
}

/** Where an interval begins: the impact, else the detection; a later one at its reopening. */
const startOf = (telling: Telling, round: number): Moment | null =>
  mark(telling, 'impact started', round) ??
  mark(telling, 'detected', round) ??
  (round > 0 ? mark(telling, 'reopened', round) : null);

/**
 * The first entry that says that a mitigation began.
 *
 * The entry of the milestone itself says that one took effect. One after it is not the first.
 */
export function mitigationStarted(telling: Telling): Moment | string {
  const ends = [mark(telling, 'mitigated'), mark(telling, 'impact ended')];
  const effective = [markEntry(telling, 'mitigated'), markEntry(telling, 'impact ended')];
  const limit = Math.min(...ends.flatMap((end) => (end === null ? [] : [end.at])));
  const first = telling.timeline.find(
    (entry) =>
      entry.at !== null &&
      is(entry, 'mitigation') &&
      !is(entry, 'failed') &&
      !effective.includes(entry) &&
      !wasEffective(entry),
  );
  const moment = first === undefined ? null : momentOf(first);
  if (moment === null) {
    return 'no entry before “mitigated” says when a mitigation was started (log one with #mitigation)';
  }
  if (moment.at > limit) {
    return `the first entry tagged as a mitigation, #${moment.entry}, is after “mitigated” or “impact ended”`;
  }
  return moment;
}

/** An entry that once was the milestone says no more of the start than the one that is. */
const wasEffective = ({ detail }: Entry): boolean =>
  detail?.type === 'milestone' && detail.milestone === 'mitigated';

function leadTime(telling: Telling): Figure {
  const detected = mark(telling, 'detected');
  if (detected === null) return unknown(missing(telling, 'detected'));
  const started = mitigationStarted(telling);
  if (typeof started === 'string') return unknown(started);
  return figureOf([{ from: detected, to: started }], 'detected → first mitigation started');
}

function correctionTime(telling: Telling): Figure {
  const started = mitigationStarted(telling);
  if (typeof started === 'string') return unknown(started);
  const ended = mark(telling, 'impact ended');
  if (ended === null) return unknown(missing(telling, 'impact ended'));
  return figureOf([{ from: started, to: ended }], 'first mitigation started → impact ended');
}

function workaroundTime(telling: Telling): Figure {
  const all = found(telling, 'workaround');
  const [none] = all.filter(({ detail }) => detail.none);
  const inPlace = all.filter(({ detail }) => !detail.none);
  if (inPlace.length === 0) {
    return none === undefined
      ? unknown('a workaround is not recorded')
      : { known: false, none: true, reason: `there was no workaround (#${none.no})` };
  }
  const moments = inPlace.flatMap((entry) => momentOf(entry) ?? []);
  const [first] = moments.sort((a, b) => a.at - b.at);
  if (first === undefined) return unknown('the workaround has no time');
  const detected = mark(telling, 'detected');
  if (detected === null) return unknown(missing(telling, 'detected'));
  return figureOf([{ from: detected, to: first }], 'detected → workaround in place');
}
