import type { Incident } from '../incident.ts';
import { DAY, type Instant } from '../instant.ts';
import type { Settings, Target } from '../settings.ts';
import { LADDER } from '../words.ts';
import type { Course } from './course.ts';
import { isHeld } from './put-off.ts';
import { courseOf, policyOf, ruleOf } from './rules.ts';
import type { Timer, TimerName } from './timer.ts';

/** When a timer breaches; its row knows only the next step, which may be the warning. */
export function deadline(timer: Timer, incident: Incident, settings: Settings): Instant {
  const { name, step, dueAt, basis, span, delay } = timer;
  // Its row waits for the day before, when people are told.
  if (name === 'archive') return dueAt + DAY;
  if (step > 0 || !LADDER.some((rung) => rung === name)) return dueAt;
  const course = courseOf(ruleOf(name), incident, settings);
  const isIts = course?.basis === basis && course.span === span && course.delay === delay;
  return (isIts ? course.step(1)?.dueAt : undefined) ?? basis + span + delay;
}

/** Clocks of which people are not told when: one tells who is next instead, one asks in private. */
const UNTOLD: readonly TimerName[] = ['policy', 'presence'];

/** The running clocks, the nearest first, and whether the quiet hours hold them until then. */
export const running = (
  incident: Incident,
  timers: readonly Timer[],
  settings: Settings,
): readonly { name: TimerName; at: Instant; held: boolean }[] =>
  timers
    .filter(({ name, state }) => state === 'pending' && !UNTOLD.includes(name))
    .map((timer) => ({ name: timer.name, at: deadline(timer, incident, settings) }))
    .map((clock) => ({ ...clock, held: isHeld(clock.name, clock.at, incident, settings) }))
    .sort((a, b) => a.at - b.at);

/** Who is pinged next by the policy, and when; an exhausted policy tells the administrators. */
export interface NextPing {
  readonly who: readonly Target[];
  readonly at: Instant;
  /** From 1; 0 when the policy is exhausted. */
  readonly level: number;
  /** Whether the quiet hours hold it until then; missing where they do not. */
  readonly held?: true;
}

/** Whom the running policy pings next; null when it does not run. */
export function nextPing(
  incident: Incident,
  timers: readonly Timer[],
  settings: Settings,
): NextPing | null {
  const timer = timers.find(({ name, state }) => name === 'policy' && state === 'pending');
  const course = policyWalk(incident, settings);
  if (timer === undefined || course === null) return null;
  const next = pingAt(incident, settings, course, timer.step, timer.dueAt);
  if (next === null || !isHeld('policy', next.at, incident, settings)) return next;
  return { ...next, held: true };
}

/** Whom step n of a policy's walk pings. */
export function pingAt(
  incident: Incident,
  settings: Settings,
  course: Course,
  n: number,
  dueAt?: Instant,
): NextPing | null {
  const step = course.step(n);
  if (step === null) return null;
  const at = dueAt ?? step.dueAt;
  if (step.event.type !== 'level') {
    return { who: settings.administrators.map((id) => ({ type: 'user', id })), at, level: 0 };
  }
  const { level } = step.event;
  return { who: policyOf(incident, settings)?.levels[level - 1]?.notify ?? [], at, level };
}

/** The walk through the incident's policy, whether or not it runs. */
export const policyWalk = (incident: Incident, settings: Settings): Course | null =>
  courseOf(
    ruleOf('policy'),
    { ...incident, status: 'investigating', acknowledgedBy: null },
    settings,
  );

/** The level that was pinged last, from 1; the first when none was. */
export function currentLevel(
  incident: Incident,
  timers: readonly Timer[],
  settings: Settings,
): number {
  const timer = timers.find(({ name }) => name === 'policy');
  const course = policyWalk(incident, settings);
  if (timer === undefined || course === null) return 1;
  // Past the last level the walk says `exhausted`; its last level is the current one then.
  for (let n = timer.step - 1; n >= 0; n--) {
    const event = course.step(n)?.event;
    if (event?.type === 'level') return event.level;
  }
  return 1;
}
