import { bigint, index, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import type { Denial } from '../../domain/denial.ts';
import type { Level, Standing } from '../../domain/permissions.ts';
import type { Source } from '../../domain/words.ts';
import { instant } from '../columns.ts';

/** Who was refused what: see `domain/permissions.ts`. Rows are only ever added. No text of anybody's. */
export const denied = pgTable(
  'denied',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    workspace: text().notNull(),
    /** The request's, as in `inbound`. */
    key: text().notNull(),
    at: instant().notNull(),
    actor: text().notNull(),
    standing: text().$type<Standing>().notNull(),
    what: text().$type<Denial['what']>().notNull(),
    needs: text().$type<Level>(),
    source: text().$type<Source>().notNull(),
    incidentId: uuid('incident_id'),
  },
  (table) => [index('denied_workspace').on(table.workspace, table.id)],
);
