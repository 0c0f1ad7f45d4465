import { inState } from '../action-item.ts';
import type { Reply } from '../decision.ts';
import type { Detail, Stated } from '../entry.ts';
import { ok, type Result, refuse } from '../result.ts';
import { REVIEW } from '../review.ts';
import { code, type Line } from '../text.ts';
import { readDuration } from '../time/duration.ts';
import { readTime } from '../time/read.ts';
import { settleReminders } from './action-changes.ts';
import { type Change, nextCount, patch, point, pointer, pointerTo, revise } from './change.ts';
import { echo } from './echo.ts';
import { record, recordAndEcho, type Typed } from './logging.ts';
import { readReview } from './review.ts';
import type { ActionOf, Context, Rules } from './rule.ts';
import { timeContext } from './times.ts';
import { button, inWords, reply } from './wording.ts';

/** A finding need not have a time: `now` is when it was typed, not when it was so. */
const NO_TIME = '--:--';

/** Writes a finding under its own number, c1, and echoes it. */
function find(change: Change, context: Context, typed: Typed, label: string): Result<Reply> {
  const when = typed.when ?? NO_TIME;
  return ok(recordAndEcho(change, context, { ...typed, when }, { as: label }));
}

function effect(change: Change, action: ActionOf<'effect'>, context: Context): Result<Reply> {
  const n = nextCount(change, 'effect');
  const detail = { type: 'effect', n } as const;
  return find(change, context, { ...action, kinds: ['impact'], detail }, `Impact e${n}`);
}

function cause(change: Change, action: ActionOf<'cause'>, context: Context): Result<Reply> {
  const { role, text } = action;
  const n = nextCount(change, 'cause');
  const detail: Detail = { type: 'cause', n, role };
  const typed: Typed = { when: action.when ?? NO_TIME, text, kinds: ['cause'], detail };
  const { entry, when } = record(change, context, typed);
  const as = `Cause c${n}, ${role}`;
  // With a time it is also the moment at which the cause was found; the first one stays.
  if (action.when === null || entry.at === null || pointer(change, 'cause found') !== null) {
    const { first, parts } = echo(change, context, entry, when, { as });
    return ok(reply(first, parts));
  }
  point(change, 'cause found', pointerTo(entry));
  const notes = [['Cause found is set to this time.']];
  const { first, parts } = echo(change, context, entry, when, { as, notes });
  return ok(reply(first, parts));
}

function fix(change: Change, action: ActionOf<'fix'>, context: Context): Result<Reply> {
  const { permanence, when, text } = action;
  const n = nextCount(change, 'fix');
  const detail = { type: 'fix', n, permanence } as const;
  const label = permanence === null ? `Fix f${n}` : `Fix f${n}, ${permanence}`;
  return find(change, context, { when, text, kinds: ['action'], detail }, label);
}

function workaround(
  change: Change,
  action: ActionOf<'workaround'>,
  context: Context,
): Result<Reply> {
  const n = nextCount(change, 'workaround');
  const none = action.text === null;
  const detail = { type: 'workaround', n, none } as const;
  const text = action.text ?? 'There was no workaround.';
  return find(change, context, { when: action.when, text, kinds: [], detail }, `Workaround w${n}`);
}

function lesson(change: Change, action: ActionOf<'lesson'>, context: Context): Result<Reply> {
  const { sort, text } = action;
  const n = nextCount(change, 'lesson');
  const detail = { type: 'lesson', n, sort } as const;
  const label = sort === null ? `Lesson l${n}` : `Lesson l${n}, ${sort}`;
  return find(change, context, { when: NO_TIME, text, kinds: [], detail }, label);
}

const RANGE = /^(.+?)\s*(?:–|—|\bto\b|\buntil\b|\s-\s|(?<=\d)-(?=\d{1,2}[:.]))\s*(.+)$/i;

