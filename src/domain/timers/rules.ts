import { COMMANDER, type Incident, isOver, milestone } from '../incident.ts';
import type { Instant } from '../instant.ts';
import { type Policy, type Settings, type Severity, severityNamed } from '../settings.ts';
import { expanded } from '../targets.ts';
import { type Course, policyCourse } from './course.ts';
import { paced } from './paced.ts';
import { putOff } from './put-off.ts';
import {
  actionsCourse,
  archiveCourse,
  isPaused,
  ladder,
  postmortemCourse,
  signOfLife,
  sinceStart,
  updateCourse,
} from './rungs.ts';
import type { TimerName } from './timer.ts';

/** One rule: what it does for an incident as it is now, or null when it has no business running. */
export interface Rule {
  readonly name: TimerName;
  /** Where it goes on when it is planned and steps are past already: the next one, or the last past. */
  readonly catchesUp: boolean;
  /**
   * Its row is looked at only when it is due, and does one step at a time: what it counts from moves
   * with every line that is logged, and a line must not cost a row.
   */
  readonly lazy?: true;
  readonly course: (incident: Incident, severity: Severity, settings: Settings) => Course | null;
}

/** Every clock that may run for an incident. One row per incident and name. */
export const RULES: readonly Rule[] = [
  {
    name: 'acknowledge',
    catchesUp: false,
    course: (incident, severity) =>
      isOver(incident) || incident.acknowledgedBy !== null
        ? null
        : ladder(incident.armedAt, severity.sla.acknowledge, severity),
  },
  {
    name: 'commander',
    catchesUp: false,
    course: (incident, severity) =>
      isOver(incident) || incident.roles[COMMANDER] !== undefined
        ? null
        : ladder(incident.armedAt, severity.sla.commander, severity),
  },
  {
    name: 'update',
    catchesUp: false,
    course: (incident, severity) =>
      isOver(incident) || isPaused(incident) ? null : updateCourse(incident, severity),
  },
  {
    name: 'mitigate',
    catchesUp: false,
    course: (incident, severity) =>
      isOver(incident) ||
      isPaused(incident) ||
      milestone(incident, 'mitigated', incident.round) !== undefined
        ? null
        : sinceStart(incident, severity.sla.mitigate, severity),
  },
  {
    name: 'resolve',
    catchesUp: false,
    course: (incident, severity) =>
      isOver(incident) || isPaused(incident)
        ? null
        : sinceStart(incident, severity.sla.resolve, severity),
  },
  {
    // Somebody who was never pinged must be: a walk that resumes begins with the level it missed.
    name: 'policy',
    catchesUp: true,
    course: (incident, _severity, settings) => {
      const policy = policyOf(incident, settings);
      if (isOver(incident) || incident.acknowledgedBy !== null || policy === null) return null;
      return policyCourse(incident.armedAt, policy);
    },
  },
  {
    name: 'presence',
    catchesUp: false,
    lazy: true,
    course: (incident, severity, settings) =>
      isOver(incident) || isPaused(incident) || incident.acknowledgedBy === null
        ? null
        : signOfLife(incident, severity, settings),
  },
  { name: 'postmortem', catchesUp: false, course: postmortemCourse },
  {
    name: 'actions',
    catchesUp: false,
    course: (incident, _severity, settings) => actionsCourse(incident, settings),
  },
  { name: 'archive', catchesUp: false, course: archiveCourse },
];

/** The incident's severity; the most severe when the configuration no longer knows it. */
export const severityOf = (
  { severity }: Pick<Incident, 'severity'>,
  settings: Settings,
): Severity | undefined => severityNamed(settings, severity) ?? settings.severities[0];

/**
 * The policy of the incident's severity, levels in order of their delay, policies among their targets
 * taken apart; null when it has no levels.
 */
export function policyOf(incident: Pick<Incident, 'severity'>, settings: Settings): Policy | null {
  const name = severityOf(incident, settings)?.policy;
  const policy = name === undefined ? undefined : settings.policies[name];
  if (policy === undefined || policy.levels.length === 0) return null;
  const levels = policy.levels.map((level) => ({
    ...level,
    notify: expanded(level.notify, settings),
  }));
  return { ...policy, levels: levels.sort((a, b) => a.after - b.after) };
}

/** What a rule does for this incident, or null when it has no business running. */
export function courseOf(rule: Rule, incident: Incident, settings: Settings): Course | null {
  const severity = severityOf(incident, settings);
  if (severity === undefined || incident.recorded) return null;
  return paced(incident, settings, (one) => {
    const course = rule.course(one, severity, settings);
    return course === null ? null : putOff(rule.name, course, one, settings);
  });
}

/** From when a clock counts by itself, whatever it was put off by; null when it has no business running. */
export const naturalBasis = (
  name: TimerName,
  incident: Incident,
  settings: Settings,
): Instant | null => courseOf(ruleOf(name), { ...incident, delays: {} }, settings)?.basis ?? null;

/** The rule of a clock. */
export function ruleOf(name: TimerName): Rule {
  const rule = RULES.find((one) => one.name === name);
  if (rule === undefined) throw new Error(`no clock is called ${name}`);
  return rule;
}

/** Every clock there is, in the order in which people are told of them. */
export const CLOCKS: readonly TimerName[] = RULES.map(({ name }) => name);

const AFTERWARDS = ['postmortem', 'actions', 'archive'];

/** Whether a clock is about what is to be done afterwards: no part of what happened. */
export const isAfterwards = (name: string): boolean => AFTERWARDS.includes(name);

/** Clocks that somebody may put off: those that run for the incident; all of an open one where none does. */
export function snoozable(incident: Incident | null, settings: Settings): readonly TimerName[] {
  const told = RULES.filter(({ lazy }) => lazy !== true);
  const running =
    incident === null ? [] : told.filter((rule) => courseOf(rule, incident, settings) !== null);
  // Where no reminder runs, none is offered.
  const all = told.filter(({ name }) => !isAfterwards(name));
  return (running.length === 0 ? all : running).map(({ name }) => name);
}
