import { type Split, splitLeadingTime } from '../time/prefix.ts';
import { readTime } from '../time/read.ts';
import { type Asked, answered } from './asking.ts';
import { ALWAYS, type Clocked, notesOf, offerOf, readClocked } from './clocked.ts';
import { isHeading } from './heading.ts';
import { type Lines, uncertainEnd } from './lines.ts';
import type { PastedLine } from './pasted.ts';
import { dateLine, zoneLine } from './read-heading.ts';
import type { ImportOffer } from './row.ts';

/** Reads the next line, by what the lines before it have come to. */
export function readLine(lines: Lines, pasted: PastedLine): void {
  if (pasted.mark === 'code') {
    code(lines, pasted);
    return;
  }
  const split = splitLeadingTime(pasted.text);
  const { time, rest } = split;
  if (time === '--:--') untimed(lines, pasted, rest);
  else if (time !== null && rest.trim() === '' && wholeTime(lines, pasted, time)) return;
  else readSplit(lines, pasted, split);
}

function readSplit(lines: Lines, pasted: PastedLine, split: Split): void {
  const unsure = unsureChoices(lines, pasted, split);
  const isIt = 'Is this a time, or the beginning of the text?';
  if (unsure !== null) choose(lines, pasted, isIt, unsure);
  else if (split.time === null) withoutTime(lines, pasted);
  else timed(lines, pasted, split.time, split.rest);
}

/** A line that is a time and nothing else waits for its text, when the time can be read. */
function wholeTime(lines: Lines, pasted: PastedLine, time: string): boolean {
  const read = readClocked(time, lines.cursor);
  if (read.type === 'ask') return false;
  const { reading, notes } = read;
  lines.wait({ pasted, entry: { at: reading.at, reading, notes } });
  moveTo(lines, reading.at);
  return true;
}

const moveTo = (lines: Lines, at: number): void => lines.move({ last: at });

/** One way of reading a line: its time settled, and what is then its text. */
interface Choice extends ImportOffer {
  readonly read: Extract<Clocked, { type: 'read' }>;
  readonly text: string;
}

/** The ways in which a time can be settled that somebody has to choose from. */
export function choicesOf(lines: Lines, time: string, text: string): readonly Choice[] {
  const clocked = readClocked(time, lines.cursor);
  if (clocked.type === 'read') {
    const { value, label } = offerOf(clocked.reading.at, lines.cursor);
    return [{ value, label, read: clocked, text }];
  }
  return clocked.offers.flatMap((offer) => {
    const read = readTime(offer.value, lines.cursor);
    if (!read.ok) return [];
    return [
      { ...offer, read: { type: 'read', reading: read.value, notes: notesOf(read.value) }, text },
    ];
  });
}

/** The readings of a line whose beginning may be a time or text; null when it is clear. */
function unsureChoices(lines: Lines, { text }: PastedLine, split: Split): readonly Choice[] | null {
  const { time, rest, otherReading: other } = split;
  if (other === undefined) return null;
  const end = uncertainEnd(text);
  if (end !== null && lines.repeated.has(end)) return null;
  const ways = [{ time, rest }, other];
  const all = ways.flatMap((way) =>
    way.time === null ? [] : choicesOf(lines, way.time, way.rest),
  );
  return all.map((each) => ({ ...each, label: `${each.label}: “${each.text.trim()}”` }));
}

/** Asks which of these it is, and places it; gives the answer. */
export function choose(
  lines: Lines,
  pasted: Asked,
  reason: string,
  choices: readonly Choice[],
  other: readonly ImportOffer[] = [],
): string | null {
  // Two ways may come to the same instant and differ in the text.
  const named = choices.map((choice, at) => ({
    ...choice,
    value:
      choices.findIndex(({ value }) => value === choice.value) === at
        ? choice.value
        : `${choice.value} (${at + 1})`,
  }));
  const answer = answered(lines, pasted, reason, [...other, ...named, ...ALWAYS]);
  const choice = named.find(({ value }) => value === answer);
  if (choice !== undefined) place(lines, pasted, choice.read, choice.text);
  return answer;
}

export function place(
  lines: Lines,
  pasted: PastedLine,
  { reading, notes }: Extract<Clocked, { type: 'read' }>,
  text: string,
): void {
  lines.finish();
  lines.add(pasted, { at: reading.at, reading, notes, text: text.trim() });
  moveTo(lines, reading.at);
}

function timed(lines: Lines, pasted: PastedLine, time: string, rest: string): void {
  const read = readClocked(time, lines.cursor);
  const text = rest.trim() === '' ? pasted.text : rest;
  if (read.type === 'read') place(lines, pasted, read, text);
  else choose(lines, pasted, read.reason, choicesOf(lines, time, text));
}

function untimed(lines: Lines, pasted: PastedLine, text: string): void {
  lines.finish();
  lines.add(pasted, { at: null, reading: null, notes: [], text: text.trim() || pasted.text });
}

/** A date or zone for what follows, a heading, the rest of the line above, or an entry. */
function withoutTime(lines: Lines, pasted: PastedLine): void {
  if (dateLine(lines, pasted) || zoneLine(lines, pasted)) return;
  const { line, text } = pasted;
  if (isHeading(pasted)) {
    lines.finish();
    lines.rows.push({ type: 'aside', line, text, what: 'a heading' });
    return;
  }
  const waits = lines.taken();
  if (waits !== null) lines.add({ ...pasted, line: waits.pasted.line }, { ...waits.entry, text });
  else if (isContinued(lines, pasted)) lines.rows.push({ type: 'joined', line, text, by: ' ' });
  else untimed(lines, pasted, text);
}

/** Lines of code are never read: they belong to what stands above them. */
function code(lines: Lines, pasted: PastedLine): void {
  const { line, text } = pasted;
  const waits = lines.taken();
  const above = lines.rows.at(-1)?.type;
  if (waits !== null) lines.add({ ...pasted, line: waits.pasted.line }, { ...waits.entry, text });
  else if (above === 'entry' || above === 'joined')
    lines.rows.push({ type: 'joined', line, text, by: '\n' });
  else untimed(lines, pasted, text);
}

/** A line that was wrapped: directly below an entry, and its sentence goes on with a small letter. */
function isContinued({ rows }: Lines, { line, text, mark, kinds }: PastedLine): boolean {
  const above = rows.at(-1);
  const follows = above?.type === 'entry' || above?.type === 'joined';
  return (
    follows &&
    above.line === line - 1 &&
    mark === null &&
    kinds.length === 0 &&
    /^\p{Ll}/u.test(text)
  );
}
