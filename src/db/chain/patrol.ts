import type { BrokenChain, IncidentRef } from '../../domain/doctor/index.ts';
import { run, type Sql } from '../connect.ts';
import { verifyOne } from './verify.ts';

/** The newest are looked at in turn; `verify` looks at all of them. */
const NEWEST = 500;

const NEXT = `select id, number, drill, title, private from (
    select id::text as id, number, drill, title, private, opened_at from incident
    order by opened_at desc, id desc limit ${NEWEST}) i
  where $1 = '' or (opened_at, id) < (select l.opened_at, l.id::text from incident l where l.id::text = $1)
  order by opened_at desc, id desc limit $2::int`;
const THESE = `select id::text as id, number, drill, title, private from incident
  where id = any($1::text[]::uuid[])`;

/**
 * Recomputes the chains of a few incidents each time it is asked, the newest first, and begins anew
 * when it is through. Answers of all that it knows to be broken; those are looked at each time.
 */
export function createPatrol(sql: Sql) {
  const broken = new Map<string, BrokenChain>();
  let last = '';

  async function examine(incident: IncidentRef): Promise<void> {
    const found = await verifyOne(sql, incident.id);
    const [first] = found?.findings ?? [];
    if (found === null || first === undefined) broken.delete(incident.id);
    else broken.set(incident.id, { incident, findings: found.findings.length, first });
  }

  return async (few: number): Promise<readonly BrokenChain[]> => {
    const next = await run<IncidentRef>(sql, NEXT, [last, few]);
    last = next.length < few ? '' : (next.at(-1)?.id ?? '');
    const known = [...broken.keys()].filter((id) => next.every((one) => one.id !== id));
    const again = await run<IncidentRef>(sql, THESE, [known]);
    for (const id of known) if (again.every((one) => one.id !== id)) broken.delete(id);
    for (const incident of [...next, ...again]) await examine(incident);
    return [...broken.values()];
  };
}
