import type { World } from '../decision.ts';
import type { Incident } from '../incident.ts';
import type { Instant } from '../instant.ts';
import type { Course, Step } from './course.ts';
import { courseOf, RULES, type Rule } from './rules.ts';
import type { Timer } from './timer.ts';

/**
 * Compares the clocks that should run with those that do; gives the rows that are new or changed.
 *
 * A row that says what the rule says is untouched. Another basis or span: planned anew under a new
 * generation. Put off, or moved by the quiet hours: the same step at another time, under a new
 * generation. No business running: cancelled.
 */
export function planTimers(
  incident: Incident,
  timers: readonly Timer[],
  world: World,
): readonly Timer[] {
  return RULES.flatMap((rule) => {
    const row = timers.find(({ name }) => name === rule.name);
    const course = courseOf(rule, incident, world.settings);
    if (course === null) return row !== undefined && isAlive(row) ? [cancelled(row)] : [];
    if (row !== undefined && stands(row, rule, course, world.now)) return [];
    const start = whereToStart(row, rule, course, world.now);
    if (start === null) return [];
    const { basis, span, delay } = course;
    const gen = (row?.gen ?? 0) + 1;
    const id = row?.id ?? world.newId();
    return [{ id, name: rule.name, ...start, basis, span, delay, gen, state: 'pending' }];
  });
}

function whereToStart(row: Timer | undefined, rule: Rule, course: Course, now: Instant) {
  if (row === undefined || !countsAs(row, course))
    return startingStep(course, 0, now, rule.catchesUp);
  // Taken up again where it was stopped, so that nothing fires a second time. What waited and is
  // past now, because a snooze was taken back, was never said.
  return startingStep(course, row.step, now, rule.catchesUp || row.state === 'pending');
}

/** Running, or of an imported incident and taken up again by this very change. */
const isAlive = ({ state }: Timer): boolean => state === 'pending' || state === 'resting';

const countsAs = (row: Timer, { basis, span }: Course): boolean =>
  row.basis === basis && row.span === span;

/** Whether the row does what the rule says, so that it can stay as it is. */
function stands(row: Timer, rule: Rule, course: Course, now: Instant): boolean {
  if (row.state === 'cancelled' || row.state === 'resting') return false;
  const waits = row.state === 'pending' && row.dueAt > now;
  if (rule.lazy === true && waits && row.step === 0 && row.span === course.span) {
    return (course.step(0)?.dueAt ?? 0) >= row.dueAt;
  }
  if (!countsAs(row, course) || row.delay !== course.delay) return false;
  if (row.state === 'done') return true;
  const due = course.step(row.step)?.dueAt;
  // A step that was past when it was planned is due since then, whatever the rule says.
  if (!waits) return due === undefined || due <= now;
  return rule.lazy === true || due === row.dueAt;
}

const cancelled = (row: Timer): Timer => ({ ...row, state: 'cancelled', gen: row.gen + 1 });

/** The rows with the changed ones in place of what they were. */
export function withChanges(timers: readonly Timer[], changed: readonly Timer[]): readonly Timer[] {
  const kept = timers.filter(({ name }) => !changed.some((row) => row.name === name));
  return [...kept, ...changed];
}

/** The first step that is not past; of steps all past, the last. A step that is past is due now. */
function startingStep(
  course: Course,
  from: number,
  now: Instant,
  catchesUp: boolean,
): { step: number; dueAt: Instant } | null {
  let step = from;
  let next = course.step(step);
  while (next !== null && next.dueAt < now) next = course.step(++step);
  const missed = step > from && (next === null || catchesUp);
  if (missed) return { step: step - 1, dueAt: now };
  return next === null ? null : { step, dueAt: next.dueAt };
}

/** A timer whose time has come: what it does now, and the row as it is afterwards. */
export interface Firing {
  readonly timer: Timer;
  /** Steps that happen now, in order; a warning is left out when its breach is due as well. */
  readonly steps: readonly Step[];
  /** How many overdue steps were folded into this one firing, or left out. */
  readonly folded: number;
  readonly lateMs: number;
  readonly next: Step | null;
  readonly after: Timer;
}

/** Below this a firing counts as on time: the sweep's own tick. */
const ON_TIME_MS = 30_000;

/** Whoever is asked has the whole time to answer, however late they were asked. */
function afterAsking(course: Course, n: number, next: Step, now: Instant): Step {
  const before = course.step(n - 1);
  return before === null ? next : { ...next, dueAt: now + next.dueAt - before.dueAt };
}

/** Every timer that is due, several overdue steps of one folded into one firing. */
export function dueTimers(
  incident: Incident,
  timers: readonly Timer[],
  { now, settings }: World,
): readonly Firing[] {
  return RULES.flatMap((rule) => {
    const timer = timers.find(({ name }) => name === rule.name);
    if (timer === undefined || timer.state !== 'pending' || timer.dueAt > now) return [];
    const course = courseOf(rule, incident, settings);
    return course === null ? [] : [firing(timer, course, now, rule.lazy === true)];
  });
}

function firing(timer: Timer, course: Course, now: Instant, inTurn: boolean): Firing {
  const overdue: Step[] = [];
  let n = timer.step;
  let next = course.step(n);
  while (next !== null && (overdue.length === 0 || (!inTurn && next.dueAt <= now))) {
    // The row knows best when its own step was due: re-planning may have moved it.
    overdue.push(overdue.length === 0 ? { ...next, dueAt: timer.dueAt } : next);
    next = course.step(++n);
  }
  if (inTurn && next !== null) next = afterAsking(course, n, next, now);
  const serious = overdue.filter(({ event }) => event.type !== 'warning');
  const steps = serious.length > 0 ? serious : overdue;
  const late = now - (steps[0]?.dueAt ?? now);
  const moved = { ...timer, step: n, gen: timer.gen + 1 };
  return {
    timer,
    steps,
    folded: overdue.length - 1,
    lateMs: late > ON_TIME_MS ? late : 0,
    next,
    after: next === null ? { ...moved, state: 'done' } : { ...moved, dueAt: next.dueAt },
  };
}
