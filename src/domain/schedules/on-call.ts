import { DAY, type Instant } from '../instant.ts';
import type { Span } from './hours.ts';
import type { OnCall, Override, Schedule } from './schedule.ts';
import { type Turn, turnsOf } from './turns.ts';

/** Somebody's time on call, or a gap, as long as it lasts. */
export interface Shift {
  /** Null in a gap: nobody is on call. */
  readonly user: string | null;
  /** Null when it began more than a year before the instant asked about. */
  readonly from: Instant | null;
  /** Null when it does not end within a year of the instant asked about. */
  readonly until: Instant | null;
  /** Whether it is, at least in part, an override. */
  readonly standsIn: boolean;
}

/** How far is looked for an end, in days: almost always the first is enough. */
const VIEWS = [9, 70, 366];

/** A stretch in which the answer to "who is on call" stays the same. */
interface Stretch extends Span {
  readonly user: string | null;
  readonly override: Override | null;
}

/** Who is on call at that instant, since when and how long; overrides of other schedules do not count. */
export function onCall(schedule: Schedule, overrides: readonly Override[], at: Instant): OnCall {
  const sameAnswer = (a: Stretch, b: Stretch) => a.user === b.user && a.override === b.override;
  const [now] = around(schedule, overrides, at, 1, sameAnswer);
  if (now === undefined) throw new Error(`no answer for ${at}`);
  return { ...open(now), override: now.override };
}

/**
 * Who is on call from that instant on, one after another: the first is on call then, the others follow.
 *
 * Where somebody goes on, by turn or by override, it is one shift. Gaps are shifts too. There are fewer
 * than `count` when no more come within a year.
 */
export const shifts = (
  schedule: Schedule,
  overrides: readonly Override[],
  from: Instant,
  count: number,
): readonly Shift[] =>
  around(schedule, overrides, from, count, (a, b) => a.user === b.user).map((stretch) => ({
    ...open(stretch),
    standsIn: stretch.standsIn,
  }));

/** Everybody whom the schedule names, in the order of its layers, each once. */
export const peopleOf = ({ layers }: Schedule): readonly string[] => [
  ...new Set(layers.flatMap(({ members }) => members)),
];

interface Joined extends Stretch {
  readonly standsIn: boolean;
  readonly view: Span;
}

/** The stretch at that instant and what follows it, seen far enough to know where they end. */
function around(
  schedule: Schedule,
  overrides: readonly Override[],
  at: Instant,
  count: number,
  goesOn: (a: Stretch, b: Stretch) => boolean,
): readonly Joined[] {
  let found: readonly Joined[] = [];
  for (const days of VIEWS) {
    const view = { from: at - days * DAY, until: at + days * DAY };
    const all = joined(stretches(schedule, overrides, view), view, goesOn);
    found = all.filter(({ until }) => until > at).slice(0, count);
    const last = found.at(-1);
    const whole = found.length === count && last !== undefined && last.until < view.until;
    if (whole && (found[0]?.from ?? view.from) > view.from) break;
  }
  return found;
}

/** Bounds that are only those of the view are not known. */
const open = ({ user, from, until, view }: Joined): Omit<Shift, 'standsIn'> => ({
  user,
  from: from > view.from ? from : null,
  until: until < view.until ? until : null,
});

function joined(
  parts: readonly Stretch[],
  view: Span,
  goesOn: (a: Stretch, b: Stretch) => boolean,
): readonly Joined[] {
  const whole: Joined[] = [];
  for (const part of parts) {
    const standsIn = part.override !== null;
    const before = whole.at(-1);
    if (before === undefined || !goesOn(before, part)) whole.push({ ...part, standsIn, view });
    else
      whole[whole.length - 1] = {
        ...before,
        until: part.until,
        standsIn: before.standsIn || standsIn,
      };
  }
  return whole;
}

/** The whole view, cut wherever a turn or an override begins or ends. */
function stretches(
  schedule: Schedule,
  overrides: readonly Override[],
  view: Span,
): readonly Stretch[] {
  const layers = schedule.layers.map((layer) => turnsOf(layer, view.from, view.until));
  const standIns = overrides
    .filter((each) => each.schedule === schedule.name && each.from < each.until)
    .toSorted((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1));
  const cuts = [view.from, view.until, ...[...standIns, ...layers.flat()].flatMap(bounds)]
    .filter((at) => at >= view.from && at <= view.until)
    .toSorted((a, b) => a - b)
    .filter((at, index, all) => at !== all[index - 1]);
  const turnAt = layers.map(cursor);
  return cuts.slice(0, -1).map((from, index): Stretch => {
    const until = cuts[index + 1] ?? view.until;
    const override = standIns.find((each) => each.from <= from && from < each.until) ?? null;
    const turns = turnAt.map((find) => find(from));
    const user = override?.user ?? turns.find((turn) => turn !== undefined)?.user ?? null;
    return { user, from, until, override };
  });
}

const bounds = ({ from, until }: Span): readonly Instant[] => [from, until];

/** Finds the turn of instants that are asked for in order. */
function cursor(turns: readonly Turn[]): (at: Instant) => Turn | undefined {
  let next = 0;
  return (at) => {
    while ((turns[next]?.until ?? Number.POSITIVE_INFINITY) <= at) next += 1;
    const turn = turns[next];
    return turn !== undefined && turn.from <= at ? turn : undefined;
  };
}
