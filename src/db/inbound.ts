import type { Action, Request } from '../domain/action.ts';
import type { Notice, Reply } from '../domain/decision.ts';
import type { Instant } from '../domain/instant.ts';
import { plainText } from '../domain/text.ts';
import type { Answer, Person } from '../ports.ts';
import { type Queryable, run, type Sql } from './connect.ts';
import { noteDenied } from './denied.ts';
import { gather, pairOf, partsOf } from './gather.ts';
import { lineOf, outboxKey } from './write.ts';

/** A question stored with its buttons replaces nothing; a repeat gets what was stored first. */
const STORE = `insert into inbound
    (workspace, key, actor, typed, outcome, reply, pending, incident_id, received_at)
  values ($1, $2, $3, $4, $5, $6::text::jsonb, $7::text::jsonb, $8::text::uuid, now())
  on conflict do nothing returning key`;
const STORED = 'select reply from inbound where workspace = $1 and key = $2';
const REMIND = `insert into outbox
    (workspace, incident_id, dest, "to", what, key, collapse, state, attempts, next_at, created_at)
  values ($1, $2::text::uuid, $3, $4::text::jsonb, $5::text::jsonb, $6, $7, 'pending', 0,
    greatest(now(), to_timestamp($8::float8 / 1000.0)), now()) on conflict (key) do nothing`;
const PENDING = `select pending, actor, typed, floor(extract(epoch from received_at) * 1000)::float8 as at
  from inbound where workspace = $1 and key = $2 and pending is not null
    and received_at > now() - interval '24 hours'`;
const LAST_REFUSED = `select typed, reply, floor(extract(epoch from received_at) * 1000)::float8 as at
  from inbound where workspace = $1 and actor = $2 and outcome = 'refused' and typed <> ''
    and received_at > now() - interval '24 hours' order by received_at desc limit 1`;
const FORGET_REMINDER = `update outbox set state = 'superseded'
  where collapse = $1 and state = 'pending' and unsure_since is null`;
/** A day is how long a question can be answered and a refusal asked for; replays end after minutes. */
const PURGE = `delete from inbound where received_at < now() - interval '25 hours'`;
const PEOPLE = `select p.workspace, p.id, p.name, p.zone, p.admin, p.guest, p.bot, p.deleted,
    floor(extract(epoch from p.fetched_at) * 1000)::float8 as "fetchedAt"
  from unnest($1::text[], $2::text[]) as k(workspace, id)
  join person p on p.workspace = k.workspace and p.id = k.id and p.kind = 'person'`;
const SAVE_PERSON = `insert into person (workspace, id, kind, name, zone, admin, guest, bot, deleted, fetched_at)
  values ($1, $2, 'person', $3, $4, $5, $6, $7, $8, now())
  on conflict (workspace, id) do update set kind = excluded.kind, name = excluded.name, zone = excluded.zone,
    admin = excluded.admin, guest = excluded.guest, bot = excluded.bot,
    deleted = excluded.deleted, fetched_at = excluded.fetched_at`;

const NAMES = 'select p.id, p.name from person p where p.workspace = $1 and p.id = any($2::text[])';
const STRANGERS = `select m[1] as id from incident i join entry e on e.incident_id = i.id
    cross join lateral regexp_matches(e.text, '<@([UW][A-Z0-9]+)>', 'g') as m
  where i.workspace = $1 and e.text like '%<@%' and e.recorded_at > now() - interval '30 days'
    and not exists (select from person p where p.workspace = $1 and p.id = m[1])
  group by m[1] order by max(e.recorded_at) desc limit 50`;
const SAVE_GROUP = `insert into person (workspace, id, kind, name, admin, guest, bot, deleted, fetched_at)
  values ($1, $2, 'group', $3, false, false, false, false, now())
  on conflict (workspace, id) do update set kind = excluded.kind, name = excluded.name, fetched_at = excluded.fetched_at`;

interface StoredPending {
  readonly incident: string;
  readonly action: Action;
  readonly zone: string | null;
  /** When it was typed, where that was before it was stored. */
  readonly at?: Instant;
}

async function remind(tx: Queryable, { workspace, key, pending, notices }: Answer): Promise<void> {
  for (const notice of notices ?? [])
    await tell(tx, workspace, key, pending?.incident ?? null, notice);
}

