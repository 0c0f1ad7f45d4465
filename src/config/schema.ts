import * as z from 'zod';
import { CONFIGURABLE, LEVELS } from '../domain/permissions.ts';
import { archiveAfter, linkTitle, linkUrl } from './channel.ts';
import { ownSection } from './postmortem.ts';
import { shown } from './problem.ts';
import { target } from './targets.ts';
import {
  businessDays,
  channelId,
  delay,
  duration,
  flag,
  oneOf,
  percent,
  period,
  type Reader,
  reaction,
  userId,
  whole,
  word,
  zone,
} from './values.ts';
import { format, keyVariable, secureUrl } from './webhooks.ts';
import { date, every, handoff, hours } from './week.ts';

/** A value of the file; wrong types and wrong texts get the same sentence. */
const value = <T>({ read, is, because, fix, schema }: Reader<T>, description?: string) =>
  z
    .unknown()
    .transform((written, context): T => {
      const value = read(written);
      if (value !== undefined) return value;
      const plain = written === undefined ? 'is missing' : `${shown(written)} is not ${is}`;
      const message = because?.(written) ?? plain;
      context.addIssue({ code: 'custom', message, params: { fix } });
      return z.NEVER;
    })
    .meta({ ...schema, ...(description === undefined ? {} : { description }) });

const optional = <T>(reader: Reader<T>, description: string) =>
  value(reader, description).optional();

/** Checked in `cross-checks.ts`, so that a bad name does not hide what is wrong below it. */
const name = z.string().meta({ pattern: word.schema.pattern });

const sla = z
  .strictObject({
    acknowledge: optional(duration, 'Somebody says that they are on it within this time.'),
    commander: optional(duration, 'Somebody leads the incident within this time.'),
    first_update: optional(duration, 'The first status update is due within this time.'),
    update_every: optional(duration, 'A status update is due this long after the one before.'),
    mitigate: optional(duration, 'The impact is contained within this time.'),
    resolve: optional(duration, 'The incident is resolved within this time.'),
    postmortem: optional(businessDays, 'The postmortem is published this long after resolution.'),
  })
  .meta({ description: 'The ladder. A rung that is left out does not run.' });

const severity = z.strictObject({
  aliases: z
    .array(value(word))
    .optional()
    .meta({ description: 'Other words for it in commands, in any case.' }),
  policy: optional(word, 'Who is paged: a policy below, or `default` or `quiet`.'),
  sla: sla.optional(),
  warn_at: optional(percent, 'The commander is warned after this share of the time.'),
  pause_while_monitoring: optional(
    flag,
    'Updates, mitigation and resolution are not waited for while the incident is monitoring.',
  ),
});

const level = z
  .strictObject({
    after: value(delay, 'Counted from the opening, or from when the policy was armed again.'),
    notify: z.array(value(target)).min(1).meta({ description: 'Who is told at this level.' }),
  })
  // zod takes a value of any type for one that may be absent.
  .meta({ required: ['after', 'notify'] });

const policy = z.strictObject({
  levels: z.array(level).min(1).meta({ description: 'In ascending order of `after`.' }),
  repeat: optional(whole(0, 50), 'How often the levels are gone through again.'),
  repeat_after: optional(duration, 'The wait between the last level and the next round.'),
});

const rotation = z
  .strictObject({
    every: value(every, 'How long a turn lasts, on the calendar: week, day, 2 weeks, 12 hours.'),
    handoff: optional(handoff, 'When a turn ends and the next begins.'),
    members: z.array(value(userId)).min(1).meta({ description: 'In the order of their turns.' }),
    start: optional(date, "The day on which the first member's first turn begins."),
    time_zone: optional(zone, 'Its own clock, where it is not that of the schedule.'),
    only: z.array(value(hours)).min(1).optional().meta({
      description: 'The hours of the week in which it is on; without it, always.',
    }),
  })
  .meta({ required: ['every', 'members'] });

const schedule = z
  .strictObject({
    time_zone: value(zone, 'Hand-offs and hours are read on the clocks of this zone.'),
    rotation: rotation.optional().meta({ description: 'People who take turns.' }),
    layers: z.array(rotation).min(1).optional().meta({
      description: 'Several rotations, instead of one: the first that has somebody decides.',
    }),
  })
  .meta({ required: ['time_zone'] });

const webhook = z
  .strictObject({
    format: value(format, "What its requests look like: Muster's own, or those of a pager."),
    url: optional(secureUrl, 'Where they go. The pagers have a default.'),
    key: value(keyVariable, 'The variable that holds its key; never the key itself.'),
    internal: optional(flag, "Whether it is in the operator's own network."),
  })
  .meta({ required: ['format', 'key'] });

