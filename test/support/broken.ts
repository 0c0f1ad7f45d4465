import { setTimeout as pause } from 'node:timers/promises';
import type postgres from 'postgres';
import type { Message, Workspace } from '../../src/demo/workspace/index.ts';
import { METADATA_TYPE } from '../../src/slack/calls.ts';
import { readMark } from '../../src/slack/slate-marks.ts';

export interface Checked {
  readonly sql: postgres.Sql;
  readonly workspace: Workspace;
}

export interface Expected {
  /** Deliveries that had to be given up. */
  readonly dead?: number;
  /** Rules of Slack that the story makes Muster run into. */
  readonly tolerated?: readonly string[];
}

/** One invariant, and everything that was found against it. */
export interface Broken {
  readonly rule: string;
  readonly found: readonly unknown[];
}

interface AuditRow {
  readonly incident: string;
  readonly seq: number;
  readonly type: string;
  readonly timers: readonly string[] | null;
  /** Whether it voided an acknowledgement. */
  readonly decayed: boolean;
}

/** What was kept in Slack while the database was away has marks of its own: twice is once when it is read. */
const keyOf = ({ metadata }: Message): string | null => {
  if (metadata?.event_type !== METADATA_TYPE) return null;
  const payload = metadata.event_payload;
  return payload && typeof payload === 'object' && 'k' in payload ? String(payload.k) : null;
};