/** Puts a notice that belongs to a request into the outbox, once. */
async function tell(
  sql: Queryable,
  workspace: string,
  key: string,
  incident: string | null,
  notice: Notice,
): Promise<void> {
  const unique = outboxKey(`${workspace}:${key}`, notice.key);
  await run(sql, REMIND, [
    workspace,
    incident,
    lineOf({ ...notice, key: unique }, incident ?? ''),
    JSON.stringify(notice.to),
    JSON.stringify(notice.what),
    unique,
    notice.collapse ?? null,
    notice.notBefore ?? 0,
  ]);
}

async function storeAnswer(sql: Sql, answer: Answer): Promise<Reply> {
  const { workspace, key, actor, typed, reply, pending } = answer;
  const at = answer.typedAt === undefined ? {} : { at: answer.typedAt };
  const stored: StoredPending | null = pending ? { ...pending, zone: actor.zone, ...at } : null;
  await sql.begin(async (tx) => {
    const fresh = await run(tx, STORE, [
      workspace,
      key,
      actor.id,
      typed,
      reply.outcome,
      JSON.stringify(reply),
      stored ? JSON.stringify(stored) : null,
      pending?.incident ?? null,
    ]);
    await remind(tx, answer);
    if (answer.denied !== undefined && fresh.length > 0)
      await noteDenied(tx, answer, answer.denied);
  });
  const [row] = await run<{ reply: Reply }>(sql, STORED, [workspace, key]);
  return row?.reply ?? reply;
}

async function readPending(sql: Sql, workspace: string, key: string) {
  const [row] = await run<{
    pending: StoredPending;
    actor: string;
    typed: string;
    at: Instant;
  }>(sql, PENDING, [workspace, key]);
  if (!row) return null;
  // Whatever comes of it, nobody need be reminded any more.
  await run(sql, FORGET_REMINDER, [`confirm:${key}`]);
  const { incident, action, zone } = row.pending;
  const request: Request = {
    action,
    actor: { id: row.actor, zone },
    source: 'button',
    typed: row.typed,
  };
  return { incident, request, at: row.pending.at ?? row.at };
}

type Known = Person & { readonly workspace: string; readonly fetchedAt: Instant };

async function readPeople(sql: Sql, keys: readonly string[]): Promise<Map<string, Known>> {
  const pairs = keys.map(partsOf);
  const people = await run<Known>(sql, PEOPLE, [
    pairs.map(([workspace]) => workspace),
    pairs.map(([, id]) => id),
  ]);
  return new Map(people.map((one) => [pairOf(one.workspace, one.id), one]));
}

/** What came in from Slack, kept a day: replies for repeats, questions, what was refused; and who people are. */
export function createInbound(sql: Sql) {
  const person = gather((keys) => readPeople(sql, keys));
  return {
    answer: (answer: Answer) => storeAnswer(sql, answer),
    pending: (workspace: string, key: string) => readPending(sql, workspace, key),
    async lastRefused(workspace: string, user: string) {
      const [row] = await run<{ typed: string; reply: Reply; at: Instant }>(sql, LAST_REFUSED, [
        workspace,
        user,
      ]);
      return row
        ? { typed: row.typed, reason: plainText(row.reply.message.summary), at: row.at }
        : null;
    },
    tell: (workspace: string, key: string, incident: string | null, notice: Notice) =>
      tell(sql, workspace, key, incident, notice),
    purge: (): Promise<unknown> => run(sql, PURGE),
    person: (workspace: string, user: string) => person(pairOf(workspace, user)),
    async names(workspace: string, ids: readonly string[]) {
      const rows = await run<{ id: string; name: string }>(sql, NAMES, [workspace, ids]);
      return Object.fromEntries(rows.map(({ id, name }) => [id, name]));
    },
    async strangers(workspace: string) {
      const rows = await run<{ id: string }>(sql, STRANGERS, [workspace]);
      return rows.map(({ id }) => id);
    },
    saveGroup: async (workspace: string, id: string, handle: string): Promise<void> => {
      await run(sql, SAVE_GROUP, [workspace, id, handle]);
    },
    savePerson: async (workspace: string, saved: Person): Promise<void> => {
      const { id, name, zone, admin, guest, bot, deleted } = saved;
      await run(sql, SAVE_PERSON, [workspace, id, name, zone, admin, guest, bot, deleted]);
    },
  };
}