const quietHours = z
  .strictObject({
    time_zone: value(zone, 'The hours are read on the clocks of this zone.'),
    hours: z.array(value(hours)).min(1).meta({ description: 'When it is quiet.' }),
    below: value(word, 'Incidents less severe than this one are quiet then.'),
  })
  .meta({ required: ['time_zone', 'hours', 'below'] });

const drill = z.strictObject({
  speed: optional(whole(1, 1000), 'How many times faster than life a drill runs.'),
});

const capture = z.strictObject({
  reactions: z.array(value(reaction)).min(1).optional().meta({
    description: 'Reactions, any of which puts a message on the timeline; without it, pushpin.',
  }),
});

const retention = z.strictObject({
  incidents: optional(period, 'How long an incident that is over is kept after its last change.'),
  drills: optional(period, 'The same for drills.'),
});

const postmortem = z.strictObject({
  preset: optional(
    word,
    'The form of every draft: standard, classic, register, statuspage or public.',
  ),
  sections: z.array(value(ownSection)).min(1).optional().meta({
    description: "What it is made of, in this order, instead of the preset's own sections.",
  }),
});

/** What people look for above the messages; a long row of them is not read. */
const MOST_LINKS = 20;

const link = z
  .strictObject({
    title: value(linkTitle, 'What the bookmark is called.'),
    url: value(linkUrl, 'Where it leads.'),
    service: optional(linkTitle, 'Only for incidents of this service, as `set service` names it.'),
  })
  .meta({ required: ['title', 'url'] });

const limits = z.strictObject({
  person: optional(whole(5, 1_000_000), 'From one person.'),
  workspace: optional(whole(20, 1_000_000), 'From everybody together.'),
});

/** What may be written for all workspaces, and for one of them. */
const sections = z.strictObject({
  time_zones: z.array(value(zone)).min(1).optional().meta({
    description: 'Zones that cards and drafts show side by side; the first one leads.',
  }),
  announce: optional(channelId, 'The channel where every incident is announced.'),
  archive_after: optional(
    archiveAfter,
    'How long after its end an incident’s channel is archived: a day at least, or `never`.',
  ),
  links: z.array(link).min(1).max(MOST_LINKS).optional().meta({
    description: 'Bookmarks of the incidents’ channels: a runbook, the status page.',
  }),
  severities: z.record(name, severity).optional().meta({
    description: 'Most severe first. What is listed is what exists; without it, sev1 to sev4.',
  }),
  policies: z.record(name, policy).optional().meta({
    description: 'Who is paged, in which order. `default` and `quiet` exist without being listed.',
  }),
  schedules: z.record(name, schedule).optional().meta({ description: 'Who is on call when.' }),
  webhooks: z.record(name, webhook).optional().meta({
    description: 'Pagers and other systems that are told of pings.',
  }),
  quiet_hours: quietHours.optional().meta({
    description: 'When pings of the less severe incidents wait.',
  }),
  ack_grace: optional(
    duration,
    'How long somebody who acknowledged has to answer when nothing is heard of them.',
  ),
  drill: drill.optional().meta({ description: 'How drills run.' }),
  invite: z.array(value(target)).optional().meta({
    description: 'Invited to every incident besides whoever is paged.',
  }),
  administrators: z.array(value(userId)).optional().meta({
    description: 'Told when a policy is exhausted, and again every hour.',
  }),
  page_asks_above: optional(whole(1, 1000), '`page` asks first above this many people.'),
  roles: z.array(value(word)).optional().meta({
    description: 'Roles that are offered besides the commander.',
  }),
  capture: capture.optional().meta({ description: 'How messages get onto the timeline.' }),
  retention: retention.optional().meta({
    description: 'When `muster purge --due` removes incidents; without it, never.',
  }),
  postmortem: postmortem.optional().meta({ description: 'What drafts look like.' }),
  permissions: z
    .record(name, value(oneOf(LEVELS)))
    .optional()
    .meta({
      description: 'Who may do what, where the defaults do not suit: docs/permissions.md.',
      propertyNames: { enum: [...CONFIGURABLE.keys()] },
    }),
  limits: limits.optional().meta({
    description: 'How many commands, buttons and forms are taken within ten seconds.',
  }),
});

/** The configuration file as people write it; the JSON Schema for editors comes from it too. */
export const fileSchema = sections
  .extend({
    workspaces: z.record(name, sections).optional().meta({
      description: 'By workspace: what is written here takes the place of the same key above.',
    }),
  })
  .meta({ title: 'Muster configuration' });

/** A file that was read: durations are milliseconds, targets are targets. */
export type ConfigurationFile = z.output<typeof fileSchema>;
