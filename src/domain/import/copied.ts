import { splitLeadingTime } from '../time/prefix.ts';
import { clockAlone, type Header, hasMeridiem, headerIn, isBadge, nameIn } from './header.ts';
import { dateAlone } from './heading.ts';
import type { PastedLine } from './pasted.ts';

/** A message as it was copied out of Slack. */
export interface Copied {
  readonly type: 'message';
  /** The line with its clock. */
  readonly pasted: PastedLine;
  readonly name: string;
  readonly time: string;
  /** Whether the clock leaves the half of the day to the message above: `2:33` below `2:31 PM`. */
  readonly halved: boolean;
  /** Whether it was asked if this is a message at all. */
  readonly doubted: boolean;
  readonly texts: readonly PastedLine[];
}

/** Pasted lines, with those put together that are one message. */
export type Item =
  | { readonly type: 'line'; readonly pasted: PastedLine }
  | Copied
  /** Not what anybody wrote: a count of replies, a reaction. */
  | { readonly type: 'mark'; readonly pasted: PastedLine; readonly what: string }
  /** Who wrote what follows, or a text: the answer decides. */
  | {
      readonly type: 'who';
      readonly pasted: PastedLine;
      readonly name: string;
      readonly answer: string | null;
    }
  /** A line of a message that begins with a time of its own. */
  | {
      readonly type: 'timed within';
      readonly pasted: PastedLine;
      readonly name: string;
      /** What follows it in the message. */
      readonly texts: readonly PastedLine[];
    };

/** Answers to whether a line names who wrote the next ones. */
export const AUTHOR = 'author';
export const TEXT = 'text';

