import type { Zone } from '../domain/instant.ts';
import { CONFIGURABLE } from '../domain/permissions.ts';
import type { Layer, Schedule } from '../domain/schedules/schedule.ts';
import type { Policy, QuietHours, Settings, Severity, Sla, Webhook } from '../domain/settings.ts';
import {
  DEFAULT_POLICY,
  DEFAULTS,
  HANDOFF,
  REPEAT,
  REPEAT_AFTER,
  START,
  WARN_AT,
} from './defaults.ts';
import type { ConfigurationFile } from './schema.ts';
import { addressOf } from './webhooks.ts';

type Written<K extends 'severities' | 'policies' | 'schedules' | 'webhooks'> = NonNullable<
  ConfigurationFile[K]
>[string];

/** The complete settings: what the file says, and the defaults where it says nothing. */
export const settle = (file: ConfigurationFile): Settings => ({
  zones: file.time_zones ?? DEFAULTS.zones,
  announce: file.announce ?? DEFAULTS.announce,
  ...channelLife(file),
  severities:
    file.severities === undefined
      ? DEFAULTS.severities
      : Object.entries(file.severities).map(([name, written]) => severity(name, written)),
  policies: {
    ...DEFAULTS.policies,
    ...mapped(file.policies ?? {}, policy),
  },
  invite: file.invite ?? DEFAULTS.invite,
  administrators: file.administrators ?? DEFAULTS.administrators,
  pageAsksAbove: file.page_asks_above ?? DEFAULTS.pageAsksAbove,
  schedules: mapped(file.schedules ?? {}, schedule),
  webhooks: mapped(file.webhooks ?? {}, webhook),
  quietHours: file.quiet_hours === undefined ? DEFAULTS.quietHours : quietHours(file.quiet_hours),
  ackGrace: file.ack_grace ?? DEFAULTS.ackGrace,
  drillSpeed: file.drill?.speed ?? DEFAULTS.drillSpeed,
  roles: file.roles ?? DEFAULTS.roles,
  captureReactions: captureReactions(file),
  postmortem: postmortem(file.postmortem),
  permissions: permissions(file.permissions),
  limits: limits(file.limits),
  retention: retention(file),
});

const channelLife = (file: ConfigurationFile): Pick<Settings, 'archiveAfter' | 'links'> => ({
  // Null is an answer here: never.
  archiveAfter: file.archive_after === undefined ? DEFAULTS.archiveAfter : file.archive_after,
  links: (file.links ?? []).map(({ title, url, service = null }) => ({ title, url, service })),
});

/** The checks between the parts have refused every name that is none. */
const permissions = (written: ConfigurationFile['permissions'] = {}): Settings['permissions'] =>
  Object.fromEntries(
    Object.entries(written).map(([name, level]) => [CONFIGURABLE.get(name) ?? name, level]),
  );

const postmortem = ({
  preset,
  sections,
}: NonNullable<ConfigurationFile['postmortem']> = {}): Settings['postmortem'] => ({
  preset: preset ?? DEFAULTS.postmortem.preset,
  sections: sections ?? DEFAULTS.postmortem.sections,
});

const limits = ({
  person = DEFAULTS.limits.person,
  workspace = DEFAULTS.limits.workspace,
}: NonNullable<ConfigurationFile['limits']> = {}): Settings['limits'] => ({ person, workspace });

const retention = ({ retention: written = {} }: ConfigurationFile): Settings['retention'] => ({
  incidents: written.incidents ?? DEFAULTS.retention.incidents,
  drills: written.drills ?? DEFAULTS.retention.drills,
});

const captureReactions = ({ capture }: ConfigurationFile): readonly string[] =>
  capture?.reactions ?? DEFAULTS.captureReactions;

const mapped = <W, T>(
  written: Readonly<Record<string, W>>,
  make: (name: string, written: W) => T,
): Readonly<Record<string, T>> =>
  Object.fromEntries(Object.entries(written).map(([name, each]) => [name, make(name, each)]));

/** `sev2: {}` is the sev2 everybody has; a ladder that is written stands as it is written. */
function severity(name: string, written: Written<'severities'>): Severity {
  const usual = DEFAULTS.severities.find((known) => known.name === name);
  return {
    name,
    aliases: written.aliases ?? usual?.aliases ?? [],
    policy: written.policy ?? usual?.policy ?? DEFAULT_POLICY,
    sla: written.sla === undefined ? (usual?.sla ?? ladder({})) : ladder(written.sla),
    warnAt: written.warn_at ?? usual?.warnAt ?? WARN_AT,
    pausesWhileMonitoring: written.pause_while_monitoring ?? usual?.pausesWhileMonitoring ?? false,
  };
}

const ladder = (written: NonNullable<Written<'severities'>['sla']>): Sla => ({
  acknowledge: written.acknowledge ?? null,
  commander: written.commander ?? null,
  firstUpdate: written.first_update ?? null,
  updateEvery: written.update_every ?? null,
  mitigate: written.mitigate ?? null,
  resolve: written.resolve ?? null,
  postmortemBusinessDays: written.postmortem ?? null,
});

const policy = (name: string, written: Written<'policies'>): Policy => ({
  name,
  levels: written.levels,
  repeat: written.repeat ?? REPEAT,
  repeatAfter: written.repeat_after ?? REPEAT_AFTER,
});

const schedule = (name: string, written: Written<'schedules'>): Schedule => ({
  name,
  zone: written.time_zone,
  layers: [
    ...(written.layers ?? []),
    ...(written.rotation === undefined ? [] : [written.rotation]),
  ].map((rotation) => layer(rotation, written.time_zone)),
});

const layer = (written: NonNullable<Written<'schedules'>['rotation']>, zone: Zone): Layer => {
  const { weekday, hour, minute } = written.handoff ?? HANDOFF;
  return {
    members: written.members,
    turn: written.every,
    handoff: { weekday: weekday ?? HANDOFF.weekday, hour, minute },
    start: written.start ?? START,
    only: written.only ?? [],
    zone: written.time_zone ?? zone,
  };
};

const webhook = (name: string, written: Written<'webhooks'>): Webhook => ({
  name,
  format: written.format,
  url: addressOf(written.format, written.url),
  keyFrom: written.key,
  internal: written.internal ?? false,
});

const quietHours = (written: NonNullable<ConfigurationFile['quiet_hours']>): QuietHours => ({
  zone: written.time_zone,
  hours: written.hours,
  below: written.below,
});