/** Reads a published figure: `N/A`, a length of time, or from–to. */
function readStated(
  change: Change,
  context: Context,
  { metric, value }: ActionOf<'stated'>,
): Result<Stated> {
  if (value === null || /^n\/?a$/i.test(value.trim())) {
    return ok({ metric, ms: null, from: null, to: null });
  }
  const length = readDuration(value);
  if (length.ok) return ok({ metric, ms: length.value.ms, from: null, to: null });
  const [, typedFrom, typedTo] = RANGE.exec(value.replace(/^from\s+/i, '')) ?? [];
  if (typedFrom === undefined || typedTo === undefined) {
    return refuse(length.refusal.reason, `stated ${metric} ${length.refusal.example ?? '1h20m'}`);
  }
  const times = timeContext(change, context);
  const from = readTime(typedFrom, times);
  const to = readTime(typedTo, times);
  if (!from.ok) return refuse(from.refusal.reason, `stated ${metric} 14:05–15:20`);
  if (!to.ok) return refuse(to.refusal.reason, `stated ${metric} 14:05–15:20`);
  if (to.value.at < from.value.at) {
    return refuse(`${typedTo} is before ${typedFrom}.`, `stated ${metric} ${typedTo}–${typedFrom}`);
  }
  const [start, end] = [from.value.at, to.value.at];
  return ok({ metric, ms: end - start, from: start, to: end });
}

function stated(change: Change, action: ActionOf<'stated'>, context: Context): Result<Reply> {
  const read = readStated(change, context, action);
  if (!read.ok) return read;
  const n = nextCount(change, 'stated');
  const { metric, ms } = read.value;
  const text = `${metric}: ${action.value ?? 'N/A'}`;
  const detail = { type: 'stated', n, stated: read.value } as const;
  const notes =
    ms === null ? [] : [[`Read as ${inWords(ms)}. It is printed beside the computed figure.`]];
  const typed = { when: NO_TIME, text, kinds: [], detail };
  return ok(recordAndEcho(change, context, typed, { as: 'Stated', notes }));
}

function set(change: Change, action: ActionOf<'set'>, context: Context): Result<Reply> {
  const field = action.field.trim().toLowerCase();
  const typed = action.value.trim();
  if (field === '' || typed === '') {
    return refuse('A field needs a name and a value.', 'set service checkout');
  }
  const read = field === REVIEW ? readReview(typed, context) : ok({ value: typed, notes: [] });
  if (!read.ok) return read;
  const { value } = read.value;
  const before = change.incident.header[field];
  if (before === value) return ok(reply([`${field} is ${value} already.`]));
  patch(change, { header: { ...change.incident.header, [field]: value } });
  const detail = { type: 'field', field, value } as const;
  const text = `${field}: ${typed}`;
  const back: readonly Line[] =
    before === undefined
      ? []
      : [[`It was ${before}. Back again: `, code(`/incident set ${field} ${before}`)]];
  const notes = [...read.value.notes, ...back];
  return ok(
    recordAndEcho(
      change,
      context,
      { when: NO_TIME, text, kinds: [], detail },
      { as: 'Set', notes },
    ),
  );
}

/** Marks an action item as done; its words and number stay. */
function actionDone(
  change: Change,
  { item }: ActionOf<'action done'>,
  { actor }: Context,
): Result<Reply> {
  const entry = change.snapshot.entries.find(
    ({ detail, struck }) => detail?.type === 'action' && detail.n === item && struck === null,
  );
  if (entry?.detail?.type !== 'action') {
    return refuse(`There is no action item a${item} here.`, 'timeline all');
  }
  if (entry.detail.item.done) return ok(reply([`Action item a${item} is done already.`]));
  const detail: Detail = { ...entry.detail, item: inState(entry.detail.item, 'done', '') };
  revise(change, entry, { detail }, { by: actor.id, change: 'done', reason: null });
  settleReminders(change, 'Done.');
  return ok(
    reply([`Action item a${item} is done: ${entry.text}`], {
      buttons: [button(change.incident, 'Undo', `restore ${entry.no}`)],
    }),
  );
}

/** What the draft's prose is made of. */
export const findings: Rules<
  'effect' | 'cause' | 'fix' | 'workaround' | 'lesson' | 'stated' | 'set' | 'action done'
> = {
  effect: { handle: effect },
  cause: { handle: cause },
  fix: { handle: fix },
  workaround: { handle: workaround },
  lesson: { handle: lesson },
  stated: { handle: stated },
  set: { handle: set },
  'action done': { needs: ({ item }) => ({ action: item }), handle: actionDone },
};
