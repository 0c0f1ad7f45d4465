import type { Reply } from '../decision.ts';
import type { Entry, Revision } from '../entry.ts';
import { MINUTE } from '../instant.ts';
import type { MessageInForm, SlackMessage, TakenFrom } from '../message.ts';
import { ok, type Result } from '../result.ts';
import { removedFromMessage, secretsIn } from '../secrets/index.ts';
import { bold, type Line, say } from '../text.ts';
import { type Change, notify, revise, write } from './change.ts';
import { edit, strikeEntry } from './corrections.ts';
import { echo, kindMenu } from './echo.ts';
import { reclaim } from './hanging.ts';
import type { ActionOf, Context, Rules } from './rule.ts';
import { readInstant, timing, type When } from './times.ts';
import { quoted, reply, storable } from './wording.ts';

/** Why an entry was struck that nobody struck by hand. */
export const TAKEN_BACK = 'the reaction was taken back';
const DELETED = 'deleted in Slack';

/** Slack's times count from 1970 too, in seconds with a fraction. */
const isEarlier = (one: string | null, other: string | null): boolean =>
  Number(one ?? 0) < Number(other ?? 0);

/** The entry that was taken from this message, as it is now. */
const entryOf = ({ snapshot }: Change, ts: string): Entry | undefined =>
  snapshot.entries.find(({ detail }) => detail?.message?.ts === ts);

const takenFrom = ({ channel, ts, link, files, edited }: SlackMessage): TakenFrom => ({
  ...{ channel, ts, link, files, edited },
});

const taken = (message: SlackMessage, isReworded: boolean): TakenFrom => ({
  ...takenFrom(message),
  ...(isReworded ? { reworded: true as const } : {}),
});

/** As much of a message as an entry keeps; its link leads to the rest. */
const wordsOf = ({ text }: SlackMessage): string => storable(text).text;

const said = ({ no, text }: Pick<Entry, 'no' | 'text'>, what: string): Line => [
  bold(`#${no}`),
  ` ${what}: ${quoted(text)}`,
];

/** Nobody is answered who reacts to a message, so whoever did is told in the channel, privately. */
function warn(
  change: Change,
  before: string,
  { text, detail, no }: Pick<Entry, 'text' | 'detail' | 'no'>,
  { actor }: Context,
): void {
  const known = secretsIn(before);
  const found = secretsIn(text).filter((name) => !known.includes(name));
  const message = detail?.message;
  for (const line of removedFromMessage(found, message?.link ?? null)) {
    notify(change, `secret:${no}`, {
      to: { type: 'ephemeral', channel: message?.channel ?? '', user: actor.id },
      what: { type: 'message', message: say(bold(`#${no}`), ' ', ...line) },
    });
  }
}

const nothing = (ts: string): Reply => reply([`No entry was taken from the message ${ts}.`]);

/** An entry's words and files as the message has them now; words of somebody's own stand. */
function following(entry: Entry, message: SlackMessage): Pick<Entry, 'text' | 'detail'> {
  const { detail, text } = entry;
  const { link = null, reworded = false, deleted = false } = detail?.message ?? {};
  if (deleted) return { text, detail };
  const now = { ...takenFrom(message), link: message.link ?? link };
  const taken: TakenFrom = reworded ? { ...now, reworded } : now;
  return {
    text: reworded ? entry.text : wordsOf(message),
    detail: detail && { ...detail, message: taken },
  };
}

function capture(
  change: Change,
  { message }: ActionOf<'capture'>,
  context: Context,
): Result<Reply> {
  const { actor } = context;
  const entry = entryOf(change, message.ts);
  if (entry === undefined) {
    const written = write(change, {
      at: message.at,
      text: message.text,
      detail: { type: 'captured', message: takenFrom(message) },
      author: message.author ?? actor.id,
      source: 'message',
    });
    warn(change, '', written, context);
    return ok(reply(said(written, 'Added')));
  }
  if (entry.struck === null) return ok(reply(said(entry, 'Added already')));
  return ok(reply(said(bringBack(change, entry, message, actor.id), 'Back again')));
}

/** The message that an incident is declared from: at its time, in its author's name, with the words that the form left. */
export function captureFirst(
  change: Change,
  message: MessageInForm,
  { actor, request }: Context,
): void {
  const { words } = message;
  if (words.trim() === '') return;
  const isReworded = words !== wordsOf(message);
  write(change, {
    at: message.at,
    text: words,
    detail: { type: 'captured', message: { ...taken(message, isReworded), elsewhere: true } },
    author: (isReworded ? null : message.author) ?? actor.id,
    source: request.source,
  });
}

function bringBack(change: Change, entry: Entry, message: SlackMessage, by: string): Entry {
  const part = { ...following(entry, message), struck: null };
  const after = revise(change, entry, part, { by, change: 'taken back', reason: null });
  reclaim(change, entry, after);
  return after;
}

