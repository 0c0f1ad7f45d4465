import type { Entry, Revision } from '../domain/entry.ts';
import type { Incident, Milestone } from '../domain/incident.ts';
import type { Timer } from '../domain/timers/timer.ts';
import type { entries, incidents, milestones, revisions, timers } from './schema/record.ts';

export type IncidentRow = typeof incidents.$inferSelect;
export type EntryRow = typeof entries.$inferSelect;
export type RevisionRow = typeof revisions.$inferSelect;
export type TimerRow = typeof timers.$inferSelect;
export type MilestoneRow = typeof milestones.$inferSelect & { at: number | null };

/** The one place where a row becomes an incident. */
export function toIncident(row: IncidentRow, marks: readonly MilestoneRow[]): Incident {
  const { channelId, channelName, channelState, departed, ...rest } = row;
  return {
    ...rest,
    ...(Object.keys(departed).length === 0 ? {} : { departed }),
    channel: { id: channelId, name: channelName, state: channelState },
    milestones: marks
      .filter(({ incidentId }) => incidentId === row.id)
      .map(({ name, round, entry, at }): Milestone => ({ name, round, entry, at })),
  };
}

export function fromIncident(incident: Incident): IncidentRow {
  const { channel, milestones: _, ...rest } = incident;
  return {
    ...rest,
    roles: { ...rest.roles },
    header: { ...rest.header },
    counts: { ...rest.counts },
    delays: { ...rest.delays },
    called: [...rest.called],
    openActions: { ...rest.openActions },
    links: [...rest.links],
    departed: { ...rest.departed },
    channelId: channel.id,
    channelName: channel.name,
    channelState: channel.state,
  };
}

export function toEntry({ incidentId: _, ...entry }: EntryRow): Entry {
  return entry;
}

export const fromEntry = (incidentId: string, entry: Entry): EntryRow => ({
  incidentId,
  ...entry,
  kinds: [...entry.kinds],
});

export function toRevision({ incidentId: _, seq: __, ...revision }: RevisionRow): Revision {
  return revision;
}

export function toTimer({ incidentId: _, ...timer }: TimerRow): Timer {
  return timer;
}
