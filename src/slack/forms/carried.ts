import { createHash } from 'node:crypto';
import type { MessageInForm, SlackMessage } from '../../domain/message.ts';
import { cut, tidy } from '../blocks/literal.ts';
import { instantOf } from '../messages/raw.ts';
import { TEXT_CHARACTERS } from './fields.ts';

/** A message that a form was filled with, as the form carries it until it comes back. */
export interface Carried {
  readonly ts: string;
  readonly author: string | null;
  readonly link: string | null;
  readonly files: SlackMessage['files'];
  readonly edited: string | null;
  /** Names its words, to see whether somebody changed them in the form. */
  readonly words: string;
}

/** Slack keeps 3,000 characters with a form; the rest of what it has to remember is short. */
const ROOM = 2000;

/** A text as the form's field shows it. */
const shown = (text: string): string => cut(tidy(text), TEXT_CHARACTERS).trim();

/** Names a text as a field gives it back, to see whether somebody changed it there. */
export const nameOf = (text: string): string =>
  createHash('sha256').update(shown(text)).digest('hex').slice(0, 16);

/** A message packed for a form. Files that do not fit are left to the message itself. */
export function carry({ ts, author, link, files, edited, text }: SlackMessage): Carried {
  const rest = { ts, author, link, edited, words: nameOf(text) };
  let kept = files;
  while (kept.length > 0 && JSON.stringify({ ...rest, files: kept }).length > ROOM)
    kept = kept.slice(0, -1);
  return { ...rest, files: kept };
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const textOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** What a form carried, as it comes back; null where it makes no sense. */
export function readCarried(value: unknown): Carried | null {
  if (!isObject(value) || typeof value.ts !== 'string' || typeof value.words !== 'string')
    return null;
  const files = Array.isArray(value.files) ? value.files : [];
  return {
    ts: value.ts,
    words: value.words,
    author: textOrNull(value.author),
    link: textOrNull(value.link),
    edited: textOrNull(value.edited),
    files: files
      .filter(isObject)
      .map(({ name, link }) => ({ name: String(name), link: textOrNull(link) })),
  };
}

/**
 * The message as the rules see it, once it is known what the form says now: its own words, or
 * none, which are nobody's.
 */
export const unpacked = (
  { ts, words, ...rest }: Carried,
  channel: string,
  typed: string,
): MessageInForm => ({
  ...{ ...rest, ts, channel, at: instantOf(ts) },
  text: nameOf(typed) === words ? typed : '',
  words: typed,
});
