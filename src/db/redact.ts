import type { Address } from '../domain/addressed.ts';
import { firstGraphemes } from '../domain/decide/wording.ts';
import type { Decision, Notice, Reply } from '../domain/decision.ts';
import { incidentName } from '../domain/incident.ts';
import type { Instant } from '../domain/instant.ts';
import { BLANK_DRAFT, REDACTED } from '../domain/redacted.ts';
import { say } from '../domain/text.ts';
import { type Queryable, run } from './connect.ts';
import { refreshReports, reportsEverWith } from './reports.ts';
import { outboxKey, writeNotices } from './write.ts';

// The record itself is written like any change. This is about the copies: what was asked for, what
// was answered, what was said, what was drafted.

/** So much of a text is enough to know it by: what shows it often shows only its beginning. */
const TELLING = 40;
/** Shorter ones are words that are in many texts. */
const SHORTEST = 6;

const TAKE_OUT = `select seq, floor(extract(epoch from at) * 1000)::float8 as at, actor
  from muster_redact($1::text::uuid, $2::int, $3::text::jsonb)`;
/**
 * A request is answered in the transaction of its change; a question that was confirmed before that.
 * What was refused elsewhere may be the same line, typed in the wrong place.
 */
const FORGET_REQUESTS = `with told as (
    select i.workspace, i.key from inbound i
    join incident n on n.id = $1::text::uuid and n.workspace = i.workspace
    where (i.incident_id = n.id or i.incident_id is null)
      and ((i.incident_id = n.id and floor(extract(epoch from i.received_at) * 1000)::float8
          = any(select jsonb_array_elements_text($2::text::jsonb)::float8))
        or exists (select 1 from jsonb_array_elements_text($3::text::jsonb) w
          where position(w in i.typed) > 0 or position(w in i.reply::text) > 0
            or position(w in i.pending::text) > 0)))
  update inbound i set typed = '', pending = null,
    reply = $4::text::jsonb || jsonb_build_object('outcome', i.outcome)
  from told where i.workspace = told.workspace
    and (i.key = told.key or told.key = 'confirm:' || i.key)`;
/** What the outbox only names is rendered when it is sent: it is marked, so that it is found in Slack. */
const NAMED = `('briefing', 'draft', 'picture', 'file', 'how it went')`;
/** These say nothing, or are edited in place anyway; that pings were settled must be known to later ones. */
const SILENT = `('card', 'announcement', 'topic', 'create channel', 'invite', 'settle pings', 'redact', 'canvas',
  'charts', 'mark')`;
/** Nobody goes unpinged because of it: a ping that still waits goes out, without its words. */
const FORGET_NOTICES = `update outbox o set
    what = case when o.what->>'type' in ${NAMED} then o.what
      when jsonb_typeof(o.what->'ping') = 'object'
        then jsonb_set(o.what, '{ping,why}', '["${REDACTED}."]') #- '{ping,items}'
      else $5::text::jsonb end || jsonb_build_object('redacted', $6::int),
    state = case when o.state in ('pending', 'held', 'dead') and o.what->>'type' in ('message', 'draft', 'picture')
      then 'superseded' else o.state end
  where o.incident_id = $1::text::uuid and o.what->>'type' not in ${SILENT}
    and not o.key = any(select jsonb_array_elements_text($7::text::jsonb))
    and ((o.what->>'type' in ${NAMED} and o.created_at >= to_timestamp($2::float8 / 1000.0)
        and (o.what->>'type' in ('draft', 'picture') or o.unsure_since is not null))
      or floor(extract(epoch from o.created_at) * 1000)::float8
          = any(select jsonb_array_elements_text($3::text::jsonb)::float8)
      or exists (select 1 from jsonb_array_elements_text($4::text::jsonb) w
        where position(w in o.what::text) > 0))`;
/**
 * A ping names the incident by its title when it is sent: what was sent is to be found in Slack, and
 * what still waits will show what the title is by then.
 */
const FIND_PINGS = `update outbox set what = what || jsonb_build_object('redacted', $2::int)
  where incident_id = $1::text::uuid and what->>'type' = 'ping'
    and (state in ('sent', 'sending') or unsure_since is not null)`;