/** The key of the row behind a message: the parts of a long one carry it with their number. */
const rowKey = (key: string): string => key.replace(/#\d+$/, '');

const RISING_AGAIN = ['severity', 'reopen', 'strike', 'undo', 'restore'];

const messagesOf = ({ workspace }: Checked): Message[] =>
  [...workspace.channels.values()].flatMap(({ messages }) => messages);

/** I1: every timer that was due has fired or was cancelled, and nothing fired twice. */
async function timersFiredOnce({ sql }: Checked): Promise<Broken[]> {
  const overdue =
    await sql`select name, due_at from timer where state = 'pending' and due_at <= now()`;
  const twice = await sql`select incident_id, detail, at, count(*)::int as times from entry
    where source = 'system' and detail->>'type' in ('timer', 'ping')
    group by incident_id, detail, at having count(*) > 1`;
  return [
    { rule: 'I1: timers that are due and did not fire', found: [...overdue] },
    { rule: 'I1: timers that fired twice', found: [...twice] },
  ];
}

/** I2: nobody is called by a clock that an acknowledgement had stopped. */
async function neverAcknowledgedAndEscalated({ sql }: Checked): Promise<Broken[]> {
  const rows = await sql<AuditRow[]>`select a.incident_id as incident, a.seq,
    a.action->>'type' as type, a.action->'timers' as timers, exists (select 1 from entry e
      where e.incident_id = a.incident_id and e.detail->>'type' = 'decayed' and e.recorded_at = a.at
    ) as decayed from audit a order by a.incident_id, a.seq`;
  const acknowledged = new Set<string>();
  const found: AuditRow[] = [];
  for (const row of rows) {
    const { incident, type, timers, decayed } = row;
    if (type === 'ack') acknowledged.add(incident);
    // An acknowledgement that nothing was heard for is void, and what it stopped is planned anew.
    const isVoid = type === 'fire' && decayed;
    if (isVoid || RISING_AGAIN.includes(type)) acknowledged.delete(incident);
    const stopped = (timers ?? []).filter((name) => name === 'policy' || name === 'acknowledge');
    if (type === 'fire' && acknowledged.has(incident) && stopped.length > 0) found.push(row);
  }
  return [{ rule: 'I2: fired after the acknowledgement', found }];
}

/** I3: every delivery has come to an end. */
async function everythingDelivered({ sql }: Checked, { dead = 0 }: Expected): Promise<Broken[]> {
  const open = await sql`select state, what->>'type' as type, attempts, last_error from outbox
    where state in ('pending', 'sending') and next_at <= now()`;
  const given =
    await sql`select what->>'type' as type, last_error from outbox where state = 'dead'`;
  const wrong = given.length === dead ? [] : [`${given.length} instead of ${dead}`, ...given];
  return [
    { rule: 'I3: deliveries that are neither sent, dead nor superseded', found: [...open] },
    { rule: 'I3: deliveries that were given up', found: wrong },
  ];
}

/** I4: what was to be said once is in Slack once; an incident has one channel. */
async function saidOnce(checked: Checked): Promise<Broken[]> {
  const keys = messagesOf(checked).flatMap((message) => keyOf(message) ?? []);
  const seen = new Set<string>();
  const twice = keys.filter((key) => seen.size === seen.add(key).size);
  const sent = await checked.sql<{ key: string }[]>`select key from outbox
    where state = 'sent' and what->>'type' in ('message', 'ping')
      and "to"->>'type' in ('incident', 'channel', 'user')`;
  const unheard = sent.filter(({ key }) => !seen.has(key)).map(({ key }) => key);
  const numbers = [...checked.workspace.channels.values()].flatMap(
    ({ name }) => /^inc-(\d+)-/.exec(name)?.[1] ?? [],
  );
  const doubled = numbers.filter((number, at) => numbers.indexOf(number) !== at);
  return [
    { rule: 'I4: keys that were posted more than once', found: twice },
    { rule: 'I4: messages that count as sent and are not in Slack', found: unheard },
    { rule: 'I4: incidents with more than one channel', found: doubled },
  ];
}

/** How long what is imported may take to be marked so in Slack. */
const MARKED_WITHIN_MS = 15_000;

/** The keys of what our bot keeps in Slack and no message of that key says is imported. */
function keptUnmarked(checked: Checked): string[] {
  const imported = new Map<string, boolean>();
  const { botUserId } = checked.workspace;
  for (const { ts, user, metadata } of messagesOf(checked)) {
    // The quotes are not asked for here.
    const mark = user === botUserId ? readMark({ ts, metadata: { ...metadata } }) : null;
    if (mark === null) continue;
    const { key } = mark.kept;
    imported.set(key, mark.done || (imported.get(key) ?? false));
  }
  return [...imported].flatMap(([key, done]) => (done ? [] : [key]));
}

/**
 * I4: what was kept in Slack while the database was away is imported. Kept twice is imported once,
 * by its key, which I6 and the timelines show; one of its messages says so.
 */
async function keptIsImported(checked: Checked): Promise<Broken> {
  const until = Date.now() + MARKED_WITHIN_MS;
  while (keptUnmarked(checked).length > 0 && Date.now() < until) await pause(50);
  return { rule: 'I4: lines kept in Slack that nobody imported', found: keptUnmarked(checked) };
}

/** I5: in every conversation the messages of one incident stand in the order in which they were decided. */
async function saidInOrder({ sql, workspace }: Checked): Promise<Broken[]> {
  const rows = await sql<{ id: string; key: string; incident: string }[]>`
    select id::text as id, key, incident_id as incident from outbox`;
  const byKey = new Map(rows.map((row) => [row.key, row]));
  const found: string[] = [];
  for (const { id, name, messages } of workspace.channels.values()) {
    const last = new Map<string, number>();
    for (const message of messages) {
      const row = byKey.get(rowKey(keyOf(message) ?? ''));
      if (!row) continue;
      const before = last.get(row.incident) ?? 0;
      if (Number(row.id) < before) found.push(`${row.id} after ${before} in ${name || id}`);
      last.set(row.incident, Math.max(before, Number(row.id)));
    }
  }
  return [{ rule: 'I5: messages that stand behind a later one', found }];
}

/** I6: what somebody was told is logged is on the timeline. */
async function acceptedIsRecorded({ sql }: Checked): Promise<Broken[]> {
  const lost = await sql`select typed from inbound i where i.outcome = 'done'
    and i.incident_id is not null and i.typed ~* '^(log|note|add|event) '
    and not exists (select 1 from entry e where e.incident_id = i.incident_id
      and e.author = i.actor and position(left(e.text, 60) in i.typed) > 0)
    and not exists (select 1 from revision r where r.incident_id = i.incident_id
      and position(left(r.before->>'text', 60) in i.typed) > 0)`;
  return [{ rule: 'I6: logged lines that are not on the timeline', found: [...lost] }];
}

/** I7: every change has its audit row, without gaps. */
async function everyChangeAudited({ sql }: Checked): Promise<Broken[]> {
  const gaps = await sql`select i.number, i.seq, count(a.seq)::int as rows, max(a.seq) as last
    from incident i left join audit a on a.incident_id = i.id group by i.id
    having count(a.seq) <> i.seq or max(a.seq) <> i.seq`;
  return [{ rule: 'I7: changes without an audit row', found: [...gaps] }];
}

/** Slack's own rules: nothing sent may break one, and nothing typed may call everybody. */
function slackIsContent({ workspace }: Checked, { tolerated = [] }: Expected): Broken[] {
  return [
    {
      rule: 'rules of Slack that were broken',
      found: workspace.violations.filter(({ rule }) => !tolerated.includes(rule)),
    },
    {
      rule: 'mentions of everybody',
      found: workspace.broadcasts.filter(({ range }) => !range.startsWith('S')),
    },
  ];
}

/** What must hold at the end, whatever happened: I1 to I7 of the fault matrix, and Slack's rules. */
export async function findBroken(checked: Checked, expected: Expected = {}): Promise<Broken[]> {
  const looked = await Promise.all([
    timersFiredOnce(checked),
    neverAcknowledgedAndEscalated(checked),
    everythingDelivered(checked, expected),
    saidOnce(checked),
    saidInOrder(checked),
    acceptedIsRecorded(checked),
    everyChangeAudited(checked),
    keptIsImported(checked),
  ]);
  return [...looked.flat(), ...slackIsContent(checked, expected)];
}
