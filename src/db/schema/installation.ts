import { boolean, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from '../columns.ts';

/**
 * Muster as workspaces and organisations have installed it. Tokens are sealed (`sealing.ts`) for
 * their row and column, and null once Muster was removed.
 */
export const installations = pgTable('installation', {
  /** Slack's id: `T…`, or `E…` for all workspaces of an organisation. */
  id: text().primaryKey(),
  isOrg: boolean('is_org').notNull(),
  enterprise: text(),
  name: text().notNull(),
  appId: text('app_id').notNull(),
  botId: text('bot_id').notNull(),
  botUserId: text('bot_user_id').notNull(),
  /** Separated by commas, as Slack gives them. */
  scopes: text().notNull(),
  installedBy: text('installed_by').notNull(),
  installedAt: instant('installed_at').notNull(),
  botToken: text('bot_token'),
  refreshToken: text('refresh_token'),
  expiresAt: instant('expires_at'),
  /** The replica that asks for the next token, and until when the others wait for it. */
  refreshingBy: uuid('refreshing_by'),
  refreshingUntil: instant('refreshing_until'),
  refreshFault: text('refresh_fault'),
  removedAt: instant('removed_at'),
  removedWhy: text('removed_why'),
});

/** The workspaces that an organisation's installation was seen to serve. */
export const orgWorkspaces = pgTable('org_workspace', {
  workspace: text().primaryKey(),
  enterprise: text().notNull(),
});

/** Digests of what browsers carried through an installation, kept until it is too old anyway. */
export const installStates = pgTable('install_state', {
  digest: text().primaryKey(),
  until: instant().notNull(),
});
