import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { Decided, Seal } from '../../domain/archive.ts';
import type { Detail, Entry, Revision, TimeQuestion, TypedTime } from '../../domain/entry.ts';
import type { Alert, Channel, Delay, OpenAction } from '../../domain/incident.ts';
import type { Instant } from '../../domain/instant.ts';
import type { Link } from '../../domain/link.ts';
import type { Timer, TimerName } from '../../domain/timers/timer.ts';
import type { Kind, MilestoneName, Source, Status } from '../../domain/words.ts';
import { instant } from '../columns.ts';

// No column has `default now()`: it binds at creation and escapes a test's clock, and every
// instant here means something that the writer must have decided. A column that came later has a
// constant default, so that the version before it can go on writing while replicas are replaced.

/** The next incident number of a workspace, taken under this row's lock: never `max + 1`. */
export const counters = pgTable('counter', {
  workspace: text().primaryKey(),
  next: integer().notNull(),
});

export const incidents = pgTable(
  'incident',
  {
    id: uuid().primaryKey(),
    workspace: text().notNull(),
    number: integer().notNull(),
    title: text().notNull(),
    severity: text().notNull(),
    status: text().$type<Status>().notNull(),
    private: boolean().notNull(),
    drill: boolean().notNull().default(false),
    recorded: boolean().notNull(),
    channelId: text('channel_id'),
    channelName: text('channel_name').notNull(),
    channelState: text('channel_state').$type<Channel['state']>().notNull(),
    declaredBy: text('declared_by').notNull(),
    openedAt: instant('opened_at').notNull(),
    roles: jsonb().$type<Record<string, string>>().notNull(),
    header: jsonb().$type<Record<string, string>>().notNull(),
    round: integer().notNull(),
    armedAt: instant('armed_at').notNull(),
    severityChangedAt: instant('severity_changed_at'),
    lastUpdateAt: instant('last_update_at'),
    acknowledgedBy: text('acknowledged_by'),
    lastSignAt: instant('last_sign_at'),
    pausedAt: instant('paused_at'),
    delays: jsonb().$type<Record<string, Delay>>().notNull().default({}),
    called: jsonb().$type<Alert[]>().notNull().default([]),
    openActions: jsonb('open_actions').$type<Record<string, OpenAction>>().notNull().default({}),
    links: jsonb().$type<Link[]>().notNull().default([]),
    remindedAt: instant('reminded_at'),
    /** Who left the private channel, and when: see `visible.ts`. A version before it leaves it alone. */
    departed: jsonb().$type<Record<string, Instant>>().notNull().default({}),
    nextEntry: integer('next_entry').notNull(),
    counts: jsonb().$type<Record<string, number>>().notNull(),
    seq: integer().notNull(),
    /** The hash of its newest audit row: see `chain`. Empty where a version without the chain opened it. */
    chain: text().notNull().default(''),
  },
  (table) => [
    uniqueIndex('incident_number').on(table.workspace, table.drill, table.number),
    uniqueIndex('incident_channel').on(table.workspace, table.channelId),
    index('incident_open')
      .on(table.workspace, table.openedAt)
      .where(sql`status not in ('resolved', 'cancelled')`),
    index('incident_words').using('gin', sql`to_tsvector('simple', ${table.title})`),
  ],
);

export const entries = pgTable(
  'entry',
  {
    incidentId: uuid('incident_id')
      .notNull()
      .references(() => incidents.id),
    no: integer().notNull(),
    at: instant(),
    time: jsonb().$type<TypedTime>(),
    question: jsonb().$type<TimeQuestion>(),
    after: integer(),
    kinds: text().array().$type<Kind[]>().notNull(),
    text: text().notNull(),
    detail: jsonb().$type<Detail>(),
    author: text(),
    source: text().$type<Source>().notNull(),
    recordedAt: instant('recorded_at').notNull(),
    struck: jsonb().$type<Entry['struck']>(),
    revision: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.incidentId, table.no] }),
    // Decision 23: no language's rules, and no column that every writer would have to know of.
    index('entry_words').using('gin', sql`to_tsvector('simple', ${table.text})`),
  ],
);

