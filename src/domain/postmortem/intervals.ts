import type { Entry } from '../entry.ts';
import type { MilestoneName } from '../words.ts';
import type { Moment } from './draft.ts';
import { is, isWrongHypothesis, mark, momentOf, type Telling } from './telling.ts';

/** A length of time that a reviewer asks for, between two recorded moments. */
export interface Interval {
  readonly what: string;
  readonly from: Moment;
  readonly to: Moment;
}

const PAIRS: readonly (readonly [MilestoneName, MilestoneName])[] = [
  ['impact started', 'acknowledged'],
  ['impact started', 'cause found'],
  ['impact started', 'declared'],
  ['detected', 'declared'],
  ['detected', 'cause found'],
  ['detected', 'mitigated'],
  ['detected', 'impact ended'],
  ['detected', 'resolved'],
  ['declared', 'acknowledged'],
  ['declared', 'mitigated'],
  ['declared', 'resolved'],
  ['acknowledged', 'cause found'],
  ['acknowledged', 'mitigated'],
  ['acknowledged', 'resolved'],
  ['cause found', 'mitigated'],
  ['mitigated', 'impact ended'],
  ['mitigated', 'resolved'],
  ['impact ended', 'cause found'],
  ['impact ended', 'resolved'],
  ['resolved', 'cause found'],
];

/** How many of one sort are computed; of thousands nobody reads more. */
const MOST = 20;

/** The lengths of time between what was recorded, apart from the metrics. */
export function intervalsOf(telling: Telling): readonly Interval[] {
  return merged([
    ...signs(telling),
    ...PAIRS.flatMap(([from, to]) => pair(telling, from, to)),
    ...failures(telling),
    ...wrongHypotheses(telling),
    ...reopenings(telling),
    ...longestGap(telling),
  ]);
}

/** Intervals between the same two instants are one row with several names. */
function merged(intervals: readonly Interval[]): readonly Interval[] {
  const rows = new Map<string, Interval>();
  for (const interval of intervals) {
    const key = `${interval.from.at} ${interval.to.at}`;
    const same = rows.get(key);
    rows.set(key, same ? { ...same, what: `${same.what}; ${interval.what}` } : interval);
  }
  return [...rows.values()];
}

function pair(telling: Telling, from: MilestoneName, to: MilestoneName): Interval[] {
  const [first, last] = [mark(telling, from), mark(telling, to)];
  if (first === null || last === null || last.at < first.at) return [];
  // Two names of one moment have nothing between them.
  if (last.at === first.at) return [];
  return [{ what: `${from} → ${to}`, from: first, to: last }];
}

const timed = (telling: Telling): readonly Entry[] =>
  telling.timeline.filter(({ at }) => at !== null);

function interval(what: string, first: Entry | undefined, last: Entry | undefined): Interval[] {
  const [from, to] = [first, last].map((entry) => (entry === undefined ? null : momentOf(entry)));
  return from && to && to.at >= from.at ? [{ what, from, to }] : [];
}

/** Who or what noticed first, and by how much; one row per length of time. */
export const signsOf = (telling: Telling): readonly Interval[] => merged(signs(telling));

function signs(telling: Telling): Interval[] {
  const start = mark(telling, 'impact started');
  const since = timed(telling).filter(({ at }) => start === null || (at ?? 0) >= start.at);
  const report = firstReport(telling);
  const alert = firstAlert(telling);
  const begun = since.find(({ no }) => no === start?.entry);
  const detected = since.find(({ no }) => no === mark(telling, 'detected')?.entry);
  const rows = [
    ...interval('impact started → first report', begun, report),
    ...interval('impact started → first alert', begun, alert),
    ...interval('first report → first alert', report, alert),
    ...(report?.at === alert?.at ? [] : interval('first alert → first report', alert, report)),
    ...(detected?.no === alert?.no ? [] : interval('detected → first alert', detected, alert)),
    ...(detected?.no === report?.no ? [] : interval('detected → first report', detected, report)),
  ];
  return rows.filter(({ from, to }) => to.at > from.at);
}

const since = (telling: Telling): number => mark(telling, 'impact started')?.at ?? 0;

/** The first report once the impact had begun. */
export const firstReport = (telling: Telling): Entry | undefined =>
  timed(telling).find(
    (entry) =>
      (is(entry, 'report') || BY_PEOPLE.test(whoDetected(entry))) && isWithin(telling, entry),
  );

/** The first alert once the impact had begun. */
export const firstAlert = (telling: Telling): Entry | undefined =>
  timed(telling).find(
    (entry) =>
      (is(entry, 'alert') || BY_MACHINE.test(whoDetected(entry))) && isWithin(telling, entry),
  );

/** What stands after `detected … by`. */
const whoDetected = ({ detail }: Entry): string =>
  detail?.type === 'detected' ? (detail.by ?? '') : '';
