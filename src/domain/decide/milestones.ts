import type { Reply } from '../decision.ts';
import type { Detail, Entry } from '../entry.ts';
import { isOver } from '../incident.ts';
import { ok, type Result, refuse } from '../result.ts';
import { type Line, user } from '../text.ts';
import type { Kind, MilestoneName } from '../words.ts';
import { CALLS, settlePings } from './announcing.ts';
import { type Change, entryNumbered, patch, point, pointer, pointerTo, revise } from './change.ts';
import { echo, momentLine } from './echo.ts';
import { record } from './logging.ts';
import { checkMilestone } from './order.ts';
import { runningLine } from './outlook.ts';
import type { ActionOf, Context, Rules } from './rule.ts';
import { readInstant, readWhen } from './times.ts';
import { quoted, reply } from './wording.ts';

type Settable = ActionOf<'milestone'>['milestone'];

const SENTENCES: Readonly<Record<Settable, { readonly text: string; readonly kind: Kind }>> = {
  'impact started': { text: 'Impact started.', kind: 'impact' },
  'impact ended': { text: 'Impact ended.', kind: 'recovered' },
  detected: { text: 'Detected.', kind: 'detected' },
  acknowledged: { text: 'Acknowledged.', kind: 'acknowledged' },
  'cause found': { text: 'Cause found.', kind: 'cause' },
  mitigated: { text: 'Mitigated.', kind: 'mitigation' },
};

/** What a verb is called when typed: the milestone's own words, `ack` for acknowledged. */
const verb = (name: Settable): string => (name === 'acknowledged' ? 'ack' : name);

/** Points a milestone to an entry and says what it was before. */
export function setMilestone(
  change: Change,
  name: MilestoneName,
  entry: Entry,
  { actor, world }: Context,
): Line[] {
  const was = pointer(change, name);
  point(change, name, pointerTo(entry));
  if (was === null || was.entry === entry.no) return [];
  const before = was.at === null ? 'without a time' : momentLine(was.at, actor.zone, world.now);
  return [[`“${name}” was #${was.entry}, ${before}.`]];
}

function milestone(change: Change, action: ActionOf<'milestone'>, context: Context): Result<Reply> {
  if (action.entry !== undefined) return pointTo(change, action, action.entry, context);
  const { milestone: name, when, by, text } = action;
  const read = readWhen(change, context, when);
  // Without a text there is nothing to keep but the time, and that could not be read.
  if (text === null && read.type === 'question' && read.question.code !== 'far-past') {
    const typed = readInstant(change, context, when, (time) => `${verb(name)} ${time}`);
    if (!typed.ok) return typed;
  }
  if (read.type === 'at') {
    const wrong = checkMilestone(change, name, read.at, change.incident.round, context);
    if (wrong !== null) return wrong;
  }
  const was = pointer(change, name);
  const { text: sentence, kind } = SENTENCES[name];
  const detail: Detail =
    name === 'detected'
      ? { type: 'detected', by, was }
      : { type: 'milestone', milestone: name, was };
  const said = text ?? (by === null ? sentence : `${sentence.slice(0, -1)} by ${by}.`);
  const written = record(change, context, { when, text: said, kinds: [kind], detail });
  const lines = settle(change, name, written.entry, context);
  // Without a text the sentence that is kept has it.
  const as = `${sentence.slice(0, -1)}${by === null || text === null ? '' : ` by ${by}`}`;
  const { first, parts } = echo(change, context, written.entry, written.when, { as, lines });
  return ok(reply(first, parts));
}

/** What a milestone stops besides being set. */
function settle(change: Change, name: Settable, entry: Entry, context: Context): Line[] {
  const lines = setMilestone(change, name, entry, context);
  if (isOver(change.incident)) return lines;
  if (name === 'acknowledged' && change.incident.acknowledgedBy === null) {
    patch(change, { acknowledgedBy: context.actor.id });
    settlePings(change, ['Acknowledged by ', user(context.actor.id)], CALLS);
    lines.push(['Stopped: the acknowledge timer and the escalation.']);
  }
  if (name === 'mitigated') {
    settlePings(change, ['Mitigated, says ', user(context.actor.id)], ['mitigate']);
    lines.push(['The mitigate timer stops.'], runningLine(change, context));
  }
  return lines;
}

/** What an entry is that nothing hangs on yet: it may carry a milestone. */
const PLAIN: readonly string[] = ['imported', 'merged', 'captured'];

/** Where an entry came from stays with it, whatever it becomes. */
function whence({ detail }: Entry): Pick<Detail, 'line' | 'origin' | 'message'> {
  const { line, origin, message } = detail ?? {};
  return {
    ...(line === undefined ? {} : { line }),
    ...(origin === undefined ? {} : { origin }),
    ...(message === undefined ? {} : { message }),
  };
}

/** `detected #7`: the entry is there already; the milestone points to it. */
function pointTo(
  change: Change,
  { milestone: name }: ActionOf<'milestone'>,
  no: number,
  context: Context,
): Result<Reply> {
  const entry = entryNumbered(change, no);
  if (entry === undefined) return refuse(`There is no entry #${no} in this incident.`, 'timeline');
  if (entry.struck !== null) return refuse(`#${no} is struck.`, `restore ${no}`);
  if (entry.at === null) {
    return refuse(`#${no} has no time yet, so it cannot say when.`, `edit ${no} at 14:05`);
  }
  const wrong = checkMilestone(change, name, entry.at, change.incident.round, context);
  if (wrong !== null) return wrong;
  const was = pointer(change, name);
  if (was?.entry === no) return ok(reply([`“${name}” is #${no} already.`]));
  const plain = entry.detail === null || PLAIN.includes(entry.detail.type);
  if (plain) {
    const more = { was, ...whence(entry) };
    const detail: Detail =
      name === 'detected'
        ? { type: 'detected', by: null, ...more }
        : { type: 'milestone', milestone: name, ...more };
    revise(change, entry, { detail }, { by: context.actor.id, change: 'edited', reason: null });
  }
  const lines = settle(change, name, entry, context);
  const at = momentLine(entry.at, context.actor.zone, context.world.now);
  return ok(reply([`“${name}” is now #${no}, ${at}: ${quoted(entry.text)}`], { lines }));
}

/** Moments the metrics are computed from. Only a verb sets them. */
export const milestones: Rules<'milestone'> = {
  milestone: {
    needs: ({ entry }) => ({ entries: entry === undefined ? [] : [entry] }),
    handle: milestone,
  },
};
