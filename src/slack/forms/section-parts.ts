import type { Filled } from '../../commands/command.ts';
import { seenIn } from '../../commands/section-line.ts';
import { pieces } from '../blocks/literal.ts';
import { TEXT_CHARACTERS } from './fields.ts';

/** An entry keeps 20,000 characters; cut where lines end, so many fields hold them, unless most are emoji. */
export const MOST_FIELDS = 14;
/** `private_metadata` takes 3,000 characters; the rest of the memory needs some of them. */
const MOST_REMEMBERED = 1200;
/** What stands before a field that the text did not need when the form was opened. */
const NEW_LINE = '\n';

/** A text as fields hold it: with `joints` between them, the parts are the text again. */
interface Parts {
  readonly parts: readonly string[];
  /** One fewer than the parts. */
  readonly joints: readonly string[];
}

/** Cuts a text for the fields. Fields come back trimmed, so white space where it is cut is in the joints. */
export function partsOf(text: string): Parts {
  const parts: string[] = [];
  const joints: string[] = [];
  let between = '';
  for (const piece of pieces(text.trim(), TEXT_CHARACTERS)) {
    const part = piece.trim();
    if (part === '') {
      between += piece;
      continue;
    }
    const start = piece.indexOf(part);
    if (parts.length > 0) joints.push(between + piece.slice(0, start));
    parts.push(part);
    between = piece.slice(start + part.length);
  }
  return { parts, joints };
}

/** The text that the fields hold together; a field that was emptied leaves the widest gap beside it. */
export function together(fields: readonly string[], joints: readonly string[]): string {
  let text = '';
  let gap = '';
  fields.forEach((field, at) => {
    const joint = joints[at - 1] ?? NEW_LINE;
    if (joint.length > gap.length) gap = joint;
    if (field === '') return;
    text += text === '' ? field : gap + field;
    gap = '';
  });
  return text;
}

/** What the form remembers of where it cut the text. */
export const jointsToken = (text: string): string => JSON.stringify(partsOf(text).joints);

/** Reads that back; nothing where it makes no sense. */
export function jointsIn(token: string): readonly string[] {
  try {
    const joints: unknown = JSON.parse(token);
    return Array.isArray(joints) ? joints.map(String) : [];
  } catch {
    return [];
  }
}

/** Why a form cannot hold the whole text, and what to type instead; null when it can. */
export function tooLong({
  text = '',
  seen = '',
  section = '',
}: Filled): { reason: string; instead: string } | null {
  const { parts, joints } = partsOf(text);
  const remembered = JSON.stringify(JSON.stringify(joints)).length;
  if (parts.length <= MOST_FIELDS && remembered <= MOST_REMEMBERED) return null;
  const entry = seenIn(seen)?.written?.entry;
  return {
    reason:
      'This text is longer than a form in Slack can hold, so it was not opened: nothing is changed or lost. Shorten the text, or write it anew, with:',
    instead:
      entry === undefined
        ? `postmortem section ${section} What you want it to say`
        : `edit ${entry} What you want it to say`,
  };
}
