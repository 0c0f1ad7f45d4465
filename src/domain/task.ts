import { COMMANDER, firstInside, type Incident, type Led, milestone } from './incident.ts';
import type { Instant } from './instant.ts';
import { WITH } from './report-members.ts';
import { momentOfReview } from './review.ts';

/** Who sees to it that the postmortem is published: a role like any other. */
export const OWNER = 'postmortem owner';
/** Who writes it. */
export const AUTHOR = 'postmortem author';
/** Who was asked to review it. */
export const REVIEWER = 'postmortem reviewer';

/** Header fields that only the verbs of the postmortem set. */
export const DUE = 'postmortem due';
export const ASKED = 'postmortem review';
export const REVIEWED = 'postmortem reviewed';

/** Whether a header field says how the postmortem stands, and nothing of the incident. */
export const isOfTask = (field: string): boolean => [DUE, ASKED, REVIEWED, WITH].includes(field);

export const TASK_STATES = ['draft', 'in review', 'reviewed', 'published'] as const;
/** How the postmortem stands. */
export type TaskState = (typeof TASK_STATES)[number];

/** How the postmortem of an incident stands; after a reopening it is a draft again. */
export function taskState(incident: Pick<Incident, 'header' | 'milestones' | 'round'>): TaskState {
  if (milestone(incident, 'closed', incident.round) !== undefined) return 'published';
  if (Object.hasOwn(incident.header, REVIEWED)) return 'reviewed';
  return Object.hasOwn(incident.header, ASKED) ? 'in review' : 'draft';
}

/** Who is reminded of it: its owner, or else who leads, or else who declared; the first who can read it. */
export const ownerOf = (incident: Led): string =>
  firstInside(incident, incident.roles[OWNER], incident.roles[COMMANDER], incident.declaredBy);

/** When somebody said that it is due; null where the ladder alone says so. */
export const dueOf = ({ header }: Pick<Incident, 'header'>): Instant | null =>
  Object.hasOwn(header, DUE) ? momentOfReview(header[DUE] ?? '') : null;

/** The header of an incident whose postmortem begins anew. */
export function unreviewed({ header }: Pick<Incident, 'header'>): Incident['header'] {
  const { [ASKED]: _asked, [REVIEWED]: _reviewed, ...rest } = header;
  return rest;
}
