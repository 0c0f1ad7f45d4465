import type { Notice } from '../domain/decision.ts';
import type { StoredDraft } from '../ports.ts';
import { NOW } from './bulk.ts';
import { run, type Sql } from './connect.ts';
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
const LOCK_INCIDENT = `select workspace, ${NOW} as "now" from incident where id = $1 for update`;
const NEWEST = 'select max(version) as version from draft where incident_id = $1';
const KEEP_DRAFT = `insert into draft (incident_id, version, markdown, message, at, based_on)
  values ($1, $2, $3, $4::text::jsonb, now(), $5)`;

export interface WorkItem {
  readonly id: string;
  readonly incident: string;
  readonly gen: number;
  readonly reason: 'resolved' | 'corrected' | 'asked';
}

export type NewDraft = Pick<StoredDraft, 'markdown' | 'message' | 'basedOn'>;

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
    /** The next version's number, for the draft that is about to be composed. */
    async nextVersion(incident: string): Promise<number> {
      const [row] = await run<{ version: number | null }>(sql, NEWEST, [incident]);
      return (row?.version ?? 0) + 1;
    },
    /** Keeps a version and lets it be posted, or neither; false when that version exists already. */
    keepDraft: (
      incident: string,
      version: number,
      draft: NewDraft,
      notices: readonly Notice[],
    ): Promise<boolean> =>
      whenBusy(() =>
        sql.begin(async (tx) => {
          const [row] = await run<{ workspace: string; now: number }>(tx, LOCK_INCIDENT, [
            incident,
          ]);
          const [newest] = await run<{ version: number | null }>(tx, NEWEST, [incident]);
          if (!row || (newest?.version ?? 0) >= version) return false;
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
          return true;
        }),
      ),
  };
}

export type WorkStore = ReturnType<typeof createWork>;
