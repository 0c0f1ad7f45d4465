import type { Denial } from '../domain/denial.ts';
import type { Instant } from '../domain/instant.ts';
import type { Level, Standing } from '../domain/permissions.ts';
import type { Refusal } from '../domain/result.ts';
import type { DeniedAttempt } from '../domain/views/denials.ts';
import type { Answer, Change } from '../ports.ts';
import { type Queryable, run, type Sql } from './connect.ts';
import { visibleTo } from './visible.ts';

const NOTE = `insert into denied (workspace, key, actor, standing, what, needs, source, incident_id, at)
  values ($1, $2, $3, $4, $5, $6, $7, $8::text::uuid, now())`;
const NEWEST = `select d.actor, d.standing, d.what, d.needs, d.source, d.incident_id is not null as "aboutOne",
    floor(extract(epoch from d.at) * 1000)::float8 as at, i.number, i.drill,
    count(*) over ()::int as count
  from denied d left join incident i on i.id = d.incident_id and ${visibleTo('$2')}
  where d.workspace = $1 order by d.id desc limit $3`;

interface Row {
  readonly actor: string;
  readonly standing: Standing;
  readonly what: Denial['what'];
  readonly needs: Level | null;
  readonly source: Denial['source'];
  readonly at: Instant;
  readonly aboutOne: boolean;
  readonly number: number | null;
  readonly drill: boolean | null;
  readonly count: number;
}

/** Writes down that somebody was refused something, beside the reply that told them. */
export async function noteDenied(
  tx: Queryable,
  { workspace, key, actor }: Pick<Answer, 'workspace' | 'key' | 'actor'>,
  { what, needs, standing, source, incident }: Denial,
): Promise<void> {
  await run(tx, NOTE, [workspace, key, actor.id, standing, what, needs, source, incident]);
}

/** The same for a change; nothing where the refusal has another reason. */
export async function noteIfDenied(
  tx: Queryable,
  { workspace, key, request }: Pick<Change, 'workspace' | 'key' | 'request'>,
  { denied }: Refusal,
): Promise<void> {
  if (denied === undefined) return;
  await noteDenied(tx, { workspace, key, actor: request.actor }, denied);
}

function incidentOf({ aboutOne, number, drill }: Row): DeniedAttempt['incident'] {
  if (!aboutOne) return null;
  return number === null ? 'hidden' : { number, drill: drill === true };
}

/** What was refused, for the administrators. */
export function createDenied(sql: Sql) {
  return {
    async denied(workspace: string, viewer: string, limit: number) {
      const rows = await run<Row>(sql, NEWEST, [workspace, viewer, limit]);
      const attempts = rows.map(
        (row): DeniedAttempt => ({
          at: row.at,
          actor: row.actor,
          standing: row.standing,
          what: row.what,
          needs: row.needs,
          source: row.source,
          incident: incidentOf(row),
        }),
      );
      return { attempts, count: rows[0]?.count ?? 0 };
    },
  };
}