/** What an entry was before each correction. Rows are only ever added. */
export const revisions = pgTable(
  'revision',
  {
    incidentId: uuid('incident_id').notNull(),
    entry: integer().notNull(),
    revision: integer().notNull(),
    before: jsonb().$type<Entry>().notNull(),
    by: text(),
    at: instant().notNull(),
    change: text().$type<Revision['change']>().notNull(),
    reason: text(),
    seq: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.incidentId, table.entry, table.revision] })],
);

/** A milestone has no time of its own: it points to the entry that has. */
export const milestones = pgTable(
  'milestone',
  {
    incidentId: uuid('incident_id').notNull(),
    name: text().$type<MilestoneName>().notNull(),
    round: integer().notNull(),
    entry: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.incidentId, table.name, table.round] })],
);

export const timers = pgTable(
  'timer',
  {
    id: uuid().primaryKey(),
    incidentId: uuid('incident_id')
      .notNull()
      .references(() => incidents.id),
    name: text().$type<TimerName>().notNull(),
    step: integer().notNull(),
    dueAt: instant('due_at').notNull(),
    basis: instant().notNull(),
    span: bigint({ mode: 'number' }).notNull(),
    delay: bigint({ mode: 'number' }).notNull().default(0),
    gen: integer().notNull(),
    state: text().$type<Timer['state']>().notNull(),
  },
  (table) => [
    uniqueIndex('timer_name').on(table.incidentId, table.name),
    index('timer_due').on(table.dueAt).where(sql`state = 'pending'`),
  ],
);

/** Every accepted change, in the order in which it was decided. Rows are only ever added. */
export const audit = pgTable(
  'audit',
  {
    incidentId: uuid('incident_id').notNull(),
    seq: integer().notNull(),
    at: instant().notNull(),
    actor: text(),
    source: text().$type<Source>().notNull(),
    action: jsonb().$type<Decided>().notNull(),
    /** Digests of what the change wrote: see `chain`. Null with a version that had no chain. */
    seals: jsonb().$type<Seal[]>(),
    /** Covers the hash before it. Null, and once `@seq` of the row that sealed it later, with such a version. */
    hash: text(),
  },
  (table) => [
    primaryKey({ columns: [table.incidentId, table.seq] }),
    index('audit_unsealed').on(table.incidentId).where(sql`hash is null`),
  ],
);

/** Incidents that the owner of the database removed, by `muster_purge`: what is left of them. */
export const purged = pgTable(
  'purged',
  {
    workspace: text().notNull(),
    drill: boolean().notNull(),
    number: integer().notNull(),
    at: instant().notNull(),
    by: text().notNull(),
    reason: text().notNull(),
    /** The newest hash that it had. */
    chain: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspace, table.drill, table.number] })],
);

/** Incidents that came from an exported file; see `restore`. The row stays when the incident is purged. */
export const imported = pgTable(
  'imported',
  {
    workspace: text().notNull(),
    drill: boolean().notNull(),
    number: integer().notNull(),
    at: instant().notNull(),
    /** Up to which change the record came from the file. */
    seq: integer().notNull(),
    /** The numbers from here to its own were never given here: `verify` does not miss them. */
    skippedFrom: integer('skipped_from').notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspace, table.drill, table.number] })],
);

/**
 * Incidents that the report of another one is about, or once was: by number, as people name them.
 * Whether it is now, the header of the one whose report it is says.
 */
export const reportMembers = pgTable(
  'report_member',
  {
    workspace: text().notNull(),
    drill: boolean().notNull(),
    number: integer().notNull(),
    lead: uuid('lead_id')
      .notNull()
      .references(() => incidents.id, { onDelete: 'cascade' }),
  },
  (table) => [primaryKey({ columns: [table.workspace, table.drill, table.number, table.lead] })],
);

/** Who stands in on call. Ended ones stay: a year later somebody asks who was paged, and why. */
export const overrides = pgTable(
  'on_call_override',
  {
    id: uuid().primaryKey(),
    workspace: text().notNull(),
    schedule: text().notNull(),
    user: text('person').notNull(),
    from: instant('from_at').notNull(),
    until: instant('until_at').notNull(),
    by: text('arranged_by').notNull(),
    at: instant('arranged_at').notNull(),
  },
  (table) => [index('on_call_override_until').on(table.workspace, table.until)],
);