const BY_PEOPLE =
  /^(?:(?:a |an |the )?(?:\w+ )?(?:reports?|calls?|users?|customers?|clients?|tickets?|support|help ?desk)\b|<@|@|(?!.*\b(?:alert|alarm|monitor|probe|synthetic|watchdog|scanner))(?:[\p{L}\d-]+ ){0,3}(?:staff|crew|officers?|engineers?|operators?|managers?|drivers|passengers|patients|students|teachers|nurses?|doctors?|guests|colleagues?|partners?|suppliers?|researchers?|front desk|(?:e-?)?mails?|letters?|phone|messages?|tweets?)\b)/iu;
const BY_MACHINE = /\b(?:alerts?|alarms?|monitor\w*|probes?|synthetic|watchdog|scanner)\b/i;

/** From the start of the impact to the first resolution: later ones are of something else. */
const isWithin = (telling: Telling, { at }: Entry): boolean =>
  (at ?? 0) >= since(telling) && (at ?? 0) <= (mark(telling, 'resolved')?.at ?? Number.MAX_VALUE);

/** From a failed action to the next one that worked. */
function failures(telling: Telling): Interval[] {
  const entries = timed(telling);
  const result: Interval[] = [];
  let next: Entry | undefined;
  for (const entry of entries.toReversed()) {
    if (is(entry, 'mitigation') && !is(entry, 'failed')) next = entry;
    else if (is(entry, 'failed')) {
      result.push(...interval(`failed action #${entry.no} → next mitigation`, entry, next));
    }
  }
  return result.toReversed().slice(0, MOST);
}

/** A wrong hypothesis cost at most the time until the next thing that was recorded. */
function wrongHypotheses(telling: Telling): Interval[] {
  const entries = timed(telling).filter(({ detail }) => !isHousekeeping(detail?.type));
  return entries
    .flatMap((entry, place) =>
      isWrongHypothesis(entry)
        ? interval(
            `wrong hypothesis #${entry.no} → next entry (its cost at most)`,
            entry,
            entries[place + 1],
          )
        : [],
    )
    .slice(0, MOST);
}

/** Who took which role does not say that people had turned to something else. */
const isHousekeeping = (type: string | undefined): boolean =>
  isMachinery(type) || type === 'role' || type === 'status' || type === 'severity';

const MACHINERY = ['ping', 'on call', 'timer', 'decayed', 'channel'];

/** What Muster wrote about its own pings and timers and about its channel, which is told apart. */
export const isMachinery = (type: string | undefined): boolean => MACHINERY.includes(type ?? '');

/** How long each reopening lasted: to its resolution, or to the last thing recorded. */
function reopenings(telling: Telling): Interval[] {
  return telling.rounds.slice(1).flatMap((round) => {
    const from = mark(telling, 'reopened', round);
    const to = mark(telling, 'resolved', round);
    if (from === null) return [];
    if (to !== null) return [{ what: `reopened ${round} → resolved`, from, to }];
    const last = timed(telling).findLast(({ detail }) => !isMachinery(detail?.type));
    const end = last === undefined ? null : momentOf(last);
    if (end === null || end.at <= from.at) return [];
    return [{ what: `reopened ${round} → last entry (no second resolution)`, from, to: end }];
  });
}

/** The longest time in which nothing was recorded, from the beginning to the first resolution. */
export function longestGap(telling: Telling): Interval[] {
  const start = mark(telling, 'impact started') ?? mark(telling, 'detected');
  const end = mark(telling, 'resolved') ?? mark(telling, 'impact ended');
  if (start === null || end === null) return [];
  const within = timed(telling).filter(
    ({ at, detail }) => (at ?? 0) >= start.at && (at ?? 0) <= end.at && !isMachinery(detail?.type),
  );
  const gaps = within
    .slice(1)
    .flatMap((entry, place) => interval('longest gap without entries', within[place], entry));
  const [longest] = gaps.sort((a, b) => b.to.at - b.from.at - (a.to.at - a.from.at));
  return longest === undefined ? [] : [longest];
}

/** From each recorded change to what followed it. */
export interface ChangeRow {
  readonly change: Entry;
  readonly from: Moment;
  readonly to: readonly (Moment | null)[];
}

/** What a change is measured to. */
export const CHANGE_ENDS: readonly MilestoneName[] = [
  'impact started',
  'detected',
  'cause found',
  'impact ended',
  'resolved',
];

/** Changes before the end, with the milestones after them. */
export function changesOf(telling: Telling): readonly ChangeRow[] {
  const ends = CHANGE_ENDS.map((name) => mark(telling, name));
  const last = Math.max(...ends.map((end) => end?.at ?? Number.NEGATIVE_INFINITY));
  return timed(telling)
    .filter((entry) => is(entry, 'change') && (entry.at ?? 0) <= last)
    .flatMap((change) => {
      const from = momentOf(change);
      if (from === null) return [];
      return [{ change, from, to: ends.map((end) => (end && end.at >= from.at ? end : null)) }];
    })
    .slice(0, MOST);
}
