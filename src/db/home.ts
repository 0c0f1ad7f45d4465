import { COMMANDER } from '../domain/incident.ts';
import { OWNER, REVIEWER } from '../domain/task.ts';
import type { HomeFacts, HomeIncident } from '../domain/views/home-parts.ts';
import { NOW } from './bulk.ts';
import { type Queryable, run, type Sql } from './connect.ts';
import type { IncidentRow } from './rows.ts';
import { INCIDENT_COLUMNS, withTimers } from './snapshot.ts';
import { hasLeft, takesPart, visibleTo } from './visible.ts';

/** More are counted, and not shown. */
const OF_THEIRS = 40;
const OF_OTHERS = 20;
const POSTMORTEMS = 20;

/** Pings that were put to them directly, since the clocks that they belong to began. */
const PINGED = `i.acknowledged_by is null and exists (select 1 from post p
    join outbox o on o.id = substring(p.name, '^ping:[a-z]+:([0-9]+):')::bigint
    where p.incident_id = i.id and o."to"->>'type' = 'user' and o."to"->>'id' = $2
      and o.created_at >= i.armed_at)`;
/** A drill is the business of those who practise. */
const OPEN = `select *, count(*) over (partition by mine)::int as "count" from (
    select ${INCIDENT_COLUMNS}, ${takesPart('$2')} as mine, (${PINGED}) as pinged from incident i
    where i.workspace = $1 and i.status not in ('resolved', 'cancelled') and ${visibleTo('$2')}) i
  where mine or not drill`;
const SHOWN = `select * from (select o.*, row_number() over (partition by mine order by number desc)
    as place from (${OPEN}) o) shown
  where place <= case when mine then ${OF_THEIRS} else ${OF_OTHERS} end order by number desc`;
/** Who is reminded of a postmortem, as the rules say it: `ownerOf`. */
const OWNER_OF = `(select c.who from unnest(array[i.roles->>'${OWNER}', i.roles->>'${COMMANDER}',
    i.declared_by]) with ordinality as c(who, place)
  where c.who is not null and not ${hasLeft('c.who')} order by c.place limit 1)`;
const THEIR_POSTMORTEMS = `select ${INCIDENT_COLUMNS} from incident i
  where i.workspace = $1 and i.status = 'resolved' and not i.drill
    and ($2 = ${OWNER_OF} or ($2 = i.roles->>'${REVIEWER}' and not ${hasLeft('$2')}))
    and not exists (select 1 from milestone m
      where m.incident_id = i.id and m.name = 'closed' and m.round = i.round)
  order by i.number desc limit ${POSTMORTEMS}`;
/** Whatever changes an incident counts its `seq`, in whichever process. */
const MARK = `select (select coalesce(sum(i.seq), 0) from incident i where i.workspace = $1)::text || '/' ||
  (select count(*) from incident i where i.workspace = $1 and i.channel_id is not null) as mark`;

type About = Pick<HomeIncident, 'mine' | 'pinged'> & {
  readonly count: number;
  readonly place: number;
};
type OpenRow = IncidentRow & About;

/** The incident alone, without what is known of the viewer. */
const rowOf = ({ mine: _, pinged: __, count: ___, place: ____, ...row }: OpenRow): IncidentRow =>
  row;

async function homeOf(tx: Queryable, workspace: string, viewer: string): Promise<HomeFacts> {
  const [rows, resolved, clock] = await Promise.all([
    run<OpenRow>(tx, SHOWN, [workspace, viewer]),
    run<IncidentRow>(tx, THEIR_POSTMORTEMS, [workspace, viewer]),
    run<{ now: number }>(tx, `select ${NOW} as "now"`),
  ]);
  const [open, postmortems] = [
    await withTimers(tx, rows.map(rowOf)),
    await withTimers(tx, resolved),
  ];
  const countOf = (mine: boolean): number => rows.find((row) => row.mine === mine)?.count ?? 0;
  return {
    open: open.map((one, at) => ({
      ...one,
      mine: rows[at]?.mine === true,
      pinged: rows[at]?.pinged === true,
    })),
    counts: { mine: countOf(true), others: countOf(false) },
    postmortems,
    asOf: clock[0]?.now ?? 0,
  };
}

/** What somebody's Home is made of, as far as they may see it. */
export const createHome = (sql: Sql) => ({
  home: (workspace: string, viewer: string): Promise<HomeFacts> =>
    sql.begin((tx) => homeOf(tx, workspace, viewer), 'isolation level repeatable read read only'),
  /** Another text than before means that some incident has changed. */
  async homeMark(workspace: string): Promise<string> {
    const [row] = await run<{ mark: string }>(sql, MARK, [workspace]);
    return row?.mark ?? '';
  },
});
