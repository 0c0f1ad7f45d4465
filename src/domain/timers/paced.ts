import type { Delay, Incident } from '../incident.ts';
import type { Instant } from '../instant.ts';
import type { Settings } from '../settings.ts';
import type { Course, Step } from './course.ts';

/**
 * The course of a clock at the pace of its incident: a drill runs faster than life, by the same rules.
 *
 * A drill has a calendar of its own, which agrees with ours when it is opened and goes faster from
 * then on. The rules are asked on that calendar, so spans, working days and what counts from what
 * need no second version; what they answer is told in our time.
 */
export function paced(
  incident: Incident,
  { drillSpeed }: Settings,
  course: (incident: Incident) => Course | null,
): Course | null {
  if (!incident.drill) return course(incident);
  const planned = course(onDrillCalendar(incident, drillSpeed));
  if (planned === null) return null;
  const ours = (at: Instant): Instant =>
    Math.round(incident.openedAt + (at - incident.openedAt) / drillSpeed);
  const told = (step: Step | null): Step | null =>
    step === null ? null : { ...step, dueAt: ours(step.dueAt) };
  return {
    ...planned,
    basis: ours(planned.basis),
    span: Math.round(planned.span / drillSpeed),
    delay: Math.round(planned.delay / drillSpeed),
    step: (n) => told(planned.step(n)),
  };
}

/** What a drill's calendar shows at that moment; for any other incident the moment itself. */
export const calendarAt = (
  { drill, openedAt }: Pick<Incident, 'drill' | 'openedAt'>,
  { drillSpeed }: Pick<Settings, 'drillSpeed'>,
  at: Instant,
): Instant => (drill ? openedAt + (at - openedAt) * drillSpeed : at);

/** How many times faster than life the incident's own calendar goes. */
export const paceOf = (
  { drill }: Pick<Incident, 'drill'>,
  { drillSpeed }: Pick<Settings, 'drillSpeed'>,
): number => (drill ? drillSpeed : 1);

/** The incident with every instant that a rule may count from as the drill's calendar has it. */
function onDrillCalendar(incident: Incident, speed: number): Incident {
  const at = (instant: Instant): Instant =>
    incident.openedAt + (instant - incident.openedAt) * speed;
  const maybe = (instant: Instant | null): Instant | null =>
    instant === null ? null : at(instant);
  const delays = Object.entries(incident.delays).map(
    ([name, delay]) => [name, onCalendar(delay, at)] as const,
  );
  return {
    ...incident,
    armedAt: at(incident.armedAt),
    severityChangedAt: maybe(incident.severityChangedAt),
    lastUpdateAt: maybe(incident.lastUpdateAt),
    lastSignAt: maybe(incident.lastSignAt),
    pausedAt: maybe(incident.pausedAt),
    remindedAt: maybe(incident.remindedAt),
    delays: Object.fromEntries(delays),
    // Due dates stay as they were typed: they are dates on the drill's calendar.
    milestones: incident.milestones.map((one) => ({ ...one, at: maybe(one.at) })),
  };
}

const onCalendar = (delay: Delay, at: (instant: Instant) => Instant): Delay => ({
  ...delay,
  basis: at(delay.basis),
  ...(delay.from === undefined ? {} : { from: at(delay.from) }),
});
