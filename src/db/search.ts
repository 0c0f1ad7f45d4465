import { type Found, type Hit, type Query, RANKED, type Term } from '../domain/search.ts';
import { type Parameter, run, type Sql } from './connect.ts';
import type { EntryRow, IncidentRow } from './rows.ts';
import { visibleTo } from './visible.ts';

// These expressions are those of the indexes `entry_words` and `incident_words`, to the letter.
const ENTRY_WORDS = `to_tsvector('simple', e.text)`;
const TITLE_WORDS = `to_tsvector('simple', i.title)`;
const STARTED = 'floor(extract(epoch from i.opened_at) * 1000)::float8';
const HAPPENED = 'coalesce(e.at, e.recorded_at)';

/** Where the words are taken from that a mistyped one may have meant. */
const VOCABULARY = { incidents: 50, entries: 200, words: 5000 };

/**
 * The terms as PostgreSQL reads them, joined as `websearch_to_tsquery` would, but a word outside of
 * quotes is found at the beginning of longer ones too; and whom in the workspace each word names.
 */
const ASK = `with term as (
    select row_number() over (order by n) as n, t->>'text' as text,
      (t->>'exact')::boolean as exact, (t->>'not')::boolean as no, (t->>'or')::boolean as either,
      phraseto_tsquery('simple', t->>'text') as whole
    from jsonb_array_elements($2::text::jsonb) with ordinality as x(t, n)
    where numnode(phraseto_tsquery('simple', t->>'text')) > 0),
  part as (select *, case when exact or no or numnode(whole) > 1 or length(text) < 3 then whole
      else (whole::text || ':*')::tsquery end as begun from term),
  named as (select part.*, array(select p.id from person p where p.workspace = $1
      and p.kind <> 'group' and not part.no and to_tsvector('simple', p.name) @@ part.whole) as people
    from part),
  joined as (select n, people, case when n = 1 then '' when either then '| ' else '& ' end as link,
      case when no then '!' else '' end as sign, whole, begun from named)
  select string_agg(link || sign || '(' || whole::text || ')', ' ' order by n) as "whole",
    string_agg(link || sign || '(' || begun::text || ')', ' ' order by n) as "begun",
    (select string_agg(sign || '(' || begun::text || ')', ' & ') from joined where people = '{}') as "others",
    coalesce(jsonb_agg(to_jsonb(people)) filter (where people <> '{}'), '[]') as "people"
  from joined`;

interface Asked {
  readonly whole: string | null;
  readonly begun: string | null;
  /** The terms that name nobody. */
  readonly others: string | null;
  /** For each word that names people, whom. */
  readonly people: readonly (readonly string[])[];
}

/** $1 to $7: the incidents that the viewer may see and that the filters leave. */
const VISIBLE = `visible as materialized (select i.* from incident i where i.workspace = $1
  and (${visibleTo('$2')} or i.id = $3::text::uuid) and i.drill = $4::boolean
  and ($5::int is null or i.number = $5::int)
  and ($6::text[] = '{}' or i.severity = any($6::text[]))
  and ($7::text[] = '{}' or i.status = any($7::text[])))`;

/** $8 to $10: kinds, a person, and since when. That it was declared repeats the title. */
const ENTRY_FILTERS = `e.struck is null and coalesce(e.detail->>'type', '') <> 'declared'
  and ($8::text[] = '{}' or e.kinds @> $8::text[]) and ($9::text is null or e.author = $9::text)
  and ($10::float8 is null or ${HAPPENED} >= to_timestamp($10::float8 / 1000.0))`;

const PARTICIPANTS = `array(select i.declared_by union select value from jsonb_each_text(i.roles))`;

const INCIDENT_FILTERS = `$8::text[] = '{}' and ($9::text is null or $9::text = any(${PARTICIPANTS}))
  and ($10::float8 is null or i.opened_at >= to_timestamp($10::float8 / 1000.0))`;

/** Of the hits the page that is asked for: $11 and $12. */
const PAGE = `select v.number, v.drill, v.title, v.severity, v.status,
    v.channel_id as "channelId", v.channel_name as "channelName", v.channel_state as "channelState",
    ${STARTED.replace('i.', 'v.')} as "openedAt", h.no, h.count,
    floor(extract(epoch from e.at) * 1000)::float8 as at, e.text, e.kinds, e.author
  from (select *, count(*) over () + (select coalesce(max(beyond), 0) from hit) as count
    from hit order by whole desc, rank desc, happened desc, number desc, no desc
    offset $11::int limit $12::int) h
  join visible v on v.id = h.id left join lateral (
    select * from entry e where e.incident_id = h.id and e.no = h.no limit 1) e on true
  order by h.whole desc, h.rank desc, h.happened desc, h.number desc, h.no desc`;

/**
 * By words: $13 is the query, $14 the same without beginnings, $15 its terms that name nobody, $16
 * the people that the others name, $17 the number that the words are.
 *
 * The entries are looked up by their index first, with a query that the planner cannot see: for a
 * common word it would rather read every entry and take it apart, ten times slower. And one by one
 * by their key afterwards: joins were planned that read all entries of an incident for each.
 */
