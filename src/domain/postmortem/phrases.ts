import type { Entry } from '../entry.ts';
import { HOUR, type Instant, inZone, MINUTE, type Zone } from '../instant.ts';
import type { Line, Span } from '../text.ts';
import { zoneAbbreviation } from '../time/zone-names.ts';
import type { Moment } from './draft.ts';

/** A length of time as the draft prints it: `39 min`, `3 h 15 min (195 min)`. */
export function lengthOf(ms: number): string {
  const sign = ms < 0 ? '-' : '';
  const size = Math.abs(ms);
  if (size !== 0 && size < MINUTE) return `${sign}${Math.max(1, Math.round(size / 1000))} s`;
  const minutes = Math.round(size / MINUTE);
  if (minutes < 60) return `${sign}${minutes} min`;
  const hours = Math.floor((minutes * MINUTE) / HOUR);
  const rest = minutes % 60 === 0 ? '' : ` ${minutes % 60} min`;
  return `${sign}${hours} h${rest} (${sign}${minutes} min)`;
}

/** `7 May 2026 14:49 UTC`; with seconds where there are any and they are asked for. */
export function dated(at: Instant, zone: Zone, seconds = false): string {
  const clock = seconds && at % MINUTE !== 0 ? 'HH:mm:ss' : 'HH:mm';
  return inZone(at, zone).toFormat(`d LLL yyyy ${clock} '${zoneAbbreviation(at, zone)}'`);
}

/** `14:49 UTC`, with the date before it where that is another day than in the leading zone. */
export function clockBeside(at: Instant, zone: Zone, leading: Zone): string {
  const there = inZone(at, zone);
  const same = there.toISODate() === inZone(at, leading).toISODate();
  const format = same ? 'HH:mm' : 'd LLL HH:mm';
  return `${there.toFormat(format)} ${zoneAbbreviation(at, zone)}`;
}

/** The instant in the leading zone and, in brackets, in the others. */
export function everywhere(at: Instant, zones: readonly Zone[]): string {
  const [leading = 'UTC', ...others] = zones;
  const beside = others.map((zone) => clockBeside(at, zone, leading));
  const first = dated(at, leading);
  return beside.length === 0 ? first : `${first} (${beside.join(', ')})`;
}

/** Whose words they are: quoted exactly. */
export const quoted = (text: string): string => `“${text}”`;

/** The first sentence of a text, for places that must stay short. */
export function firstSentence(text: string): string {
  const window = text.slice(0, 600);
  const end = /[.!?](?=\s)|[。！？]/u.exec(window);
  const sentence = end === null ? window : window.slice(0, end.index + end[0].length);
  return sentence.length === text.length ? text : `${sentence.trimEnd()}${end === null ? '…' : ''}`;
}

/** A text from which a question can be asked: one line, not longer than it must be. */
export function brief(text: string, limit = 160): string {
  const line = text
    .slice(0, limit * 4)
    .replaceAll(/\s+/g, ' ')
    .trim();
  const letters = [...line];
  return letters.length <= limit ? line : `${letters.slice(0, limit - 1).join('')}…`;
}

/** Several lines in one, with something between them. */
export const joined = (lines: readonly Line[], separator: string): Line =>
  lines.flatMap((line, place): Span[] => (place === 0 ? [...line] : [separator, ...line]));

/** A moment in the leading zone, marked where it was typed as approximate. */
export const shown = ({ at, approximate }: Moment, zones: readonly Zone[]): string =>
  `${approximate ? '~' : ''}${dated(at, zones[0] ?? 'UTC', true)}`;

/** The time of an entry, whatever is known of it. */
export function timeOf({ at, time, question }: Entry, zone: Zone): string {
  if (at === null) return question === null ? 'time not recorded' : 'time to be settled';
  return `${time?.flags.includes('approximate') ? '~' : ''}${dated(at, zone)}`;
}

/** How many entries are named one by one. */
const NAMED = 8;

/** `#14, #17 and 3 more`. */
export function entriesNamed(numbers: readonly number[]): string {
  const shown = numbers.slice(0, NAMED).map((no) => `#${no}`);
  const more = numbers.length - shown.length;
  return `${shown.join(', ')}${more === 0 ? '' : ` and ${more} more`}`;
}

/** `reopened once`, `reopened 3 times`. */
export const reopenedTimes = (rounds: number): string =>
  `reopened ${rounds === 1 ? 'once' : `${rounds} times`}`;