/** The next version says by what the one before it was emptied: by each redaction since. */
const FORGET_DRAFTS = `update draft set message = $4::text::jsonb,
    markdown = case when starts_with(markdown, $2) then markdown else $2 end || $3 || E'\\n'
  where incident_id = $1::text::uuid returning version`;
const FORGET_REPORTS = `update outbox set
    what = what || jsonb_build_object('redacted', $2::int),
    state = case when state in ('pending', 'held', 'dead') and what->>'type' <> 'file'
      then 'superseded' else state end
  where incident_id = $1::text::uuid and what->>'type' in ('draft', 'picture', 'file') returning id`;
/** What a text looks like where it is repeated: as it is, and in one line, as JSON writes both. */
function looksLike(text: string): readonly string[] {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  const beginnings = [text.trim(), line].map((one) => firstGraphemes(one, TELLING).text);
  const written = beginnings.flatMap((one) => [one, JSON.stringify(one).slice(1, -1)]);
  return [...new Set(written)].filter((one) => one.length >= SHORTEST);
}

const GONE = say(`${REDACTED}.`);
const ANSWER: Omit<Reply, 'outcome'> = { message: GONE, to: 'asker' };
const NOTICE = { type: 'message', message: GONE };
const DRAFT = say('This version of the draft is redacted: a later one takes its place.');

/** Takes the content of a redacted entry out of all that repeats it, in the transaction of its change. */
export async function redactEverywhere(
  tx: Queryable,
  decision: Decision,
  now: Instant,
): Promise<void> {
  const { incident, redaction, notices } = decision;
  const { id, seq } = incident;
  if (redaction === undefined) return;
  const left = JSON.stringify(redaction.revisions);
  const writers = await run<{ at: number }>(tx, TAKE_OUT, [id, seq, left]);
  const moments = writers.map(({ at }) => Math.floor(at));
  const first = Math.min(...moments, Number.MAX_SAFE_INTEGER);
  const words = JSON.stringify(redaction.typed.flatMap(looksLike));
  const keys = JSON.stringify(notices.map(({ key }) => outboxKey(id, key)));
  const at = JSON.stringify(moments);
  await run(tx, FORGET_REQUESTS, [id, at, words, JSON.stringify(ANSWER)]);
  await run(tx, FORGET_NOTICES, [id, first, at, words, JSON.stringify(NOTICE), seq, keys]);
  if (redaction.title) await run(tx, FIND_PINGS, [id, seq]);
  await forgetDrafts(tx, id, `#${redaction.entry}`);
  await redactReports(tx, decision, words, now);
}

const forgetDrafts = (tx: Queryable, id: string, entry: string) =>
  run(tx, FORGET_DRAFTS, [id, BLANK_DRAFT, entry, JSON.stringify(DRAFT)]);

/**
 * Takes it out of the reports that this incident is in or ever was, and has them composed again: each
 * of their versions may show it.
 *
 * Their incidents are not locked: nothing of their records changes.
 */
async function redactReports(
  tx: Queryable,
  { incident, notices, redaction }: Decision,
  words: string,
  now: Instant,
): Promise<void> {
  const { id, seq, workspace, number, drill } = incident;
  const entry = `#${redaction?.entry} of ${incidentName({ number, drill })}`;
  for (const lead of await reportsEverWith(tx, id)) {
    await run(tx, FORGET_REQUESTS, [lead.id, '[]', words, JSON.stringify(ANSWER)]);
    const shown = await run(tx, FORGET_REPORTS, [lead.id, seq]);
    const drafts = await forgetDrafts(tx, lead.id, entry);
    if (shown.length + drafts.length === 0) continue;
    const told = notices.flatMap((notice) => inReport(notice, `${id}:${seq}`, { number, drill }));
    const subject = { id: lead.id, workspace };
    await writeNotices(
      tx,
      told.map((notice) => ({ incident: subject, notice })),
      now,
    );
  }
  await refreshReports(tx, [id], { former: true });
}

/** Its messages, files and canvas in Slack are another incident's: each is asked for there, too. */
function inReport(notice: Notice, from: string, of: Address): readonly Notice[] {
  const key = `${notice.what.type}:${from}`;
  if (notice.what.type === 'canvas') return [{ ...notice, key }];
  return notice.what.type === 'redact' ? [{ ...notice, key, what: { ...notice.what, of } }] : [];
}
