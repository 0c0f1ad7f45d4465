/** The clocks of the ladder and the policy: what starts them, what stops them, what they do when. */
export { addBusinessDays } from './business-days.ts';
export type { Course, Step, StepEvent } from './course.ts';
export { currentLevel, deadline, type NextPing, nextPing, running } from './outlook.ts';
export { calendarAt } from './paced.ts';
export { dueTimers, type Firing, planTimers, withChanges } from './plan.ts';
export { delayOf } from './put-off.ts';
export {
  CLOCKS,
  courseOf,
  isAfterwards,
  naturalBasis,
  policyOf,
  ruleOf,
  severityOf,
  snoozable,
} from './rules.ts';
