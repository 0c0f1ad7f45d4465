import type postgres from 'postgres';

/** What nobody may change once it is written, and what says that something was removed. */
const APPEND_ONLY = ['audit', 'revision', 'denied'];

/**
 * Gives the role that Muster works as what it needs, and no more: it adds to the audit and the
 * revisions, and cannot change or remove them, nor the trigger that guards them.
 *
 * Said anew at every start, for a migration may have brought a table.
 */
export async function allowToWork(sql: postgres.Sql, role: string): Promise<void> {
  const name = `"${role.replaceAll('"', '""')}"`;
  await sql.begin(async (tx) => {
    await tx.unsafe(`grant usage on schema public to ${name}`);
    await tx.unsafe(
      `grant select, insert, update, delete on all tables in schema public to ${name}`,
    );
    await tx.unsafe(`grant usage, select on all sequences in schema public to ${name}`);
    for (const table of APPEND_ONLY)
      await tx.unsafe(`revoke update, delete, truncate on ${table} from ${name}`);
    // What one entry said can be taken out, by this and in no other way.
    await tx.unsafe(`grant execute on function muster_redact(uuid, integer, jsonb) to ${name}`);
    await tx.unsafe(`revoke insert, update, delete, truncate on purged from ${name}`);
  });
}
