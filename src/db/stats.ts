import type { Instant } from '../domain/instant.ts';
import type {
  CountedAction,
  CountedIncident,
  StatsFacts,
  StatsQuery,
} from '../domain/stats/facts.ts';
import type { TimerName } from '../domain/timers/timer.ts';
import type { MilestoneName, Status } from '../domain/words.ts';
import { NOW } from './bulk.ts';
import { run, type Sql } from './connect.ts';
import { visibleTo } from './visible.ts';

const ms = (instant: string): string => `floor(extract(epoch from ${instant}) * 1000)::float8`;

/** The instant of a milestone, through its entry: by key, however many entries there are. */
const at = (name: MilestoneName): string => `(select e.at from milestone m join lateral (
    select e.at from entry e where e.incident_id = m.incident_id and e.no = m.entry
      and e.struck is null limit 1) e on true
  where m.incident_id = i.id and m.name = '${name}' and m.round = 0)`;

/** By the index of the numbers: $1 the workspace, $2 whoever looks. Drills are not counted. */
const SEEN = `from incident i where i.workspace = $1 and not i.drill and ${visibleTo('$2')}`;

/** $3 and $4: those that began from then on, and before then. */
const INCIDENTS = `with seen as materialized (
    select i.id, i.number, i.severity, i.status, i.private, i.round,
      coalesce(${at('impact started')}, ${at('detected')}, i.opened_at) as began ${SEEN})
  select s.number, s.severity, s.status, s.private, s.round, ${ms('s.began')} as began,
    coalesce((select jsonb_agg(jsonb_build_object('name', m.name, 'round', m.round, 'at', (
        select ${ms('e.at')} from entry e
        where e.incident_id = m.incident_id and e.no = m.entry and e.struck is null)))
      from milestone m where m.incident_id = s.id), '[]') as milestones,
    coalesce((select jsonb_agg(jsonb_build_object('name', t.name, 'pending', t.state = 'pending'))
      from timer t where t.incident_id = s.id), '[]') as timers,
    coalesce((select jsonb_agg(distinct e.detail->>'timer') from entry e
      where e.incident_id = s.id and e.source = 'system' and e.detail->>'type' = 'timer'
        and e.detail->>'step' = 'breach' and e.struck is null), '[]') as breached
  from seen s where s.began >= to_timestamp($3::float8 / 1000.0)
    and s.began < to_timestamp($4::float8 / 1000.0) order by s.number`;

/**
 * Action items as they are and as they were before each change of them. Of incidents that have some:
 * the others' entries are not looked at.
 */
const ACTIONS = `with seen as materialized (select i.id ${SEEN} and i.status <> 'cancelled'
    and coalesce((i.counts->>'action')::int, 0) > 0)
  select ${ms('e.recorded_at')} as recorded, ${isOpen('e.detail', 'e.struck is not null')} as open,
    coalesce((select jsonb_agg(jsonb_build_object('at', ${ms('r.at')},
        'open', ${isOpen("r.before->'detail'", "coalesce(r.before->'struck', 'null'::jsonb) <> 'null'::jsonb")})
        order by r.revision)
      from revision r where r.incident_id = e.incident_id and r.entry = e.no), '[]') as before
  from seen s join entry e on e.incident_id = s.id
  where e.detail is not null and e.detail->>'type' = 'action'`;

/** Whether an action item is still to be done, as its detail says. */
function isOpen(detail: string, struck: string): string {
  const item = `${detail}->'item'`;
  return `(not (${struck}) and not coalesce((${item}->>'done')::boolean, false)
    and ${item}->>'dropped' is null)`;
}

interface IncidentFacts {
  readonly number: number;
  readonly severity: string;
  readonly status: Status;
  readonly private: boolean;
  readonly round: number;
  readonly began: Instant;
  readonly milestones: CountedIncident['milestones'];
  readonly timers: CountedIncident['timers'];
  readonly breached: readonly TimerName[];
}

interface ActionFacts {
  readonly recorded: Instant;
  readonly open: boolean;
  /** What it was until each change, in order. */
  readonly before: readonly { readonly at: Instant; readonly open: boolean }[];
}

/** What is counted over many incidents. */
export function createStats(sql: Sql) {
  return {
    async stats({ workspace, viewer, from, to }: StatsQuery): Promise<StatsFacts> {
      const [[clock], incidents, actions] = await Promise.all([
        run<{ now: Instant }>(sql, `select ${NOW} as "now"`),
        run<IncidentFacts>(sql, INCIDENTS, [workspace, viewer, from, to]),
        run<ActionFacts>(sql, ACTIONS, [workspace, viewer]),
      ]);
      const counted = incidents.filter(({ status }) => status !== 'cancelled');
      return {
        asOf: clock?.now ?? 0,
        incidents: counted,
        cancelled: incidents.length - counted.length,
        actions: actions.map(lifeOf),
      };
    },
  };
}

/** Each revision says what was true until it; what is true now began with the last one. */
function lifeOf({ recorded, open, before }: ActionFacts): CountedAction {
  const began = [recorded, ...before.map(({ at: changed }) => changed)];
  const states = [...before.map((one) => one.open), open];
  return { states: began.map((from, place) => ({ at: from, open: states[place] ?? open })) };
}
