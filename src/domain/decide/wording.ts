import type { Reply } from '../decision.ts';
import { addressOf, type Incident, incidentName } from '../incident.ts';
import { type Instant, MINUTE } from '../instant.ts';
import { keepable } from '../keepable.ts';
import { mergedInto } from '../link.ts';
import {
  type Block,
  type Button,
  bold,
  buttons,
  code,
  dated,
  type Line,
  type Message,
  menu,
  note,
  paragraph,
  type Span,
} from '../text.ts';
import { formatLength } from '../time/format.ts';
import type { TimerName } from '../timers/timer.ts';
import { HELD_UNTIL } from '../views/phrases.ts';

/** The longest text an entry keeps, in characters as people count them. */
export const LONGEST_TEXT = 20_000;
const ECHOED = 80;

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** The first so many characters as people count them, and whether some were left off. */
export function firstGraphemes(text: string, most: number): { text: string; cut: boolean } {
  if (text.length <= most) return { text, cut: false };
  let count = 0;
  for (const { index } of graphemes.segment(text)) {
    if (count === most) return { text: text.slice(0, index), cut: true };
    count += 1;
  }
  return { text, cut: false };
}

/** A text as it can be stored: no NUL, no half characters, not longer than the limit. */
export function storable(text: string): { text: string; cut: boolean } {
  return firstGraphemes(keepable(text), LONGEST_TEXT);
}

/** A text in quotes for an echo: one line, shortened. */
export function quoted(text: string): string {
  const line = storable(text).text.replaceAll(/\s+/g, ' ').trim();
  const short = firstGraphemes(line, ECHOED);
  return `“${short.text}${short.cut ? '…' : ''}”`;
}

/** A length of time as said aloud: `42 min`, `1 h 5 min`, `2 days`. `1 s` at least: nobody does anything within 0 s. */
export function inWords(ms: number): string {
  const rounded = Math.abs(ms) < MINUTE ? Math.abs(ms) : Math.round(Math.abs(ms) / MINUTE) * MINUTE;
  if (rounded < MINUTE) return `${Math.max(1, Math.round(rounded / 1000))} s`;
  return formatLength(rounded);
}

/** `in 42 min`, `42 min ago`, `now`. */
export function fromNow(at: Instant, now: Instant): string {
  if (Math.abs(at - now) < 1000) return 'now';
  return at > now ? `in ${inWords(at - now)}` : `${inWords(now - at)} ago`;
}

/** `by 15:20, in 42 min`. */
export const by = (at: Instant, now: Instant, held = false): Line => [
  held && at > now ? HELD_UNTIL : 'by ',
  dated(at, now),
  `, ${fromNow(at, now)}`,
];

/** What people call the timers. */
export const TIMER_NAMES: Readonly<Record<TimerName, string>> = {
  acknowledge: 'acknowledge',
  commander: 'take command',
  update: 'status update',
  mitigate: 'mitigate',
  resolve: 'resolve',
  policy: 'escalation',
  presence: 'sign of life',
  postmortem: 'postmortem',
  actions: 'action items',
  archive: 'archive',
};

/** Lines in one, with something between them. */
export const joined = (lines: readonly Line[], separator: string): Line =>
  lines.flatMap((line, index): Span[] => (index === 0 ? [...line] : [separator, ...line]));

/** A reason as a sentence: a capital first, a full stop last. */
export function sentence(reason: string): string {
  const capital = reason.charAt(0).toUpperCase() + reason.slice(1);
  return /[.?…”]$/.test(capital) ? capital : `${capital}.`;
}

/** A button that types a command about this incident. */
export const button = (
  incident: Pick<Incident, 'number' | 'drill'>,
  label: string,
  command: string,
): Button => ({
  label: firstGraphemes(label, 70).text,
  command: `${addressOf(incident)} ${command}`,
});

/** What a reply is made of besides its first line. */
export interface ReplyParts {
  readonly lines?: readonly Line[];
  readonly notes?: readonly Line[];
  readonly buttons?: readonly Button[];
  readonly menu?: { readonly name: string; readonly items: readonly Button[] };
}

/** A message: first line, further lines, small print, buttons. */
export function message(first: Line, parts: ReplyParts = {}): Message {
  const blocks: Block[] = [paragraph(...first)];
  for (const line of parts.lines ?? []) blocks.push(paragraph(...line));
  for (const line of parts.notes ?? []) blocks.push(note(...line));
  if (parts.buttons !== undefined && parts.buttons.length > 0) {
    blocks.push(buttons(...parts.buttons));
  }
  if (parts.menu !== undefined && parts.menu.items.length > 0) {
    blocks.push(menu(parts.menu.name, ...parts.menu.items));
  }
  return { summary: first, blocks };
}

/** The answer to the person who asked: done, or explained. */
export const reply = (first: Line, parts: ReplyParts = {}): Reply => ({
  message: message(first, parts),
  to: 'asker',
  outcome: 'done',
});

/** A question: nothing has changed until it is answered. The caller adds the buttons. */
export const ask = (first: Line, parts: ReplyParts = {}): Reply => ({
  ...reply(first, parts),
  outcome: 'asked',
});

/** The incident's name, emphasised. */
export const nameOf = (incident: Pick<Incident, 'number' | 'drill'>): Span =>
  bold(incidentName(incident));

/** Where people go on after a merge: what is written here is not told there. Null where nothing was merged. */
export function goOnThere(incident: Incident, verb: string): Line | null {
  const into = mergedInto(incident);
  if (into === null) return null;
  const [here, there] = [incidentName(incident), incidentName(into)];
  return [
    `${here} is merged into ${there}. Go on there: `,
    code(`/incident ${addressOf(into)} ${verb}`),
  ];
}

/** What was said with something that did not happen: whoever typed it is shown that it went nowhere. */
export function unwritten(typed: string | null): readonly Line[] {
  const text = typed?.trim() ?? '';
  return text === '' ? [] : [[`Not written down: ${quoted(text)}`]];
}