function release(change: Change, { ts }: ActionOf<'release'>, context: Context): Result<Reply> {
  const entry = entryOf(change, ts);
  // What somebody wrote into the form stays: no reaction had put it there.
  if (entry === undefined || entry.struck !== null || entry.source !== 'message')
    return ok(nothing(ts));
  return strikeEntry(change, entry, TAKEN_BACK, context);
}

function follow(
  change: Change,
  { ts, message }: ActionOf<'follow'>,
  context: Context,
): Result<Reply> {
  const entry = entryOf(change, ts);
  const taken = entry?.detail?.message;
  if (entry === undefined || taken === undefined || entry.struck !== null) return ok(nothing(ts));
  if (message === null) return followDeletion(change, entry, taken, context);
  // Slack promises no order: an edit that comes late must not undo a newer one.
  if (taken.deleted === true || isEarlier(message.edited, taken.edited)) return ok(nothing(ts));
  const part = following(entry, message);
  const isSame =
    part.text === entry.text && JSON.stringify(message.files) === JSON.stringify(taken.files);
  if (isSame) return ok(nothing(ts));
  const after = revise(change, entry, part, inSlack(context, 'edited'));
  warn(change, entry.text, after, context);
  return ok(reply(said(after, 'Follows the message')));
}

const inSlack = (
  { actor }: Context,
  what: 'edited',
): Pick<Revision, 'by' | 'change' | 'reason'> => ({
  by: actor.id,
  change: what,
  reason: `${what} in Slack`,
});

/** Words of somebody's own outlive the message; what they lose is the way to it. */
function followDeletion(
  change: Change,
  entry: Entry,
  taken: TakenFrom,
  context: Context,
): Result<Reply> {
  if (taken.reworded !== true) return strikeEntry(change, entry, DELETED, context);
  if (taken.deleted === true) return ok(nothing(taken.ts));
  const message = { ...taken, link: null, files: [], deleted: true as const };
  const detail = entry.detail && { ...entry.detail, message };
  const how = { by: context.actor.id, change: 'edited', reason: DELETED } as const;
  return ok(reply(said(revise(change, entry, { detail }, how), 'Stays without its message')));
}

const minuteOf = (at: number): number => Math.floor(at / MINUTE);

/** A field shows the beginning of a long text, with an ellipsis: left alone, it changes nothing. */
const isBeginning = (typed: string, whole: string): boolean =>
  typed === whole || (typed.endsWith('…') && whole.startsWith(typed.slice(0, -1)));

/** The minute that a form was filled with stands for the message's own time. */
function exactly(when: When, { at }: SlackMessage): When {
  const isMeant = when.type === 'at' && minuteOf(when.at) === minuteOf(at);
  return isMeant ? { ...when, at } : when;
}

/** Adds a message as a form puts it; where its entry is there already, that one is corrected. */
export function logMessage(
  change: Change,
  action: ActionOf<'log'>,
  message: SlackMessage,
  context: Context,
): Result<Reply> {
  const entry = entryOf(change, message.ts);
  // The form is still there to be corrected: nothing is lost by asking in it.
  const read = readInstant(
    change,
    context,
    action.when,
    (time) => `log at ${time}, ${action.text}`,
  );
  if (!read.ok) return read;
  const when = exactly(read.value, message);
  if (entry !== undefined) return correct(change, entry, action, when, message, context);
  const isReworded = action.text !== wordsOf(message);
  const written = write(change, {
    ...timing(when),
    kinds: action.kinds,
    text: action.text,
    detail: { type: 'captured', message: taken(message, isReworded) },
    author: (isReworded ? null : message.author) ?? context.actor.id,
    source: context.request.source,
  });
  const menu = kindMenu(change, written);
  const notes = removedFromMessage(secretsIn(written.text), message.link);
  const { first, parts } = echo(change, context, written, when, { menu, notes });
  return ok(reply(first, parts));
}

function correct(
  change: Change,
  before: Entry,
  { text, kinds, when: typed }: ActionOf<'log'>,
  when: When,
  message: SlackMessage,
  context: Context,
): Result<Reply> {
  const entry =
    before.struck === null ? before : bringBack(change, before, message, context.actor.id);
  const isNow = when.type === 'at' && entry.at !== null && minuteOf(when.at) === minuteOf(entry.at);
  const added = kinds.filter((kind) => !entry.kinds.includes(kind));
  const own = isBeginning(text, entry.text) ? null : text;
  if (isNow && own === null && added.length === 0)
    return ok(reply(said(entry, before.struck === null ? 'Added already' : 'Back again')));
  const part = { entry: entry.no, when: isNow ? null : typed, text: own, kinds: added };
  return edit(change, { type: 'edit', ...part }, context);
}

/** Lines of the timeline that are messages in the incident's channel. */
export const capturing: Rules<'capture' | 'release' | 'follow'> = {
  capture: { needs: ({ message }) => ({ message: message.ts }), handle: capture },
  release: { needs: ({ ts }) => ({ message: ts }), handle: release },
  follow: { needs: ({ ts }) => ({ message: ts }), handle: follow },
};
