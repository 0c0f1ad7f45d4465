import type { Reply } from '../decision.ts';
import type { Entry, Revision } from '../entry.ts';
import { ok, type Result, refuse } from '../result.ts';
import { bold, code, type Line } from '../text.ts';
import { type Change, entryNumbered, revise } from './change.ts';
import { milestoneButtons, readingNotes, timeButtons, timeLine } from './echo.ts';
import { reclaim, release } from './hanging.ts';
import { LASTING } from './lasting.ts';
import { followAtOtherEnd } from './linking.ts';
import { checkOrder } from './order.ts';
import type { ActionOf, Context, OtherNeeded, Rules } from './rule.ts';
import { askedOf, readWhen, timing, type When } from './times.ts';
import { button, quoted, reply, unwritten } from './wording.ts';

const missing = (no: number) => refuse(`There is no entry #${no} in this incident.`, 'timeline');

/** Corrects an entry, and echoes what it was and is. */
export function edit(change: Change, action: ActionOf<'edit'>, context: Context): Result<Reply> {
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
      `#${entry.no} is what Muster itself recorded (${quoted(entry.text)}): its words stay as they are, so that the record can be trusted. Its time can be corrected; what is missing goes into an entry of yours, with log.`,
      `edit ${entry.no} at 14:05`,
    );
  }
  const when = action.when === null ? null : readWhen(change, context, action.when, askedOf(entry));
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
  const words = action.text === null ? {} : inOwnWords(entry);
  if (when === null) return { kinds, text, ...words };
  // A questioned correction leaves the old time standing until it is settled.
  if (when.type === 'question') return { kinds, text, ...words, question: when.question };
  return { kinds, text, ...words, ...timing(when) };
}

/** What somebody corrected here does not follow the message that it was taken from any more. */
function inOwnWords({ detail }: Entry): Pick<Entry, 'detail'> | object {
  if (detail?.message === undefined) return {};
  return { detail: { ...detail, message: { ...detail.message, reworded: true } } };
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
        ...milestoneButtons(change, { ...after, kinds: added }),
        button(change.incident, 'Take it back', `restore ${after.no}`),
      ],
    },
  );
}

/** Strikes an entry, with what hangs on it. */
export function strikeEntry(
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
  const how: Pick<Revision, 'by' | 'change' | 'reason'> = {
    by: actor.id,
    change: 'struck',
    reason,
  };
  const tied = followAtOtherEnd(change, entry, struck, how);
  if (tied !== null) return tied;
  const lines = release(change, entry);
  revise(change, entry, { struck }, how);
  return ok(
    reply([bold(`#${entry.no}`), ` struck: ${quoted(entry.text)}`], {
      lines,
      notes: [['It stays in the audit trail. Back again: ', code(`/incident restore ${entry.no}`)]],
      buttons: [button(change.incident, 'Bring it back', `restore ${entry.no}`)],
    }),
  );
}

function strike(change: Change, action: ActionOf<'strike'>, context: Context): Result<Reply> {
  const entry = entryNumbered(change, action.entry);
  if (entry === undefined) return missing(action.entry);
  if (entry.struck !== null)
    return ok(reply([`#${entry.no} is struck already.`], { lines: unwritten(action.reason) }));
  return strikeEntry(change, entry, action.reason, context);
}

/** What somebody else took from a message of mine was not my doing. */
const isDoingOf = ({ author, source, detail }: Entry, person: string): boolean =>
  author === person &&
  source !== 'message' &&
  (detail?.message === undefined || detail.message.reworded === true);

function undo(change: Change, _action: ActionOf<'undo'>, context: Context): Result<Reply> {
  const mine = change.snapshot.entries
    .filter((entry) => isDoingOf(entry, context.actor.id))
    .filter(({ struck }) => struck === null)
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
  if (last.change === 'redacted')
    return refuse(
      `#${entry.no} was redacted: what it said is gone.`,
      `edit ${entry.no} <new text>`,
    );
  const { no: _no, revision: _revision, recordedAt: _recordedAt, ...before } = last.before;
  const when = before.at;
  const early = when === null ? null : checkOrder(change, entry.no, when, context);
  if (early !== null) return early;
  const how: Pick<Revision, 'by' | 'change' | 'reason'> = {
    by: context.actor.id,
    change: 'taken back',
    reason: null,
  };
  const tied = followAtOtherEnd(change, entry, before.struck, how);
  if (tied !== null) return tied;
  const after = revise(change, entry, before, how);
  const lines = reclaim(change, entry, after);
  return ok(
    reply([bold(`#${after.no}`), ` is as it was before: ${quoted(after.text)}`], {
      lines: [timeLine(after, context), ...lines],
      buttons: [button(change.incident, 'Take that back', `restore ${after.no}`)],
    }),
  );
}

/** A link is struck, and brought back, at both ends. */
const LINKED: OtherNeeded = { which: 'linked', whole: false };

/** Corrections: the original stays in the audit trail. */
export const corrections: Rules<'edit' | 'strike' | 'restore' | 'undo'> = {
  edit: { needs: ({ entry }) => ({ entries: [entry] }), handle: edit },
  strike: { needs: ({ entry }) => ({ entries: [entry], other: LINKED }), handle: strike },
  restore: { needs: ({ entry }) => ({ entries: [entry], other: LINKED }), handle: restore },
  undo: { needs: () => ({ mine: true, other: LINKED }), handle: undo },
};
