import type { ActionItem } from '../domain/entry.ts';
import { trailingUser } from './slack-tokens.ts';
import { splitTags } from './tags.ts';
import { isDeadline } from './when.ts';

/** An action item as typed: the text, and the options that stood at its end. */
export type TypedItem = Omit<ActionItem, 'due'> & {
  readonly text: string;
  readonly due: string | null;
};

/** The field of a form that says which cause an action item addresses. */
export const ADDRESSES = 'addresses';

type Options = { -readonly [Key in keyof Omit<TypedItem, 'text'>]: TypedItem[Key] };

const TAGS = ['corrective', 'preventive', 'done'] as const;
const tagNamed = (tag: string) => TAGS.find((name) => name === tag.toLowerCase()) ?? null;

/** Reads options off the end for as long as there are any; whatever is left is the text. */
export function actionOptions(typed: string): TypedItem {
  const options: Options = {
    owner: null,
    due: null,
    refs: [],
    addresses: null,
    sort: null,
    done: false,
  };
  let text = typed.trim();
  for (let left = takeOne(text, options); left !== null; left = takeOne(text, options)) text = left;
  return { ...options, text };
}

/** Takes one option off the end; null when none is there. Each is taken once: a second one is text. */
function takeOne(text: string, options: Options): string | null {
  return (
    takeTags(text, options) ??
    takeOwner(text, options) ??
    takeCause(text, options) ??
    takeRefs(text, options) ??
    takeDue(text, options)
  );
}

function takeTags(text: string, options: Options): string | null {
  const { text: left, tags } = splitTags(text, tagNamed);
  if (tags.length === 0) return null;
  for (const tag of tags) {
    if (tag === 'done') options.done = true;
    else options.sort = tag;
  }
  return left;
}

function takeOwner(text: string, options: Options): string | null {
  const found = options.owner === null ? trailingUser(text) : null;
  if (found === null) return null;
  options.owner = found.id;
  return found.before.replace(/(?<=^|\s)owner:?$/i, '').trimEnd();
}

function takeCause(text: string, options: Options): string | null {
  const found = options.addresses === null ? /(?<=^|\s)for\s+(c\d{1,4})$/i.exec(text) : null;
  if (found?.[1] === undefined) return null;
  options.addresses = found[1].toLowerCase();
  return text.slice(0, found.index).trimEnd();
}

/** `ref` is also an English word: what follows must look like a tracker's id or a link. */
const REF = /^(?:https?:\/\/\S+|\S*\d\S*)$/;

function refsIn(text: string, between: RegExp): readonly string[] | null {
  const refs = text.split(between).filter((ref) => ref !== '');
  return refs.length > 0 && refs.length <= 50 && refs.every((ref) => REF.test(ref)) ? refs : null;
}

/** Tracker ids with commas or blanks between them; null where one is none. */
export const trackersIn = (text: string): readonly string[] | null => refsIn(text, /[\s,]+/);

function takeRefs(text: string, options: Options): string | null {
  if (options.refs.length > 0) return null;
  const found = [...text.matchAll(/(?<=^|\s)refs?:?\s+/gi)].at(-1);
  if (found === undefined) return null;
  const refs = refsIn(text.slice(found.index + found[0].length), /\s*,\s*/);
  if (refs === null) return null;
  options.refs = refs;
  return text.slice(0, found.index).trimEnd();
}

function takeDue(text: string, options: Options): string | null {
  if (options.due !== null) return null;
  const found = [...text.matchAll(/(?<=^|\s)due:?\s+/gi)].at(-1);
  if (found === undefined) return null;
  const due = text.slice(found.index + found[0].length);
  if (due.length > 60 || !isDeadline(due)) return null;
  options.due = due.replace(/^(?:on|by)\s+/i, '');
  return text.slice(0, found.index).trimEnd();
}
