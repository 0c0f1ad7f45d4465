import { type Incident, isOver, milestone } from '../incident.ts';
import { DAY, type Instant, type Zone } from '../instant.ts';
import type { Settings, Severity } from '../settings.ts';
import { dueOf } from '../task.ts';
import { addBusinessDays, workingMorning } from './business-days.ts';
import {
  type Course,
  ladderCourse,
  naggingCourse,
  presenceCourse,
  reminderCourse,
} from './course.ts';
import { delayOf } from './put-off.ts';

/** A warning and a breach after so long; null where the ladder has no such rung. */
export const ladder = (basis: Instant, span: number | null, { warnAt }: Severity): Course | null =>
  span === null ? null : ladderCourse(basis, span, warnAt);

/** When the current round began: the declaration, or the last reopening. */
const roundStart = (incident: Incident): Instant =>
  milestone(incident, 'reopened', incident.round)?.at ?? incident.openedAt;

/** Counted from the start of the round, but never less than the warning span from the last upgrade. */
export function sinceStart(
  incident: Incident,
  span: number | null,
  severity: Severity,
): Course | null {
  if (span === null) return null;
  const start = roundStart(incident);
  const changed = incident.severityChangedAt;
  const floor = changed === null ? start : changed - Math.round(span * severity.warnAt);
  return ladderCourse(Math.max(start, floor), span, severity.warnAt);
}

/** Counted from the last update; the first one has a time of its own. */
export function updateCourse(incident: Incident, severity: Severity): Course | null {
  const { firstUpdate, updateEvery } = severity.sla;
  const { armedAt, lastUpdateAt } = incident;
  const updated = lastUpdateAt !== null && lastUpdateAt >= armedAt;
  const span = updated ? updateEvery : (firstUpdate ?? updateEvery);
  if (span === null) return null;
  return naggingCourse(
    updated ? lastUpdateAt : armedAt,
    span,
    updateEvery ?? span,
    severity.warnAt,
  );
}

/**
 * An acknowledgement lives on signs of life, at most an update interval apart.
 *
 * Where the next update was put off, silence is what everybody expects until then.
 */
export function signOfLife(
  incident: Incident,
  severity: Severity,
  { ackGrace: grace }: Settings,
): Course | null {
  const span = severity.sla.updateEvery;
  const update = updateCourse(incident, severity);
  if (span === null || update === null) return null;
  const delay = delayOf('update', update, incident)?.ms ?? 0;
  return presenceCourse(incident.lastSignAt ?? incident.armedAt, { span, delay, grace });
}

const leadingZone = ({ zones }: Settings): Zone => zones[0] ?? 'UTC';

/** The postmortem is due when somebody said so, else some working days after the resolution, until it is published. */
export function postmortemCourse(
  incident: Incident,
  severity: Severity,
  settings: Settings,
): Course | null {
  const days = severity.sla.postmortemBusinessDays;
  const resolved = milestone(incident, 'resolved', incident.round)?.at ?? null;
  if (incident.status !== 'resolved' || resolved === null) return null;
  if (milestone(incident, 'closed', incident.round) !== undefined) return null;
  const zone = leadingZone(settings);
  const due = dueOf(incident) ?? (days === null ? null : addBusinessDays(resolved, days, zone));
  return due === null ? null : reminderCourse(resolved, due, zone);
}

/**
 * Action items are due one by one, and those that were reminded of come back each working morning.
 *
 * It counts from the last reminder, so that every reminder plans the next one anew.
 */
export function actionsCourse(
  { status, openActions, remindedAt, openedAt }: Incident,
  settings: Settings,
): Course | null {
  const dues = Object.values(openActions).flatMap(({ due }) => due ?? []);
  if (status === 'cancelled' || dues.length === 0) return null;
  const zone = leadingZone(settings);
  const moments = dues.map((due) =>
    remindedAt === null || due > remindedAt ? due : workingMorning(remindedAt, 1, zone),
  );
  return reminderCourse(remindedAt ?? openedAt, Math.min(...moments), zone);
}

/**
 * The channel is archived so long after the postmortem is out, or, where it is not, after it should
 * have been; of what was cancelled, after its end. People are told a day before: that is its one step.
 */
export function archiveCourse(
  incident: Incident,
  severity: Severity,
  settings: Settings,
): Course | null {
  const { archiveAfter: span } = settings;
  if (span === null || !isOver(incident) || incident.channel.state !== 'ready') return null;
  const basis = putAwayFrom(incident, severity, settings);
  const step = { dueAt: basis + span - DAY, event: { type: 'archive' } } as const;
  return { basis, span, delay: 0, step: (n) => (n === 0 ? step : null) };
}

function putAwayFrom(incident: Incident, severity: Severity, settings: Settings): Instant {
  const { round, lastSignAt, openedAt, status } = incident;
  const end = lastSignAt ?? openedAt;
  if (status !== 'resolved') return end;
  const published = milestone(incident, 'closed', round)?.at ?? null;
  const due = postmortemCourse(incident, severity, settings)?.step(0)?.dueAt ?? null;
  return published ?? Math.max(milestone(incident, 'resolved', round)?.at ?? end, due ?? 0);
}

/** Whether it stands still because the incident is being monitored. */
export const isPaused = (incident: Incident): boolean =>
  incident.pausedAt !== null && !isOver(incident);
