import type { TypedWhen } from '../domain/action.ts';
import { readDeadline } from '../domain/time/deadline.ts';
import { isTimeText, splitLeadingTime } from '../domain/time/prefix.ts';

/** What no time at all is written as; phones make one long dash of two. */
const NO_TIME = /^(?:--|[–—]):(?:--|[–—])(?=$|[\s,;])[\s,;]*/;

/** No time is known. */
export const UNTIMED = '--:--';

/** A text with the time it began with. */
export interface Timed {
  readonly when: TypedWhen;
  readonly text: string;
  readonly otherReading: { readonly when: TypedWhen; readonly text: string } | null;
}

/** Takes the time off the beginning of a text, when it unmistakably begins with one. */
export function leadingTime(text: string): Timed {
  const untimed = withoutTime(text);
  if (untimed !== null) return { when: UNTIMED, text: untimed, otherReading: null };
  const { time, rest, otherReading } = splitLeadingTime(text.trim());
  return {
    when: time,
    text: time === null ? text.trim() : rest.trim(),
    // A reading that leaves no text is none that could be offered.
    otherReading:
      otherReading === undefined || otherReading.rest.trim() === ''
        ? null
        : { when: otherReading.time, text: otherReading.rest.trim() },
  };
}

/** What follows `--:--`; null when the text does not begin with it. */
export function withoutTime(text: string): string | null {
  const trimmed = text.trim();
  const [found] = NO_TIME.exec(trimmed) ?? [];
  return found === undefined ? null : trimmed.slice(found.length).trim();
}

/** Whether the whole text is a time and nothing else. */
export function isTime(text: string): boolean {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed.length > 120) return false;
  return withoutTime(trimmed) === '' || isTimeText(trimmed);
}

/** Whether a text is a deadline, whenever that is: “errors due to the cache” is none. */
export function isDeadline(text: string): boolean {
  const read = readDeadline(text, { now: 0, zone: 'UTC' });
  return read.ok || !['vague', 'unreadable'].includes(read.refusal.code);
}

/** For verbs that take `[<time>] [text]`: either may be missing. */
export function timeThenText(text: string): { when: TypedWhen; text: string | null } {
  const trimmed = text.trim();
  const whole = trimmed.replace(/^(?:at|since|from)\s+/i, '');
  if (isTime(whole)) return { when: withoutTime(whole) === '' ? UNTIMED : whole, text: null };
  const timed = leadingTime(trimmed);
  return { when: timed.when, text: timed.text === '' ? null : timed.text };
}

/** A time at the very end, after the given word: `… since 14:31`. The last such word counts. */
export function trailingTime(
  text: string,
  word: 'since' | 'at',
): { when: string; before: string } | null {
  const pattern = new RegExp(`(?<=\\s|^)${word}\\s`, 'gi');
  const places = [...text.matchAll(pattern)].slice(-5).reverse();
  for (const { index, 0: found } of places) {
    const when = text.slice(index + found.length).trim();
    if (isTime(when)) return { when, before: text.slice(0, index).trim() };
  }
  return null;
}
