import type { Notice } from '../domain/decision.ts';
import type { Incident } from '../domain/incident.ts';
import type { StoredDraft } from '../ports.ts';
import { NOW } from './bulk.ts';
import { run, type Sql } from './connect.ts';
import { refreshReports } from './reports.ts';
import { whenBusy } from './retry.ts';
import { writeNotices } from './write.ts';

const LEASE_SECONDS = 30;

/** Work that keeps failing waits longer each time, and says why in `last_error`. */
const CLAIM = `update work set attempts = attempts + 1,
    lease_until = now() + interval '${LEASE_SECONDS} seconds',
    due_at = now() + interval '${LEASE_SECONDS} seconds' * least(attempts + 1, 20)
  where id = (select id from work where state = 'pending' and due_at <= now()
      and (lease_until is null or lease_until < now())
    order by due_at limit 1 for update skip locked)
  returning id, incident_id as incident, gen, reason`;
/** Asked for again meanwhile: `gen` has moved on and the row stays pending, due at once. */
const DONE = `update work set lease_until = null, last_error = null,
    state = case when gen = $2 then 'done' else 'pending' end,
    due_at = case when gen = $2 then due_at else now() end where id = $1`;
const FAILED = 'update work set last_error = $2, lease_until = null where id = $1';
const COUNT_DUE = `select count(*)::int as due from work where state = 'pending' and due_at <= now()`;
/**
 * With those in its report, so that none of them is redacted meanwhile. Rows that only
 * refer to one may be added all the same: a redaction of another one adds some.
 */
const LOCK_INCIDENTS = `select id, workspace, ${NOW} as "now" from incident
  where id = any($1::text[]::uuid[]) order by id for no key update`;
const NEWEST = 'select max(version) as version from draft where incident_id = $1';
const KEEP_DRAFT = `insert into draft (incident_id, version, markdown, message, at, based_on)
  values ($1, $2, $3, $4::text::jsonb, now(), $5)`;
/** What was read before a redaction and composed meanwhile would bring back what is gone. */
const REDACTED_SINCE = `select 1 from jsonb_to_recordset($1::text::jsonb) as x(id uuid, seq int)
  join audit a on a.incident_id = x.id and a.seq > x.seq
  where a.action->>'type' = 'redact' limit 1`;

export interface WorkItem {
  readonly id: string;
  readonly incident: string;
  readonly gen: number;
  readonly reason: 'resolved' | 'corrected' | 'asked';
}

export interface NewDraft extends Pick<StoredDraft, 'markdown' | 'message' | 'basedOn'> {
  /** The other incidents that it is about, as they were read. */
  readonly others: readonly Pick<Incident, 'id' | 'seq'>[];
}

interface Locked {
  readonly id: string;
  readonly workspace: string;
  readonly now: number;
}

/** Heavy work as one process takes it: one row at a time, with a lease. */
export function createWork(sql: Sql) {
  return {
    async claim(): Promise<WorkItem | null> {
      const [item] = await run<WorkItem>(sql, CLAIM);
      return item ?? null;
    },
    async due(): Promise<number> {
      const [count] = await run<{ due: number }>(sql, COUNT_DUE);
      return count?.due ?? 0;
    },
    done: (item: WorkItem): Promise<unknown> => run(sql, DONE, [item.id, item.gen]),
    failed: (item: WorkItem, why: string): Promise<unknown> => run(sql, FAILED, [item.id, why]),
    /**
     * Keeps a version, lets it be posted and has the reports composed again that its incident was put
     * into, or none of it; false when that version exists already.
     */
    keepDraft: (
      incident: string,
      version: number,
      draft: NewDraft,
      notices: readonly Notice[],
    ): Promise<boolean> =>
      whenBusy(() =>
        sql.begin(async (tx) => {
          const read = [{ id: incident, seq: draft.basedOn }, ...draft.others];
          const locked = await run<Locked>(tx, LOCK_INCIDENTS, [read.map(({ id }) => id)]);
          const row = locked.find(({ id }) => id === incident);
          const [newest] = await run<{ version: number | null }>(tx, NEWEST, [incident]);
          if (!row || (newest?.version ?? 0) >= version) return false;
          const gone = await run(tx, REDACTED_SINCE, [JSON.stringify(read)]);
          if (gone.length > 0) return false;
          await run(tx, KEEP_DRAFT, [
            incident,
            version,
            draft.markdown,
            JSON.stringify(draft.message),
            draft.basedOn,
          ]);
          const subject = { id: incident, workspace: row.workspace };
          await writeNotices(
            tx,
            notices.map((notice) => ({ incident: subject, notice })),
            row.now,
          );
          await refreshReports(tx, [incident]);
          return true;
        }),
      ),
  };
}

export type WorkStore = ReturnType<typeof createWork>;
