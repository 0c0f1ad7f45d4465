import type { Reply } from '../decision.ts';
import type { Entry, Revision } from '../entry.ts';
import { type Incident, isOver, milestone } from '../incident.ts';
import { ok, type Result, refuse } from '../result.ts';
import { bold, code, type Line } from '../text.ts';
import type { MilestoneName } from '../words.ts';
import { type Change, entryNumbered, patch, point, pointerTo, revise } from './change.ts';
import { readingNotes, timeButtons, timeLine } from './echo.ts';
import { checkOrder } from './order.ts';
import type { ActionOf, Context, Rules } from './rule.ts';
import { moveSnooze } from './snoozing.ts';
import { readWhen, timing, type When } from './times.ts';
import { button, quoted, reply } from './wording.ts';

/** What is typed to take back what a strike cannot: an entry that says what Muster did. */
const LASTING: Partial<Record<NonNullable<Entry['detail']>['type'], (entry: Entry) => string>> = {
  declared: () => 'cancel <reason>',
  status: ({ detail }) => (detail?.type === 'status' ? `status ${detail.from}` : 'status <status>'),
  severity: ({ detail }) =>
    detail?.type === 'severity' ? `sev ${detail.from} <reason>` : 'sev <severity>',
  role: ({ detail }) =>
    detail?.type === 'role' && detail.previous !== null
      ? `role ${detail.role} <@${detail.previous}>`
      : 'role <role> @somebody',
  resolved: () => 'reopen',
  reopened: () => 'resolve',
  cancelled: () => 'reopen',
  page: () => 'log <what to know>',
  ping: () => 'log <what to know>',
  timer: () => 'log <what to know>',
  decayed: () => 'ack',
};

const missing = (no: number) => refuse(`There is no entry #${no} in this incident.`, 'timeline');

function edit(change: Change, action: ActionOf<'edit'>, context: Context): Result<Reply> {
  const entry = entryNumbered(change, action.entry);
  if (entry === undefined) return missing(action.entry);
  if (entry.struck !== null) {
    return refuse(`#${entry.no} is struck. Bring it back first.`, `restore ${entry.no}`);
  }
  if (action.when === null && action.text === null && action.kinds.length === 0) {
    return refuse('Change what? Type a text, a time or a #kind.', `edit ${entry.no} at 14:05`);
  }
  if (isOwn(entry) && action.text !== null) {
    return refuse(
      `#${entry.no} is Muster's own sentence; its time can be corrected.`,
      `edit ${entry.no} at 14:05`,
    );
  }
  const when = action.when === null ? null : readWhen(change, context, action.when, entry.question);
  const early = when?.type === 'at' ? checkOrder(change, entry.no, when.at, context) : null;
  if (early !== null) return early;
  const after = revise(change, entry, edited(entry, action, when), {
    by: context.actor.id,
    change: entry.question !== null && when?.type === 'at' ? 'time settled' : 'edited',
    reason: null,
  });
  return ok(echoEdit(change, context, entry, after, when));
}

const isOwn = ({ author }: Entry): boolean => author === null;

function edited(entry: Entry, action: ActionOf<'edit'>, when: When | null): Partial<Entry> {
  const kinds = [...new Set([...entry.kinds, ...action.kinds])];
  const text = action.text ?? entry.text;
  if (when === null) return { kinds, text };
  // A questioned correction leaves the old time standing until it is settled.
  if (when.type === 'question') return { kinds, text, question: when.question };
  return { kinds, text, ...timing(when) };
}

