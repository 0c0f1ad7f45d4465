import { HOUR, type Instant, type Zone } from '../instant.ts';
import type { Policy } from '../settings.ts';
import { workingMorning } from './business-days.ts';

/** What happens at one step of a timer. */
export type StepEvent =
  | { readonly type: 'warning' }
  /** `again` counts the nags after the first. */
  | { readonly type: 'breach'; readonly again: number }
  | { readonly type: 'level'; readonly level: number; readonly round: number }
  | { readonly type: 'exhausted'; readonly again: number }
  /** Nobody answered: an acknowledgement is void from now on. */
  | { readonly type: 'decay' }
  /** The channel may be put away, a day after people were told. */
  | { readonly type: 'archive' };

/** One step of a timer, and when it is due. */
export interface Step {
  readonly dueAt: Instant;
  readonly event: StepEvent;
}

/** Everything that a running timer will do while nobody stops it. */
export interface Course {
  readonly basis: Instant;
  readonly span: number;
  /** Milliseconds by which its steps are put off; their times say it already. */
  readonly delay: number;
  /** Step n, or null when there is none. */
  readonly step: (n: number) => Step | null;
}

/** A warning, then a breach, once each. */
export function ladderCourse(basis: Instant, span: number, warnAt: number): Course {
  return {
    basis,
    span,
    delay: 0,
    step: (n) => {
      if (n === 0) return { dueAt: basis + Math.round(span * warnAt), event: { type: 'warning' } };
      return n === 1 ? { dueAt: basis + span, event: { type: 'breach', again: 0 } } : null;
    },
  };
}

/** A warning, a breach, and again after every interval while nobody acts. */
export function naggingCourse(basis: Instant, span: number, every: number, warnAt: number): Course {
  const first = ladderCourse(basis, span, warnAt);
  return {
    basis,
    span,
    delay: 0,
    step: (n) =>
      n < 2
        ? first.step(n)
        : { dueAt: basis + span + (n - 1) * every, event: { type: 'breach', again: n - 1 } },
  };
}

/** A reminder when it is due, and one on each working morning after that while nobody acts. */
export const reminderCourse = (basis: Instant, dueAt: Instant, zone: Zone): Course => ({
  basis,
  span: dueAt - basis,
  delay: 0,
  step: (n) => ({
    dueAt: n === 0 ? dueAt : workingMorning(dueAt, n, zone),
    event: { type: 'breach', again: n },
  }),
});

/** Asks for a sign of life, and then voids the acknowledgement. */
export const presenceCourse = (
  basis: Instant,
  { span, delay, grace }: { readonly span: number; readonly delay: number; readonly grace: number },
): Course => ({
  basis,
  span,
  delay,
  step: (n) => {
    const dueAt = basis + span + delay;
    if (n === 0) return { dueAt, event: { type: 'breach', again: 0 } };
    return n === 1 ? { dueAt: dueAt + grace, event: { type: 'decay' } } : null;
  },
});

/**
 * The walk through a policy: its levels, repeated, then exhausted and again every hour.
 *
 * All delays count from the basis; a round begins when the last level had its time to answer.
 */
export function policyCourse(basis: Instant, { levels, repeat, repeatAfter }: Policy): Course {
  const count = levels.length;
  const rounds = repeat + 1;
  const round = (levels.at(-1)?.after ?? 0) + repeatAfter;
  return {
    basis,
    span: rounds * round,
    delay: 0,
    step: (n) => {
      const turn = Math.floor(n / count);
      const level = levels[n % count];
      if (level !== undefined && turn < rounds) {
        const event = { type: 'level', level: (n % count) + 1, round: turn } as const;
        return { dueAt: basis + turn * round + level.after, event };
      }
      const again = n - rounds * count;
      return { dueAt: basis + rounds * round + again * HOUR, event: { type: 'exhausted', again } };
    },
  };
}