const BY_WORDS = `with ${VISIBLE},
  matched as materialized (select e.incident_id, e.no, ${HAPPENED} as happened from entry e
    where ${ENTRY_WORDS} @@ (select $13::text::tsquery) and ${ENTRY_FILTERS}),
  newest as materialized (select m.*, v.number, count(*) over () as matches from matched m
    join visible v on v.id = m.incident_id order by m.happened desc, m.no desc limit ${RANKED}),
  hit as (
    select n.incident_id as id, n.number, n.no, n.happened, one.whole, one.rank,
      n.matches - least(n.matches, ${RANKED}) as beyond
    from newest n cross join lateral (select ${ENTRY_WORDS} @@ $14::tsquery as whole,
        ts_rank(${ENTRY_WORDS}, $13::tsquery) as rank
      from entry e where e.incident_id = n.incident_id and e.no = n.no limit 1) one
    union all
    select i.id, i.number, null, i.opened_at,
      coalesce(i.number = $17::int, false) or ${TITLE_WORDS} @@ $14::tsquery,
      case when i.number = $17::int then 2
        else 0.3 + ts_rank(setweight(${TITLE_WORDS}, 'A'), $13::tsquery) end, 0
    from visible i where ${INCIDENT_FILTERS} and (i.number = $17::int
      or i.id in (select i.id from incident i where ${TITLE_WORDS} @@ $13::tsquery)
      or ($16::text::jsonb <> '[]' and ($15::text is null or ${TITLE_WORDS} @@ $15::text::tsquery)
        and not exists (select 1 from jsonb_array_elements($16::text::jsonb) as named(ids)
          where not named.ids ?| ${PARTICIPANTS}))))
  ${PAGE}`;

/** By filters alone: entries where a kind is asked for, else incidents. */
const BY_FILTERS = `with ${VISIBLE},
  hit as (
    select i.id, i.number, e.no, ${HAPPENED} as happened, true as whole, 0 as rank, 0 as beyond
    from visible i join entry e on e.incident_id = i.id
    where $8::text[] <> '{}' and ${ENTRY_FILTERS}
    union all
    select i.id, i.number, null, i.opened_at, true, 0, 0 from visible i where ${INCIDENT_FILTERS})
  ${PAGE}`;

/** The words of the newest incidents among those, about as long as the terms: $8 and $9. */
const NEARBY = `with ${VISIBLE},
  recent as (select * from visible order by opened_at desc limit ${VOCABULARY.incidents}),
  line as (select i.title as text from recent i union all
    select e.text from recent i cross join lateral (select * from entry e
      where e.incident_id = i.id and e.struck is null
      order by e.no desc limit ${VOCABULARY.entries}) e)
  select distinct w.lexeme as word from line, unnest(to_tsvector('simple', line.text)) as w
  where length(w.lexeme) between $8::int and $9::int limit ${VOCABULARY.words}`;

type Row = Pick<
  IncidentRow,
  | 'number'
  | 'drill'
  | 'title'
  | 'severity'
  | 'status'
  | 'openedAt'
  | 'channelId'
  | 'channelName'
  | 'channelState'
> &
  Pick<EntryRow, 'at' | 'kinds' | 'author'> & {
    readonly no: number | null;
    readonly text: string;
    readonly count: string;
  };

function toHit(row: Row): Hit {
  const {
    no,
    at,
    text,
    kinds,
    author,
    count: _,
    channelId,
    channelName,
    channelState,
    ...rest
  } = row;
  return {
    incident: { ...rest, channel: { id: channelId, name: channelName, state: channelState } },
    entry: no === null ? null : { no, at, text, kinds, author },
  };
}

/** The number that the words are, when they are one: `42`, `INC-42`. */
function numberIn(terms: readonly Term[]): number | null {
  const [term] = terms;
  const digits = /^(?:inc-?|drill-?|#)?(\d{1,9})$/i.exec(term?.text ?? '')?.[1];
  return terms.length === 1 && digits !== undefined ? Number(digits) : null;
}

const scopeOf = (query: Query): Parameter[] => [
  query.workspace,
  query.viewer,
  query.here,
  query.drills,
  query.within,
  query.severities,
  query.statuses,
];

/** Finds incidents and entries; nobody finds what they may not see, nor words of it. */
export function createSearch(sql: Sql) {
  async function find(query: Query): Promise<Found> {
    const { workspace, terms, kinds, by, since, offset, limit } = query;
    const filters = [...scopeOf(query), kinds, by, since, offset, limit];
    if (terms.length === 0) return found(await run<Row>(sql, BY_FILTERS, filters), query);
    const [asked] = await run<Asked>(sql, ASK, [workspace, JSON.stringify(terms)]);
    if (!asked?.begun) return { hits: [], count: 0, hasWords: false, vocabulary: [] };
    const { begun, whole, others, people } = asked;
    const words = [begun, whole, others, JSON.stringify(people), numberIn(terms)];
    return found(await run<Row>(sql, BY_WORDS, [...filters, ...words]), query);
  }

  async function found(rows: readonly Row[], query: Query): Promise<Found> {
    const [first] = rows;
    const vocabulary = first === undefined && query.offset === 0 ? await nearby(query) : [];
    const count = Number(first?.count ?? 0);
    return { hits: rows.map(toHit), count, hasWords: true, vocabulary };
  }

  async function nearby(query: Query): Promise<readonly string[]> {
    const lengths = query.terms.filter(({ not }) => !not).map(({ text }) => text.length);
    if (lengths.length === 0) return [];
    const window = [Math.max(3, Math.min(...lengths) - 2), Math.max(...lengths) + 2];
    const rows = await run<{ word: string }>(sql, NEARBY, [...scopeOf(query), ...window]);
    return rows.map(({ word }) => word);
  }

  return { find };
}
