import type { TypedWhen } from '../action.ts';
import type { Reply } from '../decision.ts';
import type { Detail, Entry } from '../entry.ts';
import { ok, type Result, refuse } from '../result.ts';
import type { Button, Line } from '../text.ts';
import { formatIn } from '../time/format.ts';
import { type Reading, readTime } from '../time/read.ts';
import { timesWithin } from '../time/within.ts';
import { shortened } from '../views/phrases.ts';
import type { Kind } from '../words.ts';
import { logMessage } from './capturing.ts';
import { type Change, entryNumbered, write } from './change.ts';
import { echo, kindMenu } from './echo.ts';
import type { ActionOf, Context, Rules } from './rule.ts';
import { readWhen, timeContext, timing, typedAt, unmistakable, type When } from './times.ts';
import { button, type ReplyParts, reply, unwritten } from './wording.ts';

/** What somebody typed, on its way into the record. */
export interface Typed {
  readonly when: TypedWhen;
  readonly text: string;
  readonly kinds: readonly Kind[];
  readonly detail?: Detail;
  readonly after?: number | null;
}

/** Writes what somebody typed. A time that cannot be settled never loses the text. */
export function record(
  change: Change,
  context: Context,
  typed: Typed,
): { entry: Entry; when: When } {
  const when = readWhen(change, context, typed.when);
  const entry = write(change, {
    ...timing(when),
    kinds: typed.kinds,
    text: typed.text,
    detail: typed.detail ?? null,
    after: typed.after ?? null,
    author: context.actor.id,
    source: context.request.source,
  });
  return { entry, when };
}

/** Writes it and echoes how it was read. */
export function recordAndEcho(
  change: Change,
  context: Context,
  typed: Typed,
  more: ReplyParts & { readonly as?: string } = {},
): Reply {
  const { entry, when } = record(change, context, typed);
  const { first, parts } = echo(change, context, entry, when, more);
  return reply(first, parts);
}

/** What was asked for is so already: nothing moves, but what was said with it is never lost. */
export function soAlready(
  change: Change,
  context: Context,
  { when = null, text }: { readonly when?: string | null; readonly text: string | null },
  already: Line,
  parts: ReplyParts = {},
): Reply {
  if (text === null || text.trim() === '')
    return reply(already, { ...parts, lines: unwritten(when) });
  return recordAndEcho(change, context, { when, text, kinds: [] }, { ...parts, lines: [already] });
}

/** A time that could have been meant, as it would be told; null for one that is none or far from here. */
function sensible(change: Change, context: Context, when: string): Reading | null {
  const read = readTime(when, timeContext(change, context));
  return read.ok && !read.value.flags.includes('far-past') ? read.value : null;
}

/** A time as it is told: in the words it was typed with where they name the zone. */
const clockOf = ({ at, zone, typed, assumed = [] }: Reading, context: Context): string =>
  assumed.includes('zone')
    ? formatIn(at, zone, { date: 'auto', reference: typedAt(context) })
    : shortened(typed, 40);

/** The line as it could also have been read: one edit of the entry that is being written. */
function otherReadings(
  change: Change,
  context: Context,
  { when: taken, otherReading, text: kept }: ActionOf<'log'>,
): Button[] {
  if (otherReading === null) return taken === null ? within(change, context, kept) : [];
  const { incident } = change;
  const { when, text } = otherReading;
  const edit = (at: string) => `edit ${incident.nextEntry} at ${at}, ${text}`;
  if (when === null)
    return [button(incident, 'It is all text', edit(unmistakable(typedAt(context))))];
  const read = sensible(change, context, when);
  if (read === null) return [];
  const same = taken !== null && sensible(change, context, taken)?.at === read.at;
  const label = same ? `The text is “${shortened(text, 40)}”` : `I meant ${clockOf(read, context)}`;
  return [button(incident, label, edit(unmistakable(read.at)))];
}

/** The times that stand in the text of a line that is logged now: it may have been about one of them. */
function within(change: Change, context: Context, text: string): Button[] {
  const { incident } = change;
  return timesWithin(text).flatMap((when) => {
    const read = sensible(change, context, when);
    if (read === null) return [];
    const label = `It was at ${clockOf(read, context)}`;
    return [button(incident, label, `edit ${incident.nextEntry} at ${unmistakable(read.at)}`)];
  });
}

function log(change: Change, action: ActionOf<'log'>, context: Context): Result<Reply> {
  const { when, text, kinds, after } = action;
  if (text.trim() === '')
    return refuse('What happened? The entry has no text.', 'log restarted the pool');
  if (action.message !== undefined) return logMessage(change, action, action.message, context);
  const other = otherReadings(change, context, action);
  const there = after === null || entryNumbered(change, after) !== undefined;
  const notes = there ? [] : [[`There is no entry #${after}; this one stands at the end.`]];
  const typed = { when, text, kinds, after: there ? after : null };
  const menu = kindMenu(change, { no: change.incident.nextEntry, kinds });
  return ok(recordAndEcho(change, context, typed, { buttons: other, notes, menu }));
}

function comms(change: Change, action: ActionOf<'comms'>, context: Context): Result<Reply> {
  const { audience, when, text } = action;
  const detail = { type: 'comms', audience } as const;
  const as = `Communication, ${audience}`;
  return ok(recordAndEcho(change, context, { when, text, kinds: ['comms'], detail }, { as }));
}

function restored(change: Change, action: ActionOf<'restored'>, context: Context): Result<Reply> {
  const { percent, when } = action;
  if (!(percent >= 0 && percent <= 100)) {
    return refuse(`${percent}% is not between 0 and 100.`, 'restored 80%');
  }
  const detail = { type: 'restored', percent } as const;
  const text = `Restored to ${percent}%.`;
  return ok(recordAndEcho(change, context, { when, text, kinds: ['recovered'], detail }));
}

/** Lines of the timeline. */
export const logging: Rules<'log' | 'comms' | 'restored'> = {
  log: {
    needs: ({ after, message = null }) => ({
      entries: after === null ? [] : [after],
      message: message?.ts ?? null,
    }),
    handle: log,
  },
  comms: { handle: comms },
  restored: { handle: restored },
};
