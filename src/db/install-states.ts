import type { InstallStates } from '../installation.ts';
import { answering } from './answering.ts';
import { run, type Sql } from './connect.ts';

const PURGE = 'delete from install_state where until < now()';
const SPEND = `insert into install_state (digest, until)
  values ($1, now() + $2::float8 * interval '1 millisecond')
  on conflict (digest) do nothing returning digest`;

const ANSWER_WITHIN_MS = 3000;

/** What was spent, in PostgreSQL: the answer of a browser may reach any replica. */
export const createInstallStates = (sql: Sql): InstallStates =>
  answering(
    {
      async spend(digest: string, ms: number): Promise<boolean> {
        await run(sql, PURGE);
        return (await run(sql, SPEND, [digest, ms])).length > 0;
      },
    },
    ANSWER_WITHIN_MS,
  );