function echoEdit(
  change: Change,
  context: Context,
  before: Entry,
  after: Entry,
  when: When | null,
): Reply {
  const lines: Line[] = [];
  if (after.text !== before.text) {
    lines.push([`Was: ${quoted(before.text)}`], [`Now: ${quoted(after.text)}`]);
  } else lines.push([quoted(after.text)]);
  if (after.at !== before.at) {
    lines.push(['Was: ', ...timeLine(before, context)], ['Now: ', ...timeLine(after, context)]);
  } else if (after.question !== null) lines.push([after.question.reason]);
  const added = after.kinds.filter((kind) => !before.kinds.includes(kind));
  if (added.length > 0) lines.push([`Added: ${added.map((kind) => `#${kind}`).join(' ')}`]);
  const carried = change.incident.milestones.filter((one) => one.entry === after.no);
  const notes: Line[] = carried.map(({ name }) => [`“${name}” moves with it.`]);
  return reply(
    [bold(`#${after.no}`), after.question === null ? ' corrected.' : ' needs an answer.'],
    {
      lines,
      notes: after.at === before.at ? [] : [...notes, ...(when === null ? [] : readingNotes(when))],
      buttons: [
        ...(when === null ? [] : timeButtons(change, after, when)),
        button(change.incident, 'Take it back', `restore ${after.no}`),
      ],
    },
  );
}

function strikeEntry(
  change: Change,
  entry: Entry,
  reason: string | null,
  { actor, world }: Context,
): Result<Reply> {
  const back = LASTING[entry.detail?.type ?? 'update']?.(entry);
  if (back !== undefined) {
    return refuse(`#${entry.no} says what happened here and stays: ${quoted(entry.text)}`, back);
  }
  const struck = { by: actor.id, at: world.now, reason: reason ?? '' };
  const lines = release(change, entry);
  revise(change, entry, { struck }, { by: actor.id, change: 'struck', reason });
  return ok(
    reply([bold(`#${entry.no}`), ` struck: ${quoted(entry.text)}`], {
      lines,
      notes: [['It stays in the audit trail. Back again: ', code(`/incident restore ${entry.no}`)]],
      buttons: [button(change.incident, 'Bring it back', `restore ${entry.no}`)],
    }),
  );
}

/** Takes away what hangs on an entry that is struck. */
function release(change: Change, entry: Entry): Line[] {
  const before = change.incident;
  const lines = releaseMilestones(change, entry);
  releaseField(change, entry);
  const snooze = moveSnooze(change, entry.detail, -1);
  return [...lines, ...snooze, ...releaseAcknowledgement(change, before, entry)];
}

/** A milestone that pointed to a struck entry goes back to what it was before, or is taken away. */
function releaseMilestones(change: Change, entry: Entry): Line[] {
  const carried = change.incident.milestones.filter((one) => one.entry === entry.no);
  return carried.map(({ name, round }) => {
    const was = entry.detail?.was ?? null;
    const earlier = was === null ? undefined : entryNumbered(change, was.entry);
    const back = was === null || earlier?.struck ? null : was;
    point(change, name, back && { ...back, at: earlier?.at ?? back.at }, round);
    return [
      back === null ? `“${name}” is not set any more.` : `“${name}” is #${back.entry} again.`,
    ];
  });
}

/** Striking an acknowledgement takes it back, if it is the one that counts now. */
function releaseAcknowledgement(change: Change, before: Incident, entry: Entry): Line[] {
  const { incident } = change;
  if (incident.acknowledgedBy === null || isOver(incident)) return [];
  const own = entry.detail?.type === 'acknowledged' && entry.recordedAt >= incident.armedAt;
  const carried = milestone(before, 'acknowledged', incident.round)?.entry === entry.no;
  const left = milestone(incident, 'acknowledged', incident.round) !== undefined;
  if (!own && (!carried || left || entry.detail?.type === 'acknowledged')) return [];
  patch(change, { acknowledgedBy: null });
  return [['Nobody has acknowledged now: the escalation goes on.']];
}

/** A header field goes with the entry that set it, unless another one has set it since. */
function releaseField(change: Change, { detail }: Entry): void {
  if (detail?.type !== 'field' || change.incident.header[detail.field] !== detail.value) return;
  const { [detail.field]: _gone, ...header } = change.incident.header;
  patch(change, { header });
}

function strike(change: Change, action: ActionOf<'strike'>, context: Context): Result<Reply> {
  const entry = entryNumbered(change, action.entry);
  if (entry === undefined) return missing(action.entry);
  if (entry.struck !== null) return ok(reply([`#${entry.no} is struck already.`]));
  return strikeEntry(change, entry, action.reason, context);
}

function undo(change: Change, _action: ActionOf<'undo'>, context: Context): Result<Reply> {
  const mine = change.snapshot.entries
    .filter(({ author, struck }) => author === context.actor.id && struck === null)
    .at(-1);
  if (mine === undefined) {
    return refuse('You have no entry here that could be undone.', 'timeline');
  }
  return strikeEntry(change, mine, null, context);
}

function restore(change: Change, action: ActionOf<'restore'>, context: Context): Result<Reply> {
  const entry = entryNumbered(change, action.entry);
  if (entry === undefined) return missing(action.entry);
  const last = change.snapshot.revisions
    .filter(({ entry: no }) => no === entry.no)
    .toSorted((a, b) => a.revision - b.revision)
    .at(-1);
  if (last === undefined) return ok(reply([`#${entry.no} was never changed.`]));
  const { no: _no, revision: _revision, recordedAt: _recordedAt, ...before } = last.before;
  const when = before.at;
  const early = when === null ? null : checkOrder(change, entry.no, when, context);
  if (early !== null) return early;
  const how: Pick<Revision, 'by' | 'change' | 'reason'> = {
    by: context.actor.id,
    change: 'taken back',
    reason: null,
  };
  const after = revise(change, entry, before, how);
  const lines = reclaim(change, entry, after);
  return ok(
    reply([bold(`#${after.no}`), ` is as it was before: ${quoted(after.text)}`], {
      lines: [timeLine(after, context), ...lines],
      buttons: [button(change.incident, 'Take that back', `restore ${after.no}`)],
    }),
  );
}

/** Bringing back or striking again moves what hangs on the entry with it. */
function reclaim(change: Change, before: Entry, after: Entry): Line[] {
  if (after.struck !== null) return before.struck === null ? release(change, before) : [];
  const { detail, author } = after;
  if (detail?.type === 'field') {
    patch(change, { header: { ...change.incident.header, [detail.field]: detail.value } });
  }
  const name = before.struck === null ? undefined : carriedBy(after);
  if (name === undefined) return before.struck === null ? [] : moveSnooze(change, detail, 1);
  const round = roundOf(change.incident, after);
  const now = change.incident.milestones.find((one) => one.name === name && one.round === round);
  // Somebody has set it to another entry since: theirs stands.
  if (now !== undefined && now.entry !== detail?.was?.entry) return [];
  point(change, name, pointerTo(after), round);
  const acknowledges = name === 'acknowledged' && round === change.incident.round;
  if (acknowledges && change.incident.acknowledgedBy === null) {
    patch(change, { acknowledgedBy: author });
  }
  return [[`“${name}” is #${after.no} again.`]];
}

function carriedBy({ detail }: Entry): MilestoneName | undefined {
  if (detail?.type === 'milestone') return detail.milestone;
  return detail?.type === 'detected' || detail?.type === 'acknowledged' ? detail.type : undefined;
}

/** Entries are numbered in the order of writing: its round is how many reopenings came before it. */
const roundOf = ({ milestones }: Incident, { no }: Entry): number =>
  milestones.filter(({ name, entry }) => name === 'reopened' && entry < no).length;

/** Corrections: the original stays in the audit trail. */
export const corrections: Rules<'edit' | 'strike' | 'restore' | 'undo'> = {
  edit: { needs: ({ entry }) => ({ entries: [entry] }), handle: edit },
  strike: { needs: ({ entry }) => ({ entries: [entry] }), handle: strike },
  restore: { needs: ({ entry }) => ({ entries: [entry] }), handle: restore },
  undo: { needs: () => ({ mine: true }), handle: undo },
};
