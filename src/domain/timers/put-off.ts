import type { Delay, Incident } from '../incident.ts';
import type { Instant } from '../instant.ts';
import type { QuietHours, Settings } from '../settings.ts';
import type { Course } from './course.ts';
import { afterQuiet } from './quiet.ts';
import type { TimerName } from './timer.ts';

/** Reminders of what comes afterwards: never so urgent that somebody must be woken. */
const REMINDERS: readonly TimerName[] = ['postmortem', 'actions', 'archive'];

/** A drill's calendar goes faster than ours, in which a delay is kept: to the millisecond. */
const ALIKE_MS = { drill: 1000, incident: 0 };

/** By how much a clock that counts from this basis was put off; null when it was not. */
export function delayOf(
  name: TimerName,
  { basis }: Pick<Course, 'basis'>,
  { delays, drill }: Pick<Incident, 'delays' | 'drill'>,
): Delay | null {
  const delay = delays[name];
  if (delay === undefined) return null;
  const alike = ALIKE_MS[drill ? 'drill' : 'incident'];
  return Math.abs(delay.basis - basis) <= alike ? delay : null;
}

/** The course as it runs: put off by whoever snoozed or paused it, and never in the quiet hours. */
export function putOff(
  name: TimerName,
  course: Course,
  incident: Incident,
  settings: Settings,
): Course {
  const delay = delayOf(name, course, incident);
  const delayed = delay === null ? course : later(course, delay);
  const { quietHours } = settings;
  if (quietHours === null || !keepsStill(name, incident, settings)) return delayed;
  return name === 'policy' ? walkedOutside(delayed, quietHours) : outside(delayed, quietHours);
}

function later(course: Course, { from, ms }: Delay): Course {
  const basis = from ?? course.basis;
  const by = basis - course.basis + ms;
  return {
    ...course,
    basis,
    delay: course.delay + ms,
    step: (n) => {
      const step = course.step(n);
      return step === null ? null : { ...step, dueAt: step.dueAt + by };
    },
  };
}

/** Whether a clock of this incident keeps still in the quiet hours. */
export function keepsStill(
  name: TimerName,
  { severity, drill }: Pick<Incident, 'severity' | 'drill'>,
  { quietHours, severities }: Settings,
): boolean {
  // A drill wakes nobody, so there is nobody to spare.
  if (quietHours === null || drill) return false;
  if (REMINDERS.includes(name)) return true;
  const rank = (one: string): number => severities.findIndex((each) => each.name === one);
  // A severity that the configuration does not know counts as the most severe.
  return rank(quietHours.below) >= 0 && rank(severity) > rank(quietHours.below);
}

/** Whether a clock is due then because it was moved to the end of the quiet hours. */
export function isHeld(
  name: TimerName,
  at: Instant,
  incident: Pick<Incident, 'severity' | 'drill'>,
  settings: Settings,
): boolean {
  const { quietHours } = settings;
  if (quietHours === null || !keepsStill(name, incident, settings)) return false;
  return afterQuiet(at - 1, quietHours) === at;
}

function outside(course: Course, quietHours: QuietHours): Course {
  return {
    ...course,
    step: (n) => {
      const step = course.step(n);
      if (step === null) return null;
      return { ...step, dueAt: afterQuiet(step.dueAt, quietHours) };
    },
  };
}

/**
 * A walk keeps the distance between its steps: moved to the end of the night one by one, all levels
 * would be called there in the same moment, and the policy be exhausted before anybody could answer.
 */
function walkedOutside(course: Course, quietHours: QuietHours): Course {
  const due: Instant[] = [];
  const dueOf = (n: number): Instant | null => {
    for (let at = due.length; at <= n; at += 1) {
      const step = course.step(at);
      if (step === null) return null;
      const before = (at === 0 ? step : course.step(at - 1))?.dueAt ?? step.dueAt;
      const moved = (due[at - 1] ?? before) + step.dueAt - before;
      due.push(afterQuiet(moved, quietHours));
    }
    return due[n] ?? null;
  };
  return {
    ...course,
    step: (n) => {
      const step = course.step(n);
      const dueAt = dueOf(n);
      return step === null || dueAt === null ? null : { ...step, dueAt };
    },
  };
}