const MARKS: readonly (readonly [RegExp, string])[] = [
  [/^\d+ repl(?:y|ies)(?: last reply .*)?$/i, 'Slack’s count of replies'],
  [
    /^(?:last reply\b.*|view thread|also sent to the channel|replied to a thread:?.*)$/i,
    'Slack’s note about a thread',
  ],
  [/^\(edited\)$/i, 'Slack’s note that it was edited'],
  [
    /^(?::[a-z0-9_+'-]+:|\p{Extended_Pictographic}\uFE0F?)\s*\d{1,4}(?:\s*(?::[a-z0-9_+'-]+:|\p{Extended_Pictographic}\uFE0F?)\s*\d{1,4})*$/iu,
    'reactions',
  ],
];
const ONE_EMOJI = /^(?::[a-z0-9_+'-]+:|\p{Extended_Pictographic}\uFE0F?)$/iu;
const SEPARATOR = /^(?:today|yesterday)$/i;

interface Found extends Header {
  /** How many lines it takes. */
  readonly lines: number;
  /** The line with the clock. */
  readonly clock: PastedLine;
}

/** The header that begins in this line; of one line or of two, with a badge between them. */
function headerAt(lines: readonly PastedLine[], at: number): Found | null {
  const [line, next] = [lines[at], lines[at + 1]];
  if (line === undefined || line.mark !== null || beginsWithTime(line)) return null;
  const one = headerIn(line.text);
  if (one !== null && (one.text !== '' || isText(next))) return { ...one, lines: 1, clock: line };
  const name =
    line.text.endsWith(':') && !/:[a-z0-9_+'-]+:$/i.test(line.text) ? null : nameIn(line.text);
  if (name === null || clockAlone(line.text) !== null || next === undefined) return null;
  const badges = isBadge(next.text) ? 1 : 0;
  const clock = lines[at + 1 + badges];
  const time = clock === undefined ? null : clockAlone(clock.text);
  if (clock === undefined || time === null || !isText(lines[at + 2 + badges])) return null;
  const sure = badges > 0 || (hasMeridiem(time) && name.includes(' '));
  return { name, time, text: '', sure, lines: 2 + badges, clock };
}

const beginsWithTime = ({ text }: PastedLine): boolean => splitLeadingTime(text).time !== null;

const isText = (line: PastedLine | undefined): boolean =>
  line !== undefined && clockAlone(line.text) === null;

/** Who is surely named in these lines, and who is named twice: they are known wherever they stand. */
function knownNames(lines: readonly PastedLine[]): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const at of lines.keys()) {
    const found = headerAt(lines, at);
    // Below a clock stands a text, whatever it looks like.
    if (found === null || isClock(lines[at - 1])) continue;
    counts.set(found.name, (counts.get(found.name) ?? 0) + (found.sure ? 2 : 1));
  }
  return new Set([...counts].filter(([, count]) => count > 1).map(([name]) => name));
}

/** Puts lines together that were copied out of Slack; all others stay as they are. */
export function itemsOf(
  lines: readonly PastedLine[],
  answers: Readonly<Record<number, string>>,
): readonly Item[] {
  const known = knownNames(lines);
  const items: Item[] = [];
  let author: { readonly name: string; readonly meridiem: boolean } | null = null;
  /** What a text goes on with. */
  let texts: PastedLine[] | null = null;
  for (let at = 0; at < lines.length; at++) at += take(at);
  return items;

  /** Takes the lines that begin here; says how many more than one they are. */
  function take(at: number): number {
    const line = lines[at];
    if (line === undefined) return 0;
    const found = headerAt(lines, at);
    const awaited = texts?.length === 0 || (author === null && isClock(lines[at - 1]));
    if (found !== null && (!awaited || known.has(found.name)) && isAuthor(line, found.name)) {
      author = null;
      begin(found.clock, found.name, found.time, found.clock === line && !known.has(found.name));
      if (found.text !== '') texts?.push({ ...line, text: found.text });
      return found.lines - 1;
    }
    if (author !== null) return takeWritten(line, at, author.name);
    items.push({ type: 'line', pasted: line });
    return 0;
  }

  function isAuthor(pasted: PastedLine, name: string): boolean {
    if (known.has(name)) return true;
    const said = answers[pasted.line];
    const answer = said === AUTHOR || said === TEXT ? said : null;
    items.push({ type: 'who', pasted, name, answer });
    return answer !== TEXT;
  }

  function begin(pasted: PastedLine, name: string, time: string, doubted = false): void {
    const halved = author?.meridiem === true && !hasMeridiem(time);
    author = { name, meridiem: halved || hasMeridiem(time) };
    texts = [];
    items.push({ type: 'message', pasted, name, time, halved, doubted, texts });
  }

  /** A line below a header: a text, the clock of the next message, or what Slack shows besides. */
  function takeWritten(pasted: PastedLine, at: number, name: string): number {
    if (pasted.mark === 'code') return goOn(pasted);
    const time = clockAlone(pasted.text);
    if (time !== null) {
      begin(pasted, name, time);
      return 0;
    }
    const mark = markAt(lines, at);
    if (mark !== null) return takeMark(at, mark);
    if (isDay(pasted)) {
      author = null;
      texts = null;
      items.push({ type: 'line', pasted });
    } else if (beginsWithTime(pasted)) {
      texts = [];
      items.push({ type: 'timed within', pasted, name, texts });
    } else goOn(pasted);
    return 0;
  }

  function goOn(pasted: PastedLine): number {
    texts?.push(pasted);
    return 0;
  }

  function takeMark(at: number, { what, lines: count }: { what: string; lines: number }): number {
    for (const pasted of lines.slice(at, at + count)) items.push({ type: 'mark', pasted, what });
    return count - 1;
  }
}

/** Whether a line separates days. */
const isDay = ({ text }: PastedLine): boolean => SEPARATOR.test(text) || dateAlone(text) !== null;

const isClock = (line: PastedLine | undefined): boolean =>
  line !== undefined && clockAlone(line.text) !== null;

function markAt(lines: readonly PastedLine[], at: number): { what: string; lines: number } | null {
  const text = lines[at]?.text ?? '';
  const found = MARKS.find(([shape]) => shape.test(text));
  if (found !== undefined) return { what: found[1], lines: 1 };
  const next = lines[at + 1];
  if (ONE_EMOJI.test(text) && /^\d{1,4}$/.test(next?.text ?? ''))
    return { what: 'reactions', lines: 2 };
  // What is new begins with a message.
  const isNew = text === 'New' && headerAt(lines, at + 1) !== null;
  return isNew ? { what: 'Slack’s mark of what is new', lines: 1 } : null;
}
