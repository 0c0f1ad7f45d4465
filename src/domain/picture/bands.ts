import { isOver } from '../incident.ts';
import type { Instant } from '../instant.ts';
import { found, mark, markEntry, type Telling } from '../postmortem/telling.ts';
import type { MilestoneName } from '../words.ts';

/** How a stretch is drawn. */
export type Look =
  | 'impact'
  | 'detected'
  | 'declared'
  | 'acknowledged'
  | 'mitigated'
  | 'reopened'
  | 'severity';

/** A state from one moment to another. */
export interface Stretch {
  readonly label: string;
  readonly look: Look;
  /** Null where it is not recorded: then nothing is drawn as if it were known. */
  readonly from: Instant | null;
  readonly to: Instant | null;
  /** It was still so when the picture was drawn. */
  readonly open: boolean;
}

/** A row of stretches that follow one another. */
export interface Band {
  readonly title: string;
  readonly stretches: readonly Stretch[];
  /** What stands in an empty row. */
  readonly missing: string;
}

/** Impact, response and severity over time; `now` is as far as an incident goes that still runs. */
export function bandsOf(telling: Telling, now: Instant): readonly Band[] {
  const over = isOver(telling.record.incident);
  const until = over ? null : now;
  return [
    {
      title: 'Impact',
      stretches: telling.rounds.flatMap((round) => impact(telling, round, until)),
      missing: 'start and end not recorded',
    },
    {
      title: 'Response',
      stretches: telling.rounds.flatMap((round) => response(telling, round, until)),
      missing: 'not recorded',
    },
    { title: 'Severity', stretches: severity(telling, until), missing: 'times not recorded' },
  ];
}

/** Whether this round is the last one, which an incident that still runs is in. */
const isLast = ({ rounds }: Telling, round: number): boolean => rounds.at(-1) === round;

function impact(telling: Telling, round: number, until: Instant | null): Stretch[] {
  const from = mark(telling, 'impact started', round)?.at ?? null;
  const ended = markEntry(telling, 'impact ended', round);
  const open = ended === null && until !== null && isLast(telling, round);
  const to = open ? until : (ended?.at ?? null);
  if (from === null && (open || to === null)) return [];
  if (from !== null && to !== null && to < from) return [];
  return [{ label: 'impact', look: 'impact', from, to, open }];
}

/** The states of one round, each stronger than the one before: a late acknowledgement ends no mitigation. */
const STATES: readonly (readonly [MilestoneName, Look])[] = [
  ['detected', 'detected'],
  ['declared', 'declared'],
  ['reopened', 'reopened'],
  ['acknowledged', 'acknowledged'],
  ['mitigated', 'mitigated'],
];

function response(telling: Telling, round: number, until: Instant | null): Stretch[] {
  const end = endOf(telling, round, until);
  const known = STATES.flatMap(([name, look], rank) => {
    const moment = mark(telling, name, round);
    const within = moment !== null && (end.to === null || moment.at <= end.to);
    return within ? [{ at: moment.at, look, rank }] : [];
  }).sort((a, b) => a.at - b.at || a.rank - b.rank);
  let highest = -1;
  const steps = known.filter(({ rank }) => {
    const higher = rank > highest;
    highest = Math.max(highest, rank);
    return higher;
  });
  return steps.flatMap(({ at, look }, place): Stretch[] => {
    const next = steps[place + 1];
    const last = next === undefined;
    if ((last ? end.to : next.at) === at) return [];
    return [{ label: look, look, from: at, to: last ? end.to : next.at, open: last && end.open }];
  });
}

/** Where a round ends: its resolution, its cancellation, the next reopening, or now. */
function endOf(
  telling: Telling,
  round: number,
  until: Instant | null,
): { to: Instant | null; open: boolean } {
  const resolved = mark(telling, 'resolved', round);
  if (resolved !== null) return { to: resolved.at, open: false };
  if (!isLast(telling, round)) {
    return { to: mark(telling, 'reopened', round + 1)?.at ?? null, open: false };
  }
  if (until !== null) return { to: until, open: true };
  return { to: found(telling, 'cancelled').at(-1)?.at ?? null, open: false };
}

/** From its first change backwards, so that what it began as is told too. */
function severity(telling: Telling, until: Instant | null): Stretch[] {
  const { incident } = telling.record;
  const changes = found(telling, 'severity')
    .flatMap(({ at, detail }) => (at === null ? [] : [{ at, detail }]))
    .sort((a, b) => a.at - b.at);
  const begin = (mark(telling, 'declared') ?? mark(telling, 'detected'))?.at ?? null;
  const { to: end, open } = endOf(telling, telling.rounds.at(-1) ?? 0, until);
  const first = changes[0]?.detail.from ?? incident.severity;
  const steps = [
    { at: begin, name: first },
    ...changes.map(({ at, detail }) => ({ at, name: detail.to })),
  ];
  return steps.flatMap(({ at, name }, place): Stretch[] => {
    const next = steps[place + 1];
    const to = next === undefined ? end : next.at;
    if (at === null || to === null || to <= at) return [];
    return [{ label: name, look: 'severity', from: at, to, open: next === undefined && open }];
  });
}
