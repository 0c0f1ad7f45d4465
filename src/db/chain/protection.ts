import { type Queryable, run } from '../connect.ts';

/** Triggers that refuse a change of what is only added to: two on each table. */
const TRIGGERS = 4;

const HOW = `select current_user as role,
  (select rolsuper from pg_roles where rolname = current_user) as super,
  bool_or(pg_has_role(current_user, c.relowner, 'USAGE')) as owns,
  bool_or(has_table_privilege(c.oid, 'UPDATE') or has_table_privilege(c.oid, 'DELETE')
    or has_table_privilege(c.oid, 'TRUNCATE')) as may,
  (select count(*)::int from pg_trigger t join pg_class k on k.oid = t.tgrelid
    join pg_namespace n on n.oid = k.relnamespace
    where n.nspname = 'public' and k.relname in ('audit', 'revision') and t.tgenabled = 'A'
      and t.tgname in ('audit_append_only', 'audit_never_truncated', 'revision_append_only', 'revision_never_truncated')) as triggers
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = 'public' and c.relname in ('audit', 'revision')`;

interface How {
  readonly role: string;
  readonly super: boolean;
  readonly owns: boolean;
  readonly may: boolean;
  readonly triggers: number;
}

/** What keeps the role that Muster works as from changing its audit, in a sentence. */
export interface Protection {
  readonly ok: boolean;
  readonly says: string;
}

/** Says which protection holds. */
export async function protectionOf(sql: Queryable): Promise<Protection> {
  const [how] = await run<How>(sql, HOW);
  if (how === undefined) throw new Error('there is no audit');
  if (how.triggers < TRIGGERS)
    return {
      ok: false,
      says: `${TRIGGERS - how.triggers} of the ${TRIGGERS} triggers that guard audit and revision are gone or switched off.`,
    };
  if (how.super || how.owns)
    return {
      ok: true,
      says: `Protection: triggers refuse every change of audit and revision. But Muster works as ${how.role}, ${how.super ? 'a superuser' : 'who owns the tables'} and could remove them: docs/operations.md, Two roles.`,
    };
  return how.may
    ? {
        ok: true,
        says: `Protection: triggers refuse every change of audit and revision. But ${how.role}, the role Muster works as, was given the right to try; set DATABASE_OWNER_URL and restart to take it back.`,
      }
    : {
        ok: true,
        says: `Protection: ${how.role}, the role Muster works as, may only add to audit and revision; triggers refuse changes by others too.`,
      };
}
