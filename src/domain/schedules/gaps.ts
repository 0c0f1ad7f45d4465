import type { Instant } from '../instant.ts';
import type { Span } from './hours.ts';
import { shifts } from './on-call.ts';
import type { Schedule } from './schedule.ts';

/** More hand-offs than the shortest turns make in weeks. */
const MANY = 5000;

/** When the rotation has nobody on call between two instants, in order, cut to them. */
export const gapsOf = (schedule: Schedule, from: Instant, until: Instant): readonly Span[] =>
  shifts(schedule, [], from, MANY)
    .filter(({ user }) => user === null)
    .map((shift) => ({
      from: Math.max(shift.from ?? from, from),
      until: Math.min(shift.until ?? until, until),
    }))
    .filter((gap) => gap.from < gap.until);
