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
import type { Action } from '../../domain/action.ts';
import type { Destination, NoticeBody, Reply } from '../../domain/decision.ts';
import type { Message } from '../../domain/text.ts';
import { instant } from '../columns.ts';
import { incidents } from './record.ts';

/** What is still to be said or done in Slack. `dest` orders: only its oldest open row is taken. */
export const outbox = pgTable(
  'outbox',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    workspace: text().notNull(),
    incidentId: uuid('incident_id'),
    dest: text().notNull(),
    to: jsonb().$type<Destination>().notNull(),
    what: jsonb().$type<NoticeBody>().notNull(),
    key: text().notNull(),
    collapse: text(),
    /** `held`: older than anything that should still be said, when Muster started; see `doctor`. */
    state: text()
      .$type<'pending' | 'sending' | 'sent' | 'superseded' | 'dead' | 'held'>()
      .notNull(),
    attempts: integer().notNull(),
    nextAt: instant('next_at').notNull(),
    /** Set while an attempt may have reached Slack without our knowing. */
    unsureSince: instant('unsure_since'),
    leaseUntil: instant('lease_until'),
    leaseOwner: text('lease_owner'),
    lastError: text('last_error'),
    createdAt: instant('created_at').notNull(),
    sentAt: instant('sent_at'),
  },
  (table) => [
    uniqueIndex('outbox_key').on(table.key),
    index('outbox_open').on(table.dest, table.id).where(sql`state in ('pending', 'sending')`),
    index('outbox_incident').on(table.incidentId).where(sql`state in ('pending', 'sending')`),
    index('outbox_dead').on(table.createdAt).where(sql`state = 'dead'`),
  ],
);

/** Our messages in Slack that are edited later, by name. */
export const posts = pgTable(
  'post',
  {
    incidentId: uuid('incident_id').notNull(),
    name: text().notNull(),
    channel: text().notNull(),
    ts: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.incidentId, table.name] })],
);

/**
 * Slack's Retry-After and our own back-off, honoured by every replica. Rows whose scope begins with
 * `pulse` or `finding:` hold nobody up: see `pulse.ts`.
 */
export const gates = pgTable('gate', {
  scope: text().primaryKey(),
  until: instant().notNull(),
  reason: text().notNull(),
});

/** Every request from Slack by its key, with the reply that a repetition gets. Kept a day. */
export const inbound = pgTable(
  'inbound',
  {
    workspace: text().notNull(),
    key: text().notNull(),
    actor: text().notNull(),
    typed: text().notNull(),
    outcome: text().$type<Reply['outcome']>().notNull(),
    reply: jsonb().$type<Reply>().notNull(),
    /** What a question was about: confirmed as it was typed, when it was typed. */
    pending: jsonb().$type<{ incident: string; action: Action; zone: string | null }>(),
    incidentId: uuid('incident_id'),
    receivedAt: instant('received_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspace, table.key] }),
    index('inbound_actor').on(table.workspace, table.actor, table.receivedAt),
    index('inbound_received').on(table.receivedAt),
  ],
);

/** Heavy work: a row with a lease, swept like a timer, so that a lost job never means a lost draft. */
export const work = pgTable(
  'work',
  {
    id: uuid().primaryKey(),
    incidentId: uuid('incident_id')
      .notNull()
      .references(() => incidents.id),
    kind: text().$type<'draft'>().notNull(),
    reason: text().$type<'resolved' | 'corrected' | 'asked'>().notNull(),
    gen: integer().notNull(),
    dueAt: instant('due_at').notNull(),
    state: text().$type<'pending' | 'done'>().notNull(),
    attempts: integer().notNull(),
    leaseUntil: instant('lease_until'),
    lastError: text('last_error'),
  },
  (table) => [
    uniqueIndex('work_kind').on(table.incidentId, table.kind),
    index('work_due').on(table.dueAt).where(sql`state = 'pending'`),
  ],
);

export const drafts = pgTable(
  'draft',
  {
    incidentId: uuid('incident_id').notNull(),
    version: integer().notNull(),
    markdown: text().notNull(),
    message: jsonb().$type<Message>().notNull(),
    at: instant().notNull(),
    basedOn: integer('based_on').notNull(),
  },
  (table) => [primaryKey({ columns: [table.incidentId, table.version] })],
);

/** Names for Slack ids: people with their zones, and user groups, so that a draft can name both. */
export const people = pgTable(
  'person',
  {
    workspace: text().notNull(),
    id: text().notNull(),
    /** `name`: from an exported file; nothing else is known of them yet. */
    kind: text().$type<'person' | 'group' | 'name'>().notNull(),
    name: text().notNull(),
    zone: text(),
    admin: boolean().notNull(),
    guest: boolean().notNull(),
    bot: boolean().notNull(),
    deleted: boolean().notNull(),
    fetchedAt: instant('fetched_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspace, table.id] })],
);

/**
 * Every running process, with when it last reached the database. One that stopped in order takes its row
 * away; what a process without one wrote into Slack meanwhile is looked for since then.
 */
export const replicas = pgTable('replica', {
  id: uuid().primaryKey(),
  seenAt: instant('seen_at').notNull(),
});
